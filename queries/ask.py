"""Questions in Chinese or English → one query of the catalog, by the patterns in the headers; no model, no guess.

All patterns that fit the question compete: the one with most literal text wins whose slots name something in the
graph. A slot that names nothing as it stands is tried without a year, a place or a general noun (行动, 工作), which
become filters where the query has them. When nothing fits, the answer says so and gives questions that would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from graph.columns import Column
from graph.errors import InvalidParameter, Lang
from graph.models import Row
from graph.store import Store
from graph.text import compact
from queries.answers import sentence
from queries.catalog import Catalog
from queries.header import Param, QueryDefinition
from queries.matching import MATCHES
from queries.parameters import MAX_LENGTH
from queries.patterns import clean, match, normalise, rendered
from queries.runner import run
from queries.search import Hit, search

ALTERNATIVES = 6
FIRST = "units-owning-task"
"""The question most people come with: wins between two that fit equally well, offered first, asked for a bare name."""
NAMED = frozenset({"name", "alias", "core", "initials"})
"""Matches that are the thing itself rather than something like it."""
SINGLE = frozenset({"Unit", "Document"})
"""Labels of which a person means one: several of one name are an ambiguity, of campaigns they are variants."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?(?:的)?")
_PLACE = re.compile(r"^(.{1,7}?(?:省|市|县|区|州|盟|旗|镇|乡))的?(.{2,})$")
_FORCE = re.compile(r"^(.{2,}?)((?:交警|交巡警)?(?:大队|中队|支队|总队))$")
_GENERAL = re.compile(
    r"(?:安全)?(?:专项)?(?:工作任务|重点工作|专项|工作|任务|行动|活动|整治|治理|问题|情况|要求|措施|事项|campaign|task|action)$"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``ask`` found out.

    ``query`` is None, with no rows, when no query of the catalog answers; ``alternatives`` then are questions that
    can be answered, otherwise other readings of this one. Each is ``{query, params, title, question}``.
    """

    question: str
    query: str | None
    params: dict[str, Any]
    answer: str
    rows: list[Row] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    alternatives: list[dict[str, Any]] = field(default_factory=list)
    total: int | None = 0
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to understand the question: a query, its parameters, and what the slots were found to name."""

    definition: QueryDefinition
    params: dict[str, Any]
    literal: int
    hits: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    pattern: str = ""


async def ask(store: Store, catalog: Catalog, question: str, *, lang: Lang = "zh", limit: int | None = None) -> Answer:
    """The answer to ``question`` with rows and evidence, in ``lang``; raises the store's errors only."""
    if len(question) > MAX_LENGTH:
        reason = {"zh": f"最长 {MAX_LENGTH} 个字符", "en": f"is longer than {MAX_LENGTH} characters"}
        raise InvalidParameter(name="q", reason=reason)
    text = normalise(question)
    readings = await _readings(store, catalog, text)
    if not readings:
        return await _unanswered(store, catalog, question, text, lang)
    best = readings[0]
    result = await run(store, best.definition, best.params, limit=limit)
    shown = {name: _shown(best, name, value) for name, value in best.params.items()}
    others = [*_ambiguous(best, lang), *(_alternative(r.definition, r.params, lang) for r in readings[1:])]
    return Answer(
        question=question,
        query=result.query,
        params=result.params,
        answer=sentence(best.definition, result, shown, lang),
        rows=result.rows,
        columns=result.columns,
        alternatives=others[:ALTERNATIVES],
        total=result.total,
        truncated=result.truncated,
    )


async def _readings(store: Store, catalog: Catalog, text: str) -> list[_Reading]:
    """Readings whose slots name something, best first, one for each query."""
    found: dict[str, _Reading] = {}
    for filters, asked in _without_year(text):
        for reading in _fitting(catalog, asked, filters):
            if reading.definition.name not in found and (resolved := await _resolved(store, reading)):
                found[reading.definition.name] = resolved
        if found:
            break
    else:
        named = await _bare(store, catalog, text)
        return [named] if named else []
    return sorted(found.values(), key=lambda r: (-r.literal, _distance(r), r.definition.name != FIRST))


def _distance(reading: _Reading) -> int:
    """How far the slots are from naming the thing itself: a campaign of that name before a title that quotes it."""
    return max((MATCHES.index(hits[0].matched) for hits in reading.hits.values() if hits), default=0)


def _without_year(text: str) -> Iterator[tuple[dict[str, Any], str]]:
    yield {}, text
    if years := _YEAR.search(text):
        yield {"year": int(years.group(1))}, _YEAR.sub("", text, count=1)


def _fitting(catalog: Catalog, text: str, filters: dict[str, Any]) -> list[_Reading]:
    """Every pattern that fits, most literal text first."""
    readings = []
    for definition in catalog:
        if not set(filters) <= {p.name for p in definition.params}:
            continue
        for pattern in definition.questions:
            if fit := match(pattern, text):
                slots, literal = fit
                readings.append(_Reading(definition, {**slots, **filters}, literal, pattern=pattern))
    return sorted(readings, key=lambda reading: -reading.literal)


async def _resolved(store: Store, reading: _Reading) -> _Reading | None:
    """The reading with every slot found in the graph, None when one is not."""
    params, hits = dict(reading.params), dict(reading.hits)
    for param in reading.definition.params:
        text = params.get(param.name)
        if param.type != "search" or not isinstance(text, str):
            continue
        found = await _found(store, reading.definition, param, text)
        if found is None:
            return None
        value, filters, hits[param.name] = found
        params |= {**filters, param.name: _one(param, value, hits[param.name])}
    return replace(reading, params=params, hits=hits)


async def _found(
    store: Store, definition: QueryDefinition, param: Param, text: str
) -> tuple[str, dict[str, Any], tuple[Hit, ...]] | None:
    """The first form of ``text`` that names something: ``(form, filters it implies, what it names)``."""
    known = {p.name for p in definition.params}
    for form, filters in _forms(text):
        if set(filters) <= known and len(compact(form)) > 1:
            hits = (await search(store, form, labels=param.labels, limit=ALTERNATIVES)).hits
            if hits:
                return form, filters, hits
    return None


def _forms(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """``text``, then without year, place and general noun, one after the other."""
    yield text, {}
    filters: dict[str, Any] = {}
    rest = text
    if year := _YEAR.search(rest):
        filters = {"year": int(year.group(1))}
        rest = clean(_YEAR.sub("", rest, count=1))
        yield rest, dict(filters)
    if place := _PLACE.match(rest):
        filters = {**filters, "region": place.group(1)}
        rest = clean(place.group(2))
        yield rest, dict(filters)
    if force := _FORCE.match(rest):
        # 青禾大队 for 青禾县公安局交警大队: place and rank, what is between left out.
        yield f"{force.group(1)} {force.group(2)}", dict(filters)
    if (plain := clean(_GENERAL.sub("", rest))) != rest:
        yield plain, dict(filters)
    if (plain := clean(_GENERAL.sub("", text))) != text:
        yield plain, {}


def _one(param: Param, text: str, hits: tuple[Hit, ...]) -> str:
    """The id of the one thing meant, else the text: all that it finds."""
    if not param.labels or not set(param.labels) <= SINGLE:
        return text
    named = [hit for hit in hits if hit.matched in NAMED]
    first = [hit for hit in named if hit.matched == named[0].matched] or hits
    return first[0].id if len(first) == 1 else text


async def _bare(store: Store, catalog: Catalog, text: str) -> _Reading | None:
    """Only a name: a unit's tasks, a document's outline, the owners of anything else."""
    if len(compact(text)) < 2:
        return None
    hits = [hit for hit in (await search(store, text, limit=ALTERNATIVES)).hits if hit.matched in NAMED]
    queries = {"Unit": ("tasks-of-unit", "unit"), "Document": ("document-outline", "document")}
    for hit in hits:
        name, slot = queries.get(hit.label, (FIRST, "task"))
        if name in catalog:
            definition = catalog.get(name)
            return await _resolved(store, _Reading(definition, {slot: clean(text)}, 0))
    return None


def _shown(reading: _Reading, name: str, value: object) -> object:
    hits = reading.hits.get(name, ())
    return next((hit.name for hit in hits if hit.id == value), value)


def _ambiguous(reading: _Reading, lang: Lang) -> list[dict[str, Any]]:
    """The same query for each other thing that a slot may mean."""
    found = []
    for param in reading.definition.params:
        hits = reading.hits.get(param.name, ())
        if hits and set(param.labels) <= SINGLE:
            for hit in hits:
                if hit.id != reading.params[param.name] and len(hits) > 1:
                    params = {**reading.params, param.name: hit.id}
                    found.append(_alternative(reading.definition, params, lang, {param.name: hit.name}))
    return found


def _alternative(
    definition: QueryDefinition, params: dict[str, Any], lang: Lang, names: dict[str, str] | None = None
) -> dict[str, Any]:
    values = {name: str(value) for name, value in {**params, **(names or {})}.items()}
    return {
        "query": definition.name,
        "params": params,
        "title": definition.title.get(lang),
        "question": example_question(definition, lang, values),
    }


def example_question(definition: QueryDefinition, lang: Lang, values: dict[str, str] | None = None) -> str:
    """A question this query answers, in ``lang``; its title when it has no pattern in that language."""
    filled = {p.name: str(p.example or p.name) for p in definition.params} | (values or {})
    for pattern in definition.questions:
        if pattern.isascii() == (lang == "en"):
            return rendered(pattern, filled) + ("？" if lang == "zh" else "?")
    return definition.title.get(lang)


async def _unanswered(store: Store, catalog: Catalog, question: str, text: str, lang: Lang) -> Answer:
    """What can be asked instead: about what the question names, else the catalog's own examples."""
    readings = _fitting(catalog, text, {})
    slots = list(dict.fromkeys(str(v) for r in readings for v in r.params.values()))
    others: list[dict[str, Any]] = []
    for words in [*slots[:ALTERNATIVES], text]:
        hits = (await search(store, words, limit=1)).hits if len(compact(words)) > 1 else ()
        if hits and hits[0].matched != "words":
            others = _about(catalog, hits[0], lang)
            break
    if not others:
        others = [_alternative(d, dict(d.examples), lang) for d in catalog if d.questions]
        others.sort(key=lambda other: other["query"] != FIRST)
    shown = others[:ALTERNATIVES]
    unknown = slots[0] if slots else ""
    return Answer(question, None, {}, _apology(unknown, shown, lang), alternatives=shown)


def _about(catalog: Catalog, hit: Hit, lang: Lang) -> list[dict[str, Any]]:
    """Every query that can be asked of a thing like ``hit``."""
    found = []
    for definition in catalog:
        needed = [p for p in definition.params if p.required]
        if definition.questions and len(needed) == 1 and hit.label in needed[0].labels:
            found.append(_alternative(definition, {needed[0].name: hit.name}, lang))
    return sorted(found, key=lambda other: other["query"] != FIRST)


def _apology(unknown: str, others: list[dict[str, Any]], lang: Lang) -> str:
    examples = ("、" if lang == "zh" else ", ").join(f"“{other['question']}”" for other in others)
    if lang == "zh":
        why = f"图谱中没有能这样回答的“{unknown}”" if unknown else "没有与这个问题对应的查询"
        return f"无法回答：{why}。可以这样问：{examples}。"
    why = f"the graph has no “{unknown}” that this can be asked of" if unknown else "no query fits this question"
    return f"No answer: {why}. Try: {examples}."
