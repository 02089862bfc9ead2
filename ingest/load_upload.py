"""One uploaded file into the store, for a job: everything that could go wrong with it happens in another process.

Unlike ``ingest.load`` even the look into a zip is taken there, and what the file is called on this disk is said to
nobody. A file that brings the process down, or outstays its time, ends the attempt (``Unfinished``): perhaps the
machine was short of memory. In the last attempt it is a failed file like others, and the rest of its zip is loaded.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from graph.documents import sources as stored_sources
from graph.errors import UnreadableFile, ZhizeError
from graph.models import Lease
from graph.progress import Progress, unseen
from graph.store import Store
from ingest.build import Built, build_file
from ingest.candidates import CandidateSettings, source_of, tag_of
from ingest.limits import Limits
from ingest.load_files import placed, written
from ingest.loaders import Found, Reader, discover_as, unreadable
from ingest.plan import Sources
from ingest.pool import WorkerCrashed, Workers
from ingest.report import FileReport, LoadReport, Skipped
from ingest.write import Writer, crashed


class Unfinished(Exception):
    """The attempt ended before the file was read; ``error`` says why."""

    def __init__(self, error: UnreadableFile) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(frozen=True, slots=True)
class Upload:
    """The file at ``path``, sent as ``name``, to be loaded as ``source`` (a zip: its members beneath it).

    ``lease``: of the job, checked with everything that is written. ``written`` (``change source``) says what earlier
    attempts wrote; it is reported as what it was then. ``last``: no attempt will follow this one.
    """

    path: Path
    name: str
    source: str
    lease: Lease
    written: tuple[str, ...] = ()
    last: bool = True


async def load_upload(
    store: Store,
    upload: Upload,
    workers: Workers,
    *,
    limits: Limits,
    candidates: CandidateSettings,
    stop: asyncio.Event,
    on_progress: Progress | None = None,
) -> LoadReport:
    """Load the upload; the same graph as ``zhize ingest`` makes of the file under its source.

    ``workers`` must be isolated. ``stop`` ends it after the document being written: the report is then of what was
    done. Raises Unfinished; LeaseLost when the job is another's; StoreError when the store fails.
    """
    started = time.perf_counter()
    moved = on_progress or unseen
    writer = Writer(store, workers, Sources(await stored_sources(store)), candidates=candidates, lease=upload.lease)
    refreshed = await writer.refresh(stop)
    found = await _found(upload, workers, limits)
    wanted = [one for one in found if not one.skipped]
    reports: list[FileReport] = []
    for one in wanted:
        moved(len(reports), len(wanted))
        if stop.is_set():
            break
        built = await _built(one, writer, upload, workers, limits, candidates)
        reports.append(await written(writer, one, built))
    moved(len(reports), len(wanted))
    return LoadReport(
        files=tuple(_earlier(placed(writer.sources, report), upload.written) for report in reports),
        skipped=tuple(Skipped(one.source, one.error) for one in found if one.skipped and one.error),
        refreshed=refreshed.read,
        seconds=time.perf_counter() - started,
        candidates=tag_of(source_of(candidates)),
        unanswered=refreshed.unanswered,
    )


async def _found(upload: Upload, workers: Workers, limits: Limits) -> list[Found]:
    try:
        found = await workers.run(discover_as, upload.path, upload.name, upload.source, limits)
    except WorkerCrashed as error:
        found = [Found(upload.source, upload.path, error=_given_up(upload, upload.name, error), called=upload.name)]
    if found and not all(one.skipped for one in found):
        return found
    nothing = unreadable(upload.name, "no-documents")
    return [*found, Found(upload.source, upload.path, error=nothing, called=upload.name)]


async def _built(
    found: Found,
    writer: Writer,
    upload: Upload,
    workers: Workers,
    limits: Limits,
    candidates: CandidateSettings,
) -> Built | ZhizeError:
    try:
        return await workers.run(build_found, found, writer.sources.text_of(found.source), limits, candidates)
    except WorkerCrashed as error:
        return _given_up(upload, found.display, error)
    except ZhizeError as error:
        return error


def _given_up(upload: Upload, name: str, error: WorkerCrashed) -> UnreadableFile:
    """What the report says of a file that brought the process down, when this was the last attempt."""
    said = crashed(name, error)
    if not upload.last:
        raise Unfinished(said) from None
    return said


def build_found(found: Found, known: str | None, limits: Limits, candidates: CandidateSettings) -> Built:
    """``build_file`` for what was found: what a worker process does."""
    content = _reader(limits).read(found)
    return build_file(content, found.display, found.source, known, limits, candidates)


@lru_cache(maxsize=1)
def _reader(limits: Limits) -> Reader:
    """One for the process: members of a zip come in order, and the zip stays open for the next."""
    return Reader(limits)


def _earlier(report: FileReport, written: tuple[str, ...]) -> FileReport:
    """``unchanged`` because an attempt before wrote it: then it is what it was for that one."""
    if report.status != "unchanged":
        return report
    for line in reversed(written):
        status, _, source = line.partition(" ")
        if source == report.source:
            return replace(report, status=status)  # type: ignore[arg-type]  # a status, as ``Writer`` noted it
    return report
