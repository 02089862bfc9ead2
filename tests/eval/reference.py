"""The shared gold with its scorer, and predictions in its format."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from ingest.assemble import to_jsonl
from ingest.pipeline import extract

DUTIES = frozenset({"LEADS", "COOPERATES", "EXECUTES", "ASSIGNS", "SUPERVISES"})
Lines = list[dict[str, Any]]
Prediction = tuple[Lines, Lines]
"""Spans and relations."""


def scorer(shared: Path) -> ModuleType:
    """``gold/score.py`` as a module."""
    spec = importlib.util.spec_from_file_location("gold_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(file: Path) -> Prediction:
    with file.open(encoding="utf-8", newline="") as handle:
        lines = list(to_jsonl(extract(handle.read())))
    return [x for x in lines if "rel" not in x], [x for x in lines if "rel" in x]


def gold_lines(file: Path) -> Lines:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def keep(gold: Path, folder: Path, wanted: Callable[[dict[str, Any]], bool]) -> Path:
    """A copy of a gold file with all its spans and only the relations ``wanted``."""
    target = folder / gold.name
    kept = [line for line in gold_lines(gold) if "rel" not in line or wanted(line)]
    target.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in kept), encoding="utf-8")
    return target


def total(counts: dict[str, list[int]]) -> tuple[int, int, int]:
    """True positives, false positives and misses over all relations."""
    sums = [sum(column) for column in zip(*counts.values(), strict=True)] if counts else [0, 0, 0]
    return sums[0], sums[1], sums[2]
