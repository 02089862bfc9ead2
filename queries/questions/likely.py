"""The query a question is likest to ask for, when no pattern fits and not every word of it is known.

The names in the question are found first (``mentions``). The words around them, as features (``frames``), go into a
linear model learned from questions people wrote (``weights``), which says how likely each query of the catalog is, and
how likely it is that none answers. Only queries whose slots the names can fill are looked at, and words that ask for
what no graph of duties holds (经费, 电话) end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.errors import QueryTimeout
from graph.store import Store
from queries.catalog import Catalog
from queries.header import Param, QueryDefinition
from queries.patterns import clean
from queries.questions import times
from queries.questions.frames import UNKNOWN, asks_for_other, features, frame, names_unknown, says_nothing
from queries.questions.mentions import apart, mentions
from queries.questions.names import Names
from queries.questions.readings import Reading, resolved
from queries.questions.surroundings import Mention
from queries.questions.understand import PLACE, said_beside
from queries.questions.weights import NONE, Weights, weights

READINGS = 3
LIKELY = 0.4
"""Least share of a query that is answered."""
MEANT = 0.2
"""Least share of a query among all queries, whatever they can be asked of."""
POSSIBLE = 0.15
"""Least share of a query that is offered beside."""
UNUSED = 1.5
"""How much less likely (natural logarithm) a query is for a name it has no place for."""
_EXCEPT = re.compile(r"除(?:了|去|开)(?!继承)|[以之]外(?!环)|\b(?:except|other than|apart from|besides)\b", re.I)
_NOT = re.compile(
    r"不归|不用管|不用做|不负责|不参与|没(?:有)?参与|未参与|不属于|不涉及|没(?:有)?涉及|未涉及"
    r"|\bnot (?:involved|responsible|in charge|part of|have to|cover)|\b(?:doesn't|don't|does not|do not) ",
    re.I,
)
_OPENING, _CLOSING = "“‘「『《(（", "”’」』》)）"
_AND = re.compile(r"\W*(?:[和与跟及同、,]|以及|and)\W*", re.I)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question: all mentions, longest first, and those a reader sees."""

    text: str
    found: Sequence[Mention]
    seen: Sequence[Mention]
    pair: tuple[str, str] | None
    """Two documents of one description and two years, the newer first."""

    def without(self, used: Sequence[Mention]) -> str:
        text = self.text
        for mention in used:
            text = text[: mention.start] + " " * mention.size + text[mention.end :]
        return text


_Slots = dict[str, Mention]
"""Required parameter → the mention that fills it."""


async def likely(names: Names, catalog: Catalog, text: str) -> list[Reading]:
    """Readings of a question in plain words with their share, likeliest first; empty when likely none answers."""
    try:
        found = await mentions(names.store, text)
    except QueryTimeout:
        return []  # a very large graph: what patterns and cues explain is still answered
    asked = _Asked(text, found, apart(found), await _of_two_years(names.store, text))
    words = frame(text, asked.seen)
    if UNKNOWN in words or says_nothing(words) or asks_for_other(words):
        return []
    readings: list[Reading] = []
    for definition, slots, share in _ranked(catalog, asked, weights(), words):
        if share < (POSSIBLE if readings else LIKELY) or len(readings) == READINGS:
            break
        if _takes_back(definition, text) or (not slots and names_unknown(words)):
            break
        params = await _params(names, definition, asked, slots)
        reading = params is not None and await resolved(names, Reading(definition, params, 0))
        if not reading:
            break
        readings.append(replace(reading, share=share))
    return readings


def _takes_back(definition: QueryDefinition, text: str) -> bool:
    """Whether the question asks for all but what it names, or for who does not: no query answers that."""
    of_lack = any("<negation>" in line for line in definition.cues)
    return bool(_EXCEPT.search(text) or (not of_lack and _NOT.search(text)))


def _ranked(
    catalog: Catalog, asked: _Asked, known: Weights, words: str
) -> Iterator[tuple[QueryDefinition, _Slots, float]]:
    """Queries that can be asked of these names, each with its share, likeliest first, as far as none is less likely."""
    slots: dict[str, _Slots] = {}
    able = {NONE: 0.0}
    for definition in catalog:
        if definition.name in known.queries and (used := _slots(definition, asked)) is not None:
            slots[definition.name] = used
            able[definition.name] = -UNUSED * _idle(definition, asked, used)
    heard = features(words, catalog)
    shares = known.shares(heard, able)
    # 一盔一带的上级是谁 asks for what no campaign has: what is left of the queries is not what was asked.
    whole = known.shares(heard, dict.fromkeys(known.queries, 0.0))
    for name, share in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        if name == NONE:
            break
        if whole[name] >= MEANT:
            yield catalog.get(name), slots[name], share


def _takes(param: Param, mention: Mention) -> bool:
    return param.type in ("search", "id") and (
        not param.labels or "Entity" in param.labels or bool(mention.labels & set(param.labels))
    )


def _required(definition: QueryDefinition) -> list[Param]:
    return [p for p in definition.params if p.required and p.type in ("search", "id")]


def _of_two_documents(definition: QueryDefinition) -> bool:
    return [p.labels for p in definition.params if p.type == "search"] == [("Document",)] * 2


def _slots(definition: QueryDefinition, asked: _Asked) -> _Slots | None:
    """A mention for each required slot, those a reader sees first; None when one has none.

    A place is a filter where the query has one, and is not asked for where it is part of another name.
    """
    if _of_two_documents(definition) and asked.pair:
        return {}
    used: _Slots = {}
    for param in _required(definition):
        fitting = [m for m in asked.found if _takes(param, m) and m.apart_from(used.values())]
        fitting = [m for m in fitting if m.labels != {"Region"} or (m in asked.seen and not definition.param(PLACE))]
        if not fitting:
            return None
        used[param.name] = min(fitting, key=lambda m: (m.labels == {"Region"}, m not in asked.seen, -m.size))
    return _in_order(definition, used)


def _in_order(definition: QueryDefinition, used: _Slots) -> _Slots:
    """Slots that take the same things filled in the order of the question."""
    params = _required(definition)
    if len({p.labels for p in params}) == 1:
        return dict(zip([p.name for p in params], sorted(used.values(), key=lambda m: m.start), strict=True))
    return used


def _idle(definition: QueryDefinition, asked: _Asked, used: _Slots) -> int:
    """How many names a reader sees that no parameter of the query could be, places not counted."""
    return sum(
        mention.labels != {"Region"}
        and mention not in used.values()
        and not any(_takes(p, mention) for p in definition.params)
        for mention in asked.seen
    )


async def _params(names: Names, definition: QueryDefinition, asked: _Asked, slots: _Slots) -> dict[str, Any] | None:
    """All that the question says of the query's parameters; None when it says what they cannot take."""
    params: dict[str, Any] = {name: clean(_written(asked.text, m)) for name, m in slots.items()}
    used = list(slots.values())
    if _of_two_documents(definition) and (pair := asked.pair or _two_documents(asked, *used)):
        params |= dict(zip([p.name for p in definition.params], pair, strict=False))
        used += [m for m in asked.seen if "Document" in m.labels]
    left = [m for m in asked.seen if m.apart_from(used)]
    filling = dict(slots)
    for param in definition.params:
        if not param.required and (mention := next((m for m in left if _takes(param, m)), None)):
            params[param.name] = asked.text[mention.start : mention.end]
            filling[param.name] = mention
            left.remove(mention)
    if any(_is_one_of_two(asked.text, definition.param(name), mention, left) for name, mention in filling.items()):
        return None  # an answer for one of two is none for both
    places = [asked.text[m.start : m.end] for m in left if m.labels == {"Region"}]
    place = await _place(names, definition, places, params)
    filters = _times(definition, rest := asked.without([*used, *filling.values()]))
    if place is None or filters is None:
        return None
    return {**filters, **said_beside(definition, rest), **place, **params}


async def _place(
    names: Names, definition: QueryDefinition, places: Sequence[str], params: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The place as a filter, where one is named apart; None when the query takes none, or not this one."""
    places = [place for place in places if not any(place[:2] in str(value) for value in params.values())]
    if not places:
        return {}
    await names.load(places)
    if not definition.param(PLACE) or len(places) > 1 or not (known := names.place(places[0])):
        return None  # an answer for all places is none for this one
    return {PLACE: known}


def _times(definition: QueryDefinition, rest: str) -> dict[str, Any] | None:
    """The time as filters, at least its year; None when the query takes none."""
    known = {p.name for p in definition.params}
    said = [filters for filters, _ in times.readings(rest) if filters]
    fitting = [filters for filters in said if set(filters) <= known]
    if said and not fitting:
        if "year" not in known:
            return None  # an answer for all times is none for this one
        fitting = [{"year": year} for year in times.years_of(rest)]
    return dict(fitting[0]) if fitting else {}


def _written(text: str, mention: Mention) -> str:
    """The mention as it stands, with the other one of a pair of quotes that is cut: “一盔一带”安全守护行动."""
    start, end = mention.start, mention.end
    said = text[start:end]
    if start and text[start - 1] in _OPENING and set(said) & set(_CLOSING):
        start -= 1
    if end < len(text) and text[end] in _CLOSING and set(said) & set(_OPENING):
        end += 1
    return text[start:end]


def _is_one_of_two(text: str, param: Param | None, mention: Mention, others: Iterable[Mention]) -> bool:
    """一盔一带和三超一疲劳: whether another name that ``param`` could take is joined to the mention."""
    for other in others:
        first, second = sorted((mention, other), key=lambda m: m.start)
        if param and other.exact and _takes(param, other) and _AND.fullmatch(text, first.end, second.start):
            return True
    return False


def _two_documents(asked: _Asked, first: Mention) -> tuple[str, str] | None:
    """The document of the mention and another one; or the same description with the other year of the question."""
    others = [m for m in asked.seen if "Document" in m.labels and m.apart_from([first])]
    if others:
        one, other = sorted([first, others[0]], key=lambda m: m.start)
        return asked.text[one.start : one.end], asked.text[other.start : other.end]
    text = asked.text[first.start : first.end]
    said, beside = times.year_of(text), times.years_of(asked.without([first]))
    if said and beside and beside[0] != said:
        return text, text.replace(str(said), str(beside[0]))
    return None


async def _of_two_years(store: Store, text: str) -> tuple[str, str] | None:
    """One description of a document and two years: that of the later, then that of the earlier year."""
    pair = times.pair_of_years(text)
    if not pair:
        return None
    years, rest = pair
    papers = [m for m in await mentions(store, rest) if "Document" in m.labels]
    if not papers:
        return None
    said = rest[papers[0].start : papers[0].end]
    return f"{said} {max(years)}年", f"{said} {min(years)}年"
