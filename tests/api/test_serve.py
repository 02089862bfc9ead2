"""``zhize serve`` as a process: starts, says where, stops in order, and lends its embedded store to other commands."""

from __future__ import annotations

import json
import signal
import stat
import time
from pathlib import Path

import httpx
import pytest

from tests.api.cli import Served, zhize
from tests.api.conftest import KEY
from tests.neo4j_server import Server

STORE = "embedded:./kg"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_stops_in_order(tmp_path: Path, how: signal.Signals) -> None:
    """Ctrl-C and a supervisor's TERM end it with 0, without a word, and withdraw its announcement."""
    with Served("--store", STORE, cwd=tmp_path) as server:
        assert httpx.get(server.url + "/healthz").json()["status"] == "ok"
        assert httpx.get(server.url + "/readyz").json()["engine"] == "kglite"
        assert "<duty-app>" in httpx.get(server.url + "/").text
        announcement = tmp_path / "kg" / "server.json"
        assert json.loads(announcement.read_text())["address"] == server.url
        assert stat.S_IMODE(announcement.stat().st_mode) == 0o600
        assert server.stop(how) == 0
    assert server.err == ""
    assert not announcement.exists()


def test_other_commands_go_through_the_server_that_holds_the_store(tmp_path: Path) -> None:
    """Ingest, ask, doctor and remove on the same path work while it serves, and both sides see the same graph."""
    with Served("--store", STORE, cwd=tmp_path) as server:
        assert zhize("doctor", "--store", STORE, cwd=tmp_path).code == 0
        text = "望溪县公安局交通警察大队2024年工作要点\n\n一、开展“一盔一带”安全守护行动。由秩序中队牵头。\n"
        (tmp_path / "要点.txt").write_text(text, encoding="utf-8")
        loaded = zhize("ingest", "要点.txt", "--store", STORE, cwd=tmp_path)
        assert loaded.code == 0, loaded.err
        listed = httpx.get(server.url + "/api/v1/documents").json()["documents"]
        assert [document["source"] for document in listed] == ["要点.txt"]
        asked = zhize("ask", "一盔一带由哪些单位负责？", "--json", "--store", STORE, cwd=tmp_path)
        served = httpx.get(server.url + "/api/v1/ask", params={"q": "一盔一带由哪些单位负责？"}).json()
        assert json.loads(asked.out)["rows"] == served["rows"] != []
        assert zhize("remove", "要点.txt", "--store", STORE, cwd=tmp_path).code == 0
        assert httpx.get(server.url + "/api/v1/documents").json()["total"] == 0


def test_a_killed_server_does_not_block_the_store(tmp_path: Path) -> None:
    """kill -9 leaves its announcement behind: it answers nothing, and the next command opens the store itself."""
    with Served("--store", STORE, cwd=tmp_path) as server:
        server.stop(signal.SIGKILL)
    assert (tmp_path / "kg" / "server.json").exists()
    assert zhize("doctor", "--store", STORE, cwd=tmp_path).code == 0


def test_a_second_server_on_the_same_store_is_refused(tmp_path: Path) -> None:
    """One sentence that names the first one's address."""
    with Served("--store", STORE, cwd=tmp_path) as server:
        second = zhize("serve", "--port", "0", "--store", STORE, cwd=tmp_path)
        assert second.code == 1
        assert server.url in second.sentence
        assert httpx.get(server.url + "/readyz").status_code == 200


def test_the_handed_over_store_needs_the_token_and_this_machine(tmp_path: Path) -> None:
    """The token of the private file opens it; anything else finds nothing there."""
    with Served("--store", STORE, cwd=tmp_path) as server:
        token = json.loads((tmp_path / "kg" / "server.json").read_text())["token"]
        url = server.url + "/internal/store/health"
        right = {"X-Zhize-Token": token}
        assert httpx.post(url, headers=right, json={}).json()["health"]["ok"] is True
        for headers in (
            {},
            {"X-Zhize-Token": ""},
            {"X-Zhize-Token": token[:-1]},
            {**right, "X-Forwarded-For": "1.2.3.4"},
        ):
            answer = httpx.post(url, headers=headers, json={})
            assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
        for content in (b"", b"[]", b"{", b'"x"'):
            answer = httpx.post(server.url + "/internal/store/read", headers=right, content=content)
            assert (answer.status_code, answer.json()["code"]) == (400, "bad-input")
        answer = httpx.post(server.url + "/internal/store/drop", headers=right, json={})
        assert answer.json()["error"]["class"] == "InputError"


def test_beyond_loopback_it_serves_with_the_key_alone(tmp_path: Path) -> None:
    """Bound everywhere: this machine's pages open, its data only with the key; local commands still go through it."""
    with Served("--store", STORE, "--host", "0.0.0.0", cwd=tmp_path, ZHIZE_API_KEY=KEY) as server:
        assert httpx.get(server.url + "/").status_code == 200
        assert httpx.get(server.url + "/api/v1/queries").status_code == 401
        assert httpx.get(server.url + "/api/v1/queries", headers={"X-API-Key": KEY}).status_code == 200
        assert zhize("doctor", "--store", STORE, cwd=tmp_path).code == 0


def test_several_workers_serve_one_neo4j(tmp_path: Path, neo4j_server: Server) -> None:
    """Each worker opens the store for itself; one TERM ends them all."""
    account = {"ZHIZE_NEO4J_USER": neo4j_server.user, "ZHIZE_NEO4J_PASSWORD": neo4j_server.password}
    with Served("--store", neo4j_server.uri, "--workers", "2", cwd=tmp_path, **account) as server:
        answer = _patient(server.url + "/readyz")
        assert answer.json()["engine"] == "neo4j"
        assert server.stop(signal.SIGTERM) == 0


def test_an_ipv6_loopback_is_loopback(tmp_path: Path) -> None:
    """--host ::1 needs no key and prints an address a browser takes."""
    with Served("--store", STORE, "--host", "::1", cwd=tmp_path) as server:
        assert server.url.startswith("http://[::1]:")
        assert httpx.get(server.url + "/api/v1/queries").status_code == 200
        assert zhize("doctor", "--store", STORE, cwd=tmp_path).code == 0


def _patient(url: str) -> httpx.Response:
    """The first answer of a server whose workers are still starting."""
    for _ in range(100):
        try:
            return httpx.get(url, timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(f"{url} never answered")
