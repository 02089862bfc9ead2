"""Requests nobody thought of, made from the API's own description: no crash, and answers that keep to it.

In process, on a small embedded graph, with a fixed seed: the same requests each time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.generation.case import Case
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from graph.connect import open_store
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import calling
from tests.graphs import batch, document, unit

BASE = "http://localhost:8000"
EXAMPLES = 4
"""Requests an operation gets that keep to the description, and as many that break it."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = [
    f"{method.upper()} {path}" for path, found in create_app(Settings()).openapi()["paths"].items() for method in found
]


@pytest.fixture(scope="module")
async def described(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FastAPI]:
    """The application over a store with a document."""
    store = await open_store(f"embedded:{tmp_path_factory.mktemp('generated') / 'store'}")
    duties = [
        (unit("望岭县教育局", "教育局"), "排查校园周边隐患"),
        (unit("望岭县公安局"), "深化“一盔一带”安全守护行动"),
    ]
    await store.write(batch(document("望岭县工作要点.txt", duties)))
    yield create_app(Settings(), store)
    await store.close()


@pytest.fixture(scope="module")
def schema(described: FastAPI) -> Any:
    return schemathesis.openapi.from_dict(described.openapi())


@pytest.mark.parametrize("name", OPERATIONS)
async def test_generated_requests_get_described_answers(described: FastAPI, schema: Any, name: str) -> None:
    """Status, media type, headers and shape as described; never 5xx."""
    method, path = name.split(" ")
    operation = schema[path][method]
    loop = asyncio.get_running_loop()
    async with calling(described) as http:

        def check(case: Case) -> None:
            prepared = requests.Request(**case.as_transport_kwargs(base_url=BASE)).prepare()
            sent = http.request(
                str(prepared.method), str(prepared.url), headers=dict(prepared.headers), content=prepared.body or b""
            )
            answer: httpx.Response = asyncio.run_coroutine_threadsafe(sent, loop).result(60)
            case.validate_response(answer, checks=CHECKS)

        # What takes nothing has nothing to be broken.
        takes = bool(operation.query or operation.path_parameters or operation.body)
        for mode in (GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if takes else [])):
            await asyncio.to_thread(bounded(operation, mode, check))


def bounded(operation: Any, mode: GenerationMode, check: Any) -> Any:
    """``check`` as a property of the requests to ``operation``."""
    limits = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    return limits(seed(6)(given(case=operation.as_strategy(generation_mode=mode))(check)))
