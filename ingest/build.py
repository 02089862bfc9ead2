"""From a file to the graph of its document: what a worker process does. Everything in and out is picklable."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from graph.errors import ZhizeError
from graph.ids import text_sha256
from graph.models import DocumentGraph
from ingest.candidates import CandidateSettings, source_of
from ingest.limits import Limits
from ingest.loaders import LoadedFile, load_bytes, load_file, unreadable
from ingest.plan import Assembly

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Built:
    """A loaded file; its graph under its own source alone, or None when the text is the ``known`` one."""

    file: LoadedFile
    sha256: str
    graph: DocumentGraph | None
    notes: tuple[str, ...]
    seconds: float = field(compare=False)


def build_file(
    content: Path | bytes,
    name: str,
    source: str,
    known: str | None,
    limits: Limits,
    candidates: CandidateSettings | None = None,
) -> Built:
    """Load ``content`` (a path, or bytes called ``name``) and, unless its text is the known one, extract it."""
    started = time.perf_counter()
    if isinstance(content, Path):
        file = load_file(content, limits=limits, name=name)
    else:
        file = load_bytes(content, name, limits)
    sha = text_sha256(file.text)
    graph, notes = (None, ()) if sha == known else build_text(file.text, Assembly(sha, source, ()), name, candidates)
    return Built(file, sha, graph, (*file.notes, *notes), time.perf_counter() - started)


def build_text(
    text: str, assembly: Assembly, name: str, candidates: CandidateSettings | None = None
) -> tuple[DocumentGraph, tuple[str, ...]]:
    """The graph of ``text`` as the document ``assembly``, and what could not be read in it.

    ``candidates`` says which candidate source is asked beside the rules; None: none.
    """
    # Loading spaCy and the lexicons takes a second: only a process that extracts pays it.
    from ingest.assemble import assemble
    from ingest.pipeline import extract

    try:
        extraction = extract(text, source_of(candidates) if candidates else None)
        graph = assemble(extraction, assembly.source, also=assembly.also, sha256=assembly.sha256)
    except ZhizeError:
        raise
    # A defect in a rule must cost one file, not the run; the log has the trace.
    except Exception as error:
        log.exception("extraction of %s failed", name)
        raise unreadable(name, "extraction", type(error).__name__) from None
    return graph, extraction.notes


@cache
def version() -> str:
    """Version of all that decides what is read from a text: knowledge files, rules, ontology.

    A digest of the rules' source rather than a release number: a store is brought up to date by what changed, and only
    then, between releases too.
    """
    from ingest.world import knowledge_version

    found = hashlib.sha256()
    for package in ("ingest", "graph"):
        for path, data in sorted(_sources(resources.files(package), package)):
            found.update(path.encode())
            found.update(data)
    return f"{knowledge_version()}+{found.hexdigest()[:12]}"


_NOT_READING = (
    "ingest/loaders/",
    "ingest/load",
    "ingest/pool",
    "ingest/report",
    "ingest/plan",
    "ingest/build",
    "ingest/rebuild",
)
_OF_GRAPH = ("graph/ids.py", "graph/ontology.yaml", "graph/models.py", "graph/due.py", "graph/patterns.py")
"""What of the graph package decides it, beside the comparison of documents."""


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        path = f"{prefix}/{entry.name}"
        if entry.is_dir():
            yield from _sources(entry, path)
        elif _decides(path):
            yield path, entry.read_bytes()


def _decides(path: str) -> bool:
    if path.startswith("ingest/"):
        return path.endswith((".py", ".yaml")) and not path.startswith(_NOT_READING)
    return path in _OF_GRAPH or path.startswith("graph/across/")
