"""How far a long run has come, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Called with (done, all)."""


def unseen(done: int, total: int) -> None:
    """Progress that nobody shows."""
