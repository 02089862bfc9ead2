"""The API's description: OpenAPI 3.1, complete, true to the catalog, and made without any outside help."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator, FormatChecker

from queries.catalog import load_catalog
from queries.header import QueryDefinition, header_schema
from service.error_codes import error_codes, without_words
from service.examples import parameter
from tests.api.conftest import calling
from tests.api.test_access import routes

UNDESCRIBED = ("/internal/", "/embed", "/docs", "/openapi.json", "/api/v1/queries/nothing", "/api/v1/analytics/nothing")
PLAIN = {
    "/api/v1/ontology",
    "/api/v1/queries/schema.json",
    "/api/v1/units/{id}/calendar.ics",
    "/api/v1/jobs/{id}/events",
    "/api/v1/export/{format}",
    "/api/v1/context.jsonld",
}
"""What answers with a format that is described elsewhere."""
CATALOG = list(load_catalog())


@pytest.fixture(scope="module")
def description(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def test_it_is_openapi_3_1_with_unique_operations(description: dict[str, Any]) -> None:
    """Client generators need both."""
    assert description["openapi"].startswith("3.1")
    names = [operation["operationId"] for path in description["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


def test_every_route_is_described(app: FastAPI, description: dict[str, Any]) -> None:
    """All but pages and what is internal."""
    described = {
        (method.upper(), path.replace("{id}", "task:0"))
        for path, found in description["paths"].items()
        for method in found
    }
    served = {(method, path) for method, path in routes(app) if path != "/" and not path.startswith(UNDESCRIBED)}
    assert described == served


def test_every_operation_says_what_it_answers(description: dict[str, Any]) -> None:
    """A summary, a schema for success, and problems as problems; no error shape that we never send."""
    for path, found in description["paths"].items():
        for operation in found.values():
            assert operation["summary"], path
            assert "422" not in operation["responses"]
            if path not in PLAIN:
                (answer,) = [answer for code, answer in operation["responses"].items() if code in ("200", "201", "202")]
                assert "$ref" in answer["content"]["application/json"]["schema"], path
            if path.startswith("/api/"):
                assert "application/problem+json" in operation["responses"]["4XX"]["content"]
    assert "HTTPValidationError" not in description["components"]["schemas"]


@pytest.mark.parametrize("definition", CATALOG, ids=lambda definition: definition.name)
def test_every_query_file_is_a_typed_route(description: dict[str, Any], definition: QueryDefinition) -> None:
    """Parameters with type, need, title in both languages and example, as the header says."""
    operation = description["paths"][f"/api/v1/queries/{definition.name}"]["get"]
    described = {parameter["name"]: parameter for parameter in operation["parameters"]}
    assert definition.title.zh in operation["summary"]
    assert definition.summary.en in operation["description"]
    assert {"limit", "cursor", "lang"} <= described.keys()
    for param in definition.params:
        found = described[param.name]
        assert found["required"] == param.required
        assert param.title.zh in found["description"]
        assert found["example"] == (param.example if param.example is not None else parameter(param))
        assert found["schema"].get("enum", []) == list(param.values)
        assert found["schema"].get("default") == param.default


async def test_the_catalog_is_listed_with_parameters_and_columns(app: FastAPI) -> None:
    """GET /queries: what a form needs; the statements stay inside."""
    async with calling(app) as http:
        listed = (await http.get("/api/v1/queries")).json()["queries"]
    assert [query["name"] for query in listed] == [definition.name for definition in CATALOG]
    owners = next(query for query in listed if query["name"] == "units-owning-task")
    assert set(owners) == {"name", "title", "summary", "params", "columns", "class"}
    assert set(owners["title"]) == {"zh", "en"}
    assert owners["params"][0]["name"] == "task"
    assert {"name": "quote", "zh": "原文", "en": "quote", "evidence": True} in owners["columns"]


async def test_the_ontology_is_the_legend(app: FastAPI) -> None:
    """Labels with names, shapes and colours; relations with their ends; nothing operational."""
    async with calling(app) as http:
        legend = (await http.get("/api/v1/ontology")).json()
    assert legend["nodes"]["Task"]["zh"] == "任务"
    assert {"shape", "color", "kinds", "properties"} <= legend["nodes"]["Unit"].keys()
    assert legend["relations"]["LEADS"]["from"] == ["Unit"]
    assert "operational" not in legend


def test_every_parameter_body_and_answer_has_an_example_that_fits(description: dict[str, Any]) -> None:
    """Held against the schemas beside them: a reader may copy any of them."""
    for path, found in description["paths"].items():
        for method, operation in found.items():
            where = f"{method} {path}"
            for given in operation.get("parameters", []):
                example = given["example"] if "example" in given else given["schema"]["examples"][0]
                fits(description, given["schema"], example, f"{where} {given['name']}")
            bodies = [operation["requestBody"]] if "requestBody" in operation else []
            answers = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
            for content in (content for part in (*bodies, *answers) for content in part.get("content", {}).values()):
                fits(description, content["schema"], content["example"], where)


def fits(description: dict[str, Any], schema: dict[str, Any], value: object, where: str) -> None:
    whole = {**schema, "components": description["components"]}
    errors = list(Draft202012Validator(whole, format_checker=FormatChecker()).iter_errors(value))
    assert not errors, f"{where}: {errors[0].message}"


def test_every_error_code_is_described(description: dict[str, Any]) -> None:
    """In the schema of problems, and with words of its own in both languages."""
    assert without_words() == []
    assert description["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == list(error_codes())
    for code in error_codes().values():
        assert all(code.meaning.values())
        assert all(code.hint.values())


async def test_the_error_codes_are_listed(app: FastAPI) -> None:
    """GET /errors, page by page like every list."""
    async with calling(app) as http:
        every = (await http.get("/api/v1/errors")).json()
        first = (await http.get("/api/v1/errors", params={"limit": 2})).json()
        rest = (await http.get("/api/v1/errors", params={"limit": 1000, "cursor": first["next"]})).json()
    assert {error["code"] for error in every["errors"]} == set(error_codes())
    assert first["errors"] + rest["errors"] == every["errors"]
    assert (rest["next"], every["next"], every["total"]) == (None, None, len(every["errors"]))


async def test_the_schema_of_query_files_is_published(app: FastAPI) -> None:
    """For editors: it takes every header of the package."""
    async with calling(app) as http:
        answer = await http.get("/api/v1/queries/schema.json")
    assert answer.headers["content-type"].startswith("application/schema+json")
    assert answer.json() == header_schema()
