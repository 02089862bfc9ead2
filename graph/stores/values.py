"""Values as every adapter returns them: str, int, float, bool, None, lists, maps; times as ISO-8601 strings.

Whole nodes, relationships and paths are refused: their shape differs between engines (the embedded one adds
properties of its own), so a query names what it returns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graph.errors import InvalidQuery

if TYPE_CHECKING:
    from graph.models import Row  # a process that answers one ad hoc statement need not import models

_SCALARS = frozenset({str, int, float, bool, type(None)})
_ENGINE_SHAPES = (frozenset({"id", "labels", "properties"}), frozenset({"id", "start", "end", "type", "properties"}))
_REASON = "return named values and maps (u.id AS id), not whole nodes, relationships or paths."


def plain_rows(store: str, keys: Sequence[str], records: Iterable[Sequence[Any]]) -> list[Row]:
    """Records as dictionaries of plain values; ``store`` is for the error."""
    return [plain_row(store, dict(zip(keys, record, strict=True))) for record in records]


def plain_row(store: str, row: Row) -> Row:
    """``row`` with its values made plain: what is plain already, almost everything, is not touched."""
    for key, value in row.items():
        if type(value) not in _SCALARS:
            row[key] = plain(store, value)
    return row


def plain(store: str, value: Any) -> Any:
    """``value`` in the one shape; InvalidQuery for what has none."""
    if type(value) in _SCALARS:
        return value
    if isinstance(value, (list, tuple)):
        return [plain(store, item) for item in value]
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, Mapping) and not _whole(value):
        return {key: item if type(item) in _SCALARS else plain(store, item) for key, item in value.items()}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    raise InvalidQuery(store=store, reason=_REASON)


def _whole(value: Mapping[str, Any]) -> bool:
    """Is it a node or relationship? The embedded engine gives those as maps with its own integer ids."""
    if type(value) is dict and type(value.get("id")) is not int:
        return False
    return hasattr(value, "element_id") or (value.keys() in _ENGINE_SHAPES and isinstance(value["id"], int))
