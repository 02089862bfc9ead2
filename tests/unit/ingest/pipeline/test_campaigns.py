"""Campaigns: quoted and unquoted names, where they begin, and what is no campaign."""

from __future__ import annotations

import pytest

from ingest.pipeline.campaigns import name_parts
from tests.unit.ingest.pipeline.reading import found, item, read


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("持续推进“一盔一带”安全守护行动。", ["“一盔一带”安全守护行动"]),
        ("聚焦隐患清理“净路”工作。", ["隐患清理“净路”工作"]),
        ("开展货车、客车“双车”违法专项整治。", ["“双车”违法专项整治"]),
        ("部署开展农村公路交通安全专项整治行动。", ["农村公路交通安全专项整治行动"]),
        ("深入推进春季夜查统一行动。", ["春季夜查统一行动"]),
        ("组织宣讲“百千万”(进百城、进千镇、进万村)活动。", ["宣讲“百千万”(进百城、进千镇、进万村)活动"]),
        ("打好“安畅攻坚战”。", ["安畅攻坚战"]),
        ("落实“减量控大”。", ["减量控大"]),
        ("推进队伍教育整顿。", ["队伍教育整顿"]),
        ("开展摩托车、电瓶车交通违法专项整治行动。", ["摩托车、电瓶车交通违法专项整治行动"]),
        ("开展2024年云岭春风行动。", ["云岭春风行动"]),
    ],
)
def test_campaigns_begin_after_the_verb(body: str, expected: list[str]) -> None:
    """Quoted or not, verbs, dates and lists before the name stay outside; the head noun closes it."""
    assert found(body, "Campaign") == expected


@pytest.mark.parametrize(
    "body",
    [
        "开展专项整治,推动集中整治。",
        "工程运输车限行。",
        "停产停业整顿三天。",
        "及时进行动态监测。",
        "严格执行动火审批。",
        "开展重大活动保障。",
        "县发展改革局配合。",
        "增强“四个意识”。",
        "采取综合治理措施。",
        "推行“清单”工作法。",
        "按照《“净路”行动方案》执行。",
        "分三个阶段完成任务。",
    ],
)
def test_bare_heads_and_ordinary_words_are_none(body: str) -> None:
    """A head without a name, a head in another word, a slogan of principle: none is a campaign."""
    assert found(body, "Campaign") == []


@pytest.mark.parametrize(
    ("span", "quoted", "parts"),
    [
        ("交通乱象集中整治行动", "", ("交通乱象集中整治", "交通乱象", "整治")),
        ("“净路”专项行动", "净路", ("净路专项行动", "净路", "行动")),
        ("事故预防“减量控大”工作", "减量控大", ("减量控大", "减量控大", "")),
        ("“零违法”创建活动", "零违法", ("零违法创建活动", "零违法", "活动")),
        ("示范路创建工作", "", ("示范路创建", "示范路", "创建")),
        ("某某", "", ("某某", "某某", "")),
    ],
)
def test_canonical_names(span: str, quoted: str, parts: tuple[str, str, str]) -> None:
    """No quotes, and no 行动 or 工作 after a head that says it already; core and head family beside it."""
    assert name_parts(span, quoted) == parts


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("开展校车安全整治。", ["校车安全整治"]),
        ("推进非法改装整治。", ["非法改装整治"]),
        ("启动校车安全整治行动。", ["校车安全整治行动"]),
        ("部署农村道路安全整顿。", ["农村道路安全整顿"]),
        ("强化校车安全整治。", []),
        ("加大非法改装整治力度。", []),
        ("加强路面秩序整治工作。", []),
        ("做好农村道路安全整顿。", []),
    ],
)
def test_plain_work_is_a_campaign_only_where_it_is_carried_out(body: str, expected: list[str]) -> None:
    """整治 without 专项 or 行动 names one after 开展, 推进, 启动; after 强化 it says what is done."""
    assert found(body, "Campaign") == expected


def test_a_known_name_inside_a_longer_campaign_gives_way() -> None:
    mentions = [m for m in read(item("开展“一盔一带”专项整治。")).mentions if m.type == "Campaign"]
    assert [(m.text, m.name) for m in mentions] == [("“一盔一带”专项整治", "一盔一带专项整治")]


def test_numbered_slogans_stay_in_their_document() -> None:
    mentions = [m for m in read(item("开展“百千万”活动。")).mentions if m.type == "Campaign"]
    assert [m.attributes.get("scope") for m in mentions] == ["document"]


def test_campaigns_of_a_list_stand_apart() -> None:
    """“春雷行动”、夏季交通安全整治“百日行动” are two names: a quoted name that has its head does not go on over 、."""
    text = "先后组织开展“春雷行动”、夏季交通安全整治“百日行动”等专项整治。"
    assert [m.text for m in read(text).mentions if m.type == "Campaign"] == ["春雷行动", "夏季交通安全整治“百日行动”"]
