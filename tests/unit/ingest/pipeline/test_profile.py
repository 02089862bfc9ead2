"""zh_profile: kind, name, number, dates, issuer, place, recipients, short names, damage."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import item, read

BODY = "一、强化管控\n全力开展夜查行动，严查重点违法行为。\n"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("云岭县2024年道路交通安全工作要点", "plan"),
        ("云岭县交警大队2023年工作总结及2024年工作打算", "summary"),
        ("关于开展夏季交通整治的通知", "notice"),
        ("云岭县夏季整治实施方案", "notice"),
        ("云岭县人民政府办公室关于印发整治任务分工方案的通知", "assignment"),
        ("《云岭县骑行行动方案》政策解读", "interpretation"),
        ("云岭县停车管理办法（试行）", "regulation"),
    ],
)
def test_the_kind_is_in_the_title(title: str, kind: str) -> None:
    """The last title word decides; what a notice passes on decides over the notice."""
    assert read(f"{title}\n{BODY}").profile.kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("一、主要工作情况\n（一）夜查不断。全力开展夜查行动。\n", "summary"),
        ("一、部门职责\n（一）公安部门\n1.负责通行秩序管理。\n", "assignment"),
        ("一、下步打算\n（一）加强夜查。全力开展夜查行动。\n", "plan"),
        ("第一条 为了规范停车，制定本条例。\n第二条 适用于本市。\n第三条 自公布起施行。\n", "regulation"),
        ("序号\n整治内容\n责任单位\n1\n路口无灯\n县交通运输局\n", "assignment"),
        ("一、强化管控\n全力开展夜查行动。\n", "notice"),
        ("全力开展夜查行动，取得良好成效。", ""),
        ("铁军护平安\n云岭日报记者张三\n1. 打好攻坚战\n全力开展夜查行动。\n", "report"),
    ],
)
def test_without_a_telling_title_the_build_decides(text: str, kind: str) -> None:
    """Headings, articles, tables, reporters; "" when nothing tells."""
    assert read(text).profile.kind == kind


def test_the_signature_is_the_best_issuer_and_dates_the_document() -> None:
    """Signature over 发布机构 over title; its date over the page's."""
    text = (
        "发布机构: 云岭市公安局\n发布日期: 2022-01-09\n云岭市2021年交管工作总结\n"
        f"{BODY}云岭市公安交通管理局\n２０２２年１月８日\n"
    )
    profile = read(text).profile
    assert profile.issuer is not None
    assert profile.issuer.text == "云岭市公安交通管理局"
    assert profile.issued_on == "2022-01-08"
    assert profile.year == 2021


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (f"发布机构：县道路交通安全委员会办公室\n云岭县2024年工作要点\n{BODY}", "县道路交通安全委员会办公室"),
        (f"云岭县公安局交通警察大队2023年工作要点\n{BODY}", "云岭县公安局交通警察大队"),
        (f"云岭县任务分解表\n云岭县道路交通安全委员会办公室　2024年4月8日\n{BODY}", "云岭县道路交通安全委员会办公室"),
        (f"2024年上半年,X交警大队在县委领导下,全力压降事故,取得明显成效。\n{BODY}", "X交警大队"),
    ],
)
def test_other_places_of_an_issuer(text: str, issuer: str) -> None:
    """Header field, title, the line under the title, the first body that acts."""
    found = read(text).profile.issuer
    assert found is not None
    assert found.text == issuer


@pytest.mark.parametrize(
    "text",
    [
        f"关于云岭县公安局交警大队夜查情况的通报\n{BODY}",
        f"根据县公安局部署,现将有关事项明确如下。\n{BODY}",
        "夜查行动方案\n" + BODY,
    ],
)
def test_a_body_that_is_only_named_is_no_issuer(text: str) -> None:
    """After 关于, or as the source of an order, it did not issue the document."""
    assert read(text).profile.issuer is None


def test_a_known_place_has_its_path_and_an_unknown_one_stands_alone() -> None:
    """Jurisdiction from the province down through the region table."""
    assert read(f"汨罗市公安局交警大队2024年工作要点\n{BODY}").profile.jurisdiction == ("湖南省", "岳阳市", "汨罗市")
    assert read(f"云岭县2024年道路交通安全工作要点\n{BODY}").profile.jurisdiction == ("云岭县",)
    assert read(f"X县交警大队2024年工作要点\n{BODY}").profile.jurisdiction == ()


def test_number_recipients_and_period_of_a_notice() -> None:
    """The own 文号 in one form, recipients in order, the span the notice announces."""
    text = (
        "云公通[２０２４]２７号\n云岭县公安局关于开展夜查的通知\n各派出所，交警大队，局直有关单位：\n"
        f"决定自2024年6月10日至9月20日开展夜查，参照岭公发〔2020〕3号执行。\n{BODY}"
    )
    profile = read(text).profile
    assert profile.number == "云公通〔2024〕27号"
    assert profile.recipients == ("各派出所", "交警大队", "局直有关单位")
    assert (profile.period_start, profile.period_end) == ("2024-06-10", "2024-09-20")


def test_recipients_joined_by_one_mark_are_split_at_it() -> None:
    """Without a comma, 、 parts the recipients."""
    assert read(f"关于开展夜查的通知\n各派出所、交警大队：\n{BODY}").profile.recipients == ("各派出所", "交警大队")


def test_short_names_that_the_document_defines() -> None:
    """以下简称: of a body, of a document, with two short names."""
    text = item(
        "依据《云岭县夜查工作实施方案》（以下简称《实施方案》），县住房城乡建设局(以下简称“住建局”或“县住建局”)加强检查。"
    )
    assert read(text).profile.aliases["实施方案"] == "云岭县夜查工作实施方案"
    assert {"住建局", "县住建局"} <= set(read(text).profile.aliases)


def test_a_statute_is_dated_by_its_last_amendment() -> None:
    """The header lists adoption and amendments."""
    text = (
        "# 云岭市停车条例\n2016年12月28日 市人大常委会通过\n2021年12月3日 市人大常委会修正\n"
        "第一条 为了规范停车，制定本条例。\n第二条 适用于本市。\n第三条 自公布起施行。\n"
    )
    assert read(text).profile.issued_on == "2021-12-03"


def test_damage_is_named() -> None:
    """Redaction, hidden text, a break in mid-sentence, attachments that are not there."""
    assert read(f"X县交警大队工作总结\n{BODY}").profile.redacted
    text = item("全力开展夜查行动，严查重点违法行为，净化道路交通环境，确保辖区平安稳定，不断提升") + "附件：1.统计表\n"
    assert set(read(text).profile.damage) == {"truncated", "attachment_missing"}


def test_a_page_without_title_has_no_name() -> None:
    """Assembly names such a document by its file."""
    assert read("全力开展夜查行动，取得良好成效。").profile.name == ""
