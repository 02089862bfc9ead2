"""Ad hoc Cypher: a guard that lets through what only reads the ontology's part of the graph and always ends.

An allow-list, in layers: ``tokens`` → ``clauses`` (the parser, with ``expressions``, ``atoms``, ``patterns``) →
``scopes`` and ``measure`` (variables, properties, bounds of size and steps) → ``engine`` (the statement written anew
from the tree). ``guard`` puts them together; what it lets through runs by ``Store.adhoc``, whose own limits are in
``graph.adhoc``. docs/adhoc.md says what is allowed and why.
"""
