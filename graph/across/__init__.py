"""Links between documents: of years, levels, plans and reports, laws and their citations.

Here lives what two documents have to do with each other, computed from their records alone (``record``, ``links``), and
the step of the write path that finds the pairs and stores the links (``writing``). What may not live here: reading of
texts (``ingest``) and anything that depends on a third document. The grounds are in docs/across.md.
"""
