"""The API described to programs: OpenAPI 3.1, made from the routes and completed with what the routes share.

Added here, so that no route can forget it: an example for every parameter, body and answer, errors as problem+json
with every ``code`` there is, ``lang`` everywhere, and the headers of ``HEADERS``.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from graph.bookmarks import NAME
from service import examples
from service.error_codes import error_codes
from service.errors import PROBLEM
from service.routers.api import PREFIX

SECURITY: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "ZHIZE_API_KEY; not needed on the server's machine"},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
LANG: dict[str, Any] = {
    "name": "lang",
    "in": "query",
    "schema": {"type": "string", "enum": ["zh", "en"]},
    "description": "语言，优先于 Accept-Language / language, over Accept-Language",
    "example": "zh",
}
HEADERS: dict[str, Any] = {
    "X-Request-ID": {"description": "the request's id, as sent or made here", "schema": {"type": "string"}},
}
BOOKMARK: dict[str, Any] = {
    NAME: {
        "description": "the state this change made; sent back as a request header, a read sees at least that",
        "schema": {"type": "string"},
    }
}
TAG: dict[str, Any] = {"ETag": {"description": "send it back as If-None-Match", "schema": {"type": "string"}}}
CONDITIONAL = ("/documents", "/queries", "/ontology", "/errors")
"""Ends of the addresses whose answers have a tag, below which come ids."""


class Described(FastAPI):
    """FastAPI, whose description says what really comes."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            schema = super().openapi()
            # Given to the routes themselves, they would lose their nulls on the way here.
            asked = {f"GET {PREFIX}/queries/{one.name}": examples.answer(one) for one in self.state.catalog}
            answers = {**examples.ANSWERS, **asked}
            for path, operations in schema["paths"].items():
                for method, operation in operations.items():
                    _complete(path, method.upper(), operation, answers)
            schemas = schema["components"]["schemas"]
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            schemas["Problem"]["properties"]["code"]["enum"] = list(error_codes())
            schemas["Problem"]["example"] = dict(examples.PROBLEM)
            schema["components"]["securitySchemes"] = SECURITY
            schema["security"] = [{}, *({name: []} for name in SECURITY)]
        return self.openapi_schema or {}


def _complete(path: str, method: str, operation: dict[str, Any], answers: dict[str, Any]) -> None:
    parameters = operation.setdefault("parameters", [])
    if path.startswith("/api/") and all(parameter["name"] != "lang" for parameter in parameters):
        parameters.append(dict(LANG))
    for parameter in parameters:
        if not parameter.keys() & {"example", "examples"} and not parameter["schema"].get("examples"):
            parameter["example"] = _example(path, parameter)
    name = f"{method} {path}"
    for content in operation.get("requestBody", {}).get("content", {}).values():
        if name in examples.BODIES and not content.keys() & {"example", "examples"}:
            content["example"] = examples.BODIES[name]
    responses = operation["responses"]
    responses.pop("422", None)  # a problem like all others
    for status, response in responses.items():
        content = response.get("content", {})
        if status in ("4XX", "5XX"):
            if "application/json" in content:
                content[PROBLEM] = content.pop("application/json")
            continue
        headers = HEADERS | (BOOKMARK if method != "GET" else {}) | (TAG if _tagged(path, method) else {})
        response["headers"] = headers | response.get("headers", {})
        for found in content.values():
            if name in answers and not found.keys() & {"example", "examples"}:
                found["example"] = answers[name]


def _example(path: str, parameter: dict[str, Any]) -> Any:
    """A value that may be sent: of the schema itself, by the parameter's name, by what the path is about."""
    schema = parameter["schema"]
    about = path.partition("/{id}")[0].rpartition("/")[2]
    if parameter["name"] == "id" and about in examples.PATH_IDS:
        return examples.PATH_IDS[about]
    if schema.get("enum"):
        return schema["enum"][-1]
    return examples.PARAMETERS.get(parameter["name"], schema.get("default", ""))


def _tagged(path: str, method: str) -> bool:
    address = path.partition("/{id}")[0]
    return method == "GET" and (address.endswith(CONDITIONAL) or path.endswith(("/schema.json", ".ics")))
