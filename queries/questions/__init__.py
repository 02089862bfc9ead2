"""How a question nobody wrote a pattern for is understood: words by class, names by search, cues from the headers.

``vocabulary`` knows the words people ask with, ``cues`` what each query declares, ``layouts`` the ways a question is
words of a query around names, ``names`` what a stretch of text names in the graph, ``times`` years and periods,
``english`` romanised places and English terms. ``understand`` puts them together.
"""
