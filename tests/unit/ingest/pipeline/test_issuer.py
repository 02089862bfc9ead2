"""The issuer where only the text tells: the body that acts in an opening sentence. Own sentences."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import read


def issuer(text: str) -> tuple[str, str] | None:
    """(name as written, where it is named) of the issuer."""
    profile = read(text).profile
    if profile.issuer is None or profile.issuer_basis is None:
        return None
    return profile.issuer.text, text[slice(*profile.issuer_basis)]


def test_the_body_that_acts_in_an_opening_sentence_issues() -> None:
    """Before any heading, where a subject stands; the sentence is the basis."""
    text = "近日，县教育局组织检查校车。\n一、登记校车。\n"
    assert issuer(text) == ("县教育局", "近日，县教育局组织检查校车。")


@pytest.mark.parametrize(
    "text",
    [
        "一、县教育局负责校车安全。\n二、县财政局负责经费。\n",
        "在县教育局指导下，各校组织检查。\n一、登记校车。\n",
        "根据县教育局要求，各校组织检查。\n一、登记校车。\n",
        "各有关部门组织检查。\n一、登记校车。\n",
        "各校组织检查。一、登记校车由县教育局负责。二、检查校车。\n",
    ],
)
def test_a_body_beneath_a_heading_or_named_as_basis_issues_nothing(text: str) -> None:
    """Nor does a class of bodies, nor one in a sentence that runs into a heading."""
    assert issuer(text) is None


def test_a_hidden_place_has_no_path() -> None:
    """X县 stands for no place that the table could fill."""
    profile = read("X县公安局交警大队工作要点\n一、登记校车。\n").profile
    assert profile.jurisdiction == ()
