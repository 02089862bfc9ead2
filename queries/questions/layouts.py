"""The ways a question can be words of one query around a number of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from queries.questions.cues import Cue
from queries.questions.vocabulary import FILLER, Tokens, vocabulary

MAX_LAYOUTS = 150
"""Layouts of one cue that are looked at, those with most words of its own first."""
MAX_STEPS = 2_000
"""Ends of names that are tried for one cue; a question that repeats one word has more than any question needs."""
Span = tuple[int, int]
_YEAR = re.compile(r"\d+(?:年度?)?(?:的)?")
_TITLE = re.compile(
    r"\s*(?:(?:19|20)\d{2}年?度?)?\s*(?:重点|年度|专项|年)?(?:工作|任务|行动|实施|整治|治理|责任|政策|重点)*(?:分工|分解)?"
    r"(?:要点|总结|方案|通知|意见|解读|计划|规划|分工表|分解表|任务分解|条例)"
)
"""What makes a document of the name before it: 望岭县2024年工作要点 is not asked of 望岭县."""


@dataclass(frozen=True, slots=True)
class Layout:
    """``names``: the stretches that words leave open; ``heard``: characters of words the query asks with.

    ``values``: words of a parameter's values that stand in the question, as ``(parameter, value)``.
    """

    names: tuple[Span, ...]
    heard: int
    values: frozenset[tuple[str, str]]

    @property
    def explained(self) -> tuple[int, int]:
        """How well the query explains the question."""
        return self.heard, len(self.values)


@dataclass(frozen=True, slots=True)
class _Tile:
    end: int
    heard: int
    groups: int
    values: frozenset[tuple[str, str]]


def layouts(tokens: Tokens, cue: Cue, values: Mapping[str, tuple[str, str]], names: int) -> list[Layout]:
    """Layouts with ``names`` open stretches, all required groups heard; ``values``: word → (parameter, value)."""
    tiles = _tiles(tokens, cue, values)
    heard = 0
    for tile in (tile for there in tiles.values() for tile in there):
        heard |= tile.groups
    if heard != cue.complete:
        return []
    found: dict[tuple[Span, ...], Layout] = {}
    for layout in _Search(tokens.text, cue, tiles).run(names):
        known = found.get(layout.names)
        if known is None or layout.explained > known.explained:
            found[layout.names] = layout
    best = sorted(found.values(), key=lambda layout: (*(-part for part in layout.explained), layout.names))
    return best[:MAX_LAYOUTS]


def _tiles(tokens: Tokens, cue: Cue, values: Mapping[str, tuple[str, str]]) -> dict[int, list[_Tile]]:
    known = vocabulary().classes
    tiles: dict[int, list[_Tile]] = {}
    for word in tokens.words:
        filler = FILLER in known.get(word.text, ())
        groups = cue.words.get(word.text)
        value = values.get(word.text)
        if filler or groups is not None or value:
            heard = 0 if groups is None and not value else len(word.text)
            said = frozenset({value}) if value else frozenset()
            bits = (groups or 0) | (cue.values.get(value[0], 0) if value else 0)
            tiles.setdefault(word.start, []).append(_Tile(word.end, heard, bits, said))
    for place, char in enumerate(tokens.text):
        if not char.isalnum():
            tiles.setdefault(place, []).append(_Tile(place + 1, 0, 0, frozenset()))
    return tiles


_State = tuple[int, frozenset[tuple[str, str]]]
"""Groups heard and values said."""


class _Search:
    def __init__(self, text: str, cue: Cue, tiles: Mapping[int, list[_Tile]]) -> None:
        self.text, self.cue, self.tiles = text, cue, tiles
        self._steps = 0
        self._reached: dict[int, dict[int, dict[_State, int]]] = {}

    def run(self, names: int) -> Iterator[Layout]:
        yield from self._from(0, names, {(0, frozenset()): 0}, ())

    def _from(self, place: int, names: int, states: dict[_State, int], spans: tuple[Span, ...]) -> Iterator[Layout]:
        for stop, more in self._words_from(place).items():
            if spans and stop == place and names:
                continue  # two names stand apart
            joined = _joined(states, more)
            if names == 0:
                if stop == len(self.text):
                    yield from self._whole(joined, spans)
                continue
            if stop < len(self.text) and self.text[stop].isalnum():
                for end in self._ends(stop):
                    self._steps += 1
                    if self._steps > MAX_STEPS:
                        return
                    if _YEAR.fullmatch(self.text, stop, end) or _TITLE.match(self.text, end):
                        continue  # a year is no name, and a name goes on to the end of a title
                    yield from self._from(end, names - 1, joined, (*spans, (stop, end)))

    def _whole(self, states: dict[_State, int], spans: tuple[Span, ...]) -> Iterator[Layout]:
        for (groups, values), heard in states.items():
            if groups == self.cue.complete and len({name for name, _ in values}) == len(values):
                yield Layout(spans, heard, values)

    def _ends(self, start: int) -> Iterator[int]:
        for end in range(start + 2, len(self.text) + 1):
            if (end == len(self.text) or end in self.tiles) and self.text[end - 1].isalnum():
                yield end

    def _words_from(self, place: int) -> dict[int, dict[_State, int]]:
        """Every place that words reach from ``place``, with what was heard on the way."""
        if place not in self._reached:
            found: dict[int, dict[_State, int]] = {place: {(0, frozenset()): 0}}
            for start in range(place, len(self.text)):
                for tile in self.tiles.get(start, ()) if start in found else ():
                    there = found.setdefault(tile.end, {})
                    for (groups, values), heard in found[start].items():
                        state = (groups | tile.groups, values | tile.values)
                        there[state] = max(there.get(state, -1), heard + tile.heard)
            self._reached[place] = found
        return self._reached[place]


def _joined(one: dict[_State, int], other: dict[_State, int]) -> dict[_State, int]:
    found: dict[_State, int] = {}
    for (groups, values), heard in one.items():
        for (more, others), again in other.items():
            state = (groups | more, values | others)
            found[state] = max(found.get(state, -1), heard + again)
    return found
