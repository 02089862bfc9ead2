"""Running a statement from outside in a process of its own, with limits the system keeps, on either store.

The process loads a copy of an embedded graph without its operational nodes, or opens one transaction on Neo4j that
is never committed; then it gives up the means to open files or connections, to write, and to take more memory or
processor time than ``AdhocLimits`` grants, and only then sees the statement run. What may be run at all is decided
before, by ``queries.adhoc``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class AdhocLimits:
    """``seconds`` a statement may run, ``rows`` and ``bytes`` (JSON) it may answer, ``memory`` (MiB) it may take."""

    seconds: float = 5.0
    rows: int = 1000
    bytes: int = 2_000_000
    memory: int = 512


@dataclass(frozen=True, slots=True)
class AdhocAnswer:
    """``stopped``: the limit at which the answer was cut off, None when it is whole."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    stopped: Literal["rows", "bytes"] | None
