"""Search text: folding, bigrams, pinyin initials, and queries no user input can break."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.text import (
    MAX_INITIALS,
    bigrams,
    compact,
    fold,
    fulltext_query,
    initials,
    pinyin,
    query_terms,
    quoted_cores,
    search_field,
    terms,
)


def test_width_and_case_are_folded() -> None:
    assert fold("１０７国道ＡＢ") == "107国道ab"
    assert compact("“一盔 一带”·行动") == compact("一盔一带行动")


def test_han_runs_become_bigrams_and_latin_words_stay_whole() -> None:
    assert terms("G107国道和C1驾照") == ["g107", "国道", "道和", "c1", "驾照"]
    assert bigrams("盔") == ["盔"]
    assert terms("𠮷野家") == ["𠮷野", "野家"]


def test_initials_with_prefixes_of_the_name_and_of_its_quoted_core() -> None:
    """ykyd finds 一盔一带 though the name begins with other words."""
    assert initials("一盔一带") == "ykyd"
    assert quoted_cores("推进“一盔一带”行动") == ["一盔一带"]
    found = search_field(["推进“一盔一带”行动"]).split()
    assert {"yk", "yky", "ykyd", "tj", "一盔", "盔一", "一带"} <= set(found)
    assert "y" not in found
    assert len(initials("安" * 100)) == MAX_INITIALS


def test_syllables_of_a_name() -> None:
    """Latin letters and digits stay, everything else without a sound goes."""
    assert pinyin("“春茶”护航Ｇ107") == "chun-cha-hu-hang-g107"
    assert pinyin("+，") == ""


def test_the_order_of_names_does_not_show() -> None:
    assert search_field(["甲乙", "丙丁"]) == search_field(["丙丁", "甲乙", "甲乙"])


def test_a_query_needs_every_term() -> None:
    assert query_terms("头盔 头盔") == ["头盔"]
    assert fulltext_query("一盔一带") == "一盔 AND 盔一 AND 一带"


@given(st.text(max_size=30))
def test_user_text_is_never_syntax(text: str) -> None:
    """Whatever a user types, the query is not empty and has no operator but our AND."""
    query = fulltext_query(text)
    assert query
    assert not set(query) & set('+-!(){}[]^"~*?:\\/&|<>=\t\n')
    assert all(query.split(" AND "))
    assert not {"or", "not", "to", "and"} & set(query.split(" AND "))
