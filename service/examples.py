"""The examples of the API's description: one for every parameter, body and answer that does not bring its own.

All are of one made-up paper, so that they read as one story. A test holds each against the schema it illustrates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from queries.header import Param, QueryDefinition
from service import job_examples

DOCUMENT = {"id": "document:5b0c2f6e1d9a48370c51", "name": "望岭县公安局交警大队2024年工作要点"}
UNIT = {"id": "unit:9d41c7a0e25f83b6640e", "label": "Unit", "name": "望岭县教育局", "kind": "政府部门"}
TASK = {"id": "task:2ac8e1f4b7d06935185f", "label": "Task", "name": "深化“一盔一带”安全守护行动", "kind": "item"}
QUOTE = "（一）深化“一盔一带”安全守护行动。县教育局牵头，县市场监管局配合。"
PLACE = {"quote": QUOTE, "start": 41, "end": 76}
KEY = "6f02b9d1c8a7e3450d11"
CURSOR = "WyI3YzlhMDNmMWUyYjg0ZDU2NzhjMSIsIDIwXQ"
DECISION = "decision:0f6b7a91c2d84e35ab10"

PARAMETERS: Mapping[str, Any] = {
    "id": TASK["id"],
    "limit": 20,
    "cursor": CURSOR,
    "lang": "zh",
    "label": "Task",
    "kind": "plan",
    "year": 2024,
    "types": "LEADS,COOPERATES",
    "from": UNIT["id"],
    "to": TASK["id"],
    "max_hops": 4,
    "target": KEY,
    "standing": "in-force",
    "state": "failed",
    "since": "2024-01-01",
    "until": "2024-12-31",
    "as_of": "2024-06-30",
}
PATH_IDS = {"documents": DOCUMENT["id"], "nodes": TASK["id"], "units": UNIT["id"], "jobs": job_examples.LOADED["id"]}
"""What ``{id}`` is, by the word before it."""
TYPES: Mapping[str, Any] = {
    "search": "一盔一带",
    "string": "望岭县",
    "integer": 2024,
    "boolean": True,
    "date": "2024-06-30",
}

_EDGE: dict[str, Any] = {
    "key": KEY,
    "type": "LEADS",
    "head": UNIT["id"],
    "tail": TASK["id"],
    "role_zh": "牵头",
    "implicit": False,
    "joint": False,
    "status": "extracted",
    "origin": "extracted",
    "rule": "owner-clause",
    "confidence": 0.95,
    "score": None,
    "source": None,
    "corrected_from": None,
    "document": DOCUMENT,
    **PLACE,
}
_LISTED: dict[str, Any] = {
    **DOCUMENT,
    "kind": "plan",
    "number": "望公交〔2024〕3号",
    "issued_on": "2024-01-15",
    "year": 2024,
    "source": "要点/望岭县2024.txt",
    "also": [],
    "valid": "current",
    "damage": [],
    "counts": {"Section": 2, "Task": 7, "Indicator": 1},
}
_REVIEW: dict[str, Any] = {
    "id": DECISION,
    "seq": 12,
    "at": "2024-03-01T08:30:00Z",
    "by": "审核员甲",
    "reason": "原文写明由教育局牵头",
    "action": "accept",
    "standing": "in-force",
    "undoes": None,
    "undone_by": None,
    "facts": [
        {
            "key": KEY,
            "type": "LEADS",
            "head": {name: UNIT[name] for name in ("id", "label", "name")},
            "tail": {name: TASK[name] for name in ("id", "label", "name")},
            "document": _LISTED["source"],
            **PLACE,
            "rule": "owner-clause",
        }
    ],
    "node": None,
    "other": None,
    "into": None,
    "documents": [_LISTED["source"]],
    "changes": {},
}
_ROWS: Mapping[str, Any] = {
    "unit": {"id": UNIT["id"], "name": UNIT["name"]},
    "task": {"id": TASK["id"], "name": TASK["name"]},
    "document": {**DOCUMENT, "issued_on": "2024-01-15"},
    "role": "LEADS",
    "role_zh": "牵头",
    "joint": False,
    "implicit": False,
    "rule": "owner-clause",
    "confidence": 0.95,
    "status": "extracted",
    "date": "2024-06-30",
    "count": 3,
    **PLACE,
}
"""What a column of a catalog query holds, by the names the packaged queries share; others are shown as null."""

_STATEMENT = (
    "MATCH (c:Campaign {name: $name})<-[:CARRIES_OUT]-(t:Task)<-[:LEADS]-(u:Unit) "
    "RETURN u.name AS unit, count(t) AS tasks ORDER BY tasks DESC, unit"
)
BODIES: Mapping[str, Any] = {
    **job_examples.BODIES,
    "POST /api/v1/cypher": {"cypher": _STATEMENT, "params": {"name": "一盔一带"}},
    "POST /api/v1/reviews": {
        "action": "accept",
        "target": KEY,
        "reason": "原文写明由教育局牵头",
        "by": "审核员甲",
    },
}
ANSWERS: Mapping[str, Any] = {
    **job_examples.ANSWERS,
    "POST /api/v1/cypher": {
        "columns": [{"name": name, "zh": name, "en": name, "evidence": False} for name in ("unit", "tasks")],
        "rows": [{"unit": UNIT["name"], "tasks": 3}],
        "total": 1,
        "truncated": False,
        "stopped": None,
    },
    "GET /healthz": {"status": "ok", "version": "0.1.0"},
    "GET /readyz": {"status": "ok", "engine": "neo4j", "schema_version": 1, "revision": 42},
    "GET /api/v1/errors": {
        "errors": [
            {
                "code": "query-timeout",
                "status": 504,
                "meaning": {"zh": "未能在时限内完成。", "en": "The time limit ran out."},
                "hint": {"zh": "缩小范围。", "en": "Narrow it."},
            }
        ],
        "total": 1,
        "next": None,
    },
    "GET /api/v1/ontology": {
        "version": 1,
        "nodes": {"Task": {"zh": "任务", "scope": "document", "search": True}},
        "relations": {"LEADS": {"zh": "牵头负责", "group": "duty", "from": ["Unit"], "to": ["Task"]}},
    },
    "GET /api/v1/queries": {
        "queries": [
            {
                "name": "statistics",
                "title": {"zh": "统计", "en": "Statistics"},
                "summary": {"zh": "各类节点与关系的数量。", "en": "How many nodes and relations there are."},
                "params": [],
                "columns": [{"name": "count", "zh": "数量", "en": "count", "evidence": False}],
                "class": "global",
            }
        ],
        "total": 28,
        "next": CURSOR,
    },
    "GET /api/v1/ask": {
        "question": "一盔一带由哪些单位负责？",
        "query": "units-owning-task",
        "params": {"task": "一盔一带"},
        "answer": "“一盔一带”由望岭县教育局牵头。",
        "columns": [{"name": "unit", "zh": "单位", "en": "unit", "evidence": False}],
        "rows": [{"unit": _ROWS["unit"]}],
        "alternatives": [
            {
                "query": "policies-of-campaign",
                "params": {"campaign": "一盔一带"},
                "title": "部署行动的文件",
                "question": "哪些文件部署了一盔一带",
            }
        ],
        "total": 1,
        "truncated": False,
    },
    "GET /api/v1/search": {
        "query": "一盔一带",
        "hits": [{**TASK, "aliases": [], "matched": "core", "alias": None, "highlights": [{"start": 3, "end": 7}]}],
        "facets": {"label": [{"value": "Task", "count": 1}], "kind": [{"value": "item", "count": 1}]},
        "total": 1,
        "next": None,
    },
    "GET /api/v1/nodes/{id}": {
        **TASK,
        "aliases": [],
        "properties": {"level": "item", "deadline": "2024-06-30", **PLACE},
        "degree": {"LEADS": {"out": 0, "in": 1}},
    },
    "GET /api/v1/nodes/{id}/neighbours": {
        "node": TASK,
        "groups": [{"type": "LEADS", "direction": "in", "label": "Unit", "count": 1}],
        "nodes": [UNIT],
        "edges": [_EDGE],
        "total": 1,
        "truncated": False,
        "next": None,
    },
    "GET /api/v1/paths": {
        "from": UNIT,
        "to": TASK,
        "paths": [{"length": 1, "nodes": [UNIT, TASK], "edges": [_EDGE]}],
        "truncated": False,
    },
    "GET /api/v1/documents": {"documents": [_LISTED], "total": 1, "next": None},
    "GET /api/v1/documents/{id}": {
        **_LISTED,
        "issuer": {"id": UNIT["id"], "name": "望岭县公安局交警大队", "quote": DOCUMENT["name"], "start": 0, "end": 18},
    },
    "DELETE /api/v1/documents/{id}": {
        "removed": DOCUMENT["id"],
        "name": DOCUMENT["name"],
        "sources": [_LISTED["source"]],
    },
    "GET /api/v1/documents/{id}/text": {
        **DOCUMENT,
        "text": f"{DOCUMENT['name']}\n一、重点工作\n{QUOTE}\n",
        "spans": [{"type": "Task", "start": 29, "end": 45, **{name: TASK[name] for name in ("id", "name", "kind")}}],
        "sections": [{"id": "section:71f0c2", "name": "重点工作", "number": "一", "level": 1, "start": 19, "end": 61}],
    },
    "GET /api/v1/reviews": {"decisions": [_REVIEW], "damaged": [], "total": 1, "next": None},
    "POST /api/v1/reviews": _REVIEW,
    "GET /api/v1/reviews/queue": {
        "items": [
            {
                "kind": "doubtful",
                "score": 0.6,
                "doubt": 0.4,
                "dependants": 2,
                "target": KEY,
                "what": "LEADS",
                "name": UNIT["name"],
                "other": TASK["name"],
                "document": DOCUMENT,
                **PLACE,
                "details": {},
            }
        ],
        "next": None,
    },
    "GET /api/v1/analytics": {
        "analytics": [
            {
                "name": "unit-load",
                "title": {"zh": "单位任务量", "en": "Load per unit"},
                "summary": {"zh": "每个单位承担多少任务。", "en": "How many tasks each unit has."},
                "method": {"zh": "按关系计数。", "en": "Relations are counted."},
                "columns": [{"name": "unit", "zh": "单位", "en": "unit", "evidence": False}],
                "figures": {"units": {"zh": "单位数", "en": "units"}},
            }
        ],
        "total": 1,
        "next": None,
    },
}
PROBLEM: Mapping[str, Any] = {
    "type": "urn:zhize:error:invalid-parameter",
    "title": "参数有误",
    "status": 422,
    "detail": "参数 year：必须是整数，例如 2024。",
    "code": "invalid-parameter",
    "hint": "按 detail 更正该参数；参数与例子见 /openapi.json。",
    "instance": "/api/v1/queries/units-owning-task",
    "request_id": "4f0c8e1b9a5d4e0f8a7b6c5d4e3f2a1b",
    "name": "year",
}


def parameter(param: Param) -> Any:
    """A value for a parameter of a query file: its own example, an allowed value, or one of its type."""
    if param.example is not None:
        return param.example
    if param.values:
        return param.values[0]
    if param.type == "id":
        label = next((label.lower() for label in param.labels if label != "Entity"), "task")
        return f"{label}:{TASK['id'].partition(':')[2]}"
    return TYPES[param.type]


def answer(definition: QueryDefinition) -> dict[str, Any]:
    """An answer of one row to a query of the catalog."""
    return {
        "query": definition.name,
        "params": definition.examples,
        "columns": [column.model_dump() for column in definition.columns],
        "rows": [{column.name: _ROWS.get(column.name) for column in definition.columns}],
        "total": 1,
        "truncated": False,
        "next": None,
    }
