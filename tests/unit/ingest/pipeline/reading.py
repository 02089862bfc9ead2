"""How these tests read: one sentence or page in, plain tuples out. Places are fictitious."""

from __future__ import annotations

from functools import lru_cache

from ingest.extraction import Extraction
from ingest.pipeline import extract
from ingest.pipeline.unit_find import find_units

DUTIES = ("LEADS", "COOPERATES", "EXECUTES", "ASSIGNS", "SUPERVISES")
PLAN = "云岭县公安局交警大队2024年工作要点\n"


@lru_cache(maxsize=256)
def read(text: str) -> Extraction:
    return extract(text)


def duties(text: str, *, implicit: bool | None = False) -> set[tuple[str, str, str]]:
    """(relation, body, first ten characters of the task); ``implicit`` None: both kinds."""
    return {
        (link.rel, link.head.text, link.tail.text[:10])
        for link in read(text).links
        if link.rel in DUTIES and (implicit is None or link.implicit == implicit)
    }


def item(body: str) -> str:
    """A plan of a brigade whose one item 强化路面管控 says ``body``."""
    return f"{PLAN}一、抓好事故预防\n（一）强化路面管控。{body}\n"


def titles(text: str, level: str | None = None) -> list[str]:
    return [
        m.text for m in read(text).mentions if m.type == "Task" and (level is None or m.attributes["level"] == level)
    ]


def names(text: str, *, listed: bool = False) -> list[str]:
    """Bodies that the grammar finds in ``text``."""
    return [span.text for span in find_units(text, listed=listed)]


def rules(text: str, *, listed: bool = False) -> dict[str, str]:
    """The same, each with its rule."""
    return {span.text: span.rule for span in find_units(text, listed=listed)}


def found(body: str, type_: str) -> list[str]:
    """What an item that says ``body`` names of a type, as written."""
    return [m.text for m in read(item(body)).mentions if m.type == type_]


def meant(body: str, type_: str) -> list[str]:
    """The same by canonical name."""
    return [m.name for m in read(item(body)).mentions if m.type == type_]


def named(text: str, type_: str = "Unit") -> dict[str, str]:
    """Canonical name by what stands in ``text``."""
    return {m.text: m.name for m in read(text).mentions if m.type == type_}
