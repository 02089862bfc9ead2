"""What frames a text: titles and header lines before it, recipients, signatures, bylines."""

from __future__ import annotations

import re

from graph.patterns import any_of
from ingest.annotations import ZoneKind
from ingest.genre import genre
from ingest.pipeline.lines import SENTENCE_END, Line
from ingest.pipeline.numbering import DATE_LINE, is_numbered
from ingest.pipeline.ownership.words import role_words
from ingest.pipeline.source_words import CONTACT, OPEN_FILE

_BYLINE = re.compile(any_of(genre().zones.byline))
_BODY_NAME = (
    r"(?:单位|部门|政府|机构|机关|公司|办公室|委员会|指挥部|领导小组|专班"
    r"|协会|学校|院校|中心|支队|总队|大队|中队|分局|派出所|[局委办厅部所处室院社队科会])"
)
_COUNT = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_OF_COLLECTION = re.compile(
    r".{2,40}?(?:总结|方案|计划|汇报|报告|体会|要点|讲话|材料|范文|小结)[ \u3000]{0,2}"
    rf"(?:(?:篇|范文|之)[ \u3000]?{_COUNT}|(?<!\d)\d{{1,2}}|[(（]{_COUNT}[)）])"
    rf"|[【\[]?(?:第{_COUNT}篇|篇{_COUNT}|范文{_COUNT})[】\]]?(?:[:：].{{0,40}})?"
)
_OPENING = re.compile(r"为(?!什么)|根据|按照|依据|近年来|近期|今年|当前|\d{4}年[，,]|现将|各[地级]")
"""How a first sentence begins, even when the page broke its line before any mark."""
MANY_LINES = 16
HEAD_LINES = 8
"""A page's head has a handful of lines: where many stand in a row, the title is among the first ones."""
_UNIT_LINE = re.compile(r"[\u4e00-\u9fffA-ZX×*（）()〇 \u3000\d]{1,60}" + _BODY_NAME)
_RECIPIENTS = re.compile(_BODY_NAME + r"(?:[（(][^（）()]{1,20}[）)])?[：:]$")


def _starts_body(line: Line) -> bool:
    text = line.content
    if is_numbered(line.head):
        return True
    if text[-1] in SENTENCE_END:
        return len(text) >= 18
    if _OPENING.match(text) and not title_core(text):
        return True
    if role_words().label.search(line.head) and len(text) > 8:
        return True
    return len(text) > 90 or text.endswith(("如下：", "如下:"))


def mark_preamble(lines: list[Line], kinds: list[ZoneKind | None]) -> int:
    """Titles and header lines before the first sentence; the index of the line where the body begins."""
    candidates: list[int] = []
    body = len(lines)
    for i, line in enumerate(lines):
        if line.blank or kinds[i] is not None or _is_recipients(line):
            continue
        if _starts_body(line):
            body = i
            break
        if line.content[-1] not in SENTENCE_END and "记者" not in line.head:
            candidates.append(i)
        if len(candidates) > MANY_LINES:
            # A list without numbers or marks: what stands after its title is text, not the head of a page.
            titled = [j for j in candidates[:HEAD_LINES] if title_core(lines[j].content)]
            candidates = candidates[: candidates.index(titled[-1]) + 1] if titled else candidates[:1]
            body = candidates[-1] + 1
            break
    _titles(lines, kinds, candidates)
    return body


def _titles(lines: list[Line], kinds: list[ZoneKind | None], candidates: list[int]) -> None:
    named = [i for i in candidates if title_core(lines[i].content)]
    if (
        not named
        and candidates
        and len(lines[candidates[-1]].content) >= 6
        and not DATE_LINE.fullmatch(lines[candidates[-1]].head)
    ):
        named = [candidates[-1]]
    for i in candidates:
        wrapped = i + 1 in named and i not in named and _unit_line(lines[i]) is None and len(lines[i].content) >= 6
        kinds[i] = "title" if i in named or wrapped else "header"


def title_core(title: str) -> str:
    """The part of a title line that is a title: without the site's additions after or before a dash. "" when none."""
    for part in sorted(re.split(r"[-_—|｜]{1,2}", title[:120].lstrip("# ")), key=len, reverse=True):
        bare = re.sub(r"[（(][^（）()]{0,12}[）)]$", "", part.strip()).rstrip("》”\"' ")
        if len(bare) >= 4 and (genre().kind_of_title(bare) or "解读" in bare):
            return part.strip()
    return ""


def _is_recipients(line: Line) -> bool:
    text = line.content
    if not 4 <= len(text) <= 300 or text[-1] not in "：:" or any(mark in text for mark in "。；;"):
        return False
    return not is_numbered(line.head) and bool(_RECIPIENTS.search(text[-40:])) and CONTACT.match(text) is None


def mark_recipients(lines: list[Line], kinds: list[ZoneKind | None]) -> None:
    """A line of bodies that ends in a colon, the first content after a title (or in the preamble)."""
    previous: ZoneKind | None = "title"
    for i, line in enumerate(lines):
        if line.blank:
            continue
        if kinds[i] is None and previous in ("title", "header", "navigation") and _is_recipients(line):
            kinds[i] = "recipients"
        elif kinds[i] is None and previous != "title" and _opens_attached_text(lines, kinds, i):
            kinds[i] = "title"
        previous = kinds[i]


def mark_collection(lines: list[Line], kinds: list[ZoneKind | None]) -> None:
    """Titles of the texts of a collection (工作总结 篇1, 篇2; 第一篇): two and more of them in one file."""
    found = [
        i
        for i, line in enumerate(lines)
        if kinds[i] in (None, "header") and len(line.content) <= 60 and _OF_COLLECTION.fullmatch(line.content)
    ]
    for i in found if len(found) > 1 else ():
        kinds[i] = "title"


def _opens_attached_text(lines: list[Line], kinds: list[ZoneKind | None], i: int) -> bool:
    """Is line ``i`` the title of a text that follows a signature (the plan that a notice passes on)?"""
    line = lines[i]
    if not 6 <= len(line.content) <= 60 or line.content[-1] in SENTENCE_END + "，,；;：:" or is_numbered(line.head):
        return False
    if not title_core(line.content):
        return False
    before = [j for j in range(max(0, i - 8), i) if not lines[j].blank][-2:]
    return any(
        DATE_LINE.fullmatch(lines[j].head) or OPEN_FILE.match(lines[j].head) or kinds[j] == "attachment" for j in before
    )


def _unit_line(line: Line) -> re.Match[str] | None:
    return _UNIT_LINE.fullmatch(line.content) if 3 <= len(line.content) <= 60 else None


def mark_signatures(lines: list[Line], kinds: list[ZoneKind | None], body: int) -> None:
    """A line that is only a date, with the lines above it that are only names of bodies."""
    for i, line in enumerate(lines):
        if i <= body or kinds[i] not in (None, "header") or line.blank or len(line.content) > 60:
            continue
        date = DATE_LINE.search(line.head)
        if date is None or date.end() != len(line.content):
            if OPEN_FILE.match(line.head):
                kinds[i] = "tail"
            continue
        issuer = line.content[: date.start()].strip()
        if issuer and not _UNIT_LINE.fullmatch(issuer):
            continue
        kinds[i] = "signature"
        above = (j for j in range(i - 1, max(body, i - 12), -1) if not lines[j].blank)
        for j in above:
            if kinds[j] is not None or _unit_line(lines[j]) is None:
                break
            kinds[j] = "signature"


def mark_bylines(lines: list[Line], kinds: list[ZoneKind | None]) -> None:
    """A line naming reporters; the short lines directly above it are the title, whatever stood before."""
    content = [i for i, line in enumerate(lines) if not line.blank]
    since = 0
    for position, i in enumerate(content):
        line = lines[i]
        if (
            kinds[i] not in (None, "header")
            or len(line.content) > 80
            or line.content[-1] in SENTENCE_END
            or is_numbered(line.head)
        ):
            continue
        if not _BYLINE.search(line.head):
            continue
        kinds[i] = "byline"
        titles = []
        for j in reversed(content[max(0, position - 2) : position]):
            if kinds[j] not in (None, "title") or len(lines[j].content) > 50 or lines[j].content[-1] in SENTENCE_END:
                break
            titles.append(j)
        if titles and "记者" in line.head:
            for j in content[since:position]:
                if kinds[j] == "title":
                    kinds[j] = "header"
            since = max(0, position - 2)  # before the new title there is none any more
            for j in titles:
                kinds[j] = "title"
