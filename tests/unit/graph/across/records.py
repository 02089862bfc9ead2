"""Records of made-up documents, for the comparison of two."""

from __future__ import annotations

from typing import Any

from graph.across.facts import record_of
from graph.across.record import Citation, DocumentRecord, FigureFacts, TaskFacts
from graph.across.titles import known_as, subject_of, title_of, titles_of
from ingest.assemble import assemble
from ingest.pipeline import extract

CITY, COUNTY = ("清越省", "澜川市"), ("清越省", "澜川市", "禾丰县")


def record(
    name: str, kind: str = "plan", year: int = 2024, path: tuple[str, ...] = COUNTY, **more: Any
) -> DocumentRecord:
    """A document of the police of ``path``."""
    titles = titles_of(name)
    own: dict[str, Any] = {
        "id": f"document:{name}:{kind}:{'/'.join(path)}",
        "kind": kind,
        "year": year,
        "path": path,
        "places": path,
        "authority": "police",
        "subject": subject_of(name),
        "titles": tuple(title.key for title in titles),
        "named": any(title.named for title in titles),
    }
    return DocumentRecord(**{**own, **more})


def citation(text: str, relation: str = "IMPLEMENTS", key: str = "k1") -> Citation:
    """The policy ``text`` as a document names it."""
    titles, numbers = known_as(text, ())
    own = title_of(text)
    return Citation(
        f"regulation:{text}",
        relation,
        key,
        tuple(sorted(titles)),
        tuple(sorted(numbers)),
        own.key if own else "",
        own is not None and own.named,
    )


def task(name: str, at: int = 0, text: str = "", **more: Any) -> TaskFacts:
    """A task at offset ``at``."""
    return TaskFacts(f"task:{name}:{at}", at, name, text or name, **more)


def figure(metric: str, value: float | None = None, unit: str = "处", op: str = "=", **more: Any) -> FigureFacts:
    """A target or result."""
    own: dict[str, Any] = {"at": 0, "before": "", "task": "", "change": None, **more}
    return FigureFacts(id=f"indicator:{metric}:{value}", metric=metric, op=op, value=value, unit=unit, **own)


def read(text: str, source: str = "甲.txt") -> DocumentRecord:
    """The record of a text as it is read."""
    return record_of(assemble(extract(text), source))
