"""Descriptions: how people say a long name, and which one thing has all of what they said.

望岭交警大队 is 望岭县公安局交警大队, 禾丰县2024年要点 a title that says more, 县府办农村道路通知 what that office
issued. All of a description must be found in the name, the issuer, the year or the kind of one thing; a word that is
nowhere there makes it another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.models import Row
from graph.store import Store
from graph.text import compact, query_terms
from queries.parameters import search_query
from queries.questions.vocabulary import vocabulary
from queries.search import Hit

LABELS = ("Document", "Unit", "Regulation", "Campaign", "Task", "Indicator")
"""Labels whose names are long enough for people to say them otherwise."""
SHOWN = 6
"""Things of one name that are looked at and offered."""
_CANDIDATES = 60
_PAPERS = frozenset({"Document", "Regulation"})
"""A plan that is loaded goes before the mention of it, where the query takes either."""
_SHORT_YEAR = re.compile(r"(?<!\d)(?:20)?([12]\d)(?!\d|个|顶|条|处|起|次|项|家|米|公里|路|批|组|名|万|%)年?度?")
_KIND = re.compile(r"(?=(?:实施)?(?:方案|通知|要点|总结|意见|解读)$|(?:任务)?(?:分工|分解))")
_JOINTS = re.compile(
    r"的|那个|这个|那份|这份|那篇|今年|市里|县里|区里|里面|里头|里|关于|\b(?:of|on|the|for|in|and|a|s)\b"
)

Cost = tuple[bool, int, int, int, int, int]
"""Not to its end, lone characters, pieces, place among the labels, length, newest first."""


@dataclass(frozen=True, slots=True)
class Description:
    """``parts`` of the text between joints (的, 那个, of), and the ``years`` it names."""

    parts: tuple[str, ...]
    years: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Description:
        """The description that ``text`` is."""
        years = frozenset(2000 + int(year) for year in _SHORT_YEAR.findall(text))
        rest = _JOINTS.sub(" ", _SHORT_YEAR.sub(" ", text))
        return cls(tuple(part for part in map(compact, rest.split()) if part), years)

    def apart(self) -> Description:
        """The same with the kind of document a part of its own: 畅城方案 is 畅城 and 方案."""
        return Description(tuple(piece for part in self.parts for piece in _KIND.split(part) if piece), self.years)


async def described(store: Store, said: Description, labels: tuple[str, ...]) -> list[tuple[Cost, Hit]]:
    """What is described, closest first, with how far it is; empty when no one thing has all of it."""
    terms = [term for part in said.parts for term in query_terms(part)]
    query = any_of(terms)
    if sum(map(len, said.parts)) < 3 or not query:
        return []
    rows = await store.read(candidates(labels), {"q": query, "terms": terms, "limit": _CANDIDATES})
    found = []
    for row in rows:
        if (far := cost(said, row, labels.index(row["label"]))) is not None:
            found.append((far, Hit(row["id"], row["label"], row["name"], row["kind"] or "", (), "described")))
    found.sort(key=lambda item: (*item[0], item[1].id))
    return found[:SHOWN]


def any_of(terms: Iterable[str]) -> str:
    """The full-text query for what has one of ``terms``; empty when there is nothing to look for."""
    return " OR ".join(filter(None, map(search_query, dict.fromkeys(terms))))


def candidates(labels: Iterable[str], rank: str = "0") -> str:
    """The statement for the ``$limit`` things of each label that come first by ``rank`` (Cypher of ``node``), then by
    how many of ``$terms`` they share; ``$q`` proposes."""
    parts = []
    for label in labels:
        issuer, names = "", "null"
        if label == "Document":
            issuer = "  OPTIONAL MATCH (node)-[:ISSUED_BY]->(u:Unit)\n"
            names = "collect(u.name + ' ' + reduce(s = '', a IN coalesce(u.aliases, []) | s + ' ' + a))"
        year = "node.year" if label == "Document" else "null"
        parts.append(
            f"  CALL db.index.fulltext.queryNodes('search_{label.lower()}', $q) YIELD node\n"
            f"  WITH node, size([t IN $terms WHERE node.search CONTAINS t]) AS shared, {rank} AS rank\n"
            "  ORDER BY rank, shared DESC, size(node.name), node.id LIMIT $limit\n"
            f"{issuer}"
            f"  WITH node, {names} AS issuers\n"
            f"  RETURN node.id AS id, '{label}' AS label, node.name AS name, node.kind AS kind,\n"
            f"    node.aliases AS aliases, {year} AS year, issuers\n"
        )
    body = "  UNION ALL\n".join(parts)
    return f"CALL () {{\n{body}}}\nRETURN id, label, name, kind, aliases, year, issuers ORDER BY id"


def cost(said: Description, row: Row, place: int) -> Cost | None:
    """How far the description is from the name, None when part of it is not there."""
    title = compact(row["name"])
    if any(year != row["year"] and str(year) not in title for year in said.years):
        return None
    kinds = "".join(vocabulary().kinds.get(row["kind"] or "", ())) if row["label"] == "Document" else ""
    names = [title, *(compact(alias) for alias in row["aliases"] or ())]
    others = [compact(name) for name in row["issuers"] or ()]
    target = "|".join([*names, *others, kinds])
    pieces = [piece for part in said.parts for piece in _pieces(part, target)]
    if not pieces or "" in pieces:
        return None
    single = sum(len(piece) == 1 and not piece.isdigit() for piece in pieces)
    length = sum(map(len, said.parts))
    in_order = (
        row["label"] == "Unit" and len(said.parts) == 1 and any(_abbreviates(said.parts[0], name) for name in names)
    )
    if single and not in_order and (single > 1 or length < 5):
        return None
    # A body is called by its end: 交安委 is the committee, not its office.
    headless = row["label"] == "Unit" and not any(said.parts[-1][-1] in name[-3:] for name in names)
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
