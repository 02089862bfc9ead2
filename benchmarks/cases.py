"""What benchmarks.rest asks: every query of the catalog with a usual anchor, some with a heavy one, nodes, searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.papers import HEAVY, THINGS
from graph.store import Store

MANY = 500


@dataclass(frozen=True, slots=True)
class Case:
    """``kind``: anchored, global, search or node; ``query``: of the catalog, "" for what is not of it.

    ``ids``: what stands for ``{id}``, another one in every turn, so that no answer is one that was kept.
    """

    name: str
    kind: str
    path: str
    params: dict[str, str]
    query: str = ""
    heavy: bool = False
    ids: tuple[str, ...] = ()

    def asked(self, turn: int) -> tuple[str, dict[str, str]]:
        """Path and parameters of a turn."""
        if not self.ids:
            return self.path, self.params
        one = self.ids[turn % len(self.ids)]
        return self.path.format(id=one), {name: value.format(id=one) for name, value in self.params.items()}


@dataclass(frozen=True, slots=True)
class Anchors:
    """Ids of one document in the middle of the graph and of what belongs to it; the names of its issuer and itself.

    ``sections`` and ``tasks``: up to MANY of each, for what must be another in every turn.
    """

    document: str
    name: str
    section: str
    task: str
    unit: str
    unit_name: str
    sections: tuple[str, ...]
    tasks: tuple[str, ...]


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
    many = {}
    for label in ("Section", "Task"):
        ids = await store.read(f"MATCH (n:{label}) RETURN n.id AS id ORDER BY n.id LIMIT {MANY}")
        many[label] = tuple(row["id"] for row in ids)
    return Anchors(
        *(found["id"], found["name"], parts["Section"], parts["Task"], found["unit"], found["unit_name"]),
        sections=many["Section"],
        tasks=many["Task"],
    )


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
    path = "queries/facts-of-section"
    yield Case("facts, each another", "anchored", path, {"section": "{id}"}, ids=known.sections)
    yield Case("node, each another", "node", "nodes/{id}", {}, ids=known.tasks)


def searches(known: Anchors) -> Iterator[Case]:
    """A name, an alias, a beginning, initials, a part of a slogan, one character, words of several names; and a
    character and a pair that stand in tens of thousands of names (heavy)."""
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
    for text in ("处", "抓好"):
        yield Case(f"search {text}", "search", "search", {"q": text}, heavy=True)
