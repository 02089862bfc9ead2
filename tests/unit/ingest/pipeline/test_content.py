"""Content links and plausibility."""

from __future__ import annotations

from tests.unit.ingest.pipeline.reading import item, read


def links(text: str, rel: str) -> set[tuple[str, str]]:
    return {(k.head.text, k.tail.text) for k in read(text).links if k.rel == rel}


def test_a_task_names_its_campaign_targets_means_and_rules() -> None:
    """CARRIES_OUT, TARGETS, USES and CITES from the sentence that says so."""
    text = item(
        "依托集成指挥平台，深化“一盔一带”安全守护行动，教育摩托车、电动自行车驾乘人员，落实《道路交通安全法》。"
    )
    task = "强化路面管控"
    assert links(text, "CARRIES_OUT") == {(task, "“一盔一带”安全守护行动")}
    assert {(task, "摩托车"), (task, "电动自行车")} <= links(text, "TARGETS")
    assert links(text, "CITES") == {(task, "道路交通安全法")}
    assert links(text, "USES")


def test_a_campaign_has_the_targets_of_its_sentence() -> None:
    """Classes after the name belong to it, up to the next campaign."""
    text = item("深化“一盔一带”安全守护行动，教育摩托车驾乘人员。")
    assert ("“一盔一带”安全守护行动", "摩托车") in links(text, "TARGETS")


def test_an_indicator_measures_what_stands_before_it() -> None:
    """In its own clause only; the task aims at it."""
    text = item("“两客一危”车辆检验率达到99%，校车、面包车报废率达到95%。")
    measured = links(text, "MEASURES")
    assert {tail for head, tail in measured if "检验率" in head} == {"两客一危"}
    assert {tail for head, tail in measured if "报废率" in head} == {"校车", "面包车"}
    assert {tail for head, tail in links(text, "AIMS_AT") if head == "强化路面管控"} == {head for head, _ in measured}


def test_a_part_above_its_whole_is_flagged_and_kept() -> None:
    """其中 more than the whole: suspicious with the reason, in mentions and links alike; a fitting part is not."""
    text = item("全年查处违法132万起。其中，查处酒驾274起；查处闯红灯2751万起。")
    found = {m.text: m.attributes for m in read(text).mentions if m.type == "Indicator"}
    flagged = {name for name, attributes in found.items() if attributes.get("suspicious")}
    assert len(flagged) == 1
    (name,) = flagged
    assert "2751万" in name
    assert "大于" in found[name]["suspicion"]
    assert all(k.tail.attributes.get("suspicious") for k in read(text).links if k.tail.text == name)
    assert any("不可信" in note for note in read(text).notes)


def test_parts_in_a_bracket_end_with_it() -> None:
    """(其中…) speaks of what stands before it only; rates are no parts of each other."""
    text = item("查处酒驾12起(其中醉驾5起),毒驾3起,大货车违法4625起。佩戴率达到70%,其中快递行业达到80%。")
    assert not any(m.attributes.get("suspicious") for m in read(text).mentions if m.type == "Indicator")


def test_what_could_not_be_read_is_said() -> None:
    """An empty file, a page without items, a document without issuer."""
    assert "文件没有文字" in read(" \n").notes
    assert any("没有读出编号条目" in note for note in read("全力开展夜查行动。").notes)
    assert any("没有读出任务" in note for note in read("一、总体要求\n全力开展夜查行动。\n").notes)
    assert any("没有读出发文单位" in note for note in read("一、强化夜查\n全力开展夜查行动。\n").notes)


def test_the_occasion_of_a_task_is_not_carried_out_by_it() -> None:
    """围绕 and 结合 a campaign: it is mentioned only; and 全县 is no target apart from the document's place."""
    text = item("结合“一盔一带”安全守护行动，对全县重点路段加强检查。")
    assert links(text, "CARRIES_OUT") == set()
    assert not {tail for _, tail in links(text, "TARGETS") if tail == "全县"}
