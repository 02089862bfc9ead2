"""What became of every file of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.errors import ZhizeError
from graph.models import DocumentGraph
from graph.ontology import ontology

Status = Literal["loaded", "replaced", "unchanged", "duplicate", "failed"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file. ``counts``: nodes of its document by label and ``duties`` (units' relations to tasks).

    ``duplicate``: its text was there under another source, ``same_as``; ``document_id`` is the one document of both.
    ``notes``: what was left out or could not be read, in Chinese. ``error`` is set when it failed.
    """

    source: str
    status: Status
    document_id: str = ""
    same_as: str = ""
    sha256: str = ""
    characters: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    error: ZhizeError | None = None

    def to_json(self) -> dict[str, Any]:
        """As plain values; an error as its code and both sentences."""
        error = self.error
        return {
            "source": self.source,
            "status": self.status,
            "document": self.document_id,
            "same_as": self.same_as or None,
            "sha256": self.sha256,
            "characters": self.characters,
            "counts": dict(self.counts),
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
            "error": error and {"code": error.code, "zh": error.message("zh"), "en": error.message("en")},
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder or zip that nobody asked for and that zhize does not read."""

    source: str
    reason: ZhizeError

    def to_json(self) -> dict[str, str]:
        return {"source": self.source, "zh": self.reason.message("zh"), "en": self.reason.message("en")}


@dataclass(frozen=True, slots=True)
class LoadReport:
    """A run: every file in the order found, what was skipped, and how many stored documents were read anew because
    this zhize reads better than the one that stored them, or with another candidate source.

    ``candidates`` names the source that was asked in this run; ``unanswered`` of the stored documents read anew have
    the rules' result alone because it failed.
    """

    files: tuple[FileReport, ...]
    skipped: tuple[Skipped, ...] = ()
    refreshed: int = 0
    seconds: float = 0.0
    dry_run: bool = False
    candidates: str = ""
    unanswered: int = 0

    @property
    def ok(self) -> bool:
        return all(file.status != "failed" for file in self.files)

    def by_status(self) -> dict[str, int]:
        return dict(Counter(file.status for file in self.files))

    def to_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 3),
            "refreshed": self.refreshed,
            "candidates": self.candidates,
            "unanswered": self.unanswered,
            "statuses": self.by_status(),
            "files": [file.to_json() for file in self.files],
            "skipped": [skipped.to_json() for skipped in self.skipped],
        }


def counts_of(graph: DocumentGraph) -> dict[str, int]:
    """Nodes by label in the ontology's order, and duties; what is only proposed does not count."""
    found = Counter(node.label for node in graph.nodes if node.properties.get("status") != "proposed")
    duties = set(ontology().types("duty"))
    counts = {label.lower(): found[label] for label in ontology().nodes if found[label] and label != "Document"}
    return {**counts, "duties": sum(r.type in duties and r.properties["status"] != "proposed" for r in graph.relations)}
