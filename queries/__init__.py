"""Questions: the query catalog (one ``.cypher`` file a question), its runner, search, and questions in Chinese.

Imports ``graph`` only; what a question needs of the knowledge files is in the graph.
"""
