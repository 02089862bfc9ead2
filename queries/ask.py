"""Questions in Chinese or English → one query of the catalog, the same for the same question, or none.

First the patterns of the headers: of all that fit, the one with most literal text wins whose slots name something in
the graph. A slot that names nothing as it stands is tried without a year, a place or a general noun (行动, 工作), which
become filters where the query has them. When no pattern fits, the words around the names weighed (``likely``) where
that is sure, the cues of the headers (``understand``), then what is only likely. When nothing is, the answer says so
and gives questions that would be answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.columns import Column
from graph.errors import InvalidParameter, Lang
from graph.models import Row
from graph.store import Store
from graph.text import compact
from queries.answers import sentence
from queries.catalog import Catalog
from queries.header import QueryDefinition
from queries.parameters import MAX_LENGTH
from queries.patterns import clean, match, normalise, rendered
from queries.questions.english import in_plain_words
from queries.questions.likely import likely
from queries.questions.names import NAMED, SINGLE, YEAR, Names
from queries.questions.readings import Reading, resolved
from queries.questions.understand import said_beside, understand
from queries.runner import run
from queries.search import Hit, search

ALTERNATIVES = 6
EXPLAINED = 100
"""Longest question that is taken apart by cues; longer ones are names and clauses that no cue explains."""
WEIGHED = 200
"""Longest question whose words are weighed."""
SURE = 0.8
"""Share of a likely reading from which it goes before one by cues, which may take common words for a name."""
FIRST = "units-owning-task"
"""The question most people come with: wins between two that fit equally well, offered first, asked for a bare name."""


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
    shown = _as_said(best)
    others = [*_ambiguous(best, lang), *(_alternative(r.definition, r.params, lang, _as_said(r)) for r in readings[1:])]
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


async def _readings(store: Store, catalog: Catalog, text: str) -> list[Reading]:
    """Readings whose slots name something, best first, one for each query."""
    found: dict[str, Reading] = {}
    names = Names(store)
    for filters, asked in _without_year(text):
        for reading in _fitting(catalog, asked, filters):
            if reading.definition.name not in found and (named := await resolved(names, reading)):
                found[reading.definition.name] = named
        if found:
            break
    fitting = sorted(found.values(), key=lambda r: (-r.literal, r.distance, r.definition.name != FIRST))
    if fitting and fitting[0].certain:
        return fitting
    plain = await in_plain_words(store, text) if len(text) <= WEIGHED else ""
    guessed = await likely(names, catalog, plain) if plain else []
    if guessed and guessed[0].share >= SURE:
        return guessed
    understood = await understand(names, catalog, plain) if len(text) <= EXPLAINED else []
    if understood and (not fitting or understood[0].certain):
        return understood
    if guessed or fitting:
        return guessed or fitting
    named = await _bare(names, catalog, text)
    return [named] if named else []


def _without_year(text: str) -> Iterator[tuple[dict[str, Any], str]]:
    yield {}, text
    if years := YEAR.search(text):
        yield {"year": int(years.group(1))}, YEAR.sub("", text, count=1)


def _fitting(catalog: Catalog, text: str, filters: dict[str, Any]) -> list[Reading]:
    """Every pattern that fits, most literal text first."""
    readings = []
    for definition in catalog:
        if not set(filters) <= {p.name for p in definition.params}:
            continue
        for pattern in definition.questions:
            if fit := match(pattern, text):
                slots, literal = fit
                rest = text
                for slot in slots.values():
                    rest = rest.replace(slot, " ", 1)
                readings.append(Reading(definition, {**said_beside(definition, rest), **slots, **filters}, literal))
    return sorted(readings, key=lambda reading: -reading.literal)


async def _bare(names: Names, catalog: Catalog, text: str) -> Reading | None:
    """Only a name: a unit's tasks, a document's outline, the owners of anything else."""
    if len(compact(text)) < 2:
        return None
    hits = [hit for hit in (await search(names.store, text, limit=ALTERNATIVES)).hits if hit.matched in NAMED]
    queries = {"Unit": ("tasks-of-unit", "unit"), "Document": ("document-outline", "document")}
    for hit in hits:
        name, slot = queries.get(hit.label, (FIRST, "task"))
        if name in catalog:
            definition = catalog.get(name)
            return await resolved(names, Reading(definition, {slot: clean(text)}, 0))
    return None


def _as_said(reading: Reading) -> dict[str, Any]:
    """The values as a person says them, what the query is asked of first."""
    order = sorted(reading.definition.params, key=lambda p: not p.required)
    return {p.name: _shown(reading, p.name, reading.params[p.name]) for p in order if p.name in reading.params}


def _shown(reading: Reading, name: str, value: object) -> object:
    hits = reading.hits.get(name, ())
    return next((hit.name for hit in hits if hit.id == value), value)


def _ambiguous(reading: Reading, lang: Lang) -> list[dict[str, Any]]:
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
    definition: QueryDefinition, params: dict[str, Any], lang: Lang, names: dict[str, Any] | None = None
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
