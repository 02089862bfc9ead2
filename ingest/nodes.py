"""Mentions as nodes: ids, names, aliases and ontology properties.

A shared entity's id is its identity tuple, its name and properties come from resolution and the knowledge files alone,
so that two documents never disagree about it. A name that means something else in every document (``scope``) carries
the document in its identity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from graph.ids import node_id
from graph.models import Node, Value
from graph.ontology import ontology
from ingest.extraction import Mention

DOCUMENT_TYPES = frozenset({"Task", "Indicator"})
"""Types whose nodes belong to one document."""
NOT_NODES = frozenset({"Period"})
_BREAKS = re.compile(r"\s*[\r\n]+\s*")
_BLANKS = re.compile(r"\s+")
_NO_ALIAS = frozenset({"unit.role", "unit.vague", "unit.listed"})
"""Rules whose mentions say a role (大队, 省厅) or a class: no name of the body outside its document."""
_CONVERT = {"float": (int, float), "integer": (int,), "string": (str,), "boolean": (bool,)}


def one_line(text: str) -> str:
    """``text`` as one line: the breaks that a page put into it are gone, other blanks are single."""
    return _BLANKS.sub(" ", _BREAKS.sub("", text)).strip()


def entity_id(mention: Mention, document: str) -> str:
    """Id of the node that ``mention`` speaks of, within ``document`` where it belongs to one."""
    if mention.type in DOCUMENT_TYPES:
        place = mention.attributes.get("path") or (mention.start, mention.end)
        return node_id(mention.type, document, place)
    identity = mention.identity or (one_line(mention.name),)
    if mention.attributes.get("scope"):
        return node_id(mention.type, document, *identity)
    return node_id(mention.type, *identity)


def entity_nodes(found: Iterable[Mention], document: str) -> dict[str, Node]:
    """One node for each thing the mentions speak of; other ways to write it are its aliases."""
    groups: dict[str, list[Mention]] = {}
    for mention in found:
        groups.setdefault(entity_id(mention, document), []).append(mention)
    return {id_: _node(id_, group, document) for id_, group in groups.items()}


def _node(id_: str, group: list[Mention], document: str) -> Node:
    first = min(group, key=lambda m: (m.start, m.end))
    name = one_line(first.name)
    properties = own_properties(first)
    if first.type in DOCUMENT_TYPES:
        properties |= {"doc": document, "start_char": first.start, "end_char": first.end, "quote": first.text}
        aliases: set[str] = set()
    else:
        if first.attributes.get("scope"):
            properties["scope"] = document
        aliases = {one_line(m.text) for m in group if m.rule not in _NO_ALIAS and not m.attributes.get("generic")}
        aliases |= {alias for m in group for alias in m.attributes.get("aliases", ())}
    kinds = ontology().node(first.type).kinds
    kind = str(first.attributes.get("kind", ""))
    return Node(
        first.type,
        id_,
        name,
        kind if kind in kinds else "",
        tuple(sorted(aliases - {name, ""})),
        properties,
    )


def own_properties(mention: Mention) -> dict[str, Value]:
    """The attributes that the ontology knows, in the ontology's types; unknown and empty ones are left out."""
    kept: dict[str, Value] = {}
    for name, kind in ontology().node(mention.type).properties.items():
        value = _typed(mention.attributes, name, kind)
        if value not in (None, "", []):
            kept[name] = value
    return kept


def _typed(attributes: Mapping[str, object], name: str, kind: str) -> Value | None:
    value = attributes.get(name)
    if kind == "strings":
        return [str(v) for v in value] if isinstance(value, list | tuple) else None
    if not isinstance(value, _CONVERT.get(kind, ())) or (isinstance(value, bool) and kind != "boolean"):
        return None
    return float(value) if kind == "float" and isinstance(value, int | float) else value
