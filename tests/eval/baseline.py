"""The figures that may not drop: measured on the annotated texts, kept in ``baseline.json``.

    python -m tests.eval.baseline        measure and write the file (``make quality``)

Three sets, all seen while the rules were written: ``gold`` (three documents, all types), ``owners`` (owner brackets of
State Council documents; units and duties of running text are not annotated, so it is scored as partial) and
``modelled`` (documents of our own). A figure may rise without a new baseline.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

from ingest.evaluation import evaluate, rows
from ingest.evaluation.report import counted
from tests.eval import modelled

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(__file__).with_name("baseline.json")
TOLERATED = 0.005
RECALL_ONLY = frozenset({"TARGETS", "laws", "targets", "results"})
"""Rows whose gold is not exhaustive: a precision would count what nobody annotated."""
SHOWN = ("gold", "precision", "recall", "f1")

Row: TypeAlias = dict[str, int | float]
Figures: TypeAlias = dict[str, dict[str, Row]]
"""Set → row → how many are annotated, precision, recall, F1 (recall alone where the gold is not exhaustive)."""


def measure(shared: Path) -> Figures:
    """The figures of this code on the texts in ``shared``."""
    found = {
        "gold": rows(evaluate(shared / "gold", shared / "seeds")),
        "owners": rows(evaluate(shared / "gold" / "owners", shared / "corpus" / "real", partial=True)),
        "modelled": {
            name: counted(counts)
            for name, counts in modelled.score(modelled.documents(shared / "corpus" / "modelled")).items()
        },
    }
    return {
        name: {row: {key: figures[key] for key in _shown(row)} for row, figures in listed.items()}
        for name, listed in found.items()
    }


def _shown(row: str) -> tuple[str, ...]:
    return ("gold", "recall") if row in RECALL_ONLY else SHOWN


def held(row: Row) -> float:
    """The figure that counts: F1, or recall where there is no more."""
    return row.get("f1", row["recall"])


def drops(before: Figures, now: Figures) -> list[str]:
    """A sentence for each row that fell by more than ``TOLERATED``, or that can no longer be compared."""
    found = []
    for name, listed in before.items():
        for row, was in listed.items():
            new = now.get(name, {}).get(row)
            if new is None or new["gold"] != was["gold"]:
                found.append(f"{name}, {row}: the gold is another one; run `make quality`")
            elif held(new) < held(was) - TOLERATED:
                found.append(f"{name}, {row}: {held(new):.4f}, was {held(was):.4f}")
    return found


def read() -> Figures:
    """The committed baseline."""
    figures: Figures = json.loads(FILE.read_text(encoding="utf-8"))
    return figures


def written(figures: Figures) -> str:
    """The file's text: a row a line, so that a change shows as what it is."""
    sets = []
    for name, listed in figures.items():
        lines = ",\n".join(f"    {json.dumps(row)}: {json.dumps(listed[row])}" for row in sorted(listed))
        sets.append(f"  {json.dumps(name)}: {{\n{lines}\n  }}")
    return "{\n" + ",\n".join(sets) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(written(measure(ROOT.parent / "shared")), encoding="utf-8")
