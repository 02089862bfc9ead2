"""Promises for any text at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.ids import text_sha256
from graph.models import check_document_graph
from ingest.assemble import assemble
from ingest.pipeline import annotated, extract

pytestmark = pytest.mark.unmeasured

GENRE = st.sampled_from(
    "~".join(
        [
            "一、~（一）~1.~1、~(1)~①~一是~二是~第三条␣~\n~\n\n\n~。~，~；~、~：~（~）",
            "牵头单位：~责任单位：~完成时限：~县公安局交警大队~县教育局~各乡镇人民政府~负责~牵头~配合~会同~由",
            "推动~2024年~6月底前~每季度~其中，~132万起~99%以上~“两客一危”~“一盔一带”安全守护行动",
            "《道路交通安全法》~序号\n~整治内容\n~责任单位\n~附件：~---此处隐藏9字,下载后查看---",
            "列第一位的为牵头单位，下同~（以下简称“会战”）~X县~\t~␣|␣~\u3000~首页␣>␣~上一篇",
            "二〇二四年六月六日",
        ]
    )
    .replace("␣", " ")
    .split("~")
)
"""Words that rules look for."""


def _check(text: str) -> None:
    found = extract(text)
    assert found.text == text
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text
    for link in found.links:
        assert 0 <= link.start < link.end <= len(text)
    for section in found.sections:
        assert 0 <= section.start < section.end <= section.body_end <= len(text)
    graph = assemble(found, "folder/any.txt", sha256=text_sha256(text))
    check_document_graph(graph)
    assert assemble(extract(text), "folder/any.txt", sha256=text_sha256(text)) == graph


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_unicode_text_gives_a_valid_graph(text: str) -> None:
    """Terminates, offsets hold, facts quote, and the same text gives the same graph; lone surrogates too."""
    _check(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(GENRE, max_size=60).map("".join))
def test_any_mixture_of_the_genre_gives_a_valid_graph(text: str) -> None:
    """The words that rules look for, in any order."""
    _check(text)


def test_every_reference_document_gives_a_valid_graph(shared: Path) -> None:
    """All seeds and the whole corpus: every fact quotes its text."""
    files = [*(shared / "seeds").glob("*.txt"), *(shared / "corpus").rglob("*.txt")]
    assert len(files) > 40
    for file in sorted(files):
        with file.open(encoding="utf-8", newline="") as handle:
            _check(handle.read())


def test_the_spans_are_published_on_the_doc() -> None:
    """spaCy users find every mention in doc.spans."""
    doc = annotated("云岭县公安局交警大队2024年工作要点\n一、强化夜查\n全力开展夜查行动。\n")
    assert [span.text for span in doc.spans["Task"]] == ["强化夜查"]
    assert doc.spans["Unit"][0].label_ == "Unit"
