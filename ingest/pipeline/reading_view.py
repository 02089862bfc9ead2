"""The text as a person reads it: without what a page, a scanner or a site put between its characters.

The pipeline runs on the view; ``restored`` moves every offset back, so that ``text[start:end]`` is the text as loaded.
Where nothing is in the way the view is the text itself. What is left out, each only where the text shows the damage:

- line breaks inside sentences, in a text cut to the width of a page, with the page numbers between the lines;
- a character that a broken line repeats (追寻革命 / 命足迹);
- single blanks around figures and between characters, as scanners leave them (3 月 1 日);
- pinyin in brackets after single characters.

Traditional characters stand as simplified ones (one for one; ``knowledge/traditional.txt``).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise

from ingest.extraction import Extraction, Link, Mention, Proposal, SectionSpan
from ingest.pipeline.lines import CLOSING, SENTENCE_END, Line, lines_of
from ingest.pipeline.numbering import begins_anew

Offsets = tuple[int, int]

_PAGE = re.compile(
    r"[—–\-－·]?\s{0,2}\d{1,4}\s{0,2}[—–\-－·]?|第\s{0,2}\d{1,4}\s{0,2}页(?:\s{0,2}共\s{0,2}\d{1,4}\s{0,2}页)?"
)
_HAN = "\u4e00-\u9fff"
_FIGURE = re.compile(rf"(?<=[{_HAN}，、“（])( )\d{{1,9}}(?:\.\d{{1,4}})?( )(?=[{_HAN}%％”）])")
_FIGURE_EDGE = re.compile(rf"[{_HAN}] ?\d")
_HAN_BLANK = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_HAN_PAIR = re.compile(rf"[{_HAN}] ?(?=[{_HAN}])")
_PINYIN = re.compile(rf"(?<=[{_HAN}])[（(][a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüńň]{{1,6}}[)）]")
_CLAUSE_MARK = re.compile("[，,。；;]")
_INDENT = re.compile(r"[ \t\u3000]{2,}|\u3000")

SHORT_LINE = 15
"""A line shorter than this does not go on in the next."""
LONG_LINE = 40
"""A line of running text as long as this, cut off before a blank line, goes on after it (columns of a newspaper)."""
MANY = 5
"""So many signs of a damage make it one of the text, not a chance."""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """``text`` to be read; ``places[i]`` is the offset of its character ``i`` in the loaded text, None: the same."""

    text: str
    places: array[int] | None = None

    def span(self, start: int, end: int) -> Offsets:
        """The stretch of the loaded text from the view's character ``start`` to the one before ``end`` > ``start``."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def reading_view(text: str) -> ReadingView:
    """The view of ``text``; linear in its length, the same on every machine."""
    removed = sorted({*_wraps(text), *_blanks(text), *(m.span() for m in _pinyin(text))})
    shown = _simplified(text)
    if not removed:
        return ReadingView(shown, None)
    places = array("I")
    parts: list[str] = []
    position = 0
    for start, end in removed:
        places.extend(range(position, start))
        parts.append(shown[position:start])
        position = max(position, end)
    places.extend(range(position, len(text)))
    parts.append(shown[position:])
    return ReadingView("".join(parts), places)


# Line breaks


def _wraps(text: str) -> Iterator[Offsets]:
    """Stretches between two lines that are one: the break, blanks around it, a page number, a repeated character."""
    lines = [line for line in lines_of(text) if not line.blank]
    width = _page_width(lines)
    numbers = {i for i, line in enumerate(lines) if 0 < i < len(lines) - 1 and _PAGE.fullmatch(line.content)}
    kept = [(i, line) for i, line in enumerate(lines) if i not in numbers]
    for (i, last), (j, line) in pairwise(kept):
        apart = j == i + 1 and last.stop < line.start
        running = len(last.content) >= LONG_LINE and any(c in last.content for c in SENTENCE_END)
        if (running if apart else 0 < width <= len(last.content)) and _goes_on(text, last, line):
            repeated = apart and text[last.last - 1] == text[line.first]
            yield last.last, line.first + repeated


def _page_width(lines: list[Line]) -> int:
    """Length from which a line without closing mark is cut by the page's edge; 0 when the text is not cut so.

    Lines of running text have commas; lists of names, as long as one another by chance, have none.
    """
    long_ = [line for line in lines if len(line.content) >= SHORT_LINE]
    cut = [line.content for line in long_ if line.content[-1] not in CLOSING]
    running = sum(1 for content in cut if _CLAUSE_MARK.search(content))
    open_ = sorted(map(len, cut))
    if len(open_) < 8 or len(open_) < 0.4 * len(long_) or running < 0.4 * len(open_):
        return 0
    edge = open_[len(open_) * 3 // 4]
    near = sum(1 for size in open_ if size >= 0.8 * edge)
    return edge * 4 // 5 if near >= 0.6 * len(open_) else 0


def _goes_on(text: str, last: Line, line: Line) -> bool:
    """May ``line`` go on where ``last`` was cut? Not after a closing mark, nor at a number, label or indent."""
    if last.content[-1] in CLOSING:
        return False
    if begins_anew(line.head) or line.head.startswith("附件"):
        return False
    indented, before = (bool(_INDENT.match(text, x.start, x.first)) for x in (line, last))
    return before or not indented


# Blanks and pinyin


def _blanks(text: str) -> Iterator[Offsets]:
    """Single blanks around figures, or between characters, of a text that has them everywhere."""
    figures = list(_FIGURE.finditer(text))
    if len(figures) >= MANY and len(figures) >= 0.3 * len(_FIGURE_EDGE.findall(text)):
        yield from (m.span(group) for m in figures for group in (1, 2))
    between = [m.span() for m in _HAN_BLANK.finditer(text)]
    if len(between) >= 4 * MANY and len(between) >= 0.3 * len(_HAN_PAIR.findall(text)):
        yield from between


def _pinyin(text: str) -> list[re.Match[str]]:
    found = list(_PINYIN.finditer(text))
    return found if len(found) >= MANY else []


# Traditional characters


@cache
def _traditional() -> dict[int, str]:
    """Simplified character of each traditional one that has just one (source in the file)."""
    lines = resources.files("ingest").joinpath("knowledge", "traditional.txt").read_text(encoding="utf-8").splitlines()
    return {ord(pair[0]): pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


def _simplified(text: str) -> str:
    """``text`` in simplified characters when it is written in traditional ones; of the same length."""
    sample = text[:20_000]
    if len(_traditional_signs().findall(sample)) < max(MANY, len(sample) // 50):
        return text
    return text.translate(_traditional())


@cache
def _traditional_signs() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _traditional()))}]")


# The way back


def restored(extraction: Extraction, view: ReadingView, text: str) -> Extraction:
    """``extraction`` of the view as one of ``text``: every offset and every quote is of the text as loaded.

    What the text writes with breaks or blanks inside keeps the view's words as its canonical name.
    """
    if view.places is None and view.text == text:
        return extraction
    known: dict[int, Mention] = {}

    def moved(mention: Mention) -> Mention:
        if id(mention) not in known:
            known[id(mention)] = _moved(mention, view, text)
        return known[id(mention)]

    profile = extraction.profile
    return replace(
        extraction,
        text=text,
        profile=replace(
            profile,
            issuer=moved(profile.issuer) if profile.issuer else None,
            issuer_basis=view.span(*profile.issuer_basis) if profile.issuer_basis else None,
        ),
        sections=tuple(_section(section, view) for section in extraction.sections),
        mentions=tuple(moved(mention) for mention in extraction.mentions),
        links=tuple(_link(link, view, moved(link.head), moved(link.tail)) for link in extraction.links),
        proposals=tuple(
            Proposal(moved(p.mention), tuple(_link(k, view, moved(k.head), moved(k.tail)) for k in p.links))
            for p in extraction.proposals
        ),
    )


def _moved(mention: Mention, view: ReadingView, text: str) -> Mention:
    start, end = view.span(mention.start, mention.end)
    quote = text[start:end]
    attributes = dict(mention.attributes)
    if "body_start" in attributes:
        attributes["body_start"], attributes["body_end"] = view.span(attributes["body_start"], attributes["body_end"])
    canonical = mention.canonical or (mention.text if quote != mention.text else "")
    return replace(mention, start=start, end=end, text=quote, canonical=canonical, attributes=attributes)


def _section(section: SectionSpan, view: ReadingView) -> SectionSpan:
    start, end = view.span(section.start, section.end)
    return replace(section, start=start, end=end, body_end=view.span(section.start, section.body_end)[1])


def _link(link: Link, view: ReadingView, head: Mention, tail: Mention) -> Link:
    start, end = view.span(link.start, link.end)
    basis = view.span(*link.basis) if link.basis else None
    return replace(link, head=head, tail=tail, start=start, end=end, basis=basis)
