"""What may be corrected, and how a correction is written: the new value, and beside it what was extracted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, MINYEAR, date
from math import isfinite
from typing import Any

from pydantic import ValidationError

from graph.errors import InvalidParameter
from graph.models import Node, Value
from graph.ontology import PropertyType, ontology, property_model, relation_property_model

ROLE = "role"
"""A relation's type, where it is corrected."""
FORMER = "corrected_from"
ONE_OF = {
    "valid": ("current", "superseded", "withdrawn"),
    "op": ("=", ">=", ">", "<=", "<", "~", "increase", "decrease"),
}
"""Properties that have one of a few values."""
DAYS = ("issued_on", "period_start", "period_end", "deadline")
"""Properties that are an ISO date, "" when there is none."""
LONGEST = 500
"""Characters of a corrected text."""


def node_types(label: str) -> dict[str, PropertyType]:
    """The properties of ``label`` as corrections name them."""
    return {"name": "string", "kind": "string", **ontology().node(label).properties}


def typed_changes(types: Mapping[str, PropertyType], changes: Mapping[str, Value]) -> dict[str, Value]:
    """``changes`` with words read as what the property holds: 5.2, true, 起;次. Others, and what no property is,
    stay as they are for the check to refuse."""
    return {name: _read(types.get(name, "string"), value) for name, value in changes.items()}


def _read(kind: PropertyType, value: Value) -> Value:
    if isinstance(value, int) and not isinstance(value, bool) and kind == "float":
        return float(value)
    if not isinstance(value, str) or kind == "string":
        return value
    if kind == "strings":
        return [part for part in value.split(";") if part]
    if kind == "boolean":
        return {"true": True, "false": False}.get(value, value)
    try:
        number = int(value) if kind == "integer" else float(value)
    except ValueError:
        return value
    return number if isfinite(number) else value


def check_node_changes(label: str, changes: Mapping[str, Value]) -> None:
    """Raises InvalidParameter for a property a node of ``label`` may not be corrected in, or a value it cannot have."""
    known = ontology().editable.nodes.get(label, ())
    _among(changes, known, label)
    _named(changes)
    _dated(changes)
    kinds = ontology().node(label).kinds
    if "kind" in changes and kinds and changes["kind"] not in kinds:
        raise _wrong("kind", f"只能是 {'、'.join(kinds)}", f"must be one of {', '.join(kinds)}")
    own = {name: value for name, value in changes.items() if name not in ("name", "kind")}
    _typed(property_model(label), own)


def check_relation_changes(type_: str, head: str, tail: str, changes: Mapping[str, Value], *, shared: bool) -> None:
    """The same for a relation between nodes of these labels; ``shared``: it belongs to no document."""
    _among(changes, ontology().editable.relations, type_)
    if ROLE in changes:
        roles = () if shared else roles_of(type_, head, tail)
        if changes[ROLE] not in roles:
            listed = ", ".join(roles) or "-"
            raise _wrong(ROLE, f"只能是 {listed}", f"must be one of {listed}")
    _typed(relation_property_model(), {name: value for name, value in changes.items() if name != ROLE})


def roles_of(type_: str, head: str, tail: str) -> tuple[str, ...]:
    """What a relation of this type between these labels could also be: types of its group."""
    group = ontology().relation(type_).group
    return tuple(name for name in ontology().types(group) if ontology().allows(name, head, tail))


def _among(changes: Mapping[str, Value], known: Iterable[str], what: str) -> None:
    known = tuple(known)
    for name in changes:
        if name not in known:
            listed = ", ".join(known) or "-"
            raise _wrong(name, f"{what} 可更正的有：{listed}", f"of {what} these can be corrected: {listed}")
    for name, value in changes.items():
        if isinstance(value, str) and len(value) > LONGEST:
            raise _wrong(name, f"至多 {LONGEST} 个字符", f"may have at most {LONGEST} characters")
    for name, values in ONE_OF.items():
        if name in changes and changes[name] not in values:
            raise _wrong(name, f"只能是 {'、'.join(values)}", f"must be one of {', '.join(values)}")


def _dated(changes: Mapping[str, Value]) -> None:
    """What documents are compared by in time must be a time."""
    for name in DAYS:
        value = changes.get(name, "")
        if value != "" and not (isinstance(value, str) and _is_day(value)):
            raise _wrong(name, "须为日期，如 2024-12-31，或留空", "must be a date like 2024-12-31, or empty")
    year = changes.get("year", MINYEAR)
    if isinstance(year, int) and not MINYEAR <= year <= MAXYEAR:
        raise _wrong("year", "须为年份，如 2024", "must be a year like 2024")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _named(changes: Mapping[str, Value]) -> None:
    name = changes.get("name", "-")
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        raise _wrong("name", "不能为空，须为一行", "must be one line and not empty")


def _typed(model: Any, changes: Mapping[str, Value]) -> None:
    try:
        model.model_validate(dict(changes))
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(str(first["loc"][0]), "类型不对", first["msg"]) from None


def _wrong(name: str, zh: str, en: str) -> InvalidParameter:
    return InvalidParameter(name=name, reason={"zh": zh, "en": en})


def corrected_node(node: Node, changes: Mapping[str, Value]) -> Node:
    """The node with ``changes``. A name of a shared node that is replaced stays as an alias."""
    before: dict[str, Value] = {"name": node.name, "kind": node.kind, **node.properties}
    new = {name: value for name, value in changes.items() if before.get(name) != value}
    if not new:
        return node
    # Without another word on it, a document is in force from the day of issue.
    if "issued_on" in new and before.get("valid_from") == before.get("issued_on"):
        new["valid_from"] = new["issued_on"]
    own = {name: value for name, value in {**node.properties, **new}.items() if name not in ("name", "kind")}
    properties = {name: value for name, value in own.items() if value != "" or name not in (*DAYS, "valid_from")}
    properties[FORMER] = former(before, new)
    name, aliases = str(new.get("name", node.name)), set(node.aliases)
    if ontology().node(node.label).scope == "shared":
        aliases.add(node.name)
    return Node(
        node.label,
        node.id,
        name,
        str(new.get("kind", node.kind)),
        tuple(sorted(aliases - {name, "", node.id})),
        properties,
    )


def former(before: Mapping[str, Value | None], new: Iterable[str]) -> list[str]:
    """``name=value`` of what was extracted, value as JSON, null where nothing was."""
    return [f"{name}={json.dumps(before.get(name), ensure_ascii=False)}" for name in sorted(new)]
