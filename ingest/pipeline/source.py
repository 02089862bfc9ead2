"""zh_source: which stretch of the page is what. Zones cover the whole text; the text itself is never changed.

The rules look at lines one by one, then at their neighbourhood: what stands before the first sentence (header,
titles, recipients), what closes a document (signature, attachments), what follows it (tail), and tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import Zone, ZoneKind, text_of
from ingest.genre import any_of, genre
from ingest.pipeline.lines import SENTENCE_END, Line, lines_of
from ingest.pipeline.numbering import DATE_LINE, is_numbered

_WORDS = genre().zones
_HIDDEN = re.compile(r"-{2,8}\s{0,4}此处隐藏\s{0,4}\d{1,7}\s{0,4}字[^\r\n]{0,30}")
_FIELD = re.compile(rf"[|｜#* \u3000]{{0,4}}{any_of(_WORDS.header_fields, spaced=True)}[ \u3000]{{0,4}}[：:]")
_NAVIGATION = re.compile(any_of(_WORDS.navigation) + r"|首页 {0,2}[>＞»›]|(?:[^|｜]{1,12}[|｜]){3}")
_PAGE = re.compile(
    r"[—–\-－]\s{0,2}\d{1,4}\s{0,2}[—–\-－]|第\s{0,2}\d{1,4}\s{0,2}页(?:\s{0,2}共\s{0,2}\d{1,4}\s{0,2}页)?|[─━_=\-—*]{3,80}"
)
_CAPTION = re.compile(any_of(_WORDS.caption))
_BYLINE = re.compile(any_of(_WORDS.byline))
_CONTACT = re.compile(r"[（(]?" + any_of(_WORDS.contact))
_TAIL = re.compile(any_of(_WORDS.tail))
_HISTORY = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日.*(?:通过|批准|公布|发布|修正|修订|施行|实施)$")
_OPEN_FILE = re.compile(r"[（(]此件.{0,12}[）)]$")
_NUMBER_LINE = re.compile(
    r"[\u4e00-\u9fff]{1,15}\s{0,3}[〔\[（(【［]?\s{0,2}(?:19|20|１９|２０)[\dX×*]{2}\s{0,2}[〕\]）)】］]?\s{0,2}第?\s{0,2}[\dX×*]{1,5}\s{0,2}号"
)
_BODY_NAME = r"(?:单位|部门|政府|机构|机关|公司|办公室|委员会|指挥部|领导小组|专班|协会|学校|院校|中心|支队|总队|大队|中队|分局|派出所|[局委办厅部所处室院社队科会])"
_UNIT_LINE = re.compile(r"[\u4e00-\u9fffA-ZX×*（）()〇 \u3000\d]{1,60}" + _BODY_NAME)
_RECIPIENTS = re.compile(_BODY_NAME + r"(?:[（(][^（）()]{1,20}[）)])?[：:]$")
_ATTACHMENT = re.compile(r"附\s{0,4}件\s{0,2}[\d一二三四五六七八九十]{0,3}\s{0,2}(?:[：:].{0,80})?$")
_ATTACHED = re.compile(r"\d{1,2}\s{0,2}[.．、].{1,60}$")
_TABLE_HEADS = frozenset(_WORDS.table_heads)
_BLANKS = re.compile(r"[ \u3000]")

_ALONE: tuple[tuple[ZoneKind, Callable[[str], re.Match[str] | None]], ...] = (
    ("hidden", _HIDDEN.match),
    ("navigation", _PAGE.fullmatch),
    ("caption", _CAPTION.match),
    ("header", _FIELD.match),
    ("header", _NUMBER_LINE.fullmatch),
    ("header", _HISTORY.fullmatch),
    ("navigation", _NAVIGATION.search),
    ("contact", _CONTACT.match),
)
"""What a line may be by itself, the first that fits."""


@Language.component("zh_source")
def zh_source(doc: Doc) -> Doc:
    """Fill ``doc._.zones``."""
    lines = lines_of(text_of(doc))
    kinds = _classify(lines)
    runs = groupby(zip(lines, kinds, strict=True), key=lambda pair: pair[1])
    doc._.zones = []
    for kind, run in runs:
        members = [line for line, _ in run]
        doc._.zones.append(Zone(kind, members[0].start, members[-1].stop))
    return doc


def _classify(lines: list[Line]) -> list[ZoneKind]:
    kinds: list[ZoneKind | None] = [_intrinsic(line) for line in lines]
    _isolated_captions(lines, kinds)
    _tables(lines, kinds)
    _attachments(lines, kinds)
    body = _preamble(lines, kinds)
    _recipients(lines, kinds)
    _signatures(lines, kinds, body)
    _bylines(lines, kinds)
    _tail(lines, kinds, body)
    return _filled(lines, kinds)


def _intrinsic(line: Line) -> ZoneKind | None:
    """What a line is by itself, whatever stands around it."""
    head = line.head
    if line.blank or len(line.content) > len(head):
        return None
    for kind, test in _ALONE:
        if test(head) and ("。" not in head or kind in ("hidden", "caption")):
            return kind
    return None


def _isolated_captions(lines: list[Line], kinds: list[ZoneKind | None]) -> None:
    """One short sentence set apart by two and more blank lines on both sides belongs to a picture.

    Where the page has such captions, one blank line on one of the sides is enough.
    """
    for blanks in (4, 3) if _captioned(lines, kinds, 4) else ():
        for i in _captioned(lines, kinds, blanks):
            kinds[i] = "caption"


def _captioned(lines: list[Line], kinds: list[ZoneKind | None], blanks: int) -> list[int]:
    found: list[int] = []
    for i, line in enumerate(lines):
        if kinds[i] is not None or not 6 <= len(line.content) <= 60 or line.content[-1] not in SENTENCE_END:
            continue
        around = _blank_run(lines[max(0, i - 2) : i][::-1]) + _blank_run(lines[i + 1 : i + 3])
        at_edge = 2 if i < 2 or i + 2 >= len(lines) else 0
        if around + at_edge >= blanks and around >= 2 and not is_numbered(line.head):
            found.append(i)
    return found


def _blank_run(lines: list[Line]) -> int:
    return next((n for n, line in enumerate(lines) if not line.blank), len(lines))


def _is_table_row(line: Line) -> bool:
    return line.content.count("\t") >= 1 or line.head.count("|") >= 2


def _cell_words(line: Line) -> int:
    return sum(_BLANKS.sub("", cell) in _TABLE_HEADS for cell in re.split(r"[\t|｜]", line.head))


def _tables(lines: list[Line], kinds: list[ZoneKind | None]) -> None:
    """A header row (three column names one a line, or two in one row) opens a table; a heading or the page ends it."""
    content = [i for i, line in enumerate(lines) if not line.blank and kinds[i] not in ("navigation", "hidden")]
    inside: str = ""
    for position, i in enumerate(content):
        line = lines[i]
        following = [lines[j] for j in content[position : position + 3]]
        if _is_table_row(line) and (_cell_words(line) >= 2 or inside == "rows"):
            inside, kinds[i] = "rows", "table"
        elif len(following) == 3 and all(_cell_words(other) == 1 and len(other.content) <= 10 for other in following):
            inside, kinds[i] = "cells", "table"
        elif inside == "cells" and not _ends_table(line):
            kinds[i] = "table"
        elif inside and line.content.startswith(("注：", "注:", "备注：", "说明：")):
            inside, kinds[i] = "", "table"
        else:
            inside = ""


def _ends_table(line: Line) -> bool:
    if _TAIL.search(line.head) or _ATTACHMENT.match(line.head) or line.content.startswith(("注：", "注:")):
        return True
    return bool(re.match(r"[一二三四五六七八九十]{1,3}、", line.head)) or DATE_LINE.fullmatch(line.head) is not None


def _attachments(lines: list[Line], kinds: list[ZoneKind | None]) -> None:
    listing = False
    for i, line in enumerate(lines):
        if line.blank or kinds[i] is not None:
            continue
        if len(line.content) <= 100 and _ATTACHMENT.match(line.head):
            listing, kinds[i] = "：" in line.head or ":" in line.head, "attachment"
        elif listing and len(line.content) <= 64 and _ATTACHED.match(line.head) and "。" not in line.head:
            kinds[i] = "attachment"
        else:
            listing = False


def _starts_body(line: Line) -> bool:
    text = line.content
    if is_numbered(line.head):
        return True
    if text[-1] in SENTENCE_END:
        return len(text) >= 18
    return len(text) > 90 or text.endswith(("如下：", "如下:"))


def _preamble(lines: list[Line], kinds: list[ZoneKind | None]) -> int:
    """Titles and header lines before the first sentence; the index of the line where the body begins."""
    candidates: list[int] = []
    body = len(lines)
    for i, line in enumerate(lines):
        if line.blank or kinds[i] is not None or _is_recipients(line):
            continue
        if _starts_body(line):
            body = i
            break
        if line.content[-1] not in SENTENCE_END:
            candidates.append(i)
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
    return not is_numbered(line.head) and bool(_RECIPIENTS.search(text[-40:])) and _CONTACT.match(text) is None


def _recipients(lines: list[Line], kinds: list[ZoneKind | None]) -> None:
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


def _opens_attached_text(lines: list[Line], kinds: list[ZoneKind | None], i: int) -> bool:
    """Is line ``i`` the title of a text that follows a signature (the plan that a notice passes on)?"""
    line = lines[i]
    if not 6 <= len(line.content) <= 60 or line.content[-1] in SENTENCE_END + "，,；;：:" or is_numbered(line.head):
        return False
    if not title_core(line.content):
        return False
    before = [j for j in range(max(0, i - 8), i) if not lines[j].blank][-2:]
    return any(
        DATE_LINE.fullmatch(lines[j].head) or _OPEN_FILE.match(lines[j].head) or kinds[j] == "attachment"
        for j in before
    )


def _unit_line(line: Line) -> re.Match[str] | None:
    return _UNIT_LINE.fullmatch(line.content) if 3 <= len(line.content) <= 60 else None


def _signatures(lines: list[Line], kinds: list[ZoneKind | None], body: int) -> None:
    """A line that is only a date, with the lines above it that are only names of bodies."""
    for i, line in enumerate(lines):
        if i <= body or kinds[i] not in (None, "header") or line.blank or len(line.content) > 60:
            continue
        date = DATE_LINE.search(line.head)
        if date is None or date.end() != len(line.content):
            if _OPEN_FILE.match(line.head):
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


def _bylines(lines: list[Line], kinds: list[ZoneKind | None]) -> None:
    """A line naming reporters; the short lines directly above it are the title, whatever stood before."""
    content = [i for i, line in enumerate(lines) if not line.blank]
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
            for j in content[:position]:
                if kinds[j] == "title":
                    kinds[j] = "header"
            for j in titles:
                kinds[j] = "title"


def _tail(lines: list[Line], kinds: list[ZoneKind | None], body: int) -> None:
    """Furniture after the text: from a tail word (or a signature at the end) on, when no numbered text follows."""
    last_numbered = max(
        (i for i, line in enumerate(lines) if kinds[i] is None and is_numbered(line.head)), default=body
    )
    start = len(lines)
    for i in range(len(lines) - 1, last_numbered, -1):
        line = lines[i]
        if line.blank or kinds[i] in ("attachment", "contact", "hidden", "caption", "byline"):
            continue
        if kinds[i] in ("signature", "table") or (kinds[i] is None and not _is_furniture(line)):
            break
        if kinds[i] is not None or _is_furniture(line):
            start = i
    triggers = [
        i for i in range(last_numbered + 1, len(lines)) if _TAIL.search(lines[i].head) and len(lines[i].content) <= 120
    ]
    if triggers and all(len(line.content) <= 120 for line in lines[triggers[0] :]):
        start = min(start, triggers[0])
    for i in range(start, len(lines)):
        if kinds[i] not in ("hidden", "signature", "table", "attachment", "contact", "byline"):
            kinds[i] = "tail"
    for i in range(body, start):
        if (
            kinds[i] is None
            and len(lines[i].content) <= 60
            and _TAIL.search(lines[i].head)
            and "。" not in lines[i].head
        ):
            kinds[i] = "tail"


def _is_furniture(line: Line) -> bool:
    if len(line.content) > 120:
        return False
    if _TAIL.search(line.head) or _OPEN_FILE.match(line.head):
        return True
    return not re.search(r"[\u4e00-\u9fff]{4}", line.head)


def _filled(lines: list[Line], kinds: list[ZoneKind | None]) -> list[ZoneKind]:
    """Unclaimed lines are body; a blank line goes with the line before it."""
    filled: list[ZoneKind] = []
    for line, kind in zip(lines, kinds, strict=True):
        if line.blank:
            filled.append(filled[-1] if filled else "body")
        else:
            filled.append(kind or "body")
    return filled
