"""Results kept in memory for as long as the graph stays as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """At most ``size`` values, each good for one revision of the graph; the least used goes first.

    The caller reads the revision before it computes a value: a change meanwhile makes that value one of the past,
    never of the future. So it holds when another process writes to the same Neo4j.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[K, tuple[int, V]] = OrderedDict()

    def get(self, key: K, revision: int) -> V | None:
        """The value kept for ``key`` at ``revision``; None when there is none."""
        found = self._values.get(key)
        if found is None or found[0] != revision:
            return None
        self._values.move_to_end(key)
        return found[1]

    def put(self, key: K, revision: int, value: V) -> None:
        self._values[key] = (revision, value)
        self._values.move_to_end(key)
        if len(self._values) > self._size:
            self._values.popitem(last=False)
