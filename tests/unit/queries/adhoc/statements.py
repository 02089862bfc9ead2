"""The statements of ``tests/data/adhoc``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).resolve().parents[3] / "data" / "adhoc"

Statement = tuple[str, dict[str, Any]]


def _statement(entry: str | dict[str, Any]) -> Statement:
    return (entry, {}) if isinstance(entry, str) else (entry["cypher"], entry["params"])


def listed(name: str) -> list[Statement]:
    """Statements and their parameters of a file that is one list."""
    return [_statement(entry) for entry in yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))]


def attacks() -> list[Statement]:
    """All statements that must be refused."""
    groups = yaml.safe_load((_FOLDER / "attacks.yaml").read_text(encoding="utf-8"))
    return [_statement(entry) for group in groups.values() for entry in group]


def shown(value: object) -> str:
    """A statement as the name of a test."""
    return " ".join(str(value).split())[:60] if isinstance(value, str) else ""
