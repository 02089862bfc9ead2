"""A document's graph ready to be written: checked, with its fingerprint, its claims and what review keeps of it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.across.record import Judgement
from graph.canonical import fingerprint
from graph.claims import Claims, claims_of
from graph.models import DocumentGraph, check_document_graph


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a Claim keeps where decisions apply (``graph.review``).

    ``extracted``: the graph without them, packed. ``entries``: JSON list of the decisions that found here what they
    are about. ``hidden``: JSON list of shared nodes and relations of the extracted graph that are others now.
    """

    extracted: str
    entries: str
    hidden: str


@dataclass(frozen=True, slots=True)
class PreparedGraph:
    """``graph`` is what is to be in the store; ``fingerprint`` is equal exactly when nothing has to be written.

    ``before``: what a new decision finds in the store, where that is known. ``judged``: what was decided about links
    with other documents.
    """

    graph: DocumentGraph
    fingerprint: str
    claims: Claims
    reviewed: Reviewed | None = None
    before: PreparedGraph | None = None
    judged: tuple[Judgement, ...] = ()


def prepared_graph(graph: DocumentGraph) -> PreparedGraph:
    """``graph`` checked; raises OntologyError or EvidenceError."""
    check_document_graph(graph)
    return PreparedGraph(graph, fingerprint(graph), claims_of(graph))
