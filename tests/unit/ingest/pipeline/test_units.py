"""Names of public bodies, read by the grammar of suffixes. Places are fictitious."""

from __future__ import annotations

import pytest

from ingest.pipeline.unit_find import find_units
from tests.unit.ingest.pipeline.reading import names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由云岭县公安局交通警察大队负责", ["云岭县公安局交通警察大队"]),
        ("县住房和城乡建设局会同县综合行政执法局检查", ["县住房和城乡建设局", "县综合行政执法局"]),
        ("市、县两级交安委要定期会商", ["市、县两级交安委"]),
        ("各县（市、区）人民政府要落实责任", ["各县（市、区）人民政府"]),
        ("各县(市、区)道安办每月通报", ["各县(市、区)道安办"]),
        ("乡（镇）人民政府设立劝导站", ["乡（镇）人民政府"]),
        ("省道安委部署,市安委会办公室督办", ["省道安委", "市安委会办公室"]),
        ("石桥镇人民政府、街道办事处配合", ["石桥镇人民政府", "街道办事处"]),
        ("长沙交警支队通报", ["长沙交警支队"]),
        ("第三大队、直属中队到岗", ["第三大队", "直属中队"]),
        ("湖南省岳阳市公安局印发", ["湖南省岳阳市公安局"]),
        ("市委宣传部、县委政法委参加", ["市委宣传部", "县委政法委"]),
        ("云岭县人民政府办公室印发通知", ["云岭县人民政府办公室"]),
        ("县非机动车辆管理所登记", ["县非机动车辆管理所"]),
        ("秩序管理科、宣传科和纪检监察室参与", ["秩序管理科", "宣传科", "纪检监察室"]),
    ],
)
def test_a_body_is_named_whole(text: str, expected: list[str]) -> None:
    """Places, levels and stems before the suffix belong to the name; both widths of punctuation read alike."""
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支队长讲话", []),
        ("大队大队长带班", ["大队"]),
        ("支队长期坚持夜查", ["支队"]),
        ("以人民为中心,打开工作局面", []),
        ("理论中心组学习六次", []),
        ("公安部署了任务", []),
        ("教育部门和财政部", ["教育部门", "财政部"]),
        ("督办、举办、承办有关活动", []),
        ("健全市乡人民政府责任体系", ["市乡人民政府"]),
        ("支队和县委联合检查", ["支队", "县委"]),
        ("全部清零、干部带头、内部通报", []),
        ("事故处理、治安管理处罚", []),
        ("社区、城区、超市周边", []),
    ],
)
def test_words_that_only_look_like_bodies_are_none(text: str, expected: list[str]) -> None:
    """A suffix without its stem, a post (支队长) or a longer word is no body."""
    assert names(text) == expected


@pytest.mark.parametrize("pattern", ["会同{}、{}等部门治理", "配合{}和{}部门开展检查", "协同{}、{}等有关单位"])
def test_a_shared_head_gives_each_part(pattern: str) -> None:
    """工业和信息化、市场监管等部门 are two bodies, named by what is written of them."""
    found = [
        span for span in find_units(pattern.format("工业和信息化", "市场监管")) if span.text[:2] in ("工业", "市场")
    ]
    assert [span.text.removesuffix("部门") for span in found] == ["工业和信息化", "市场监管"]
    assert all((span.canonical or span.text).endswith("部门") for span in found)


def test_a_counted_head_is_shared_too() -> None:
    assert names("公安、交通运输、市场监管三部门联合执法") == ["公安", "交通运输", "市场监管"]


def test_roles_stand_for_bodies() -> None:
    """省厅, 部局, 市局, 支队 and 我局 are read as roles, with the level they stand for."""
    found = {span.text: span for span in find_units("按照省厅、部局要求,市局督导,支队牵头,我局配合")}
    assert {"省厅", "部局", "市局", "支队", "我局"} == set(found)
    assert (found["省厅"].rank, found["支队"].rank, found["支队"].rule) == ("省", "市", "unit.role")


def test_national_bodies_by_full_and_short_name() -> None:
    """A short name of the State Council is the body's own unless a place stands before it."""
    found = {span.text: span for span in find_units("（发展改革委、市场监管总局负责；县统计局参加）")}
    assert found["发展改革委"].rule == "unit.body"
    assert found["县统计局"].level == "县"


def test_a_force_is_a_unit_only_where_it_acts() -> None:
    """公安交警 in a list of bodies acts; in 公安交警工作 it is an adjective."""
    assert names("整合公安交警、派出所力量") == ["公安交警", "派出所"]
    assert names("公安交管改革持续深化") == []
    assert names("汨罗交管工作要点") == ["汨罗交管"]


def test_a_proper_name_before_a_team_is_taken_when_it_stands_free() -> None:
    assert names("云溪大队、石桥大队到岗") == ["云溪大队", "石桥大队"]
    assert names("东屿区公安分局通报,东屿交警大队落实")[1] == "东屿交警大队"


def test_working_groups_keep_the_verbs_of_their_names() -> None:
    """Only hard verbs (成立, 由) cut the name of a group."""
    assert names("成立道路隐患集中整治行动领导小组") == ["道路隐患集中整治行动领导小组"]


def test_redacted_units_are_marked() -> None:
    """X县交警大队 and XX市公安局 are bodies whose place is hidden."""
    found = find_units("X县交警大队向XX市公安局报告")
    assert [(s.text, s.redacted) for s in found] == [("X县交警大队", True), ("XX市公安局", True)]


def test_classes_of_bodies_are_generic() -> None:
    """部门, 各…, 机关 name a class; a bureau of a place does not."""
    found = {s.text: s.generic for s in find_units("公安部门、各派出所、上级公安机关和县公安局")}
    assert found == {"公安部门": True, "各派出所": True, "上级公安机关": True, "县公安局": False}


def test_collectives_own_tasks() -> None:
    """各乡镇（街道） and 各镇街 are owners without a suffix."""
    assert names("各乡镇（街道）要建台账") == ["各乡镇（街道）"]
    assert names("各市场主体") == []


def test_an_owner_list_takes_names_the_grammar_does_not_know() -> None:
    """In a label line an unknown item is a name, a vague one a class; times and notes are neither."""
    found = {s.text: s for s in find_units("县交运集团、各有关部门、公路养护段，6月底前完成", listed=True)}
    assert {"各有关部门", "公路养护段"} <= set(found)
    assert found["各有关部门"].generic
    assert found["公路养护段"].rule == "unit.listed"
    assert not any("6月" in text for text in found)


def test_offsets_are_of_the_whole_text() -> None:
    """A stretch is read within its bounds, and spans index the whole text."""
    text = "甲：县教育局；乙：县财政局。"
    found = find_units(text, 7, len(text))
    assert [(s.text, text[s.start : s.end]) for s in found] == [("县财政局", "县财政局")]


def test_kinds_follow_the_stems() -> None:
    """Fire fighters are no police, a committee of the field coordinates."""
    kinds = {s.text: s.kind for s in find_units("县消防救援大队、县公安局交警大队、县道安委、县委、县教育局")}
    assert kinds == {
        "县消防救援大队": "department",
        "县公安局交警大队": "police",
        "县道安委": "coordination_body",
        "县委": "party",
        "县教育局": "department",
    }


def test_a_resident_group_is_one_body_with_the_one_it_sits_in() -> None:
    """市纪委监委驻市公安局纪检监察组 is the group, not two bodies."""
    assert names("配合市纪委监委驻市公安局纪检监察组做好监督") == ["市纪委监委驻市公安局纪检监察组"]


def test_a_name_never_reaches_back_over_a_line_break() -> None:
    """What ends the line before is no part of the name."""
    assert names("机关各股室负责人\n领导小组下设办公室") == ["领导小组"]


def test_numbered_squads_are_names() -> None:
    """一中队, 二中队: the number belongs to the name."""
    assert names("一中队负责北线，二中队负责南线") == ["一中队", "二中队"]
