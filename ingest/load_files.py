"""What becomes of one file that was read: into the store, and a line of the report."""

from __future__ import annotations

import time
from dataclasses import replace

from graph.errors import ZhizeError
from graph.ids import document_id
from ingest.build import Built
from ingest.loaders import Found
from ingest.plan import Sources
from ingest.report import FileReport, counts_of
from ingest.write import Writer


async def written(writer: Writer, found: Found, built: Built | ZhizeError) -> FileReport:
    """Write what was read of ``found``; an error of this file alone is its report. Raises StoreError."""
    if isinstance(built, ZhizeError):
        return failed(found, built)
    started = time.perf_counter()
    try:
        plan, graph = await writer.put(found.source, built)
    except writer.FAILS_ONE_FILE as error:
        return failed(found, error)
    return FileReport(
        source=found.source,
        status=plan.change,  # type: ignore[arg-type]  # a load never removes
        sha256=built.sha256,
        characters=len(built.file.text),
        counts=counts_of(graph) if graph else {},
        seconds=built.seconds + time.perf_counter() - started,
        notes=built.notes,
    )


def placed(sources: Sources, report: FileReport) -> FileReport:
    """With its document as it is called at the end: another source of the same text may have come later."""
    holders = sources.holders(report.sha256)
    if not holders:
        return report
    others = [holder for holder in holders if holder != report.source]
    twin = others[0] if report.status == "duplicate" else ""
    return replace(report, document_id=document_id(holders[0]), same_as=twin)


def failed(found: Found, error: ZhizeError) -> FileReport:
    return FileReport(source=found.source, status="failed", error=error)
