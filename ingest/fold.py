"""Width folding that keeps offsets: full-width ASCII and its relatives become ASCII, character by character.

Rules are written once, for ``, : ( ) 0-9``; the text itself is never changed, and ``fold(text)[i]`` is ``text[i]``.
"""

from __future__ import annotations

from functools import lru_cache

_TABLE = {0xFF01 + i: 0x21 + i for i in range(94)} | {
    ord(a): b
    for a, b in {
        "\u3000": " ",
        "\xa0": " ",
        "〈": "<",
        "〉": ">",
        "﹤": "<",
        "﹥": ">",
        "「": "“",
        "」": "”",
        "『": "“",
        "』": "”",
        "﹝": "〔",
        "﹞": "〕",
        "○": "〇",
        "﹪": "%",
        "−": "-",
        "–": "-",
        "—": "-",
        "～": "~",
        "〜": "~",
    }.items()
}


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """``text`` with one ASCII character for each full-width one; same length, same offsets. Kept for the last texts."""
    return text.translate(_TABLE)
