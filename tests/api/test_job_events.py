"""Jobs of a real server: events as they happen, and ``zhize jobs`` on its store."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.job_models import ListedJob
from tests.api.cli import Served, in_process
from tests.api.conftest import assert_problem
from tests.api.jobs import DOCUMENTS, JOBS

STORE = "embedded:./kg"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("events")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Served]:
    """A server that accepts and does not load, with room for one listener."""
    settings = {"ZHIZE_JOBS_WORKERS": "0", "ZHIZE_JOBS_LISTENERS": "1", "ZHIZE_JOBS_POLL": "0.1"}
    with Served("--store", STORE, cwd=folder, **settings) as served:
        yield served


def sent(server: Served, name: str) -> str:
    """Id of a new job."""
    answer = httpx.post(server.url + DOCUMENTS, files={"files": (name, b"x")})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["jobs"][0]["id"])


def events(lines: Iterator[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Ids and jobs of a stream of events."""
    number = 0
    for line in lines:
        if line.startswith("id: "):
            number = int(line[4:])
        elif line.startswith("data: "):
            yield number, json.loads(line[6:])


def test_a_job_is_followed_to_its_end(server: Served) -> None:
    """How it is, then each change at once, whoever made it; the stream ends with the job and is not compressed."""
    url = f"{server.url}{JOBS}/{sent(server, '甲.txt')}"
    headers = {"Accept-Encoding": "gzip"}
    with httpx.stream("GET", url + "/events", headers=headers, timeout=20) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in stream.headers
        found = events(stream.iter_lines())
        first, job = next(found)
        assert ListedJob.model_validate(job).state == "queued"
        httpx.delete(url)
        last, job = next(found)
        assert ListedJob.model_validate(job).state == "cancelled"
        assert last > first
        assert list(found) == []
    again = {"Last-Event-ID": str(first)}
    with httpx.stream("GET", url + "/events", headers=again, timeout=20) as stream:
        assert [number for number, _ in events(stream.iter_lines())] == [last]
    assert httpx.get(url + "/events", headers={"Last-Event-ID": str(last)}).status_code == 204


def test_what_was_seen_is_not_sent_again(server: Served) -> None:
    """A caller that lost its connection says what it saw last."""
    url = f"{server.url}{JOBS}/{sent(server, '乙.txt')}"
    with httpx.stream("GET", url + "/events", headers={"Last-Event-ID": "1"}, timeout=20) as stream:
        httpx.delete(url)
        assert [number for number, _ in events(stream.iter_lines())] == [2]


def test_listeners_have_bounds_and_leave(server: Served) -> None:
    """One too many is refused; when the other hangs up there is room again."""
    url = f"{server.url}{JOBS}/{sent(server, '丙.txt')}/events"
    with httpx.stream("GET", url, timeout=20) as stream:
        found = events(stream.iter_lines())
        assert next(found)[1]["state"] == "queued"
        refused = httpx.get(url)
        assert_problem(refused, 503, "too-many-listeners")
        assert refused.headers["retry-after"]
    for _ in range(100):
        with httpx.stream("GET", url, timeout=20) as stream:
            if stream.status_code == 200:
                return
        time.sleep(0.05)
    raise AssertionError("the place was not given back")


def test_the_command_line_sees_and_changes_jobs_of_the_server(server: Served, folder: Path) -> None:
    """Through the server that holds the store: list, show, cancel, retry, in words and as JSON."""
    id_ = sent(server, "丁.txt")

    def jobs(*args: str) -> str:
        done = in_process("jobs", *args, "--store", STORE, cwd=folder)
        assert done.code == 0, done.err
        return done.out

    assert id_ in jobs()
    assert json.loads(jobs("list", "--state", "queued", "--limit", "1", "--json"))["jobs"][0]["id"] == id_
    assert "已取消" in jobs("cancel", id_)
    assert json.loads(jobs("retry", id_, "--json"))["state"] == "queued"
    assert "丁.txt" in jobs("show", id_)
    refused = in_process("jobs", "retry", id_, "--store", STORE, cwd=folder)
    assert (refused.code, "只有失败或已取消" in refused.sentence) == (1, True)
    assert in_process("jobs", "show", "job:0", "--store", STORE, cwd=folder).sentence == "没有名为 job:0 的载入任务。"


def test_a_worker_of_its_own_needs_neo4j(folder: Path) -> None:
    """An embedded store is loaded by its server; the sentence says so."""
    assert "Neo4j" in in_process("worker", "--store", STORE, cwd=folder).sentence


def test_a_server_with_listeners_stops_at_once(tmp_path: Path) -> None:
    """Streams of events end when it is told to stop, not after its grace."""
    with Served("--store", STORE, cwd=tmp_path, ZHIZE_JOBS_WORKERS="0") as server:
        url = f"{server.url}{JOBS}/{sent(server, '甲.txt')}/events"
        with httpx.stream("GET", url, timeout=30) as stream:
            found = events(stream.iter_lines())
            next(found)
            started = time.monotonic()
            assert server.stop() == 0
            assert list(found) == []
        assert time.monotonic() - started < 8
    assert server.err == ""
