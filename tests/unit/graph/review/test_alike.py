"""Names that are nearly alike: what is proposed as one, and what never is."""

from __future__ import annotations

import pytest

from graph.review.alike import MOST, Named, alike, apart, relative


def node(id_: str, name: str, at: str = "", *aliases: str, degree: int = 1) -> Named:
    return Named(id_, name, (name, *aliases), degree, at)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (node("a", "交通运输综合执法局"), node("b", "交通运输综合行政执法局")),
        (node("a", "甲县教育和体育局", "甲县"), node("b", "甲县教育体育局", "乙市/甲县")),
        (node("a", "县应急管理局", "甲县"), node("b", "乙市甲县应急管理局", "乙市/甲县")),
        (node("a", "春茶护航行动"), node("b", "春茶护航整治行动")),
    ],
)
def test_one_thing_under_two_spellings_is_proposed(one: Named, other: Named) -> None:
    assert [(pair.one.id, pair.other.id) for pair in alike([other, one])] == [("a", "b")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (node("a", "城市管理局"), node("b", "城乡管理局")),
        (node("a", "直属第一交警大队"), node("b", "直属第二交警大队")),
        (node("a", "平安春运2023行动"), node("b", "平安春运2024行动")),
        (node("a", "高速公路东线管理站"), node("b", "高速公路西线管理站")),
        (node("a", "甲县教育和体育局", "乙市/甲县"), node("b", "甲县教育体育局", "丙市/甲县")),
        (node("a", "春茶护航行动", "", "春茶护航整治行动"), node("b", "春茶护航整治行动")),
        (node("a", "一局"), node("b", "局")),
        (node("a", "交通运输部"), node("b", "交通运输部门")),
        (node("a", "省交通运输主管部门"), node("b", "市交通运输主管部门")),
        (node("a", "各级人民政府"), node("b", "人民政府")),
        (node("a", "中华人民共和国公路法"), node("b", "中华人民共和国公路法实施条例")),
    ],
)
def test_what_is_told_apart_is_not_proposed(one: Named, other: Named) -> None:
    """Another word, number, direction or city; a pair that shares a name is another question; too short to say."""
    assert alike([one, other]) == []


def test_only_the_best_connected_are_compared() -> None:
    """Of more than MOST nodes the least connected ones wait; the order in which they come does not matter."""
    many = [node(f"n{i:04}", f"第{i}号站点", degree=5) for i in range(MOST - 1)]
    pair = [node("a", "春茶护航行动", degree=9), node("b", "春茶护航整治行动", degree=1)]
    assert alike([*many, *pair]) == []
    assert [p.one.id for p in alike([*pair, *many[1:]])] == ["a"]


def test_without_nodes_there_is_nothing_to_propose() -> None:
    assert alike([]) == []


def test_who_knows_less_of_a_place_may_mean_it() -> None:
    assert not apart("甲县", "乙市/甲县")
    assert not apart("", "")
    assert apart("", "甲县")
    assert apart("丙市/甲县", "乙市/甲县")
    assert apart("甲县", "乙市/大甲县")


@pytest.mark.parametrize("name", ["全市", "本省", "县", "县人民政府", "市公安局", "区交警大队"])
def test_a_name_that_means_another_place_in_every_document_is_relative(name: str) -> None:
    assert relative(name)


@pytest.mark.parametrize("name", ["甲县", "甲县人民政府", "市场监督管理局", "区域协作机制"])
def test_a_name_that_says_which_is_not(name: str) -> None:
    assert not relative(name)
