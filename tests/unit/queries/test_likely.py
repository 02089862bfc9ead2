"""What is left of a question without its names, how it is weighed, and where a name is part of another one."""

from __future__ import annotations

import pytest

from queries.catalog import load_catalog
from queries.questions.frames import UNKNOWN, asks_for_other, features, frame
from queries.questions.surroundings import Mention, Surroundings
from queries.questions.understand import said_beside
from queries.questions.weights import NONE, Weights, weights

CATALOG = load_catalog()


def _mention(text: str, name: str, label: str, exact: bool = True) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), frozenset({label}), exact)


def test_a_frame_has_signs_for_names_years_and_numbers() -> None:
    """Two questions with other names are the same question."""
    text = "望岭县2024年的“一盔一带”由哪3个单位负责"
    named = [_mention(text, "望岭县", "Region"), _mention(text, "一盔一带", "Campaign")]
    assert frame(text, named) == "ⓁⓎ的Ⓒ由哪Ⓝ个单位负责"


def test_what_is_quoted_and_unknown_has_a_sign_of_its_own() -> None:
    """“护苗暖春” is a name nobody knows; “执行” is a word people ask with."""
    assert UNKNOWN in frame("“护苗暖春”由谁负责", [])
    assert UNKNOWN not in frame("角色为“执行”的任务", [])


@pytest.mark.parametrize("text", ["Ⓤ的联系方式", "Ⓒ的经费", "what is the budget of Ⓒ", "Ⓓ为什么这么定"])
def test_what_the_graph_does_not_hold_is_heard(text: str) -> None:
    """Money, telephone numbers, reasons."""
    assert asks_for_other(text)


def test_features_are_words_pairs_triples_classes_signs_and_cues() -> None:
    """The words themselves, and what is known of them."""
    found = features("Ⓒ由谁负责", CATALOG)
    assert {"负", "负责", "由谁负", "<who>", "<duty>", "#Ⓒ1", "cue:units-owning-task:0"} <= found.keys()
    assert "#none" in features("who leads what", CATALOG)


def test_shares_are_of_those_that_can_be_asked() -> None:
    """Together 1; a query that is not able has none; what is added counts."""
    known = Weights((NONE, "a", "b"), {"x": (0, 32, 16), "#bias": (0, 0, 0)}, 1 / 16)
    shares = known.shares({"x": 1.0, "unheard": 1.0}, {NONE: 0.0, "b": 0.0})
    assert set(shares) == {NONE, "b"}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["b"] > 0.5
    assert known.shares({"x": 1.0}, {NONE: 0.0, "b": -9.0})[NONE] > 0.9


def test_the_packaged_weights_know_every_query() -> None:
    """Each query of the catalog, and none."""
    assert set(weights().queries) == {NONE, *(definition.name for definition in CATALOG)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("松阜市公安局印发过什么", "市公安局"),
        ("青岚交警大队的任务", "交警大队"),
        ("交警支队女子骑警中队的任务", "交警支队"),
        ("《星河市公安局工作要点》的目标", "公安局"),
    ],
)
def test_part_of_an_unknown_name_is_no_name(text: str, name: str) -> None:
    """What stands before or behind makes it another body."""
    assert Surroundings(text, [_mention(text, name, "Unit")]).known() == []


@pytest.mark.parametrize("text", ["请提供县教育局的任务", "县教育局下设机构", "任务：县教育局"])
def test_words_people_ask_with_are_no_part_of_a_name(text: str) -> None:
    """Nor is a mark."""
    assert len(Surroundings(text, [_mention(text, "县教育局", "Unit")]).known()) == 1


@pytest.mark.parametrize(
    ("query", "text", "said"),
    [
        ("plan-versus-outcome", "哪些指标已经如数完成", {"verdict": "met"}),
        ("plan-versus-outcome", "哪些目标没有按时完成", {"verdict": "missed"}),
        ("tasks-of-unit", "任务，不计上级继承的", {"inherited": False}),
        ("tasks-of-unit", "任务，连同继承来的", {"inherited": True}),
    ],
)
def test_a_word_with_a_gap_says_a_value(query: str, text: str, said: dict[str, object]) -> None:
    """已…完成 with something between, but not what takes it back."""
    assert said_beside(CATALOG.get(query), text) == said
