"""Questions by the cues of the headers: which query a question asks for, whatever the order and the wording.

A query is meant when the question is words around names: the words all belong to one of its cues or carry no meaning,
every group of the cue is heard, and the names name things its slots can be. What is left over makes it no reading:
“一盔一带的经费是多少” has 经费, which no query asks with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Any

from graph.text import compact
from queries.catalog import Catalog
from queries.header import Param, QueryDefinition
from queries.parameters import ID
from queries.patterns import clean
from queries.questions import times
from queries.questions.cues import Cue, parse_cue
from queries.questions.layouts import layouts
from queries.questions.names import NAMED, Names
from queries.questions.readings import Reading, resolved
from queries.questions.vocabulary import Tokens, WordList

LOOKUPS = 24
"""Candidates whose names are searched for, best first."""
LONG = 5
"""Characters of a name that nothing has, from which on longer names with it are not looked up."""
READINGS = 3
GAP = "…"
"""In a word for a parameter's value: a few other characters may stand there."""
_BETWEEN = "[^没未不无非，。,；;]{0,6}?"
PLACE = "region"
"""Parameter that a place of the question fills."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A layout before its names were looked up; ``order``: how early its time reading came."""

    definition: QueryDefinition
    slots: dict[str, str]
    filters: dict[str, Any]
    heard: tuple[int, int]
    order: int

    @property
    def general(self) -> int:
        """How many kinds of things the slots take: a query for regulations goes before one for anything."""
        return sum(len(p.labels) for p in self.definition.params if p.name in self.slots)

    @property
    def text(self) -> str:
        """The names, one after the other."""
        return " ".join(self.slots.values())

    @property
    def open(self) -> int:
        """Characters left to names."""
        return sum(len(compact(text)) for text in self.slots.values())


async def understand(names: Names, catalog: Catalog, text: str) -> list[Reading]:
    """Readings by cues of a question in plain words, best first; empty when no query explains all of it."""
    found = list(_candidates(catalog, text))
    await names.load(text for candidate in found for text in candidate.slots.values())
    found = [placed for candidate in found if (placed := _with_place(names, candidate))]
    exact = [_is_exact(names, candidate) for candidate in found]
    ranked = sorted(zip(exact, found, strict=True), key=_rank)
    readings: dict[str, Reading] = {}
    best: tuple[bool, tuple[int, int]] | None = None
    unknown: list[tuple[str, str]] = []
    looked = 0
    for is_exact, candidate in ranked:
        if looked == LOOKUPS or (best and (is_exact, candidate.heard) != best):
            break
        name = candidate.definition.name
        if name in readings or any(name == query and text in candidate.text for query, text in unknown):
            continue
        looked += 1
        reading = Reading(candidate.definition, {**candidate.slots, **candidate.filters}, candidate.heard[0])
        if (found_reading := await resolved(names, reading)) and (is_exact or _means_it(reading, found_reading)):
            readings[candidate.definition.name] = found_reading
            best = (is_exact, candidate.heard)
            if len(readings) == READINGS:
                break
        elif len(candidate.slots) == 1 and candidate.open >= LONG:
            # What no thing has, no thing has with more words.
            unknown.append((name, candidate.text))
    return list(readings.values())


def _means_it(asked: Reading, found: Reading) -> bool:
    """Two characters that are only part of some name (违法, 系统) do not name it."""
    short = [name for name in found.hits if len(compact(str(asked.params[name]))) < 3]
    return all(hit.matched in NAMED for name in short for hit in found.hits[name][:1])


def _rank(item: tuple[bool, _Candidate]) -> tuple[bool, int, int, int, int, int]:
    exact, candidate = item
    heard, values = candidate.heard
    return not exact, -heard, -values, candidate.general, -candidate.open, candidate.order


@dataclass(frozen=True, slots=True)
class _Asked:
    """Cue number ``place`` of a query with what it needs: its slots, and words for values of parameters."""

    definition: QueryDefinition
    place: int
    cue: Cue
    slots: tuple[Param, ...]
    values: dict[str, tuple[str, str]]

    @property
    def of_two_documents(self) -> bool:
        return [p.labels for p in self.slots] == [("Document",)] * 2


@lru_cache(maxsize=8)
def _asked(catalog: Catalog) -> tuple[tuple[_Asked, ...], WordList]:
    """All cues of the catalog, and the words they bring along; made once for a catalog."""
    cues = []
    for definition in catalog:
        values = _values(definition)
        for place, cue in enumerate(map(parse_cue, definition.cues)):
            named = [p for name in cue.slots for p in definition.params if p.name == name]
            slots = tuple(named or (p for p in definition.params if p.required))
            cues.append(_Asked(definition, place, cue, slots, values))
    return tuple(cues), WordList(word for asked in cues for word in (*asked.cue.words, *asked.values))


def _values(definition: QueryDefinition) -> dict[str, tuple[str, str]]:
    """Words that say a parameter's value, those with a gap left out."""
    return {word: said for word, said in _phrases(definition) if GAP not in word}


def _phrases(definition: QueryDefinition) -> Iterator[tuple[str, tuple[str, str]]]:
    for param in definition.params:
        for value, words in param.words.items():
            for word in words:
                yield word.lower(), (param.name, value)


@lru_cache(maxsize=1024)
def _with_gap(phrase: str) -> re.Pattern[str]:
    """未…完成: a few characters between, none of which takes back what is said."""
    first, *rest = map(re.escape, phrase.split(GAP))
    return re.compile("".join([first, *(_BETWEEN + part for part in rest)]))


def _candidates(catalog: Catalog, text: str) -> Iterator[_Candidate]:
    cues, words = _asked(catalog)
    for order, (filters, without) in enumerate(times.readings(text)):
        tokens = Tokens(without, words)
        for asked in cues:
            if set(filters) <= {p.name for p in asked.definition.params}:
                yield from _of_cue(tokens, asked, filters, order)
    if pair := times.pair_of_years(text):
        years, without = pair
        tokens = Tokens(without, words)
        for asked in cues:
            if asked.of_two_documents:
                yield from _of_two_years(tokens, asked, years)


def _of_cue(tokens: Tokens, asked: _Asked, filters: dict[str, Any], order: int) -> Iterator[_Candidate]:
    place = tuple(p for p in asked.definition.params if p.name == PLACE and p not in asked.slots)
    for slots in (asked.slots, (*asked.slots, *place)) if place else (asked.slots,):
        for layout in layouts(tokens, asked.cue, asked.values, len(slots)):
            texts = [clean(tokens.text[start:end]) for start, end in layout.names]
            for ordered in _assignments(slots, texts):
                said = {**filters, **_said(asked.definition, layout.values)}
                yield _Candidate(asked.definition, ordered, said, layout.explained, order)


def heard(catalog: Catalog, text: str) -> list[str]:
    """The cues of which every group is heard in ``text``, as the query's name and the place of the cue."""
    cues, words = _asked(catalog)
    said = [word.text for word in Tokens(text, words).words]
    found = []
    for asked in cues:
        groups = 0
        for word in said:
            groups |= asked.cue.words.get(word, 0)
            if word in asked.values:
                groups |= asked.cue.values.get(asked.values[word][0], 0)
        if groups == asked.cue.complete:
            found.append(f"{asked.definition.name}:{asked.place}")
    return found


def _assignments(slots: Sequence[Param], texts: list[str]) -> Iterator[dict[str, str]]:
    """Slots filled in the order of the question, and in any other when they take different things."""
    if len({(p.labels, p.name == PLACE) for p in slots}) > 1:
        for order in permutations(texts):
            yield {p.name: text for p, text in zip(slots, order, strict=True)}
        return
    yield {p.name: text for p, text in zip(slots, texts, strict=True)}


def _of_two_years(tokens: Tokens, asked: _Asked, years: tuple[int, int]) -> Iterator[_Candidate]:
    """One description and two years: the document of the later and that of the earlier year."""
    for layout in layouts(tokens, asked.cue, asked.values, 1):
        start, end = layout.names[0]
        text = clean(tokens.text[start:end])
        filled = {p.name: f"{text} {year}年" for p, year in zip(asked.slots, sorted(years, reverse=True), strict=True)}
        yield _Candidate(asked.definition, filled, _said(asked.definition, layout.values), layout.explained, 0)


def said_beside(definition: QueryDefinition, text: str) -> dict[str, Any]:
    """Values of parameters whose words stand in ``text``; two values for one parameter are none."""
    if not any(param.words for param in definition.params):
        return {}
    known = _values(definition)
    said = [(w.start, w.end, known[w.text]) for w in Tokens(text, WordList(known)).words if w.text in known]
    for phrase, value in _phrases(definition):
        if GAP in phrase:
            said += [(*found.span(), value) for found in _with_gap(phrase).finditer(text.lower())]
    longest = [w for w in said if not any(v[0] <= w[0] and w[1] <= v[1] and v[:2] != w[:2] for v in said)]
    values = frozenset(value for *_, value in longest)
    names = [name for name, _ in values]
    return _said(definition, frozenset(pair for pair in values if names.count(pair[0]) == 1))


def _said(definition: QueryDefinition, values: Iterable[tuple[str, str]]) -> dict[str, Any]:
    types = {p.name: p.type for p in definition.params}
    return {name: value == "true" if types[name] == "boolean" else value for name, value in values}


def _is_exact(names: Names, candidate: _Candidate) -> bool:
    params = {p.name: p for p in candidate.definition.params}
    return all(
        ID.match(text) is not None or names.labels(text) & set(params[name].labels)
        for name, text in candidate.slots.items()
    )


def _with_place(names: Names, candidate: _Candidate) -> _Candidate | None:
    """The candidate with its place as a filter; None when that is no place of the graph."""
    if PLACE not in candidate.slots:
        return candidate
    slots = dict(candidate.slots)
    place = names.place(slots.pop(PLACE))
    if place is None:
        return None
    filters = {**candidate.filters, PLACE: place}
    return _Candidate(candidate.definition, slots, filters, candidate.heard, candidate.order)
