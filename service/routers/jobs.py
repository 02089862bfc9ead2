"""What becomes of uploads: the list, one, its events as they happen, ending it and beginning it again."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from graph.ids import digest
from graph.jobs.changes import Cancel, Retry
from graph.jobs.reading import get_job, list_jobs
from graph.jobs.record import STATES, Job, stamp, utc_now
from queries.runner import page_size, read_cursor, write_cursor
from service import job_models as models
from service.auth import Role, require
from service.dependencies import BoardDep, CallerDep, SettingsDep, StoreDep
from service.job_board import JobBoard, Listener
from service.jobs import listed, shown
from service.plain import to_json
from service.responses import Json
from service.routers.parameters import CursorParam, LimitParam, limit_of

log = logging.getLogger("zhize.service")

router = APIRouter(tags=["jobs"])

StateParam = Annotated[
    Literal["queued", "running", "done", "failed", "cancelled"] | None, Query(description=" | ".join(STATES))
]
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The job now and after each change, each as an event `job`; the stream ends with the job",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    204: {"description": "Last-Event-ID names the job's last event: there will be no other"},
}


@router.get("/jobs", response_model=models.JobsOut)
async def jobs(
    store: StoreDep,
    settings: SettingsDep,
    state: StateParam = None,
    limit: LimitParam = None,
    cursor: CursorParam = None,
) -> Json:
    """Jobs, newest first, without the reports of their files."""
    size, mark = page_size(limit_of(limit, settings)), digest(["jobs", state])
    skip = read_cursor(cursor, mark)
    found, total = await list_jobs(store, state=state, skip=skip, limit=size)
    after = skip + size
    return Json(
        {
            "jobs": [listed(job) for job in found],
            "total": total,
            "next": write_cursor(after, mark) if after < total else None,
        }
    )


@router.get("/jobs/{id}", response_model=models.JobOut)
async def job(id: str, store: StoreDep) -> Json:
    """A job with the report of each of its files, once it has one."""
    return Json(shown(await get_job(store, id)))


@router.get("/jobs/{id}/events", response_class=StreamingResponse, responses=EVENTS)
async def events(
    id: str,
    store: StoreDep,
    board: BoardDep,
    last_event_id: Annotated[str | None, Header(max_length=40, description="id of the last event received")] = None,
) -> Response:
    """The job as server-sent events: as it is now, then after each change, until it ends. Every 15 s without news a
    comment says that the line is alive."""
    found = await get_job(store, id)
    if last_event_id == str(found.rev) and not found.open:
        return Response(status_code=204)
    return _Events(board, board.join(store, found), last_event_id)


@router.delete("/jobs/{id}", response_model=models.JobOut, dependencies=[Depends(require(Role.CURATOR))])
async def cancel(id: str, store: StoreDep, board: BoardDep, caller: CallerDep) -> Json:
    """No more of it, at once: what is being read is stopped and not written. Of a zip, files that were loaded before
    stay. Needs a curator."""
    return Json(await _change(store, board, caller.name, Cancel(id, stamp(utc_now()))))


@router.post(
    "/jobs/{id}/retry", status_code=202, response_model=models.JobOut, dependencies=[Depends(require(Role.CURATOR))]
)
async def retry(id: str, store: StoreDep, board: BoardDep, caller: CallerDep, request: Request) -> Json:
    """Begin again a job that failed or was cancelled. Needs a curator."""
    body = await _change(store, board, caller.name, Retry(id, stamp(utc_now())))
    location = request.url.path.removesuffix("/retry")
    return Json(body, status_code=202, headers={"Location": location})


async def _change(store: StoreDep, board: JobBoard, by: str, change: Cancel | Retry) -> dict[str, Any]:
    changed = await store.job(change)
    assert changed is not None
    board.changed(changed.id)
    log.info("%s: %s by %s", changed.id, type(change).__name__.lower(), by)
    return shown(changed)


class _Events(StreamingResponse):
    """A stream of events that leaves the board however it ends: by the job's end, the caller's or the server's."""

    def __init__(self, board: JobBoard, listener: Listener, last: str | None) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(_events(board, listener, last), media_type="text/event-stream", headers=headers)
        self._board = board
        self._listener = listener

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._board.leave(self._listener)


async def _events(board: JobBoard, listener: Listener, last: str | None) -> AsyncIterator[bytes]:
    yield b"retry: 3000\n\n"
    async with aclosing(board.follow(listener)) as changes:
        async for change in changes:
            if change is None:
                yield b": alive\n\n"
            elif str(change.rev) != last:
                yield _event(change)


def _event(job: Job) -> bytes:
    return b"id: %d\nevent: job\ndata: %s\n\n" % (job.rev, to_json(listed(job)))
