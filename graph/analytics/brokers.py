"""Who ties the cooperation of others together, and whose absence would cut it."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx

from graph.analytics.cooperation import READS, SEED, cooperation
from graph.analytics.findings import FACTS, Figures, Findings, keys, ref, rounded
from graph.analytics.projection import Fact, Projection
from graph.models import Row

NEEDS = READS
EXACT = 1_000
"""Units up to which every shortest path is counted; above, paths from ``PIVOTS`` of them stand for all."""
PIVOTS = 256


def compute(graph: Projection) -> Findings:
    """A row for each unit that shares a task with another, by how many shortest paths lead through it."""
    found = cooperation(graph)
    network = found.network
    estimated = len(found.units) > EXACT
    between = nx.betweenness_centrality(network, k=PIVOTS if estimated else None, seed=SEED)
    cuts = set(nx.articulation_points(network))
    parts = sorted(nx.connected_components(network), key=lambda part: (-len(part), min(part)))
    part_of = {node: number for number, part in enumerate(parts, 1) for node in part}
    duties: defaultdict[str, list[Fact]] = defaultdict(list)
    for facts in found.duties.values():
        for fact in facts:
            duties[fact.head].append(fact)
    rows: list[Row] = [
        {
            "unit": ref(unit),
            "betweenness": rounded(between[node]),
            "partners": network.degree(node),
            "tasks": len({fact.tail for fact in duties[unit.id]}),
            "cut": node in cuts,
            "part": part_of[node],
            FACTS: keys(duties[unit.id]),
        }
        for node, unit in enumerate(found.units)
    ]
    rows.sort(key=lambda r: (-r["betweenness"], -r["partners"], -r["tasks"], r["unit"]["name"], r["unit"]["id"]))
    figures: Figures = {
        "units": len(rows),
        "pairs": network.number_of_edges(),
        "tasks": len(found.duties),
        "parts": len(parts),
        "estimated": estimated,
    }
    return Findings(rows, figures)
