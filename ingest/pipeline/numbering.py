"""Numbers before headings and items, in every form the genre uses, and Chinese numerals.

A marker has a rank (the more senior, the smaller) and an ordinal; a heading's place in the tree follows from these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "一二三四五六七八九十百零〇"
_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0, "两": 2}
_DOTS = "、．﹒"
_SIGNS = "①⑴⒈㈠"
"""First of each run of signs that are a number in one character; the runs count on from it."""
_YEAR_DIGITS = "〇○Ｏ零一二三四五六七八九"

CHAPTER, PART, ARTICLE, FIRST, SECOND, THIRD, FOURTH, FIFTH, BULLET, SPOKEN = (
    0.0,
    0.5,
    0.8,
    1.0,
    2.0,
    3.0,
    4.0,
    5.0,
    5.5,
    6.0,
)

_MARKER = re.compile(
    rf"[#＃]{{0,4}}[ \u3000]{{0,2}}(?:"
    rf"(?P<chapter>第[{_HAN}\d]{{1,4}}(?:章|部分|编))(?![）)])[ \u3000]{{0,4}}"
    rf"|(?P<part>第[{_HAN}\d]{{1,4}}节)[ \u3000]{{0,4}}"
    rf"|(?P<article>第[{_HAN}\d]{{1,6}}条(?:之[{_HAN}]{{1,3}})?)(?=[ \u3000：:])[ \u3000：:]{{0,4}}"
    rf"|(?P<first>[{_HAN}]{{1,4}})[ \u3000]?(?:[{_DOTS}]|[.](?!\d))[ \u3000]{{0,2}}"
    rf"|[（(【〔][ \u3000]?(?P<second>[{_HAN}]{{1,4}})[ \u3000]?[）)】〕][、.．]?[ \u3000]{{0,2}}"
    rf"|(?P<second_sign>[㈠-㈩])[、.．]?[ \u3000]{{0,2}}"
    rf"|(?P<third>\d{{1,3}})[ \u3000]?(?:[{_DOTS}]|[.](?!\d))[ \u3000]{{0,4}}"
    rf"|(?P<third_sign>[⒈-⒛])[ \u3000]{{0,2}}"
    rf"|[（(](?P<fourth>\d{{1,3}})[）)][、.．]?[ \u3000]{{0,2}}"
    rf"|(?P<fourth_sign>[⑴-⒇])[ \u3000]{{0,2}}"
    rf"|(?P<fifth>[①-⑳])[ \u3000]{{0,2}}"
    rf"|(?P<bullet>[-*](?=[ \u3000])|[•●◆■▪◎★☆※➢►▶])[ \u3000]{{0,4}}(?=[\u4e00-\u9fff“《])"
    rf"|(?P<spoken>[{_HAN}]{{1,2}})(?:是|要)(?!否)"
    rf")"
)
_RANKS = {
    "chapter": CHAPTER,
    "part": PART,
    "article": ARTICLE,
    "first": FIRST,
    "second": SECOND,
    "second_sign": SECOND,
    "third": THIRD,
    "third_sign": THIRD,
    "fourth": FOURTH,
    "fourth_sign": FOURTH,
    "fifth": FIFTH,
    "bullet": BULLET,
    "spoken": SPOKEN,
}
SPOKEN_INSIDE = re.compile(
    r"(?=[ \u3000一二三四五六七八九十])"
    r"(?:(?<=[。；;！？：:”）)])|(?<=[，,])|(?<=[局委办处部科队所院站会心司村镇乡])(?=一))"
    r"[ \u3000]{0,2}(?P<spoken>[一二三四五六七八九十]{1,2})是(?!否)"
)
"""一是, 二是 within a paragraph, after a mark that closes what came before."""

DATE_LINE = re.compile(
    rf"(?:\d{{4}}|[{_YEAR_DIGITS}]{{4}})[ \u3000]{{0,2}}年"
    rf"[ \u3000]{{0,2}}(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})[ \u3000]{{0,2}}月"
    rf"[ \u3000]{{0,2}}(?:\d{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}})[ \u3000]{{0,2}}日"
)
LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}[：:]")
"""A label at the start of a line."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A number read at the start of a line: ``number`` as written without blanks, ``length`` up to the title."""

    rank: float
    ordinal: int
    number: str
    length: int


def marker_at(head: str) -> Marker | None:
    """The marker that ``head`` (a line without leading blanks) begins with."""
    match = _MARKER.match(head)
    if match is None or match.lastgroup is None:
        return None
    kind = match.lastgroup
    ordinal = ordinal_of(match.group(kind))
    if ordinal is None:
        return None
    return Marker(_RANKS[kind], ordinal, match.group().strip(" \u3000#＃"), match.end())


def is_numbered(head: str) -> bool:
    """Does the line begin with a number of any form?"""
    return marker_at(head) is not None


def begins_anew(head: str) -> bool:
    """Does the line begin something of its own, with a number, a label (牵头单位：), a bracket or a #?"""
    return is_numbered(head) or LABEL.match(head) is not None or head.startswith(("（", "(", "#"))


def ordinal_of(written: str) -> int | None:
    """The number in 第十二条, 三, 12, ⑤; None for what is no number (百 alone)."""
    if not written[0].isalnum() and not any(0 <= ord(written) - ord(c) < 20 for c in _SIGNS):
        return 0  # a bullet counts nothing
    core = written.strip("第章节条编部分")
    core = core.split("条之")[0]
    if len(core) == 1 and (first := next((c for c in _SIGNS if 0 <= ord(core) - ord(c) < 20), "")):
        return ord(core) - ord(first) + 1
    return number_of(core)


def number_of(written: str) -> int | None:
    """The number in 2024, 二〇二四 or 十二."""
    return int(written) if written.isdigit() else chinese_number(written)


def chinese_number(written: str) -> int | None:
    """Value of a Chinese numeral below 1,000 (三十二, 一百零五, 二〇二四 digit by digit), None when it is none."""
    if not written or any(c not in _DIGIT and c not in "十百" for c in written):
        return None
    if "十" not in written and "百" not in written:
        return int("".join(str(_DIGIT[c]) for c in written))
    total = current = 0
    for c in written:
        if c == "百":
            total += (current or 1) * 100
            current = 0
        elif c == "十":
            total += (current or 1) * 10
            current = 0
        else:
            current = _DIGIT[c]
    return total + current
