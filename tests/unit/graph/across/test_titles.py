"""Titles: spellings of one title meet, titles of two do not; what a title is about."""

from __future__ import annotations

import time

import pytest

from graph.across.titles import inner_title, known_as, number_of, subject_of, title_of, titles_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("澜川市公安局交通警察支队2024年工作要点", "2024年澜川市公安局交警支队工作要点"),
        ("禾丰县公安局关于印发《禾丰县2023年夜查方案》的通知", "禾丰县公安局关于印发〈禾丰县2023年夜查方案〉的通知"),
        ("《道路交通安全工作要点》（二〇二四年）", "道路交通安全工作要点(2024年)"),
        ("中华人民共和国道路交通安全法", "道路交通安全法"),
    ],
)
def test_spellings_of_one_title_are_one(one: str, other: str) -> None:
    first, second = title_of(one), title_of(other)
    assert first is not None
    assert second is not None
    assert first.key == second.key


def test_other_years_and_places_are_other_titles() -> None:
    names = ["澜川市2024年工作方案", "澜川市2023年工作方案", "禾丰县2024年工作方案"]
    assert len({title_of(name) for name in names}) == 3


def test_too_short_a_title_is_none() -> None:
    """《办法》 and 2024年 could be anything."""
    assert title_of("办法") is None
    assert title_of("2024年") is None


def test_a_notice_is_known_by_what_it_issues() -> None:
    name = "禾丰县公安局关于印发《禾丰县2024年夜查行动方案》的通知"
    assert inner_title(name) == "禾丰县2024年夜查行动方案"
    assert [title.key for title in titles_of(name)][1] == "2024:禾丰县夜查行动方案"
    assert inner_title("禾丰县2024年工作要点") == ""


def test_a_title_tells_whether_it_names_somebody() -> None:
    assert [title.named for title in titles_of("禾丰县2024年工作要点")] == [True]
    assert [title.named for title in titles_of("道路交通安全工作方案")] == [False]


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("禾丰县公安局交警大队2024年工作要点", ""),
        ("2024年禾丰县公安局交警大队道路交通管理工作要点", ""),
        ("禾丰县2024年道路交通安全重点任务责任分工方案", ""),
        ("禾丰县关于印发《禾丰县2024年“一盔一带”专项整治方案》的通知", "一盔一带"),
        ("澜川市公安局关于开展农村面包车整治的通知", "农村面包车整治"),
        ("望岭县2024年夏季夜查行动工作方案", "夏季夜查行动"),
    ],
)
def test_the_subject_is_what_years_places_and_kinds_leave(name: str, subject: str) -> None:
    assert subject_of(name) == subject


def test_numbers_are_one_form() -> None:
    assert number_of("禾公通[2024] 第030号") == number_of("禾公通〔2024〕30号") == "禾公通〔2024〕30号"
    assert number_of("2024年30号") == ""


def test_a_policy_is_known_by_titles_and_numbers() -> None:
    titles, numbers = known_as("禾丰县2024年工作方案", ["禾公通〔2024〕30号", "办法"])
    assert (titles, numbers) == ({"2024:禾丰县工作方案"}, {"禾公通〔2024〕30号"})


def test_a_hostile_title_takes_no_time() -> None:
    started = time.perf_counter()
    for name in ("印发" * 4000, "关于" + "县" * 8000, "《<" * 4000, "公安局" * 3000 + "的通知"):
        titles_of(name)
        subject_of(name)
    assert time.perf_counter() - started < 5
