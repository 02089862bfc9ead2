"""Who works with whom: bodies joined by the tasks in which both have a stated duty. Shared by what looks at it.

Nodes are numbers in the order of the units' ids: networkx keeps sets, and only small numbers have one order in them on
every run. Classes of bodies are left out, for they would join counties that have nothing to do with each other; so
are inherited duties, which no sentence states.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from graph.analytics.projection import Fact, Needs, Projection, Thing

ROLES = ("LEADS", "COOPERATES", "EXECUTES")
READS = Needs(("Unit",), ROLES)
SEED = 20240101
"""Any fixed number: what is drawn at random is the same on every run."""


@dataclass(frozen=True)
class Cooperation:
    """``network``: nodes are positions in ``units``, edges carry ``weight``, the number of tasks in common.

    ``duties``: task → its duties of two and more bodies.
    """

    units: list[Thing]
    network: nx.Graph[int]
    duties: dict[str, list[Fact]]


def cooperation(graph: Projection) -> Cooperation:
    """The network of ``graph``: units that share a task with another, in order of id."""
    by_task: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in graph.of(*ROLES):
        unit = graph.things.get(fact.head)
        if unit is not None and not fact.implicit and not unit.properties.get("generic"):
            by_task[fact.tail].append(fact)
    duties = {task: facts for task, facts in sorted(by_task.items()) if len({f.head for f in facts}) > 1}
    named = sorted({fact.head for facts in duties.values() for fact in facts})
    place = {id_: number for number, id_ in enumerate(named)}
    groups = [sorted({place[fact.head] for fact in facts}) for facts in duties.values()]
    graph.check_pairs(sum(len(group) * (len(group) - 1) // 2 for group in groups))
    weights: defaultdict[tuple[int, int], int] = defaultdict(int)
    for group in groups:
        for pair in combinations(group, 2):
            weights[pair] += 1
    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(range(len(named)))
    network.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(weights.items()))
    return Cooperation([graph.things[id_] for id_ in named], network, duties)
