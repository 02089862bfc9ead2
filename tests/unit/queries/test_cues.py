"""A question is words of a query around names, whatever their order; what a cue says wrongly is an error."""

from __future__ import annotations

import pytest

from graph.errors import CatalogError
from queries.catalog import load_catalog, parse
from queries.questions import times
from queries.questions.cues import parse_cue
from queries.questions.layouts import layouts
from queries.questions.vocabulary import FILLER, REFUSED, Tokens, WordList, vocabulary
from tests.unit.queries.test_catalog import BODY, HEADER

WORDS = WordList(["养护", "late"])


def _names(text: str, cue: str, names: int = 1) -> list[tuple[str, ...]]:
    found = layouts(Tokens(text, WORDS), parse_cue(cue), {}, names)
    return [tuple(text[start:end] for start, end in layout.names) for layout in found]


@pytest.mark.parametrize(
    "text", ["谁养护桥梁", "桥梁谁养护", "桥梁的养护是谁", "请问桥梁到底由谁来养护呢", "桥梁，谁在养护？"]
)
def test_words_may_come_in_any_order(text: str) -> None:
    """Fillers and punctuation do not matter; what is left is the name."""
    assert ("桥梁",) in _names(text, "<who> + 养护")


@pytest.mark.parametrize("text", ["桥梁养护", "谁管桥梁", "谁", "养护谁"])
def test_every_group_must_be_heard_around_a_name(text: str) -> None:
    """A group that is missing, or no name at all: no layout."""
    assert _names(text, "<who> + 养护") == []


def test_a_word_no_cue_knows_stays_in_the_name() -> None:
    """经费 is not explained, so it must be part of what is looked up."""
    assert _names("桥梁经费谁养护", "<who> + 养护") == [("桥梁经费",)]


def test_a_longer_word_is_not_taken_apart() -> None:
    """什么时候 is no 什么; but 出现在 is 出现 and 在."""
    words = [word.text for word in Tokens("什么时候出现在", WORDS).words]
    assert "什么" not in words
    assert {"出现", "在"} <= set(words)


def test_english_words_stand_alone() -> None:
    """No 'late' in 'plates'."""
    assert [word.text for word in Tokens("plates late", WORDS).words] == ["late"]


def test_a_name_goes_on_to_the_end_of_a_title() -> None:
    """望岭县2024年工作要点 is not asked of 望岭县, nor of a year."""
    found = _names("望岭县2024年工作要点的养护", "养护")
    assert ("望岭县2024年工作要点",) in found
    assert ("望岭县",) not in found
    assert _names("2024年养护", "养护") == []


def test_two_names_stand_apart() -> None:
    """A word or a mark is between them."""
    assert ("甲桥", "乙路") in _names("甲桥和乙路养护", "养护", names=2)
    assert _names("甲桥乙路养护", "养护", names=2) == []


def test_words_for_values_set_the_parameter() -> None:
    """牵头 says role=LEADS, and may be what a cue waits for."""
    values = {"养护": ("role", "LEADS")}
    (found,) = layouts(Tokens("桥梁谁养护", WORDS), parse_cue("<who> + =role"), values, 1)
    assert found.values == frozenset({("role", "LEADS")})


@pytest.mark.parametrize("line", ["<nothing>", "[<who>]", "a + ", "{unit}", "<filler>", "<who> + {a} b"])
def test_a_wrong_cue_is_an_error(line: str) -> None:
    """Unknown class, nothing required, an empty group."""
    with pytest.raises(ValueError, match="cue"):
        parse_cue(line)


@pytest.mark.parametrize(
    ("added", "line", "reason"),
    [
        ("// cues: ['<nothing> + x']\n", 1, "no class <nothing>"),
        ("// cues: ['{year} + <who>']\n", 1, "no search or id parameters"),
        ("// cues: ['=year + <who>']\n", 1, "no parameters with words"),
    ],
)
def test_a_query_file_with_a_wrong_cue_is_refused(added: str, line: int, reason: str) -> None:
    """With file, line and reason."""
    with pytest.raises(CatalogError, match=reason) as caught:
        parse(HEADER.replace("// params", added + "// params") + BODY, "sample.cypher")
    assert caught.value.data["line"] == line


def test_words_belong_to_values_that_exist() -> None:
    """A parameter without values has no words for them."""
    with pytest.raises(CatalogError, match="no value"):
        parse(HEADER.replace("type: integer,", "type: integer, words: {LEADS: [牵头]},") + BODY, "sample.cypher")


def test_every_query_can_be_asked_without_a_pattern() -> None:
    """Each packaged query has cues, and each class of the vocabulary is used."""
    catalog = load_catalog()
    assert [d.name for d in catalog if not d.cues] == []
    used = " ".join(line for d in catalog for line in d.cues)
    assert [name for name in vocabulary().names - {FILLER, *REFUSED} if f"<{name}>" not in used] == []


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("24年谁管校车", {"year": 2024}),
        ("2024年下半年的任务", {"since": "2024-07-01", "until": "2024-12-31"}),
        ("2024年第一季度的任务", {"since": "2024-01-01", "until": "2024-03-31"}),
        ("due in July 2022", {"since": "2022-07-01", "until": "2022-07-31"}),
        ("2024年2月到期的任务", {"since": "2024-02-01", "until": "2024-02-29"}),
        ("按2024年6月30号有效的文件谁管校车", {"as_of": "2024-06-30"}),
        ("tasks in 2023", {"year": 2023}),
        ("2024年6月1日至9月30日的日历", {"since": "2024-06-01", "until": "2024-09-30"}),
        ("2024年11月1日至2月28日的日历", {"since": "2024-11-01", "until": "2025-02-28"}),
        ("2024年7月到12月的任务", {"since": "2024-07-01", "until": "2024-12-31"}),
        ("截至2024年12月31日到期的", {"until": "2024-12-31"}),
        ("2024年7月1日起的节点", {"since": "2024-07-01"}),
        ("between 1 September and 31 December 2024", {"since": "2024-09-01", "until": "2024-12-31"}),
        ("as of June 30, 2024", {"as_of": "2024-06-30"}),
    ],
)
def test_times_become_parameters(text: str, filters: dict[str, object]) -> None:
    """Years, halves, quarters, months and days; the question is also read with the time left in."""
    read = list(times.readings(times.full_years(text)))
    assert read[0][0] == {}
    assert filters in [found for found, _ in read]


@pytest.mark.parametrize("text", ["三年行动谁管", "2024年13月的任务", "2024年2月31日的任务", "1年级", "每年1次"])
def test_what_is_no_time_is_left_alone(text: str) -> None:
    """No month 13, no 31st of February, no school year."""
    found = [key for filters, _ in times.readings(times.full_years(text)) for key in filters]
    assert "as_of" not in found
    assert "2001" not in str(found)


def test_two_years_of_one_description() -> None:
    """What is said once holds for both years; one year, or the same twice, is no pair."""
    assert times.pair_of_years("望岭2023年和2024年的要点比") == ((2023, 2024), "望岭  要点比")
    assert times.pair_of_years("望岭2023年要点") is None
    assert times.pair_of_years("2023年和2023年") is None
