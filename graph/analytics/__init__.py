"""Figures about the whole graph that no single query gives: who bears how much, who ties others, what is missing.

An analysis is a module with a pure function from a ``Projection`` (what it needs of the graph, read in pages) to rows,
and its description in ``analyses.yaml``. What it gives depends on the graph alone: input is sorted, randomness seeded,
ties go by id. ``graph.analytics.run`` runs them. Only facts in force count: of documents in force, neither proposed nor
rejected.
"""
