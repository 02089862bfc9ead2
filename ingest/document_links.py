"""What a document says of other policies as a whole: which it puts into effect, and which it repeals.

Only what the document says for itself counts: its title, its opening before the first heading, and for a repeal any
sentence. A rule cited within a task is the task's (CITES).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.extraction import Extraction, Mention
from ingest.sentences import sentence_around

OPENING = 600
"""Characters that may open a document without headings."""
_BEFORE = 24
_BASIS = re.compile(
    r"(?:根据|按照|依据|依照|遵照|落实|贯彻|执行|对照|转发|实施|围绕)(?:好|了|执行|落实)?[^，。；;：:!！?？\n《]{0,16}?(?:《[^《》\n]{2,60}》[^，。；;\n《]{0,12}?[、和及与]){0,4}[《“]?$"
)
_REPEALED = re.compile(
    r"^[》”]?(?:[（(][^（）()\n]{2,40}[)）])?[^。！!\n《]{0,24}?(?:(?:同时|即行|予以|一并|自行|相应)?废止|停止(?:执行|施行|使用)|不再(?:执行|施行)|失效)"
)
_AND = re.compile(r"^[》”]?(?:[（(][^（）()\n]{2,40}[)）])?[、，,和及以与]{1,2}(?:及)?(?:原)?$")
_REPLACES = re.compile(r"(?:代替|取代|替代)(?:原)?[《“]?$")
_NOT = re.compile(r"(?:不得|尚未|未|不)$")
_NOT_YET = re.compile(r"尚未|不得|不予|没有")

Kind = Literal["IMPLEMENTS", "SUPERSEDES"]


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """The document ``kind`` the policy ``tail``; ``start``-``end`` is the sentence that says so."""

    kind: Kind
    tail: Mention
    start: int
    end: int
    rule: str
    confidence: float


def document_links(extraction: Extraction) -> list[DocumentLink]:
    """Every policy that the document puts into effect or repeals, in order of the text, each once."""
    found: dict[tuple[Kind, tuple[str, ...]], DocumentLink] = {}
    for link in _all(extraction):
        found.setdefault((link.kind, link.tail.identity or (link.tail.name,)), link)
    return list(found.values())


def _all(extraction: Extraction) -> Iterator[DocumentLink]:
    text = extraction.text
    opening = min((s.start for s in extraction.sections), default=OPENING)
    named = [m for m in extraction.mentions if m.type == "Regulation" and not m.attributes.get("alias_def")]
    outer = [m for m in named if not m.attributes.get("nested")]
    for mention in outer:
        start, end = sentence_around(text, mention.start, mention.end)
        if _repeals(text, mention, outer, end):
            yield DocumentLink("SUPERSEDES", mention, start, end, "document.repeals", 0.95)
        elif _REPLACES.search(text, max(start, mention.start - _BEFORE), mention.start):
            yield DocumentLink("SUPERSEDES", mention, start, end, "document.replaces", 0.85)
        elif mention.start < opening and _is_basis(text, start, mention):
            yield DocumentLink("IMPLEMENTS", mention, start, end, "document.basis", 0.9)


def _is_basis(text: str, start: int, mention: Mention) -> bool:
    low = max(start, mention.start - 160)
    match = _BASIS.search(text[low : mention.start])
    return match is not None and not _NOT.search(text[max(start, low + match.start() - 2) : low + match.start()])


def _repeals(text: str, mention: Mention, others: list[Mention], end: int) -> bool:
    """Is it said to be repealed, itself or as one of a list that ends so?"""
    at = mention.end
    for _ in range(len(others)):
        if match := _REPEALED.search(text[at:end]):
            return not _NOT_YET.search(match.group())
        following = next((m for m in others if m.start >= at), None)
        if following is None or following.start >= end or not _AND.search(text[at : following.start].rstrip("《“")):
            return False
        at = following.end
    return False
