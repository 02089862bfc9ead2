"""The graph, duty lists and answers as files that other programs open.

``stream`` reads a store in a total order that is the same on both engines; a format writes what it is given and knows
no store. What lives here knows nothing of callers, languages of a request or HTTP: ``service.exports`` puts it
together. Offsets are code points everywhere, and no writer changes the length of a quote.
"""
