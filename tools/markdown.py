"""Pieces of Markdown the written pages share."""

from __future__ import annotations

from collections.abc import Iterable

HEADING = "<!-- Written by tools/docs.py: change the source it names, then run `make docs`. -->\n"


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    names = list(header)
    lines = [names, ["---"] * len(names), *([str(c).replace("|", "\\|") for c in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def code(values: Iterable[str], empty: str = "") -> str:
    return ", ".join(f"`{v}`" for v in values) or empty
