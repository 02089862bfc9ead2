"""The form of a user's knowledge file as JSON Schema, for editors and for other programs that write such files.

Made from ``ingest.entry.Entry``, so it cannot say another thing than the reader; published as
``docs/knowledge.schema.json``. What needs several files to tell (a parent that exists, an id that is taken) is left to
``zhize lexicon check``.
"""

from __future__ import annotations

from typing import Any

from ingest.entry import ADDED, Entry

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def overlay_schema() -> Schema:
    """Schema of one file of the folder that ``ZHIZE_KNOWLEDGE`` names."""
    return _file_schema(
        "A zhize knowledge overlay",
        {
            "defaults": {"$ref": "#/$defs/fields", "description": "fields of every entry under `add`"},
            "add": {"type": "array", "items": {"$ref": "#/$defs/entry"}, "description": "new entries"},
            "extend": {
                "type": "object",
                "additionalProperties": {"$ref": "#/$defs/fields"},
                "description": f"id of an entry → what changes: {', '.join(ADDED)} are added to, other fields replaced",
            },
            "disable": {"type": "array", "items": {"type": "string"}, "description": "ids of entries that do not hold"},
        },
        "add",
    )


def packaged_schema() -> Schema:
    """Schema of the files in ``ingest/knowledge`` that are made of entries."""
    entries = {"type": "array", "items": {"$ref": "#/$defs/entry"}}
    return _file_schema(
        "A zhize knowledge file", {"defaults": {"$ref": "#/$defs/fields"}, "entries": entries}, "entries"
    )


def _file_schema(title: str, properties: Schema, listed: str) -> Schema:
    fields = {name: _plain(field) for name, field in Entry.model_json_schema()["properties"].items()}
    shared = {name: field for name, field in fields.items() if name != "id"}
    return {
        "$schema": _DIALECT,
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        # A source may come from the defaults of the file; without one there, every entry brings its own.
        "if": {"not": {"required": ["defaults"], "properties": {"defaults": {"required": ["source"]}}}},
        "then": {"properties": {listed: {"items": {"required": ["source"]}}}},
        "$defs": {
            "fields": {"type": "object", "additionalProperties": False, "properties": shared},
            "entry": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "name"],
                "properties": fields,
            },
        },
    }


def _plain(field: Schema) -> Schema:
    """A field's schema without the titles that only repeat its name."""
    return {key: value for key, value in field.items() if key != "title"}
