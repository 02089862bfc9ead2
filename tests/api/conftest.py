"""The application as its callers meet it, on real stores.

``app`` answers over an empty store that the session shares; ``calling`` makes a caller from any address.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from graph.connect import open_store
from graph.store import Store
from service.app import create_app
from service.error_codes import hint
from service.settings import Settings

KEY = "test-key-" + "k" * 32


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the developer's own shell do not reach a test."""
    for name in ("ZHIZE_STORE", "ZHIZE_API_KEY", "ZHIZE_HOST", "ZHIZE_PORT", "ZHIZE_LANG", "ZHIZE_QUERIES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
async def empty_store(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    """An embedded store with nothing in it, for tests of what does not depend on any content. Nobody writes to it."""
    store = await open_store(f"embedded:{tmp_path_factory.mktemp('empty')}")
    yield store
    await store.close()


@pytest.fixture(scope="session")
def app(empty_store: Store) -> FastAPI:
    """The application on this machine, over the empty store."""
    return create_app(Settings(), empty_store)


def calling(
    app: FastAPI, *, address: str = "127.0.0.1", base: str = "http://localhost:8000", **more: Any
) -> httpx.AsyncClient:
    """A client of ``app`` that comes from ``address``."""
    transport = httpx.ASGITransport(app, client=(address, 40000))
    return httpx.AsyncClient(transport=transport, base_url=base, **more)


def assert_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """``answer`` is a problem of this status and code, whole and without anything internal; its members."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail", "code", "hint", "instance", "request_id"} <= problem.keys()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:zhize:error:{code}"
    assert problem["instance"] == answer.request.url.path
    assert problem["request_id"] == answer.headers["x-request-id"] != ""
    assert problem["detail"]
    assert problem["hint"] in hint(code).values()
    assert "Traceback" not in answer.text
    return problem
