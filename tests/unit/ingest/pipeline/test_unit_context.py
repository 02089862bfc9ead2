"""What stands around a name says which body it is: its list, the group before it, its short name. Own sentences."""

from __future__ import annotations

import spacy

from ingest.annotations import add, document
from ingest.extraction import Profile
from ingest.pipeline.setting import Setting
from ingest.pipeline.unit_context import units_in_context
from tests.unit.ingest.pipeline.reading import named

CITY = "澜川市公安局交警支队2024年工作要点\n一、强化路面管控\n1、严查违法。{}\n"
DISTRICT = "东屿区公安局交警大队2024年工作要点\n一、强化路面管控\n1、严查违法。{}\n"


def test_a_list_takes_the_level_of_its_first_body() -> None:
    """县教育局、财政局及水利局: all of the county; after a comma the document's own place holds again."""
    found = named(CITY.format("县教育局、财政局及水利局配合，公安局督导。"))
    assert (found["财政局"], found["水利局"]) == ("县财政局", "县水利局")
    assert found["公安局"] == "澜川市公安局"


def test_a_list_takes_the_place_of_its_first_body() -> None:
    """禾丰县教育局、县财政局 keep what they say of themselves."""
    found = named(CITY.format("由县教育局、区财政局和各乡镇配合。"))
    assert (found["区财政局"], found["各乡镇"]) == ("区财政局", "澜川市各乡镇")


def test_a_class_gives_no_level_to_what_follows_it() -> None:
    """各县教育局、财政局: a class of bodies is no place."""
    assert named(CITY.format("各县教育局、财政局配合。"))["财政局"] == "澜川市财政局"


def test_a_bare_group_is_the_one_named_before() -> None:
    """领导小组 and its office after a full name; before any, only itself."""
    found = named(DISTRICT.format("成立夜查整治行动领导小组，领导小组办公室设在大队，领导小组要定期研究。"))
    assert found["领导小组"] == "夜查整治行动领导小组"
    assert found["领导小组办公室"] == "夜查整治行动领导小组办公室"
    assert named(DISTRICT.format("领导小组要定期研究。"))["领导小组"] == "领导小组"


def test_a_short_name_is_the_body_it_was_given_to() -> None:
    """以下简称: the full name's body, wherever the short one stands."""
    found = named(DISTRICT.format("区城市管理综合行政执法局（以下简称“区执法局”）负责检查，区执法局每月通报。"))
    assert found["区执法局"] == found["区城市管理综合行政执法局"]


def test_an_office_as_heading_belongs_to_the_issuers_place() -> None:
    """宣传办 over its duties is a body, though no rule of names would take it in running text."""
    text = "东屿区公安局交警大队2024年工作要点\n一、部门职责\n宣传办主要任务\n1.负责宣传工作。\n"
    assert named(text)["宣传办"] == "东屿区宣传办"


def test_a_mention_that_no_grammar_read_is_itself() -> None:
    """Units that another component adds carry no parts: their name is what is written, known in this document only."""
    text = "甲方、县财政局"
    doc = document(spacy.blank("zh").vocab, text)
    doc._.sentences = [(0, len(text))]
    added = add(doc, "Unit", 0, 2, rule="own.rule")
    profile = Profile("", "notice", "", "", None, "", "", None, None, (), (), {}, (), False)
    ((mention, unit),) = units_in_context(doc, Setting(text, ()), profile)
    assert (mention, unit.name, unit.scope) == (added, "甲方", "document")
