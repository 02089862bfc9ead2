"""What the words around a figure say of it: its clause, the time it speaks of, whether it is a bound. Pure."""

from __future__ import annotations

import re

REACH = 80
"""Characters before a figure that may say of what it is."""
NEAR = 40
"""Of its own clause so many."""
_SENTENCE = re.compile(r"[。；;！!？?\n\r]")
_CLAUSE = re.compile(r"[，,：:（）()]")
_BOUND = re.compile("控制在|不超过|不高于|以内|以下")
_COMPARED = re.compile(r"(?:较|比|与|同|和|由|从)(?:去年|上一?年|前一年|(?:19|20)[0-9]{2}年)")
_OLD = re.compile(r"(?:去年|上一?年)(?:度)?(?:遗留|结转|未|底|末|以来|[印下]发|排查|确定|部署)")
"""What is of last year is done in this one."""
_YEAR = re.compile(r"去年|上一?年|前年|今年|本年|((?:19|20)[0-9]{2})年(?![底末]|以来|至今)")
_SINCE = re.compile(r"(?:自|从)?((?:19|20)[0-9]{2})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:以来|至今|起)")
_YEARS = re.compile(
    r"历年|(?:近|过去|前)?[两二三四五六七八九十2-9]年(?:以?来|间)?(?:已|共|总共|累计|共计|合计)"
    r"|(?:近|过去)[两二三四五六七八九十2-9]年(?:以?来|间)?$"
)


def clauses_before(text: str, start: int) -> tuple[str, str]:
    """The clause of the figure at ``start`` up to it, and the clause before in the same sentence ("": none)."""
    sentence = _SENTENCE.split(text[max(0, start - REACH) : start])[-1]
    *earlier, before = _CLAUSE.split(sentence)
    return before[-NEAR:], next((clause.strip() for clause in reversed(earlier) if clause.strip()), "")


def within_bound(text: str, start: int, end: int) -> bool:
    """Is the figure one that is not to be passed (增幅控制在5%以内)?"""
    return _BOUND.search(text[start : end + 2]) is not None


def year_stated(said: str, earlier: str, own: int) -> int:
    """The year a result speaks of (上年治理30处, 2022年，治理30处), 0 when it is ``own`` or nothing says another.

    A year that is only compared with (较去年) and what is left from it (去年遗留的) are not spoken of.
    """
    for words in (said, earlier):
        spoken = _OLD.sub("", _COMPARED.sub("", words))
        years = list(_YEAR.finditer(spoken))
        if years and (words is said or years[-1].end() == len(spoken)):
            found = _number(years[-1], own)
            return 0 if found == own or not own else found
    return 0


def _number(year: re.Match[str], own: int) -> int:
    if year.group(1):
        return int(year.group(1))
    word = year.group()
    return own if word in ("今年", "本年") else own - 2 if word == "前年" else own - 1


def several_years(said: str, earlier: str, own: int) -> bool:
    """Does the figure add up several years (近三年累计, 2021年以来)? By its clause, or one before it alone."""
    since = _SINCE.search(said) or _SINCE.fullmatch(earlier)
    if since is not None and int(since.group(1)) != own:
        return True
    return _YEARS.search(said) is not None or _YEARS.fullmatch(earlier) is not None
