"""Regular expressions made of word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str], *, spaced: bool = False) -> str:
    """A regular expression for any of ``words``, longest first; ``spaced`` allows blanks between characters."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    if spaced:
        return "(?:" + "|".join(r"[ \u3000]{0,2}".join(map(re.escape, word)) for word in ordered) + ")"
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"
