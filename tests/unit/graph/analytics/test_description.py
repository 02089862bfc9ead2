"""Every analysis is described in both languages, and its rows are what is described."""

from __future__ import annotations

import pytest

from graph.analytics.description import described, descriptions
from graph.analytics.findings import FACTS
from graph.analytics.run import FUNCTIONS
from graph.errors import NotFound
from graph.ontology import ontology


def test_every_analysis_has_a_function_and_every_function_a_description() -> None:
    assert list(descriptions()) == list(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_analysis_reads_what_the_ontology_knows(name: str) -> None:
    needs, _ = FUNCTIONS[name]
    assert set(needs.labels) <= set(ontology().nodes)
    assert set(needs.types) <= set(ontology().relations)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_description_reads_in_both_languages(name: str) -> None:
    found = described(name)
    for said in (found.title, found.summary, found.method, *found.columns.values(), *found.figures.values()):
        assert any("\u4e00" <= c <= "\u9fff" for c in said.get("zh")), said
        assert not any("\u4e00" <= c <= "\u9fff" for c in said.get("en")), said
    assert [column.name for column in found.shown] == [*found.columns, FACTS]
    assert list(found.example) == [column.name for column in found.shown]
    assert [column.evidence for column in found.shown][-1]


def test_a_wrong_name_names_the_near_ones() -> None:
    with pytest.raises(NotFound) as refused:
        described("unit-laod")
    assert refused.value.data["near"] == ["unit-load"]
