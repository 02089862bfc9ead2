"""What a stretch of a question names in the graph: a thing by its name, by part of it, or by a description of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.models import Row
from graph.ontology import ontology
from graph.store import Store
from graph.text import compact, query_terms
from queries.header import Param, QueryDefinition
from queries.matching import MATCHES
from queries.parameters import ID, search_query
from queries.patterns import clean
from queries.questions.descriptions import LABELS, SHOWN, Cost, Description, described
from queries.search import Hit, search

NAMED = frozenset({"name", "alias", "core", "initials"})
"""Matches that are the thing itself rather than something like it."""
SINGLE = frozenset({"Unit", "Document"})
"""Labels of which a person means one: several of one name are an ambiguity, of campaigns they are variants."""
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?(?:的)?")
_EXACT = 240
"""Stretches looked up at once: three terms each stay below the 1,024 clauses a full-text query may have."""
_PLACE = re.compile(r"^(.{1,7}?(?:省|市|县|区|州|盟|旗|镇|乡))的?(.{2,})$")
_FORCE = re.compile(r"^(.{2,}?)((?:交警|交巡警)?(?:大队|中队|支队|总队))$")
_GENERAL = re.compile(
    r"(?:安全)?(?:专项)?(?:工作任务|重点工作|专项|工作|任务|行动|活动|整治|治理|问题|情况|要求|措施|事项|campaign|task|action)$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What ``text`` names: ``hits`` best first, ``filters`` it implies beside; ``value`` of the parameter."""

    value: str
    filters: dict[str, Any]
    hits: tuple[Hit, ...]


class Names:
    """Looks names up for one question; what was looked up once is known."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._exact: dict[str, frozenset[str]] = {}
        self._places_named: dict[str, str] = {}
        self._found: dict[tuple[str, tuple[str, ...]], tuple[Hit, ...]] = {}
        self._described: dict[tuple[str, tuple[str, ...]], list[tuple[Cost, Hit]]] = {}

    async def load(self, texts: Iterable[str]) -> None:
        """Look up which of ``texts`` are names or aliases, all in one statement."""
        wanted = [text for text in dict.fromkeys(texts) if text not in self._exact][:_EXACT]
        if not wanted:
            return
        self._exact.update(dict.fromkeys(wanted, frozenset()))
        spelled = {text: compact(text) for text in wanted if len(compact(text)) > 1}
        query = " OR ".join(f"({terms})" for terms in filter(None, map(_prefilter, spelled)))
        if not query:
            return
        rows = await self.store.read(_EXACT_STATEMENT, {"q": query, "names": [*spelled, *spelled.values()]})
        called: dict[str, list[Row]] = {}
        for row in rows:
            for name in {compact(name) for name in (row["name"], *(row["aliases"] or ()))}:
                called.setdefault(name, []).append(row)
        for text, short in spelled.items():
            self._exact[text] = frozenset(row["label"] for row in called.get(short, ()))
            places = [row["name"] for row in called.get(short, ()) if row["label"] == "Region"]
            if len(set(places)) == 1:
                self._places_named[text] = places[0]

    def labels(self, text: str) -> frozenset[str]:
        """The labels of what is called exactly ``text``, as far as loaded."""
        return self._exact.get(text, frozenset())

    def place(self, text: str) -> str | None:
        """The full name of the one place called ``text``, as far as loaded."""
        return self._places_named.get(text)

    async def hits(self, text: str, labels: Sequence[str]) -> tuple[Hit, ...]:
        """What search finds for ``text``, best first."""
        key = (text, tuple(labels))
        if key not in self._found:
            self._found[key] = (await search(self.store, text, labels=labels, limit=SHOWN)).hits
        return self._found[key]

    async def named(self, definition: QueryDefinition, param: Param, text: str) -> Named | None:
        """The first form of ``text`` that names something ``param`` can be."""
        labels = _searchable(param)
        if ID.match(text):
            kinds = {label.lower() for label in param.labels}
            return Named(text, {}, ()) if text.partition(":")[0] in kinds else None
        known = {p.name for p in definition.params}
        loose: Named | None = None
        for form, filters in _forms(text):
            if not set(filters) <= known or len(compact(form)) < 2 or not await self._places(filters):
                continue
            if found := await self.hits(form, labels):
                named = Named(_value(param, form, found), filters, found)
                matched = found[0].matched
                if matched in NAMED or (matched != "words" and not await self._body(text, labels)):
                    return named
                loose = loose or named
        if described := await self.described(text, labels):
            return Named(described[0][1].id, {}, tuple(hit for _, hit in described))
        return loose

    async def _body(self, text: str, labels: Sequence[str]) -> bool:
        """Whether ``text`` describes one body to its end: 澜川市政府 is 澜川市人民政府, not its 督查室."""
        if list(labels) != ["Unit"]:
            return False
        found = await self.described(text, labels)
        if not found or found[0][0][0] or not compact(found[0][1].name).startswith(compact(text)[:2]):
            return False
        return len(found) == 1 or found[0][0] < found[1][0]

    async def _places(self, filters: dict[str, Any]) -> bool:
        """Whether the place among ``filters`` is one the graph knows."""
        place = filters.get("region")
        return place is None or bool(await self.hits(place, ["Region", "Unit", "Document"]))

    async def described(self, text: str, labels: Sequence[str]) -> list[tuple[Cost, Hit]]:
        """What ``text`` describes, closest first, with how far it is."""
        wanted = tuple(label for label in labels if label in LABELS)
        key = (text, wanted)
        if wanted and key not in self._described:
            said = Description.of(text)
            found = await described(self.store, said, wanted)
            if not found and "Document" in wanted:
                parts = [await self._in_full(part) for part in said.apart().parts]
                found = await described(self.store, Description(tuple(parts), said.years), wanted)
            self._described[key] = found
        return self._described.get(key, [])

    async def _in_full(self, part: str) -> str:
        """畅城 as the campaign that a title names in full."""
        hits = await self.hits(part, ["Campaign"]) if 1 < len(part) < 7 else ()
        if hits and hits[0].matched in (*NAMED, "prefix"):
            return _GENERAL.sub("", compact(hits[0].name)) or part
        return part


def _searchable(param: Param) -> list[str]:
    known = ontology().labels(search=True)
    return [label for label in param.labels if label in known] or list(known)


def _prefilter(text: str) -> str:
    """First, middle and last term: enough to leave few candidates."""
    terms = query_terms(text)
    few = dict.fromkeys((terms[0], terms[len(terms) // 2], terms[-1])) if terms else {}
    return " AND ".join(filter(None, (search_query(term) for term in few if len(term) > 1)))


_EXACT_STATEMENT = "\n".join(
    (
        "CALL () {",
        "  UNION ALL\n".join(
            f"  CALL db.index.fulltext.queryNodes('search_{label.lower()}', $q) YIELD node\n"
            "  WHERE node.name IN $names OR any(alias IN coalesce(node.aliases, []) WHERE alias IN $names)\n"
            f"  RETURN node.id AS id, '{label}' AS label, node.name AS name, node.aliases AS aliases\n"
            for label in ontology().labels(search=True)
        )
        + "}",
        "RETURN id, label, name, aliases ORDER BY id",
    )
)


def _forms(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """``text``, then without year, place and general noun, one after the other."""
    yield text, {}
    filters: dict[str, Any] = {}
    rest = text
    if year := YEAR.search(rest):
        filters = {"year": int(year.group(1))}
        rest = clean(YEAR.sub("", rest, count=1))
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


def _value(param: Param, text: str, hits: tuple[Hit, ...]) -> str:
    """The id of the one thing meant, else the text: all that it finds."""
    if param.type == "id":
        return hits[0].id
    if not param.labels or not set(param.labels) <= SINGLE:
        return text
    named = [hit for hit in hits if hit.matched in NAMED]
    first = [hit for hit in named if hit.matched == named[0].matched] or hits
    return first[0].id if len(first) == 1 else text


ORDER = (*MATCHES[: MATCHES.index("part")], "described", *MATCHES[MATCHES.index("part") :])
"""Matches from the thing itself to what only has all the words somewhere."""


def distance(hits: Iterable[tuple[Hit, ...]]) -> int:
    """How far names are from the things found: a campaign of that name before a title that quotes it."""
    return max((ORDER.index(found[0].matched) for found in hits if found), default=0)
