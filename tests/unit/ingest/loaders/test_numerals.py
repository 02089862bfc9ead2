"""Numbers of Word lists."""

from __future__ import annotations

import pytest

from ingest.loaders.numerals import chinese, render


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("decimal", "1 10 11 21 105"),
        ("chineseCounting", "一 十 十一 二十一 一〇五"),
        ("chineseCountingThousand", "一 十 十一 二十一 一百零五"),
        ("japaneseCounting", "一 十 十一 二十一 一百五"),
        ("ideographDigital", "一 一〇 一一 二一 一〇五"),
        ("chineseLegalSimplified", "壹 拾 拾壹 贰拾壹 壹佰零伍"),
        ("ideographTraditional", "甲 癸 甲 甲 戊"),
        ("ideographZodiac", "子 酉 戌 申 申"),
        ("upperLetter", "A J K U AAAAA"),
        ("lowerLetter", "a j k u aaaaa"),
        ("upperRoman", "I X XI XXI CV"),
        ("lowerRoman", "i x xi xxi cv"),
        ("decimalZero", "01 10 11 21 105"),
        ("decimalFullWidth", "１ １０ １１ ２１ １０５"),
        ("decimalEnclosedCircle", "① ⑩ ⑪ 21 105"),
        ("decimalEnclosedParen", "⑴ ⑽ ⑾ 21 105"),
        ("decimalEnclosedFullstop", "⒈ ⒑ ⒒ 21 105"),
        ("ideographEnclosedCircle", "㊀ ㊉ 11 21 105"),
        ("ordinalText", "1 10 11 21 105"),
    ],
)
def test_every_format_writes_its_numbers(style: str, expected: str) -> None:
    """1, 10, 11, 21 and 105 in each; a format we do not know is decimal."""
    assert " ".join(render(value, style) for value in (1, 10, 11, 21, 105)) == expected


def test_numbers_beyond_the_signs_are_decimal_and_none_is_nothing() -> None:
    """Zero and ten thousand have no form in most formats."""
    assert render(0, "chineseCounting") == "0"
    assert render(10_000, "chineseCountingThousand") == "10000"
    assert render(3, "none") == ""
    assert render(3, "bullet") == ""


def test_chinese_numbers_read_as_people_write_them() -> None:
    """Zeros inside are said once, at the end not at all."""
    known = {1000: "一千", 1001: "一千零一", 1010: "一千零一十", 1100: "一千一百", 110: "一百一十", 20: "二十"}
    assert {value: chinese(value) for value in known} == known
