"""A campaign is one by all names that its document has for it."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import item, read

NOTICE = "禾丰县公安局关于印发《禾丰县“护苗”专项整治行动工作方案》的通知\n各中队：\n{}\n禾丰县公安局\n2024年3月1日\n"


def campaigns(text: str) -> list[tuple[str, str]]:
    return [(m.text, m.name) for m in read(text).mentions if m.type == "Campaign"]


def test_the_title_names_the_campaign_it_issues() -> None:
    """Within 《》 of the document's own title; in a title that is only cited it belongs to the cited document."""
    assert campaigns(NOTICE.format("请抓好落实。")) == [("“护苗”专项整治行动", "护苗专项整治")]
    assert campaigns(item("落实《禾丰县“护苗”专项整治行动工作方案》。")) == []


@pytest.mark.parametrize("given", ["（以下简称“会战”）", "（以下简称会战）"])
def test_a_short_name_holds_from_its_definition_on(given: str) -> None:
    """Whether the name before it or the short name stands in quotes."""
    text = item(f"开展夏季道路交通安全“百日会战”{given}。各中队在会战期间每日上路。")
    assert {name for _, name in campaigns(text)} == {"夏季道路交通安全百日会战"}
    assert "会战" in dict(campaigns(text))


def test_a_quoted_core_alone_is_the_campaign_it_is_the_core_of() -> None:
    text = item("开展夏季道路交通安全“百日会战”。各中队把“百日会战”摆上位置。")
    assert dict(campaigns(text))["“百日会战”"[1:-1]] == "夏季道路交通安全百日会战"


def test_a_known_core_stays_what_it_is() -> None:
    """“一盔一带” beside one of its variants."""
    found = dict(campaigns(item("推进“一盔一带”安全守护行动。把“一盔一带”抓到底。")))
    assert set(found.values()) == {"一盔一带安全守护行动", "一盔一带"}


def test_a_name_without_its_quotes_is_the_same_campaign() -> None:
    text = item("开展“雷霆”夜查行动。各中队要把雷霆夜查行动摆上位置。")
    assert campaigns(text) == [("“雷霆”夜查行动", "雷霆夜查行动"), ("雷霆夜查行动", "雷霆夜查行动")]


def test_the_last_words_of_the_campaign_of_the_title_stand_for_it() -> None:
    """As the subject of a sentence; elsewhere a bare 整治行动 is no name."""
    found = campaigns(NOTICE.format("整治行动由县局统一领导。各中队开展整治行动。"))
    assert found == [("“护苗”专项整治行动", "护苗专项整治"), ("整治行动", "护苗专项整治")]
