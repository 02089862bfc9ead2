"""Text with marks in it, from which offsets follow: ``⟦layer:reference|text⟧``, marks may hold marks."""

from __future__ import annotations

from dataclasses import dataclass

OPEN, BAR, CLOSE = "⟦", "|", "⟧"


@dataclass(frozen=True)
class Mark:
    """One marked stretch; offsets are code points in the text without marks."""

    layer: str
    reference: str
    start: int
    end: int


def mark(layer: str, reference: str, text: str) -> str:
    """``text``, which may hold marks itself, marked."""
    return f"{OPEN}{layer}:{reference}{BAR}{text}{CLOSE}"


def plain(marked: str) -> str:
    return read(marked)[0]


def read(marked: str) -> tuple[str, list[Mark]]:
    """The text without marks, and the marks by their place. A mark that is not closed is a ``ValueError``."""
    out: list[str] = []
    length = 0
    waiting: list[tuple[str, str, int]] = []
    marks: list[Mark] = []
    position = 0
    while position < len(marked):
        character = marked[position]
        if character == OPEN:
            bar = marked.index(BAR, position)
            layer, _, reference = marked[position + 1 : bar].partition(":")
            waiting.append((layer, reference, length))
            position = bar
        elif character == CLOSE:
            layer, reference, start = waiting.pop()
            marks.append(Mark(layer, reference, start, length))
        else:
            out.append(character)
            length += 1
        position += 1
    if waiting:
        raise ValueError(f"The mark {waiting[-1]} is not closed: write {CLOSE} after it")
    return "".join(out), sorted(marks, key=lambda m: (m.start, -m.end, m.layer, m.reference))
