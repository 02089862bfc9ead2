"""What the words around a figure say: its clause, its year, a run of years, a bound."""

from __future__ import annotations

import pytest

from graph.across.phrases import clauses_before, several_years, within_bound, year_stated


def test_a_figure_has_its_clause_and_the_one_before_of_its_sentence() -> None:
    text = "开展宣讲。每月讲一次课，（含夜校）全年不少于9场"
    assert clauses_before(text, text.index("不少于")) == ("全年", "含夜校")
    assert clauses_before(text, text.index("讲一次")) == ("每月", "")


@pytest.mark.parametrize(
    ("said", "earlier", "year"),
    [
        ("上年治理隐患30处", "", 2023),
        ("前年治理隐患30处", "", 2022),
        ("治理隐患30处", "2022年", 2022),
        ("今年治理隐患40处", "去年治理30处", 0),
        ("治理隐患40处", "去年治理30处", 0),
        ("治理隐患40处", "2024年", 0),
        ("较去年多治理40处", "", 0),
        ("整改去年遗留隐患40处", "", 0),
        ("到2025年底治理40处", "", 0),
    ],
)
def test_the_year_of_a_result_is_the_one_it_speaks_of(said: str, earlier: str, year: int) -> None:
    """Not one it is compared with, nor one that something is left over from."""
    assert year_stated(said, earlier, 2024) == year
    assert year_stated(said, earlier, 0) == 0


@pytest.mark.parametrize(
    ("said", "earlier", "several"),
    [
        ("近三年累计治理70处", "", True),
        ("治理70处", "近三年来", True),
        ("建成90个", "自2021年以来", True),
        ("2021年3月以来建成90个", "", True),
        ("2024年以来建成90个", "", False),
        ("累计建成90个", "", False),
        ("治理70处", "对三年来的事故点逐个过筛", False),
    ],
)
def test_a_run_of_years_is_told_from_a_year(said: str, earlier: str, several: bool) -> None:
    assert several_years(said, earlier, 2024) is several


def test_a_bound_stands_in_the_figure() -> None:
    text = "受伤人数增幅控制在5%以内，上牌率提高5%"
    assert within_bound(text, 0, text.index("以内"))
    assert not within_bound(text, text.index("上牌"), len(text))
