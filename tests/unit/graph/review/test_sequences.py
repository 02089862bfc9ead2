"""A thousand random sequences of decisions with undo end in the state that a plain model predicts.

The model knows nothing of keys, fingerprints or documents' graphs: it replays what counts over a list of sentences, and
over the links between the two documents, which follow each other and have duties in common.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.across.facts import record_of
from graph.across.links import links_between
from graph.canonical import fingerprint
from graph.models import DocumentGraph, Relation, check_document_graph
from graph.review.apply import Decided, apply
from graph.review.entries import Description, Entry, Link
from graph.review.matching import fact_of, place_of, subject_of
from graph.review.state import fold
from tests.store import graphs as g
from tests.unit.graph.review.cases import entry, lines_of, named

pytestmark = pytest.mark.unmeasured

UNITS = [g.shared("Unit", name) for name in ("甲局", "乙局", "丙局", "丁局")]
NEW = g.shared("Unit", "新局")
ROLES = ("LEADS", "COOPERATES", "EXECUTES")
BEST_FIRST = ("confirmed", "extracted", "rejected")


def writing(source: str, duties: str, year: int) -> DocumentGraph:
    """``duties``: a letter of 甲乙丙丁 a sentence; each leads a task of its own, and two also lead the first."""
    name = f"青禾县{year}年道路交通安全工作要点"
    text = f"{name}\n{g.BRIGADE.name}\n" + "".join(f"{letter}局负责第{i}项。\n" for i, letter in enumerate(duties))
    w = g.Writing(source, text, name, year=year)
    w.fact("ISSUED_BY", w.node, g.BRIGADE, g.BRIGADE.name)
    units = {unit.name[0]: unit for unit in UNITS}
    tasks = [w.task(f"第{i}项", "item", w.node) for i in range(len(duties))]
    for i, letter in enumerate(duties):
        w.duty(units[letter], tasks[i], f"{letter}局负责第{i}项")
    for letter in duties[:2]:
        w.duty(units[letter], tasks[-1], f"{duties[-1]}局负责第{len(duties) - 1}项", rule="also")
    return w.graph()


GRAPHS = [writing("a.txt", "甲乙甲丙", 2023), writing("b.txt", "甲丁", 2024)]
LINKS = links_between(*map(record_of, GRAPHS))
FACTS = [(graph, r) for graph in GRAPHS for r in graph.relations if r.type == "LEADS"]
KEPT = [fact_of(graph, relation) for graph, relation in FACTS]

op = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject"]), st.integers(0, len(FACTS) - 1)),
    st.tuples(st.sampled_from(["accept-link", "reject-link"]), st.integers(0, len(LINKS) - 1)),
    st.tuples(st.just("edit"), st.integers(0, len(FACTS) - 1), st.sampled_from(ROLES)),
    st.tuples(st.sampled_from(["accept-node", "reject-node"]), st.integers(0, len(UNITS) - 1)),
    st.tuples(st.just("merge"), st.integers(0, len(UNITS) - 1), st.integers(0, len(UNITS) - 1)),
    st.tuples(st.just("split"), st.integers(0, len(UNITS) - 1), st.integers(0, len(GRAPHS) - 1)),
    st.tuples(st.just("undo"), st.integers(0, 30)),
)


def entries_of(ops: list[tuple[Any, ...]]) -> list[Entry]:
    """The operations as entries; those that make no sense (itself into itself, undo of nothing) are left out."""
    made: list[Entry] = []
    for name, *args in ops:
        seq, content = len(made) + 1, _content(name, args, made)
        if content is not None:
            made.append(entry(seq, name.removesuffix("-node").removesuffix("-link"), **content))
    return made


def _content(name: str, args: list[Any], made: list[Entry]) -> dict[str, Any] | None:
    if name in ("accept", "reject", "edit"):
        more = {"changes": {"role": args[1]}} if name == "edit" else {}
        return {"facts": (KEPT[args[0]],), **more}
    if name == "undo":
        return {"undoes": lines_of(*made)[args[0]].id} if args[0] < len(made) else None
    if name.endswith("-link"):
        return {"link": kept_link(LINKS[args[0]])}
    node = subject_of(None, UNITS[args[0]])
    if name == "merge":
        return None if args[0] == args[1] else {"node": node, "into": Description.of(UNITS[args[1]])}
    if name == "split":
        return {"node": node, "into": Description.of(NEW), "places": (place_of(GRAPHS[args[1]]),)}
    return {"node": node}


def kept_link(relation: Relation) -> Link:
    head, tail = [
        next(subject_of(graph, node) for graph in GRAPHS for node in graph.nodes if node.id == id_)
        for id_ in (relation.head, relation.tail)
    ]
    rule = str(relation.properties["rule"])
    return Link(key=relation.key, type=relation.type, rule=rule, head=head, tail=tail)


@dataclass
class Model:
    """What counts, replayed over the sentences. Names stand for nodes."""

    verdicts: dict[str, tuple[int, str]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, tuple[int, str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)
    split: dict[tuple[str, str], str] = field(default_factory=dict)

    def path(self, name: str) -> list[str]:
        path = [name]
        while path[-1] in self.into:
            path.append(self.into[path[-1]])
        return path

    def follow(self, name: str) -> str:
        return self.path(name)[-1]

    def take(self, one: Entry) -> None:
        status = "rejected" if one.action == "reject" else "confirmed"
        for fact in one.facts:
            self.verdicts[fact.key] = (one.seq, status)
            self.roles[fact.key] = str(one.changes.get("role", self.roles.get(fact.key, "LEADS")))
        if one.link:
            self.links[one.link.key] = status
        if one.action in ("accept", "reject") and one.node:
            self.nodes[one.node.name] = (one.seq, status)
        if one.action == "merge" and one.node and one.into and one.node.name not in self.path(one.into.name):
            self.into[one.node.name] = one.into.name
        if one.action == "split" and one.node and one.into:
            self.split[one.places[0].source, one.node.name] = one.into.name

    def facts(self) -> set[tuple[str, str, str, str, str]]:
        """(source, owner, role, task, status) of every duty that is left, of equal ones the best."""
        found: dict[tuple[object, ...], tuple[int, str, tuple[str, str, str, str, str]]] = {}
        for graph, relation in FACTS:
            names = {node.id: node.name for node in graph.nodes}
            source = place_of(graph).source
            owner = self.follow(names[relation.head])
            owner = self.split.get((source, owner), owner)
            role = self.roles.get(relation.key, "LEADS")
            seq, own = self.verdicts.get(relation.key, (0, "extracted"))
            refused = [s for s, status in [self.nodes.get(owner, (0, ""))] if status == "rejected"]
            status = "rejected" if refused and refused[0] > seq else own
            fact = (source, owner, role, names[relation.tail], status)
            place = (*fact[:4], relation.properties["rule"])
            rank = (BEST_FIRST.index(own), relation.key, fact)
            found[place] = min(found.get(place, rank), rank)
        return {fact for _, _, fact in found.values()}


def standing(made: list[Entry]) -> list[Entry]:
    """What counts, by the plain definition: nothing later that counts undoes it."""
    ids = [line.id for line in lines_of(*made)]

    def counts(i: int) -> bool:
        return not any(made[j].undoes == ids[i] and counts(j) for j in range(i + 1, len(made)))

    return [one for i, one in enumerate(made) if counts(i) and one.action != "undo"]


def facts_of(graph: DocumentGraph) -> set[tuple[str, str, str, str, str]]:
    names = {node.id: node.name for node in graph.nodes}
    source = place_of(graph).source
    return {
        (source, names[r.head], r.type, names[r.tail], str(r.properties["status"]))
        for r in graph.relations
        if r.type in ROLES
    }


@settings(max_examples=1000, deadline=None)
@given(st.lists(op, max_size=12))
def test_decisions_with_undo_end_in_what_a_plain_model_predicts(ops: list[tuple[Any, ...]]) -> None:
    """Every graph stays one that may be written; undoing all that counts gives the graphs as extracted."""
    made = entries_of(ops)
    model = Model()
    for one in standing(made):
        model.take(one)
    state = fold(named(*made))
    after = [apply(state, graph) for graph in GRAPHS]
    for decided in after:
        check_document_graph(decided.graph)
    assert set().union(*(facts_of(decided.graph) for decided in after)) == model.facts()
    assert links_of(after) == {link.key: model.links.get(link.key, "extracted") for link in LINKS}

    ids = {entry.seq: id_ for id_, entry in named(*made)}
    undos = [entry_undoing(len(made) + i, ids[one.seq]) for i, one in enumerate(standing(made), start=1)]
    back = fold(named(*made, *undos))
    undone = [apply(back, graph) for graph in GRAPHS]
    assert [fingerprint(decided.graph) for decided in undone] == [fingerprint(graph) for graph in GRAPHS]
    assert [decided.judged for decided in undone] == [(), ()]


def links_of(documents: list[Decided]) -> dict[str, str]:
    """Key → status of every link between the two documents after review."""
    found = links_between(*(record_of(decided.graph, decided.judged) for decided in documents))
    return {relation.key: str(relation.properties["status"]) for relation in found}


def test_the_two_documents_are_linked() -> None:
    """One follows the other, and two duties of the one are the first two of the other."""
    assert sorted(relation.type for relation in LINKS) == ["CORRESPONDS_TO", "CORRESPONDS_TO", "FOLLOWS"]


def entry_undoing(seq: int, id_: str) -> Entry:
    return entry(seq, "undo", undoes=id_)
