"""Review: what people decide about facts, kept in an append-only log, and what that does to the graph.

``entries`` what a decision is · ``log`` the chained lines and their damage · ``state`` the fold over the log ·
``matching`` finding again what a decision is about · ``identity`` merging and splitting · ``apply`` the pure
transformation of a document's graph · ``stored`` and ``touched`` what the writer needs of the store ·
``decide`` making a decision · ``listing`` and ``queue`` what to show. The design is in docs/review.md.
"""
