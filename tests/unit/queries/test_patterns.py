"""A question pattern fits the ways people write one question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.patterns import clean, compiled, match, normalise, rendered

OWNS = "{task}[这项|这个](由|归)[哪些|哪个][单位|部门](负责|管)"


@pytest.mark.parametrize(
    ("question", "slot"),
    [
        ("一盔一带由哪些单位负责", "一盔一带"),
        ("“一盔一带”由哪些单位负责？", "一盔一带"),
        ("请问一盔一带由哪些部门负责呢？", "一盔一带"),
        ("一盔一带归哪个单位管啊", "一盔一带"),
        ("  １０７国道 由哪些单位负责 ?", "107国道"),
        ("“一盔一带”安全守护行动由哪个单位负责", "“一盔一带”安全守护行动"),
        ("《道路交通安全法》这项由哪些单位负责。", "道路交通安全法"),
    ],
)
def test_a_question_is_recognised_however_it_is_written(question: str, slot: str) -> None:
    """Politeness, particles, width, quotes and options do not matter."""
    fit = match(OWNS, normalise(question))
    assert fit is not None
    assert fit[0] == {"task": slot}


def test_literal_text_decides_between_readings() -> None:
    """How much of the question the pattern itself explains."""
    fit = match(OWNS, "头盔由哪些单位负责")
    assert fit == ({"task": "头盔"}, 7)
    assert match(OWNS, "头盔多少钱") is None


def test_a_slot_of_quotes_only_is_no_slot() -> None:
    """An empty name names nothing."""
    assert match(OWNS, "“”由谁负责") is None
    assert match("{task}由谁负责", "“”由谁负责") is None


def test_english_patterns_ignore_case_and_blanks() -> None:
    """Which units own …"""
    fit = match("(which|what) units own {task}", normalise("Which  units OWN 一盔一带?"))
    assert fit is not None
    assert fit[0] == {"task": "一盔一带"}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("关于“头盔”的", "头盔"),
        ("(头盔)", "头盔"),
        ("”头盔", "头盔"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("'x", "'x"),
        ("", ""),
    ],
)
def test_a_slot_is_cleaned_without_breaking_names(text: str, cleaned: str) -> None:
    """Quotes go when they enclose the whole or have no partner."""
    assert clean(text) == cleaned


def test_a_pattern_renders_as_an_example_question() -> None:
    """Slots filled, first choices taken, options left out."""
    assert rendered(OWNS, {"task": "一盔一带"}) == "一盔一带由负责"
    assert rendered("which units own {task}", {"task": "x"}) == "which units own x"


@pytest.mark.parametrize("pattern", ["{task}(由", "由谁)负责", "{task}{task}", "{1x}"])
def test_wrong_notation_is_an_error(pattern: str) -> None:
    """Unbalanced groups and repeated slots."""
    with pytest.raises(ValueError, match="question pattern"):
        compiled(pattern)


@given(st.text(max_size=80))
def test_any_question_can_be_normalised(text: str) -> None:
    """Normalising ends, and twice is once."""
    once = normalise(text)
    assert normalise(once) == once


def test_a_pattern_may_end_in_a_particle() -> None:
    """The question loses its own before it is compared."""
    question = normalise("请问要点的目标都完成了吗？")
    assert match("{document}的目标都完成了吗", question) == ({"document": "要点"}, 7)
    assert match("{document}的目标都(完成|实现)(了吗|了没有)", question) is not None
