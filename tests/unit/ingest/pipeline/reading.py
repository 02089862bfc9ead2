"""How these tests read: one sentence or page in, plain tuples out. Places are fictitious."""

from __future__ import annotations

from functools import lru_cache

from ingest.extraction import Extraction
from ingest.pipeline import extract

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
