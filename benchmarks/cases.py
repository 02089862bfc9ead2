"""What benchmarks.rest asks: every query of the catalog with a usual anchor, some with a heavy one, nodes, searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.papers import HEAVY, THINGS
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Case:
    """``kind``: anchored, global, search or node; ``query``: of the catalog, "" for what is not of it."""

    name: str
    kind: str
    path: str
    params: dict[str, str]
    query: str = ""
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Anchors:
    """Ids of one document in the middle of the graph and of what belongs to it; the names of its issuer and itself."""

    document: str
    name: str
    section: str
    task: str
    unit: str
    unit_name: str


async def anchors(store: Store) -> Anchors:
    """The same in every run: a plan of 2021."""
    rows = await store.read(
        "MATCH (d:Document)-[:ISSUED_BY]->(u:Unit) WHERE d.kind = 'plan' AND d.year = 2021 "
        "RETURN d.id AS id, d.name AS name, u.id AS unit, u.name AS unit_name ORDER BY d.id LIMIT 2"
    )
    found = rows[-1]
    parts = {}
    for label in ("Section", "Task"):
        own = f"MATCH (n:{label} {{doc: $id}}) RETURN n.id AS id ORDER BY n.start_char LIMIT 2"
        parts[label] = (await store.read(own, {"id": found["id"]}))[-1]["id"]
    return Anchors(found["id"], found["name"], parts["Section"], parts["Task"], found["unit"], found["unit_name"])


def queries(known: Anchors) -> Iterator[Case]:
    """All of the catalog, and a node."""
    document, unit, thing = {"document": known.document}, {"unit": known.unit}, THINGS[3]
    usual: list[tuple[str, dict[str, str]]] = [
        *((name, document) for name in ("compare-documents", "document-outline", "plan-versus-outcome")),
        *((name, document) for name in ("responsibility-matrix", "targets-of-document")),
        *((name, unit) for name in ("documents-by-issuer", "tasks-of-unit", "unit-calendar", "unit-hierarchy")),
        *((name, {"policy": known.document}) for name in ("campaigns-of-policy", "citation-ladder", "units-of-policy")),
        ("facts-of-section", {"section": known.section}),
        ("mentions-of-entity", {"entity": known.unit}),
        ("neighbourhood", {"node": known.task}),
        ("shortest-path", {"a": known.unit, "b": "疲劳驾驶"}),
        ("similar-tasks", {"task": known.task}),
        ("units-owning-task", {"task": known.task}),
        ("units-owning-task", {"task": thing}),
        ("units-owning-task", {"task": "一盔一带", **document}),
    ]
    heavy: list[tuple[str, dict[str, str]]] = [
        ("tasks-of-unit", {"unit": HEAVY.id}),
        ("unit-calendar", {"unit": HEAVY.id}),
        ("neighbourhood", {"node": HEAVY.id}),
        ("mentions-of-entity", {"entity": HEAVY.id}),
        ("units-owning-task", {"task": "一盔一带"}),
        *((name, {"campaign": "一盔一带"}) for name in ("campaign-timeline", "policies-of-campaign")),
        ("vehicle-classes-of-campaign", {"campaign": "一盔一带"}),
        ("campaigns-of-vehicle-class", {"vehicle": "电动自行车"}),
        ("citations-of-regulation", {"regulation": "道路交通安全法"}),
    ]
    everything = ("cooperation-network", "statistics", "targets-not-reported")
    everything += ("tasks-with-several-leads", "tasks-without-lead")
    for name, params in usual:
        short = "facts" if name == "facts-of-section" else f"{name} {' '.join(params.values())[:24]}"
        yield Case(short, "anchored", f"queries/{name}", params, name)
    for name, params in heavy:
        yield Case(f"{name} {' '.join(params.values())[:24]}", "anchored", f"queries/{name}", params, name, heavy=True)
    for name in everything:
        yield Case(name, "global", f"queries/{name}", {}, name)
    yield Case("node", "node", f"nodes/{known.document}", {})


def searches(known: Anchors) -> Iterator[Case]:
    """A name, an alias, a beginning, initials, a part of a slogan, one character, words of several names; and a pair of
    characters that stands in every task (heavy)."""
    words = [
        "一盔一带",
        "道路交通安全法",
        "城区酒驾",
        "ykyd",
        "疲劳驾驶",
        "盔",
        "１０７国道",
        "安全头盔",
        "总队",
        "zdfj",
    ]
    words += [known.unit_name, known.name, f"{known.unit_name[:6]} 教育局", "2021年", "酒驾夜查", "没有此事"]
    for text in words:
        yield Case(f"search {text}", "search", "search", {"q": text})
    yield Case("search 抓好", "search", "search", {"q": "抓好"}, heavy=True)
