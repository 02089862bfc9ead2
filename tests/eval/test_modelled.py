"""The traps of the modelled documents, each a promise about the form it stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.modelled import Document, documents, held

pytestmark = pytest.mark.unmeasured


@pytest.fixture(scope="module")
def read(shared: Path) -> dict[str, Document]:
    return {d.name[:3]: d for d in documents(shared / "corpus" / "modelled")}


def owners(document: Document, relation: str, words: str) -> set[str]:
    """Owners by one relation of the task whose title holds ``words``."""
    return {link.head.text for link in document.read.links if link.rel == relation and words in link.tail.text}


def test_a_label_stands_for_the_text_that_holds_its_characters_in_order() -> None:
    """Quotes and blanks do not matter; order does."""
    assert held("清理僵尸车", "清理 “僵尸车”，做到发现一辆") == 1
    assert held("车尸僵", "僵尸车") == pytest.approx(1 / 3)


def test_order_of_owners_is_a_rule_until_the_end_once_declared(read: dict[str, Document]) -> None:
    """列第一位的为牵头单位，下同."""
    assert owners(read["d01"], "LEADS", "一老一小") == {"县教育和体育局"}
    assert owners(read["d01"], "COOPERATES", "一老一小") == {"县公安局交警大队", "县民政局"}


def test_the_order_rule_may_stand_after_the_table(read: dict[str, Document]) -> None:
    assert owners(read["d04"], "LEADS", "工业园区") == {"园区管委会"}
    assert owners(read["d04"], "COOPERATES", "工业园区") == {"东屿交警大队", "区综合行政执法局"}


def test_page_furniture_is_no_content(read: dict[str, Document]) -> None:
    """Footer, navigation and links to other pages give no spans but names of the header."""
    first = read["d01"]
    footer = first.read.text.index("扫一扫")
    assert [m.text for m in first.read.mentions if m.start >= footer] == []
    last = read["d05"]
    links = last.read.text.index("下一篇")
    assert [m.text for m in last.read.mentions if m.start >= links] == []


def test_helping_a_body_makes_it_the_lead(read: dict[str, Document]) -> None:
    """配合X, 协助X: X leads, the subject cooperates."""
    assert owners(read["d02"], "LEADS", "大吨小标") == {"市场监管部门"}
    assert owners(read["d07"], "COOPERATES", "做好校车驾驶人资格审查") == {"教育部门"}


def test_short_names_the_document_defines_are_the_long_ones(read: dict[str, Document]) -> None:
    """（以下简称市住建局）; 渣土车 in brackets after 工程运输车."""
    names = {m.text: m.name for m in read["d03"].read.mentions}
    assert names["市住建局"] == names["市住房城乡建设局"]
    assert names["渣土车"] == names["工程运输车"]


def test_a_deadline_takes_its_year_from_the_campaign(read: dict[str, Document]) -> None:
    """8月底前."""
    (task,) = (m for m in read["d03"].mentions("Task") if "统一编号" in m.text)
    assert task.attributes["deadline"] == "2024-08-31"


def test_results_are_no_targets(read: dict[str, Document]) -> None:
    """What was done is a result, what is planned in the same document a target."""
    kinds = {m.text: m.attributes["kind"] for m in read["d05"].mentions("Indicator")}
    assert {text for text, kind in kinds.items() if kind != "result"} == {"达标率80%", "卡口视频120路"}


def test_each_change_goes_to_its_own_figure(read: dict[str, Document]) -> None:
    """分别下降8.2%和21.4%."""
    changes = {m.text: m.attributes.get("change") for m in read["d05"].mentions("Indicator")}
    assert changes["死亡11人"] == -21.4
    assert changes["接报道路交通事故**起"] == -8.2


def test_covered_numbers_are_unknown_and_not_zero(read: dict[str, Document]) -> None:
    values = {m.text: m.attributes.get("value") for m in read["d05"].mentions("Indicator")}
    assert values["查处酒驾XXX起"] is None
    assert values["接报道路交通事故**起"] is None


def test_full_width_figures_are_figures(read: dict[str, Document]) -> None:
    """Number, date and percentage."""
    notice = read["d06"]
    assert notice.read.profile.number == "禾公通〔2024〕27号"
    assert notice.read.profile.issued_on == "2024-06-06"
    assert 10.0 in [m.attributes.get("value") for m in notice.mentions("Indicator")]


def test_phases_are_no_campaigns(read: dict[str, Document]) -> None:
    """动员部署, 集中整治, 总结巩固."""
    assert {m.name for m in read["d06"].mentions("Campaign")} == {"夏季道路交通安全百日会战"}


def test_the_seat_of_an_office_owns_nothing(read: dict[str, Document]) -> None:
    """领导小组办公室设在交警大队秩序中队."""
    heads = {link.head.text for link in read["d06"].read.links if link.rel in {"LEADS", "COOPERATES", "EXECUTES"}}
    assert not any("秩序中队" in head for head in heads)


def test_a_heading_can_be_the_owner(read: dict[str, Document]) -> None:
    """（一）公安部门, its duties beneath."""
    assert owners(read["d07"], "LEADS", "通行秩序管理") == {"公安部门"}


def test_joint_responsibility_has_two_leads(read: dict[str, Document]) -> None:
    """A与B共同负责."""
    assert owners(read["d08"], "LEADS", "高峰时段调度") == {"指挥中心", "秩序管理科"}


def test_who_guides_others_keeps_the_duty(read: dict[str, Document]) -> None:
    """指导各大队优化信号配时."""
    assert owners(read["d08"], "LEADS", "优化信号配时") == {"秩序管理科"}


def test_background_and_ages_are_no_targets(read: dict[str, Document]) -> None:
    """占比达四成 of last year; 12至16周岁."""
    texts = [m.text for m in read["d09"].mentions("Indicator", "Period")]
    assert not any("四成" in text or "周岁" in text for text in texts)
