"""How large a value can get and how many steps it takes, known before anything runs.

Rows are counted by the engine, which stops at the time limit between two of them and counts the memory of what it
collects. Inside one expression it does neither: a list that is doubled forty times, or lists gone through within
lists, outrun every limit. So each expression has a bound on its cells (a character, a number or a stored value's
thousand) and on its steps, and what is above is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

MAX_CELLS = 1_000_000
"""Cells one expression may make."""
MAX_STEPS = 10_000_000
"""Elements one expression may go through, loops within loops multiplied."""
MAX_RANGE = 10_000
COLLECTED = 10_000
"""Elements a collected list is taken to have: more of them is the engine's memory to count."""
STORED_CELLS, STORED_ITEMS = 1_000, 100
"""What a property is taken to hold: as text, as a list."""
SUBQUERY = 100
"""Steps of one EXISTS, COUNT or pattern inside an expression."""

Sort = Literal["node", "relation", "path", "value"]
SORTS: tuple[Sort, ...] = ("relation", "node", "path", "value")
"""What may be several of these is taken for the first of them."""


@dataclass(frozen=True, slots=True)
class Size:
    """Bounds of a value: ``cells`` in all, ``items`` of a list, ``element`` one of them; ``sort`` is what it is.

    ``collected``: a list made of rows, whose memory the engine counts; ``cells`` are those of one element then.
    """

    cells: int
    items: int = 1
    element: Size | None = None
    sort: Sort = "value"
    collected: bool = False

    def one(self) -> Size:
        """An element of the list it may be; a node, relation or path stands for itself."""
        found = self.element or Size(self.cells, min(self.items, self.cells), None)
        return found if self.sort == "value" else replace(found, sort=self.sort)

    @property
    def of_graph(self) -> bool:
        """Is it a node, relation or path, or a list that may hold one?"""
        return self.sort != "value" or (self.element is not None and self.element.of_graph)

    def grown(self, factor: int) -> Size:
        """A text or list ``factor`` times as long."""
        return Size(self.cells * factor, self.items * factor, self.element)


SMALL = Size(1)
STORED = Size(STORED_CELLS, STORED_ITEMS, Size(STORED_CELLS, STORED_ITEMS))
NODE = Size(1, 1, sort="node")
RELATION = Size(1, 1, sort="relation")


def path(hops: int) -> Size:
    """A path of at most ``hops`` relations."""
    return Size(hops + 1, hops + 1, NODE, sort="path")


def relations(hops: int) -> Size:
    """The relations of a variable length."""
    return Size(hops, hops, RELATION)


def largest(*sizes: Size) -> Size:
    """Whichever of them it will be."""
    cells, items = max(size.cells for size in sizes), max(size.items for size in sizes)
    elements = [size.element for size in sizes if size.element]
    sort = min((size.sort for size in sizes), key=SORTS.index)
    return Size(cells, items, largest(*elements) if elements else None, sort, _collected(sizes))


def together(*sizes: Size) -> Size:
    """All of them in one text or list."""
    elements = [size.element for size in sizes if size.element]
    element = largest(*elements) if elements else None
    cells, items = sum(size.cells for size in sizes), sum(size.items for size in sizes)
    return Size(cells, items, element, collected=_collected(sizes))


def _collected(sizes: Iterable[Size]) -> bool:
    return any(size.collected for size in sizes)


def of_value(value: Any) -> Size:
    """A parameter's or a constant's size."""
    if isinstance(value, str):
        return Size(max(len(value), 1), max(len(value), 1))
    if isinstance(value, list):
        sizes = [of_value(item) for item in value]
        return Size(1 + sum(s.cells for s in sizes), max(len(sizes), 1), largest(*sizes) if sizes else None)
    if isinstance(value, Mapping):
        return Size(1 + sum(of_value(item).cells for item in value.values()), max(len(value), 1))
    return SMALL
