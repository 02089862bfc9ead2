"""Numbers as Word writes them in lists: the formats (w:numFmt, ECMA-376 part 1, 17.18.59) that Chinese papers use."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

_DIGITS = "〇一二三四五六七八九"
_FORMAL = str.maketrans("一二三四五六七八九十百千〇零", "壹贰叁肆伍陆柒捌玖拾佰仟零零")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX = 9999


def render(value: int, style: str) -> str:
    """``value`` in the number format ``style``; an unknown format is decimal, as in Word."""
    if style in ("none", "bullet"):
        return ""
    write = _FORMATS.get(style, str)
    return write(value) if 1 <= value <= _MAX else str(value)


def chinese(value: int, zero: str = "零") -> str:
    """Counting form from 1 to 9999: 十, 十一, 二十, 一百零五."""
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += (zero if gap and text else "") + _DIGITS[digit] + name
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _counting(value: int) -> str:
    return chinese(value) if value < 100 else _digits(value)


def _formal(value: int) -> str:
    return chinese(value).translate(_FORMAL)


def _letters(value: int) -> str:
    # Word repeats the letter: z, aa, bb.
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    text = ""
    for unit, name in _ROMAN:
        count, value = divmod(value, unit)
        text += name * count
    return text


def _cycle(signs: str, value: int) -> str:
    return signs[(value - 1) % len(signs)]


def _enclosed(first: str, last: int, value: int) -> str:
    return chr(ord(first) + value - 1) if value <= last else str(value)


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": partial(chinese, zero=""),
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": partial(_cycle, "甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": partial(_cycle, "子丑寅卯辰巳午未申酉戌亥"),
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda value: str(value).translate(_WIDE),
    "decimalFullWidth2": lambda value: str(value).translate(_WIDE),
    "decimalEnclosedCircle": partial(_enclosed, "①", 20),
    "decimalEnclosedCircleChinese": partial(_enclosed, "①", 20),
    "decimalEnclosedParen": partial(_enclosed, "⑴", 20),
    "decimalEnclosedFullstop": partial(_enclosed, "⒈", 20),
    "ideographEnclosedCircle": partial(_enclosed, "㊀", 10),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
}
