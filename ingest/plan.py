"""Which document a text is, and what has to change when a source comes, changes or goes. Pure: no store, no files.

One text is one document, under the smallest of its sources; the others are its ``also``. So a document's name depends
on all sources of its text: a source that comes, changes or leaves may rename it. ``Sources.plan`` works out the
smallest set of documents to build and to remove; the result depends on the sources only, not on the order they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.ids import document_id

Change = Literal["loaded", "replaced", "duplicate", "unchanged", "removed"]


@dataclass(frozen=True, slots=True)
class Assembly:
    """A document to build: the text ``sha256`` under ``source``, also known as ``also``."""

    sha256: str
    source: str
    also: tuple[str, ...]

    @property
    def document(self) -> str:
        return document_id(self.source)


@dataclass(frozen=True, slots=True)
class Plan:
    """One source's change. ``before``: what the plan was made on (source → text, text → its sources)."""

    change: Change
    source: str
    sha256: str | None
    build: tuple[Assembly, ...]
    remove: tuple[str, ...]
    expect_source: str | None
    expect_holders: Mapping[str, tuple[str, ...]]

    @property
    def is_new_text(self) -> bool:
        return self.sha256 is not None and not self.expect_holders.get(self.sha256)


class Sources:
    """What the store holds: source → SHA-256 of its text, and the other way round."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._texts: dict[str, str] = {}
        self._holders: dict[str, set[str]] = {}
        for source, sha in sources.items():
            self._put(source, sha)

    def text_of(self, source: str) -> str | None:
        return self._texts.get(source)

    def holders(self, sha256: str) -> tuple[str, ...]:
        """Sources of a text, sorted."""
        return tuple(sorted(self._holders.get(sha256, ())))

    def documents(self) -> list[Assembly]:
        """Every document there is, by source."""
        found = (assembly(sha, self.holders(sha)) for sha in self._holders)
        return sorted(found, key=lambda a: a.source)

    def plan(self, source: str, sha256: str | None) -> Plan:
        """What to do so that ``source`` has the text ``sha256`` (None: so that it goes)."""
        old = self._texts.get(source)
        before = {sha: self.holders(sha) for sha in (old, sha256) if sha is not None}
        after = {sha: _with(h, source, present=sha == sha256) for sha, h in before.items()}
        same = [sha for sha in before if before[sha] == after[sha]]
        builds = [assembly(sha, h) for sha, h in after.items() if h and sha not in same]
        gone = {document_id(h[0]) for sha, h in before.items() if h and sha not in same}
        return Plan(
            change=_change(old, sha256, before),
            source=source,
            sha256=sha256,
            build=tuple(sorted(builds, key=lambda a: a.source)),
            remove=tuple(sorted(gone - {a.document for a in builds})),
            expect_source=old,
            expect_holders=before,
        )

    def done(self, plan: Plan) -> None:
        """Take over what a written plan changed."""
        old = self._texts.pop(plan.source, None)
        if old is not None:
            self._holders[old].discard(plan.source)
            if not self._holders[old]:
                del self._holders[old]
        if plan.sha256 is not None:
            self._put(plan.source, plan.sha256)

    def _put(self, source: str, sha: str) -> None:
        self._texts[source] = sha
        self._holders.setdefault(sha, set()).add(source)


def assembly(sha256: str, holders: Iterable[str]) -> Assembly:
    """The document of a text that ``holders`` (not empty) have."""
    first, *others = sorted(holders)
    return Assembly(sha256, first, tuple(others))


def _with(holders: tuple[str, ...], source: str, *, present: bool) -> tuple[str, ...]:
    return tuple(sorted({*holders, source})) if present else tuple(h for h in holders if h != source)


def _change(old: str | None, new: str | None, before: Mapping[str, tuple[str, ...]]) -> Change:
    if new is None:
        return "removed"
    if old == new:
        return "unchanged"
    if before[new]:
        return "duplicate"
    return "loaded" if old is None else "replaced"
