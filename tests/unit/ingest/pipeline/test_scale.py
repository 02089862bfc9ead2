"""No rule blows up: long runs of one thing are read in time that grows with their length."""

from __future__ import annotations

import time

import pytest

from ingest.pipeline import extract

LENGTH = 20_000
SECONDS = 30
"""Ten times what it takes on two slow cores; a quadratic rule needs minutes."""


@pytest.mark.parametrize(
    "piece", ["大队", "公安局", "1", "1、", "107、", "《", "“", "(", "百日", "整治", "每", "县", "、", "X", "K1+1"]
)
def test_long_runs_of_one_piece(piece: str) -> None:
    text = (piece * LENGTH)[:LENGTH]
    start = time.perf_counter()
    extract(text)
    assert time.perf_counter() - start < SECONDS
