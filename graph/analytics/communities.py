"""Which units form circles that work more with each other than with the rest, and on what."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import networkx as nx

from graph.analytics.cooperation import READS, SEED, Cooperation, cooperation
from graph.analytics.findings import FACTS, Findings, keys, ref, refs, rounded
from graph.analytics.projection import Projection
from graph.models import Row

CAMPAIGNS = 3
"""Campaigns shown of a community."""
NEEDS = replace(READS, labels=(*READS.labels, "Campaign"), types=(*READS.types, "CARRIES_OUT"))


def compute(graph: Projection) -> Findings:
    """A row for each community, the largest first."""
    found = cooperation(graph)
    network = found.network
    if not found.units:
        return Findings([], {"units": 0, "communities": 0, "modularity": 0.0})
    parts = nx.community.louvain_communities(network, weight="weight", seed=SEED)
    groups = sorted((sorted(part) for part in parts), key=lambda group: (-len(group), group))
    rows = [_row(graph, found, number, group) for number, group in enumerate(groups, 1)]
    modularity = nx.community.modularity(network, [set(group) for group in groups], weight="weight")
    return Findings(rows, {"units": len(found.units), "communities": len(rows), "modularity": rounded(modularity)})


def _row(graph: Projection, found: Cooperation, number: int, group: list[int]) -> Row:
    members = {found.units[node].id for node in group}
    shared = {}
    for task, facts in found.duties.items():
        inner = [fact for fact in facts if fact.head in members]
        if len({fact.head for fact in inner}) > 1:
            shared[task] = inner
    inside = found.network.subgraph(group).size(weight="weight")
    touching = sum(weight for _, weight in found.network.degree(group, weight="weight")) - inside
    carried = Counter(
        fact.tail for fact in graph.of("CARRIES_OUT") if fact.head in shared and fact.tail in graph.things
    )
    best = sorted(carried, key=lambda id_: (-carried[id_], graph.things[id_].name, id_))[:CAMPAIGNS]
    return {
        "community": number,
        "size": len(group),
        "units": refs(found.units[node] for node in group),
        "tasks": len(shared),
        "inside": rounded(inside / touching),
        "campaigns": [ref(graph.things[id_]) for id_ in best],
        FACTS: keys(fact for facts in shared.values() for fact in facts),
    }
