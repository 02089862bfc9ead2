"""Teams, sub-bureaus and offices of the traffic police: one body each, whatever the issuer's paper calls it."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import read

BODY = "\n\n{}\n一、抓好预防\n（一）严管路面。{}\n\n"


def paper(issuer: str) -> str:
    return f"{issuer}2024年工作要点{BODY}{issuer}\n2024年1月5日\n"


COUNTY, CITY = paper("禾丰县公安局交通警察大队"), paper("澜川市公安局交警支队")
BRANCH = paper("衡泽市公安局东屿分局交通警察大队")
OPENING = "现提出如下工作要点。"


def meant(form: str, sentence: str) -> dict[str, str]:
    """Full name of every body of ``sentence`` in a paper of that issuer, by the words it is called by."""
    text = form.format(OPENING, sentence)
    start = text.index(sentence)
    return {
        m.text: m.canonical
        for m in read(text).mentions
        if m.type == "Unit" and start <= m.start < start + len(sentence)
    }


@pytest.mark.parametrize("written", ["秩序中队", "大队秩序中队", "交警大队秩序中队"])
def test_an_office_of_the_brigade_is_one_body(written: str) -> None:
    """With the brigade's name before it or without."""
    assert meant(COUNTY, f"由{written}牵头。") == {written: "禾丰县公安局交警大队秩序中队"}


def test_a_named_squadron_belongs_to_the_brigade() -> None:
    """城关中队 is the brigade's; 中队 alone is a class."""
    found = meant(COUNTY, "城关中队、大队城关中队负责城区，各中队配合。")
    assert found["城关中队"] == found["大队城关中队"] == "禾丰县公安局交警大队城关中队"


def test_the_vehicle_office_is_the_teams_by_every_name() -> None:
    """车管所, 大队车管所 and 县车管所."""
    found = meant(COUNTY, "车管所、大队车管所、县车管所负责登记。")
    assert set(found.values()) == {"禾丰县公安局交警大队车辆管理所"}


def test_parts_of_a_detachment_are_told_from_the_counties_brigades() -> None:
    """直属一大队 is the detachment's own; 禾丰交警大队 and 望岭交警大队 are two bodies beneath its city."""
    found = meant(CITY, "直属一大队、支队秩序管理科、支队办公室、禾丰交警大队、望岭交警大队负责落实。")
    assert found == {
        "直属一大队": "澜川市公安局交警支队直属一大队",
        "支队秩序管理科": "澜川市公安局交警支队秩序管理科",
        "支队办公室": "澜川市公安局交警支队办公室",
        "禾丰交警大队": "禾丰交警大队",
        "望岭交警大队": "望岭交警大队",
    }


@pytest.mark.parametrize("written", ["分局", "区公安分局", "衡泽市公安局东屿分局"])
def test_a_sub_bureau_is_one_body_in_its_brigades_paper(written: str) -> None:
    """The bureau above the brigade that issues the paper, not the city's."""
    assert meant(BRANCH, f"按照{written}部署开展夜查。") == {written: "衡泽市公安局东屿分局"}


@pytest.mark.parametrize("written", ["大队", "交警大队", "区交警大队", "东屿交警大队"])
def test_the_brigade_of_a_sub_bureau_is_itself_by_every_name(written: str) -> None:
    """Whatever its paper calls it."""
    assert meant(BRANCH, f"{written}要开展夜查。") == {written: "衡泽市公安局东屿分局交警大队"}


def test_a_citys_paper_that_speaks_of_its_own_squads_is_a_countys() -> None:
    """砚溪市 is no prefecture: its bureau has a brigade, so 大队宣传中队 is that brigade's."""
    text = "砚溪市公安局关于开展夜查的通知\n\n各派出所：\n大队宣传中队负责宣传。\n\n砚溪市公安局\n2024年2月1日\n"
    assert "砚溪市公安局交警大队宣传中队" in {m.canonical for m in read(text).mentions if m.type == "Unit"}


def test_a_masked_brigade_stands_beneath_a_masked_bureau() -> None:
    """县局 in a paper of X县交警大队 is X县公安局, and never leaves the document."""
    text = "2023年度工作总结\n\n报送单位：X县交警大队\n\n一年来，大队落实县局部署。\n\nX县交警大队\n2023年12月1日\n"
    found = {m.text: (m.canonical, m.attributes.get("scope")) for m in read(text).mentions if m.type == "Unit"}
    assert found["县局"] == ("X县公安局", "document")
    assert found["大队"] == ("X县交警大队", "document")


def test_the_party_committee_of_a_bureau_is_the_bureau() -> None:
    """县公安局党委 leads as the bureau does."""
    assert meant(COUNTY, "落实县公安局党委部署。") == {"县公安局党委": "禾丰县公安局"}


def test_an_unknown_place_after_a_verb_is_read_whole() -> None:
    """贯彻|澜川市公安局交警支队: the city is not this county's."""
    found = meant(COUNTY, "认真贯彻澜川市公安局交警支队部署。")
    assert found == {"澜川市公安局交警支队": "澜川市公安局交警支队"}
