"""What a query's header says people ask it with: groups of words, each of which must be heard, in any order.

``<who> + <duty>``: a word of class ``who`` and one of ``duty`` · ``上级|下级`` one of these words · ``[<matter>]`` may
be there · ``=role`` a word that says a value of that parameter · ``{unit}`` the slots that are named (all required
ones when none is written). A blank inside an English word is written ``_``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from queries.questions.vocabulary import FILLER, REFUSED, vocabulary, written

_SLOT = re.compile(r"^\{(\w+)\}$")
_CLASS = re.compile(r"^<(\w+)>$")


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of ``cues``: ``groups`` each word of the question may belong to, ``required`` of them in number.

    ``words`` gives the bit set of the groups a word satisfies, ``values`` that of a word for a parameter's value; 0 for
    words that may be there.
    """

    slots: tuple[str, ...]
    words: Mapping[str, int]
    values: Mapping[str, int]
    required: int

    @property
    def complete(self) -> int:
        """The bit set of all required groups."""
        return (1 << self.required) - 1


@lru_cache(maxsize=1024)
def parse_cue(line: str) -> Cue:
    """The line as a Cue; raises ValueError saying what is wrong with it."""
    slots: list[str] = []
    words: dict[str, int] = {}
    values: dict[str, int] = {}
    required = 0
    for part in (part.strip() for part in line.split(" + ")):
        if slot := _SLOT.match(part):
            slots.append(slot.group(1))
            continue
        optional = part.startswith("[") and part.endswith("]")
        found = _words(part[1:-1] if optional else part, line)
        for word in found:
            known = values if word.startswith("=") else words
            name = word.removeprefix("=")
            known[name] = known.get(name, 0) | (0 if optional else 1 << required)
        required += not optional
    if not required:
        raise ValueError(f"cue {line}: at least one group of words must be required")
    return Cue(tuple(slots), words, values, required)


def _words(group: str, line: str) -> list[str]:
    found: list[str] = []
    for item in group.split("|"):
        if name := _CLASS.match(item.strip()):
            if name.group(1) not in vocabulary().names - {FILLER, *REFUSED}:
                raise ValueError(f"cue {line}: no class <{name.group(1)}> in the vocabulary")
            found += vocabulary().words(name.group(1))
        elif not item.strip() or set(item) & set("{}<>[]+"):
            raise ValueError(f"cue {line}: “{item.strip()}” is no word, no <class> and no {{slot}}")
        else:
            found.append(written(item.strip()))
    return found
