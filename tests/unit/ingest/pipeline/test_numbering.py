"""Numbers of headings and Chinese numerals."""

from __future__ import annotations

import pytest

from ingest.pipeline.numbering import (
    ARTICLE,
    CHAPTER,
    FIFTH,
    FIRST,
    FOURTH,
    SECOND,
    SPOKEN,
    THIRD,
    chinese_number,
    marker_at,
)


@pytest.mark.parametrize(
    ("line", "rank", "ordinal", "number"),
    [
        ("三、强化管控", FIRST, 3, "三、"),
        ("（十二）强化管控", SECOND, 12, "（十二）"),
        ("(二)强化管控", SECOND, 2, "(二)"),
        ("７．强化管控", THIRD, 7, "７．"),
        ("1. 强化管控", THIRD, 1, "1."),
        ("（３）强化管控", FOURTH, 3, "（３）"),
        ("②强化管控", FIFTH, 2, "②"),
        ("一.强化管控", FIRST, 1, "一."),
        ("㈡强化管控", SECOND, 2, "㈡"),
        ("〔三〕强化管控", SECOND, 3, "〔三〕"),
        ("⒊强化管控", THIRD, 3, "⒊"),
        ("4﹒强化管控", THIRD, 4, "4﹒"),
        ("5 、强化管控", THIRD, 5, "5 、"),
        ("⑵强化管控", FOURTH, 2, "⑵"),
        ("一是强化管控", SPOKEN, 1, "一是"),
        ("第二十三条 本市行政区域", ARTICLE, 23, "第二十三条"),
        ("## 第一章　总　则", CHAPTER, 1, "第一章"),
    ],
)
def test_every_form_of_number_is_read(line: str, rank: float, ordinal: int, number: str) -> None:
    """Rank, ordinal and the number as written; full and half width alike."""
    marker = marker_at(line)
    assert marker is not None
    assert (marker.rank, marker.ordinal, marker.number) == (rank, ordinal, number)


@pytest.mark.parametrize(
    "line",
    [
        "3.5万人次参加",
        "12·2全国交通安全日",
        "一般事故下降",
        "2024年底前",
        "百日行动",
        "十分重要",
        "第三方机构",
        "第1二章 总则",
    ],
)
def test_what_only_looks_like_a_number_is_none(line: str) -> None:
    """Decimals, years and words that begin with a numeral open no heading."""
    assert marker_at(line) is None


def test_chinese_numerals_have_their_values() -> None:
    """Digits in a row, tens and hundreds; what is no numeral has no value."""
    assert [chinese_number(w) for w in ("二〇二四", "十", "二十一", "一百零五", "三")] == [2024, 10, 21, 105, 3]
    assert chinese_number("甲") is None
    assert chinese_number("") is None
