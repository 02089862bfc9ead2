"""Sending files over REST: what is accepted, under which name, and what is refused before it is stored."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO

import httpx
import pytest
from fastapi import FastAPI

from graph.connect import open_store
from graph.jobs.reading import get_job, list_jobs, read_upload
from graph.store import Store
from service.app import create_app
from service.job_models import AcceptedOut, JobOut, JobsOut
from service.jobs import PART, clean_file_name
from service.settings import Settings
from tests.api.conftest import KEY, assert_problem, calling
from tests.api.jobs import DOCUMENTS, JOBS, look, send
from tests.unit.ingest.loaders.make import OLE, zipped


@pytest.fixture(scope="module")
async def store(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    """One embedded store for what these tests send; nobody loads it."""
    opened = await open_store(f"embedded:{tmp_path_factory.mktemp('uploads')}")
    yield opened
    await opened.close()


@pytest.fixture(scope="module")
def app(store: Store) -> FastAPI:
    return create_app(Settings(jobs_open=1000), store)


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(app) as client:
        yield client


async def stored(store: Store, id_: str) -> bytes:
    data = bytearray()
    await read_upload(store, await get_job(store, id_), data.extend)
    return bytes(data)


async def test_an_accepted_file_is_stored_with_its_job(http: httpx.AsyncClient, store: Store) -> None:
    """202 with Location; byte for byte, also beyond one part; listed and shown in the shapes of the description."""
    data = "长".encode() * PART
    answer = await http.post(DOCUMENTS, files={"files": ("长.txt", data)}, data={"source": "2031/长.txt"})
    assert answer.status_code == 202
    job = AcceptedOut.model_validate(answer.json()).jobs[0]
    assert answer.headers["location"] == f"{JOBS}/{job.id}"
    assert (job.state, job.source, job.name, job.bytes) == ("queued", "2031/长.txt", "长.txt", len(data))
    assert await stored(store, job.id) == data
    assert JobOut.model_validate((await http.get(answer.headers["location"])).json()).files == []
    listed = JobsOut.model_validate((await http.get(JOBS, params={"state": "queued", "limit": 1})).json())
    assert listed.jobs[0].id == job.id


async def test_several_files_are_several_jobs(http: httpx.AsyncClient) -> None:
    """In the order they were sent; sent again, the same ones."""
    files = ("甲.txt", b"a"), ("乙.html", b"<p>b"), ("丙.zip", zipped({"丁.txt": "d"}))
    jobs = await send(http, *files)
    assert [job["source"] for job in jobs] == ["甲.txt", "乙.html", "丙.zip"]
    assert await send(http, *files) == jobs


async def test_jobs_are_listed_in_pages(http: httpx.AsyncClient) -> None:
    """Newest first, each once, to the end."""
    sent = [(await send(http, (f"页{n}.txt", b"x")))[0]["id"] for n in range(3)]
    seen, cursor = [], None
    while cursor or not seen:
        page = (await http.get(JOBS, params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
        seen += [job["id"] for job in page["jobs"]]
        cursor = page["next"]
    assert seen[:3] == sent[::-1]
    assert len(seen) == len(set(seen)) == page["total"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("/etc/方案.txt", "方案.txt"),
        ("C:\\资料\\方案.txt", "方案.txt"),
        ("../../方案.txt", "方案.txt"),
        ("方\x07案\u202e.txt ", "方案.txt"),
        ("方案.txt\x00.exe", "方案.txt.exe"),
    ],
)
def test_a_name_is_made_safe(given: str, name: str) -> None:
    """No folders, no control characters, no marks that turn the direction of writing."""
    assert clean_file_name(given) == name


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"filename*=UTF-8''%E6%96%B9%E6%A1%88.txt", "方案.txt"),
        (b"filename*=UTF-8''..%2F..%2F%22%E6%96%B9%E6%A1%88.txt", "'方案.txt"),
        (b'filename="' + "方案.txt".encode("gb18030") + b'"', "方案.txt"),
        (b"filename=\"a.txt\"; filename*=UTF-8''b.txt", "a.txt"),
        ('filename="éé.txt"'.encode(), "éé.txt"),
    ],
)
async def test_names_arrive_as_old_clients_send_them(http: httpx.AsyncClient, disposition: bytes, name: str) -> None:
    """RFC 5987, GB18030, and UTF-8 that could be taken for something else."""
    body = b'--x\r\nContent-Disposition: form-data; name="files"; ' + disposition + b"\r\n\r\nabc\r\n--x--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await http.post(DOCUMENTS, content=body, headers=headers)
    assert answer.status_code == 202, answer.text
    assert answer.json()["jobs"][0]["name"] == name


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("旧.doc", OLE),
        ("图.png", b"\x89PNG\r\n"),
        ("图.txt", b"\x89PNG\r\n"),
        ("表.xlsx", b"PK\x03\x04"),
        ("包.rar", b"Rar!\x1a\x07"),
        ("没有后缀", b"abc"),
    ],
)
async def test_a_kind_that_is_not_read_is_415(http: httpx.AsyncClient, name: str, data: bytes) -> None:
    """By content and by name; the sentence says what is read."""
    problem = assert_problem(
        await http.post(DOCUMENTS, files={"files": (name, data)}, params={"lang": "en"}), 415, "unsupported-file"
    )
    assert name in problem["detail"]
    assert ".docx" in problem["detail"]


@pytest.mark.parametrize(
    ("files", "fields", "code"),
    [
        ([], {"source": "a"}, "invalid-parameter"),
        ([("files", ("a.txt", b"a")), ("files", ("a.txt", b"b"))], {}, "invalid-parameter"),
        ([("files", ("a.txt", b"a")), ("files", ("b.txt", b"b"))], {"source": "c.txt"}, "invalid-parameter"),
        ([("files", ("a.zip", b"PK\x03\x04"))], {"source": "c.zip"}, "invalid-parameter"),
        ([("files", ("a.txt", b"a"))], {"source": "../c.txt"}, "invalid-parameter"),
        ([("files", ("a.txt", b"a"))], {"source": "/etc/c.txt"}, "invalid-parameter"),
        ([("files", ("a.txt", b"a"))], {"source": "长" * 1001}, "invalid-parameter"),
        ([("files", ("a.txt", b"a"))], {"other": "1"}, "invalid-parameter"),
        ([("file", ("a.txt", b"a"))], {}, "invalid-parameter"),
        ([("files", ("/", b"a"))], {}, "invalid-parameter"),
        ([("files", ("长" * 300 + ".txt", b"a"))], {}, "invalid-parameter"),
    ],
)
async def test_a_form_that_makes_no_sense_is_refused_whole(
    http: httpx.AsyncClient,
    store: Store,
    files: list[tuple[str, tuple[str, bytes]]],
    fields: dict[str, str],
    code: str,
) -> None:
    """One sentence, and none of its files is stored."""
    _, before = await list_jobs(store)
    answer = await http.post(DOCUMENTS, files=files or {"nothing": (None, b"")}, data=fields)
    assert_problem(answer, 422, code)
    assert (await list_jobs(store))[1] == before


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{}", "application/json"),
        (b"abc", "multipart/form-data"),
        (b"abc", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="source"\r\n\r\n' + b"a" * 20_000 + b"\r\n--x--\r\n",
            "multipart/form-data; boundary=x",
        ),
    ],
)
async def test_what_is_no_form_is_a_bad_request(http: httpx.AsyncClient, content: bytes, kind: str) -> None:
    """Whatever it is: 400 in one sentence."""
    assert_problem(await http.post(DOCUMENTS, content=content, headers={"Content-Type": kind}), 400, "bad-input")


async def test_too_much_is_refused_at_the_limit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one file while it streams, of all together, of files, and of jobs that wait; none of it becomes a job."""
    monkeypatch.setenv("ZHIZE_MAX_FILE_BYTES", "1000")
    _, before = await list_jobs(store)
    _, waiting = await list_jobs(store, state="queued")
    settings = Settings(max_upload=5000, max_upload_files=2, jobs_open=waiting + 1)
    async with calling(create_app(settings, store)) as http:
        answer = await http.post(DOCUMENTS, files={"files": ("大.txt", BytesIO(b"a" * 1001))})
        assert "ZHIZE_MAX_FILE_BYTES" in assert_problem(answer, 413, "limit-exceeded")["detail"]
        answer = await http.post(DOCUMENTS, files={"files": ("大.txt", BytesIO(b"a" * 6000))})
        assert "ZHIZE_MAX_UPLOAD" in assert_problem(answer, 413, "limit-exceeded")["detail"]
        many = [("files", (f"{n}.txt", b"a")) for n in range(3)]
        assert_problem(await http.post(DOCUMENTS, files=many), 400, "bad-input")
        await send(http, ("先.txt", b"x"))
        answer = await http.post(DOCUMENTS, files={"files": ("后.txt", b"x")})
        assert_problem(answer, 503, "queue-full")
        assert answer.headers["retry-after"]
    assert (await list_jobs(store))[1] == before + 1


async def test_only_curators_send_and_change(store: Store) -> None:
    """A stranger is refused before the body is read; a page of another site without the key too."""
    app = create_app(Settings(host="0.0.0.0", api_key=KEY), store)

    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    form = {"Content-Type": "multipart/form-data; boundary=x"}
    async with calling(app, address="203.0.113.9", base="https://kg.example") as http:
        assert_problem(await http.post(DOCUMENTS, content=unread(), headers=form), 401, "unauthorized")
        assert_problem(await http.delete(f"{JOBS}/job:1"), 401, "unauthorized")
        assert_problem(await http.get(JOBS), 401, "unauthorized")
        job = (await send(_with_key(http), ("钥.txt", b"x")))[0]
        assert (await look(http, job))["sent_by"] == "key"
    async with calling(create_app(Settings(), store), headers={"Origin": "https://elsewhere.example"}) as http:
        assert_problem(await http.post(DOCUMENTS, content=unread(), headers=form), 403, "forbidden")


def _with_key(http: httpx.AsyncClient) -> httpx.AsyncClient:
    http.headers["X-API-Key"] = KEY
    return http


async def test_jobs_that_are_not_there_or_not_fit(http: httpx.AsyncClient) -> None:
    """404 and 409, in the shape of every problem."""
    for answer in (
        await http.get(f"{JOBS}/job:0"),
        await http.get(f"{JOBS}/job:0/events"),
        await http.delete(f"{JOBS}/job:0"),
        await http.post(f"{JOBS}/job:0/retry"),
    ):
        assert_problem(answer, 404, "not-found")
    job = (await send(http, ("等.txt", b"x")))[0]
    assert_problem(await http.post(f"{JOBS}/{job['id']}/retry"), 409, "job-refused")
    cancelled = await http.delete(f"{JOBS}/{job['id']}")
    assert JobOut.model_validate(cancelled.json()).state == "cancelled"
    again = await http.post(f"{JOBS}/{job['id']}/retry")
    assert (again.status_code, again.headers["location"]) == (202, f"{JOBS}/{job['id']}")
    assert JobOut.model_validate(again.json()).state == "queued"
    assert_problem(await http.get(JOBS, params={"state": "lost"}), 422, "invalid-parameter")
    assert_problem(await http.get(JOBS, params={"cursor": "x"}), 422, "invalid-parameter")
