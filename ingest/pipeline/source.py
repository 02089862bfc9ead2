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

from graph.patterns import any_of
from ingest.annotations import Zone, ZoneKind, text_of
from ingest.genre import genre
from ingest.pipeline.lines import SENTENCE_END, Line, lines_of
from ingest.pipeline.numbering import is_numbered
from ingest.pipeline.source_head import (
    mark_bylines,
    mark_collection,
    mark_preamble,
    mark_recipients,
    mark_signatures,
    title_core,
)
from ingest.pipeline.source_table import mark_attachments, mark_tables
from ingest.pipeline.source_words import CONTACT, OPEN_FILE, TAIL

_WORDS = genre().zones
_HIDDEN = re.compile(r"-{2,8}\s{0,4}此处隐藏\s{0,4}\d{1,7}\s{0,4}字[^\r\n]{0,30}")
_FIELD = re.compile(rf"[|｜#* \u3000]{{0,4}}{any_of(_WORDS.header_fields, spaced=True)}[ \u3000]{{0,4}}[：:]")
_NAVIGATION = re.compile(any_of(_WORDS.navigation) + r"|首页 {0,2}[>＞»›]")
_BARS = re.compile(r"(?:[^|｜]{1,12}[|｜]){3}")
_SPAM = re.compile(any_of(_WORDS.spam))
_PAGE = re.compile(
    r"[—–\-－]\s{0,2}\d{1,4}\s{0,2}[—–\-－]|第\s{0,2}\d{1,4}\s{0,2}页(?:\s{0,2}共\s{0,2}\d{1,4}\s{0,2}页)?|[─━_=\-—*]{3,80}"
)
_CAPTION = re.compile(any_of(_WORDS.caption))
_HISTORY = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日.*(?:通过|批准|公布|发布|修正|修订|施行|实施)$")
_NUMBER_LINE = re.compile(
    r"[\u4e00-\u9fff]{1,15}\s{0,3}[〔\[（(【［]?\s{0,2}(?:19|20|１９|２０)[\dX×*]{2}\s{0,2}[〕\]）)】］]?\s{0,2}第?\s{0,2}[\dX×*]{1,5}\s{0,2}号"
)
_ALONE: tuple[tuple[ZoneKind, Callable[[str], re.Match[str] | None]], ...] = (
    ("hidden", _HIDDEN.match),
    ("navigation", _PAGE.fullmatch),
    ("caption", _CAPTION.match),
    ("header", _FIELD.match),
    ("header", _NUMBER_LINE.fullmatch),
    ("header", _HISTORY.fullmatch),
    ("navigation", lambda head: _NAVIGATION.search(head) or (_BARS.search(head) if _bars(head) >= 3 else None)),
    ("navigation", lambda head: found if (found := _SPAM.search(head)) and not title_core(head) else None),
    ("contact", CONTACT.match),
)
"""What a line may be by itself, the first that fits."""


def _bars(head: str) -> int:
    return head.count("|") + head.count("｜")


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
    mark_tables(lines, kinds)
    mark_attachments(lines, kinds)
    body = mark_preamble(lines, kinds)
    mark_recipients(lines, kinds)
    mark_collection(lines, kinds)
    mark_signatures(lines, kinds, body)
    mark_bylines(lines, kinds)
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
        if kinds[i] is None and line.content[-1] in SENTENCE_END and not TAIL.search(line.head):
            break  # the end of a sentence that a hard wrap broke off, however short
        if kinds[i] in ("signature", "table") or (kinds[i] is None and not _is_furniture(line)):
            break
        if kinds[i] is not None or _is_furniture(line):
            start = i
    triggers = [
        i for i in range(last_numbered + 1, len(lines)) if TAIL.search(lines[i].head) and len(lines[i].content) <= 120
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
            and TAIL.search(lines[i].head)
            and "。" not in lines[i].head
        ):
            kinds[i] = "tail"


def _is_furniture(line: Line) -> bool:
    if len(line.content) > 120:
        return False
    if TAIL.search(line.head) or OPEN_FILE.match(line.head):
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
