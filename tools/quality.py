"""The page of quality figures, from committed files: what was measured, the bars, and the texts that were not seen.

``tests/eval/test_baseline.py`` fails when the code falls below the figures shown here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tools.markdown import HEADING, table

ROOT = Path(__file__).resolve().parent.parent
UNSEEN = ROOT / "docs" / "data" / "unseen.yaml"
EVAL = ROOT / "tests" / "eval"
Row = Mapping[str, Any]
Rows = Mapping[str, Row]

TEMPLATE = Path(__file__).with_name("quality.template.md")


def quality_page() -> str:
    """docs/quality.md."""
    bars: dict[str, dict[str, float]] = yaml.safe_load((EVAL / "bars.yaml").read_text(encoding="utf-8"))
    baseline: dict[str, Rows] = json.loads((EVAL / "baseline.json").read_text(encoding="utf-8"))
    return TEMPLATE.read_text(encoding="utf-8").format(
        heading=HEADING.rstrip(),
        unseen="\n".join(_unseen(bars["unseen"])).rstrip(),
        **{name: "\n".join(_tables(rows, bars[name])).rstrip() for name, rows in baseline.items()},
    )


def unseen_sets(file: Path) -> list[dict[str, Any]]:
    """The entries of a file as ``tools/unseen.py`` writes it (docs/data/unseen.yaml)."""
    read = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    sets: list[dict[str, Any]] = read.get("sets", [])
    return sets


def _unseen(bars: Mapping[str, float]) -> Iterator[str]:
    sets = unseen_sets(UNSEEN)
    if not sets:
        yield "Nothing has been measured yet.\n"
    for entry in sets:
        how = ", scored as partial" if entry["partial"] else ""
        yield f"### {entry['set']} ({entry['date']})\n"
        yield f"{entry['what']} Texts: {entry['texts']}, characters: {entry['characters']:,}{how}.\n"
        yield from _tables(entry["rows"], bars)


def _tables(rows: Rows, bars: Mapping[str, float]) -> Iterator[str]:
    """A table of the types, one of all other rows."""
    types = sorted(row.removesuffix(" exact") for row in rows if row.endswith(" exact"))
    if types:
        header = ("type", "annotated", "exact P", "R", "F1", "bar", "relaxed P", "R", "F1", "bar")
        yield table(header, (_type(label, rows, bars) for label in types))
    others = sorted(row for row in rows if not row.endswith((" exact", " relaxed")))
    if others:
        lines = ((row, rows[row]["gold"], *_shares(rows[row], bars.get(row))) for row in others)
        yield table(("relation or attribute", "annotated", "P", "R", "F1", "bar"), lines)


def _type(label: str, rows: Rows, bars: Mapping[str, float]) -> tuple[object, ...]:
    exact, relaxed = f"{label} exact", f"{label} relaxed"
    return (
        label,
        rows[exact]["gold"],
        *_shares(rows[exact], bars.get(exact)),
        *_shares(rows[relaxed], bars.get(relaxed)),
    )


def _shares(row: Row, bar: float | None) -> tuple[str, str, str, str]:
    """P, R, F1 and the bar; what holds the bar is bold when it is below."""
    held = "f1" if "f1" in row else "recall"
    shown = {name: f"{row[name]:.3f}" if name in row else "" for name in ("precision", "recall", "f1")}
    if bar is not None and row[held] < bar:
        shown[held] = f"**{shown[held]}**"
    return shown["precision"], shown["recall"], shown["f1"], "" if bar is None else f"{bar:.2f}"
