"""The graph itself: ontology, models, ids, search text, stores, schema, the one write path, integrity.

Knows nothing of documents' language (that is ``ingest``), of questions (``queries``) or of HTTP (``service``).
"""
