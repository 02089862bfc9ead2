"""Terms of one text that the lexicon does not know: quoted names, and bodies that the unit grammar is not sure of.

    quoted    “…” before 行动, 机制, 平台 … (or ending so), and other “…”, that no entry names
    unsure    bodies that the unit grammar read without knowing a word of them: a proper name, an owner as listed
    refused   strings that end like a body (…中心, …公司) where the grammar read none

Which words count is data (``knowledge/review.yaml``). The cost is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from graph.patterns import any_of
from ingest.entry import LABELS, Entry, Knowledge
from ingest.extraction import Extraction, Mention
from ingest.fold import fold
from ingest.genre import genre
from ingest.intervals import Intervals
from ingest.lexicon import alternation, knowledge, longest_first
from ingest.pipeline import extract
from ingest.pipeline.gazetteer import names_of
from ingest.pipeline.unit_find import find_units
from ingest.pipeline.unit_grammar import Left, read_prefix
from ingest.pipeline.unit_places import Source, proper_start, source
from ingest.pipeline.unit_words import HAN, PLACE_CLASSES, words

Why = Literal["quoted", "unsure", "refused"]

UNSURE = frozenset(
    {"unit.charged", "unit.heading", "unit.proper", "unit.neighbour", "unit.shared-field", "unit.listed"}
)
"""Rules that read a body without knowing its words."""
WHOLE = frozenset({"unit.heading", "unit.neighbour", "unit.shared-field", "unit.listed"})
"""Those of them whose span need not end like a body."""
LONGEST = 8
"""Characters of a body before its last word; longer ones are clauses."""
SENTENCE = 10
"""Characters of a quoted term that is no slogan or name any more."""
_QUOTED = re.compile(r"“([^“”\n]{2,24})”")
_CORE = re.compile(r"“([^“”\n]{1,24})”")
_NO_NAME = re.compile("[,;:。!?<>《》]")
_NO_STEM = re.compile(f"[^{HAN}]|第[一二三四五六七八九十]")
_NO_MIDDLE = re.compile("[的了在对以等]")
_PLACE_ENDS = PLACE_CLASSES | frozenset("村道级属直各全本我地方层某Xx×*□)")
"""Last characters of places, levels and determiners."""
_FREE = re.compile(rf"[^{HAN}A-Za-z0-9]|等|要|应|负责|牵头|配合|会同|联合|协同|与|和|及|或|的|$")
"""What follows a body whose last word is one character (…局|要, …委|、): else it is the beginning of another word."""


@dataclass(frozen=True, slots=True)
class Found:
    """An unknown ``term`` at ``start``-``end``.

    ``file``, ``type`` and ``name``: the entry it would be; ``head``: the word that makes it a name; ``read``: the
    type of the span that covers it today ("" when none does).
    """

    term: str
    why: Why
    file: str
    type: str
    name: str
    head: str
    read: str
    start: int
    end: int


def find_terms(text: str) -> Iterator[Found]:
    """Every unknown term of ``text``: quoted ones first, then bodies, each in order."""
    read, look, src = extract(text), _look(knowledge()), source(text)
    yield from _quoted(src.folded, read, look)
    yield from _bodies(src, read, look)


@dataclass(frozen=True, eq=False)
class _Look:
    """The words of review.yaml, compiled, and what need not be shown."""

    heads: re.Pattern[str]
    head_entries: dict[str, Entry]
    verbs: re.Pattern[str]
    suffixes: re.Pattern[str]
    endings: tuple[str, ...]
    ignored: frozenset[str]
    openings: re.Pattern[str]


@lru_cache(maxsize=2)
def _look(known: Knowledge) -> _Look:
    heads = {name: entry for entry in known.entries("review", "quoted") for name in entry.names}
    suffixes = _words(known, "suffix")
    named = [name for _, name in names_of(known)]
    either = alternation(heads, {}, {word: entry.not_before for word, entry in heads.items()})
    return _Look(
        heads=re.compile(f"([{HAN}]{{0,6}}?)({either}{{1,3}})"),
        head_entries=heads,
        verbs=re.compile(any_of(known.words("verbs-campaign"))),
        suffixes=re.compile(alternation(suffixes, {}, {word: _guards(word) for word in suffixes})),
        endings=tuple(_words(known, "ending")),
        ignored=frozenset(
            map(fold, [*named, *_words(known, "ignored"), *known.words("boilerplate"), *heads, *_cores(named)])
        ),
        openings=re.compile(any_of([*(a for a in genre().actions if len(a) > 1), *_words(known, "opening")])),
    )


def _words(known: Knowledge, type: str) -> list[str]:
    return [name for entry in known.entries("review", type) for name in entry.names]


def _cores(names: Iterable[str]) -> Iterator[str]:
    """Quoted parts of names: 情指勤督宣 of “情指勤督宣”一体化."""
    for name in names:
        yield from _CORE.findall(name)


def _guards(word: str) -> tuple[str, ...]:
    """What may not follow a suffix, in every reading that the unit grammar has of it."""
    readings = [set(entry.not_before) for entry in words().suffixes.get(word, ())]
    return tuple(set.intersection(*readings)) if readings else ()


def _quoted(folded: str, read: Extraction, look: _Look) -> Iterator[Found]:
    """Quoted terms without an entry; what stands in a title of a document belongs to the title."""
    titles = Intervals((m.start, m.end) for m in read.mentions if m.type == "Regulation")
    spans = {(m.start, m.end): m for m in read.mentions if m.type not in {"Task", "Period", "Indicator"}}
    for quote in _QUOTED.finditer(folded):
        term = quote.group(1)
        if term in look.ignored or titles.overlaps(quote.start(), quote.start() + 1) or _NO_NAME.search(term):
            continue
        covering = _covering(spans, quote)
        if covering is None or not _is_entry(covering):
            found = _named(folded, quote, covering.type if covering else "", look)
            if found is not None:
                yield found


def _covering(spans: dict[tuple[int, int], Mention], quote: re.Match[str]) -> Mention | None:
    """The span that is the term, or that begins with its quotes."""
    places = [quote.span(1), *((quote.start(), quote.end() + n) for n in range(13))]
    return next((spans[place] for place in places if place in spans), None)


def _is_entry(mention: Mention) -> bool:
    return "entry" in mention.attributes or (mention.type, mention.name) in names_of(knowledge())


def _named(folded: str, quote: re.Match[str], read: str, look: _Look) -> Found | None:
    """The term as a name by its head noun, after the quotes or at its end; without one as a slogan."""
    term, place = quote.group(1), quote.span(1)
    after = look.heads.match(folded, quote.end(), quote.end() + 12)
    if after and not look.verbs.search(after.group(1)) and not _NO_MIDDLE.search(after.group(1)):
        head = _last_head(after.group(2), look)
        file = look.head_entries[head].kind
        name = term if file == "violations" else term + after.group()
        if (LABELS[file], name) in names_of(knowledge()):
            return None
        return Found(term, "quoted", file, _TYPES.get(file, ""), name, head, read, *place)
    if len(term) > SENTENCE or "、" in term:
        return None
    inside = _last_head(term, look)
    file = look.head_entries[inside].kind if inside else "abbreviations"
    return Found(term, "quoted", file, _TYPES.get(file, ""), term, inside, read, *place)


def _last_head(words: str, look: _Look) -> str:
    """The head noun that ``words`` end in (整治行动: 行动), "" when none does."""
    return next((word for word in longest_first(look.head_entries) if words.endswith(word)), "")


_TYPES = {"campaigns": "known", "abbreviations": "Mechanism"}


def _bodies(src: Source, read: Extraction, look: _Look) -> Iterator[Found]:
    for m in read.mentions:
        if m.type == "Unit" and m.rule in UNSURE:
            found = _body(src, m.start, m.end, "unsure", look)
            if found is not None and (found.head or m.rule in WHOLE):
                yield found
    named = {"Unit", "Regulation", "Campaign", "Platform", "Mechanism"}
    taken = Intervals((m.start, m.end) for m in read.mentions if m.type in named)
    times = Intervals((m.start, m.end) for m in read.mentions if m.type == "Period")
    for suffix in look.suffixes.finditer(src.folded):
        start = proper_start(src, suffix.start(), max(0, suffix.start() - 2 * LONGEST))
        while times.overlaps(start, start + 1):
            start += 1
        if start < suffix.start() and not taken.overlaps(start, suffix.end()) and _stands(src, suffix):
            found = _body(src, start, suffix.end(), "refused", look)
            if found is not None and not _readable(src, found):
                yield found


def _stands(src: Source, suffix: re.Match[str]) -> bool:
    """Is the last word whole? One character of it is the end of a name only where something else begins."""
    if len(suffix.group()) > 1:
        return True
    charged = "".join(entry.charged for entry in words().suffixes.get(suffix.group(), ()))
    before = src.folded[suffix.start() - 1 : suffix.start()]
    return before not in charged and _FREE.match(src.folded, suffix.end()) is not None


def _readable(src: Source, found: Found) -> bool:
    """The grammar does read it: it stands where nothing is extracted (navigation, page header)."""
    return any(span.end == found.end for span in find_units(src.text, found.start, found.end))


def _body(src: Source, start: int, end: int, why: Why, look: _Look) -> Found | None:
    """The body at ``start``-``end`` without verbs, place and level before it; None when it tells nothing."""
    head = next((m.group() for m in look.suffixes.finditer(src.folded, start, end) if m.end() == end), "")
    start = _own_start(src, start, end - len(head), look)
    term = src.folded[start:end]
    stem = term.removesuffix(head)
    if not 1 < len(stem) <= LONGEST or _NO_STEM.search(stem):
        return None
    if term in look.ignored or term.endswith(look.endings) or look.openings.fullmatch(stem):
        return None
    if term in words().stems or term in words().fixed or (why == "unsure" and stem in words().stems):
        return None
    type, name = _entry_of(term, stem, head)
    return Found(term, why, "units", type, name, head, "Unit" if why == "unsure" else "", start, end)


def _entry_of(term: str, stem: str, head: str) -> tuple[str, str]:
    """A stem where the grammar reads its suffix after any stem, else (or when it is one already) a word of its own."""
    needs = {entry.needs for entry in words().suffixes.get(head, ())}
    fits = not head or needs & {"stem", "prefix", "name"}
    return ("stem", stem) if fits and stem not in words().stems else ("word", term)


def _own_start(src: Source, start: int, stem_end: int, look: _Look) -> int:
    """Behind what opens the string and is no part of the name, as long as two characters are left of that.

    Places and levels (东屿区|网办中心), verbs of the genre (做强|考试监管中心), words like 有关.
    """
    for _ in range(4):
        opened = max((at for at in range(start + 1, stem_end - 1) if _is_place(src, start, at)), default=start)
        room = stem_end - opened - 2
        word = look.openings.match(src.folded, opened, opened + max(room, 0))
        own = word.end() if word else opened
        if own == start:
            break
        start = own
    return start


def _is_place(src: Source, start: int, at: int) -> bool:
    if src.folded[at - 1] not in _PLACE_ENDS:
        return False
    left = Left(at, [], core=at)
    # What stands before the name (由, 、) tells a place of unknown name from the name's first words.
    read_prefix(src, left, max(0, start - 1))
    return left.start <= start and left.prefixed
