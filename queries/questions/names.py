"""What a stretch of a question names in the graph: a thing by its name, by part of it, or by a description of it.

A description is how people say a long name: 望岭交警大队 for 望岭县公安局交警大队, 禾丰县2024年要点 for a title that says
more, 县府办农村道路通知 for what that office issued. All of it must be found in the name, the issuer, the year or the
kind of one thing; a word that is nowhere there makes it another thing.
"""

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
from queries.parameters import ID, search_query
from queries.patterns import clean
from queries.questions.vocabulary import vocabulary
from queries.search import MATCHES, Hit, search

SHOWN = 6
"""Things of one name that are looked at and offered."""
NAMED = frozenset({"name", "alias", "core", "initials"})
"""Matches that are the thing itself rather than something like it."""
SINGLE = frozenset({"Unit", "Document"})
"""Labels of which a person means one: several of one name are an ambiguity, of campaigns they are variants."""
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?(?:的)?")
_DESCRIBED = ("Document", "Unit", "Regulation", "Campaign", "Task", "Indicator")
"""Labels whose names are long enough for people to say them otherwise."""
_PAPERS = frozenset({"Document", "Regulation"})
"""A plan that is loaded goes before the mention of it, where the query takes either."""
_CANDIDATES = 60
_EXACT = 240
"""Stretches looked up at once: three terms each stay below the 1,024 clauses a full-text query may have."""
_PLACE = re.compile(r"^(.{1,7}?(?:省|市|县|区|州|盟|旗|镇|乡))的?(.{2,})$")
_FORCE = re.compile(r"^(.{2,}?)((?:交警|交巡警)?(?:大队|中队|支队|总队))$")
_GENERAL = re.compile(
    r"(?:安全)?(?:专项)?(?:工作任务|重点工作|专项|工作|任务|行动|活动|整治|治理|问题|情况|要求|措施|事项|campaign|task|action)$"
)
_SHORT_YEAR = re.compile(r"(?<!\d)(?:20)?([12]\d)(?!\d|个|顶|条|处|起|次|项|家|米|公里|路|批|组|名|万|%)年?度?")
_KIND = re.compile(r"(?=(?:实施)?(?:方案|通知|要点|总结|意见|解读)$|(?:任务)?(?:分工|分解))")
_JOINTS = re.compile(r"的|那个|这个|那份|这份|那篇|今年|市里|县里|区里|里面|里头|里|关于|\b(?:of|on|the|for|in|and|a|s)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """What ``text`` names: ``hits`` best first, ``filters`` it implies beside; ``value`` of the parameter."""

    value: str
    filters: dict[str, Any]
    hits: tuple[Hit, ...]


_Cost = tuple[bool, int, int, int, int, int]
"""Not to its end, lone characters, pieces, place among the labels, length, newest first."""


class Names:
    """Looks names up for one question; what was looked up once is known."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._exact: dict[str, frozenset[str]] = {}
        self._places_named: dict[str, str] = {}
        self._found: dict[tuple[str, tuple[str, ...]], tuple[Hit, ...]] = {}
        self._described: dict[tuple[str, tuple[str, ...]], list[tuple[_Cost, Hit]]] = {}

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
        rows = await self._store.read(_EXACT_STATEMENT, {"q": query, "names": [*spelled, *spelled.values()]})
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
            self._found[key] = (await search(self._store, text, labels=labels, limit=SHOWN)).hits
        return self._found[key]

    async def named(self, definition: QueryDefinition, param: Param, text: str) -> Named | None:
        """The first form of ``text`` that names something ``param`` can be."""
        labels = _searchable(param)
        if ID.match(text):
            return Named(text, {}, ()) if text.split(":")[0] in {label.lower() for label in param.labels} else None
        known = {p.name for p in definition.params}
        loose: Named | None = None
        for form, filters in _forms(text):
            if set(filters) <= known and len(compact(form)) > 1 and await self._places(filters):
                if found := await self.hits(form, labels):
                    named = Named(_value(param, form, found), filters, found)
                    if found[0].matched in NAMED or (found[0].matched != "words" and not await self._body(text, labels)):
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

    async def described(self, text: str, labels: Sequence[str]) -> list[tuple[_Cost, Hit]]:
        """What ``text`` describes, closest first, with how far it is; empty when some of it is nowhere in any one name."""
        wanted = tuple(label for label in labels if label in _DESCRIBED)
        key = (text, wanted)
        if wanted and key not in self._described:
            self._described[key] = await self._describe(text, wanted)
        return self._described.get(key, [])

    async def _describe(self, text: str, labels: tuple[str, ...]) -> list[tuple[_Cost, Hit]]:
        years = {2000 + int(year) for year in _SHORT_YEAR.findall(text)}
        rest = _JOINTS.sub(" ", _SHORT_YEAR.sub(" ", text))
        parts = [part for part in (compact(part) for part in rest.split()) if part]
        found = await self._all_of(parts, years, labels)
        if not found and "Document" in labels:
            # 畅城 for the campaign that a title names in full.
            parts = [piece for part in parts for piece in _KIND.split(part) if piece]
            found = await self._all_of([await self._in_full(part) for part in parts], years, labels)
        return found

    async def _in_full(self, part: str) -> str:
        hits = await self.hits(part, ["Campaign"]) if 1 < len(part) < 7 else ()
        if hits and hits[0].matched in (*NAMED, "prefix"):
            return _GENERAL.sub("", compact(hits[0].name)) or part
        return part

    async def _all_of(self, parts: list[str], years: set[int], labels: tuple[str, ...]) -> list[tuple[_Cost, Hit]]:
        terms = [term for part in parts for term in query_terms(part)]
        query = " OR ".join(filter(None, (search_query(term) for term in dict.fromkeys(terms))))
        if sum(map(len, parts)) < 3 or not query:
            return []
        rows = await self._store.read(_described_statement(labels), {"q": query, "terms": terms, "limit": _CANDIDATES})
        found = []
        for row in rows:
            if (cost := _cost(parts, years, row, labels.index(row["label"]))) is not None:
                hit = Hit(row["id"], row["label"], row["name"], row["kind"] or "", (), "described")
                found.append((cost, hit))
        found.sort(key=lambda item: (*item[0], item[1].id))
        return found[:SHOWN]


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


def _described_statement(labels: Iterable[str]) -> str:
    parts = []
    for label in labels:
        issuer, names = "", "null"
        if label == "Document":
            issuer = "  OPTIONAL MATCH (node)-[:ISSUED_BY]->(u:Unit)\n"
            names = "collect(u.name + ' ' + reduce(s = '', a IN coalesce(u.aliases, []) | s + ' ' + a))"
        year = "node.year" if label == "Document" else "null"
        parts.append(
            f"  CALL db.index.fulltext.queryNodes('search_{label.lower()}', $q) YIELD node\n"
            "  WITH node, size([t IN $terms WHERE node.search CONTAINS t]) AS shared\n"
            "  ORDER BY shared DESC, size(node.name), node.id LIMIT $limit\n"
            f"{issuer}"
            f"  WITH node, {names} AS issuers\n"
            f"  RETURN node.id AS id, '{label}' AS label, node.name AS name, node.kind AS kind, node.aliases AS aliases,\n"
            f"    {year} AS year, issuers\n"
        )
    body = "  UNION ALL\n".join(parts)
    return f"CALL () {{\n{body}}}\nRETURN id, label, name, kind, aliases, year, issuers ORDER BY id"


def _cost(parts: list[str], years: set[int], row: Row, place: int) -> _Cost | None:
    """How far the description is from the name, None when part of it is not there."""
    title = compact(row["name"])
    if any(year != row["year"] and str(year) not in title for year in years):
        return None
    kinds = "".join(vocabulary().kinds.get(row["kind"] or "", ())) if row["label"] == "Document" else ""
    names = [title, *(compact(alias) for alias in row["aliases"] or ())]
    others = [compact(name) for name in row["issuers"] or ()]
    target = "|".join([*names, *others, kinds])
    pieces = [piece for part in parts for piece in _pieces(part, target)]
    if not pieces:
        return None
    if "" in pieces:
        return None
    single = sum(len(piece) == 1 and not piece.isdigit() for piece in pieces)
    length = sum(map(len, parts))
    in_order = row["label"] == "Unit" and len(parts) == 1 and any(_abbreviates(parts[0], name) for name in names)
    if single and not in_order and (single > 1 or length < 5):
        return None
    # A body is called by its end: 交安委 is the committee, not its office.
    headless = row["label"] == "Unit" and not any(parts[-1][-1] in name[-3:] for name in names)
    return (headless, single, len(pieces), place if row["label"] in _PAPERS else 0, len(title), -(row["year"] or 0))


def _pieces(part: str, target: str) -> Iterator[str]:
    """``part`` cut into the longest stretches that are in ``target``; an empty one stands for what is not."""
    place = 0
    while place < len(part):
        end = len(part)
        while end > place and part[place:end] not in target:
            end -= 1
        yield part[place:end]
        place = max(end, place + 1)


def _abbreviates(short: str, name: str) -> bool:
    """市邮管局 for 市邮政管理局: its characters in order, the last near its end."""
    if not name or short[-1] not in name[-3:]:
        return False
    rest = iter(name)
    return all(char in rest for char in short)


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
