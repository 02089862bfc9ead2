"""How wide text is in a terminal, and breaking it by that width."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—《》（）"
_TOKEN = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+|\s+")
_NO_LINE_START = "，。、；：？！）】》”’…,.;:?!)]}"
_NO_LINE_END = "（【《“‘(["


def cells(text: str) -> int:
    """Columns ``text`` takes in a terminal: two for a full-width character."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken between words or Han characters.

    No closing mark begins a line and no opening one ends it; for their sake a line may stand out by a mark.
    """
    lines: list[str] = []
    line = ""
    for token in _TOKEN.findall(text):
        fits = cells(line) + cells(token) <= width
        if fits or not line or token[0] in _NO_LINE_START:
            line += token
            continue
        kept = line.rstrip(_NO_LINE_END)
        lines.append((kept or line).rstrip())
        line = (line[len(kept) :] if kept else "") + token.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
