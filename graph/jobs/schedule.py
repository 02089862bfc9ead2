"""When a failed attempt is repeated: a fixed schedule, so that it can be documented and tested."""

from __future__ import annotations

FIRST = 5.0
"""Seconds before the second attempt; each further wait is four times as long."""
LONGEST = 3600.0


def backoff(attempts: int) -> float:
    """Seconds to wait after ``attempts`` attempts: 5, 20, 80, 320, 1280, then an hour."""
    return min(FIRST * 4.0 ** min(attempts - 1, 10), LONGEST)
