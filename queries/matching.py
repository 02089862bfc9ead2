"""How the words of a search and the names of a node meet: why, how closely, and where in the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.text import compact, initials, query_terms, quoted_cores, terms

MATCHES = ("name", "alias", "core", "initials", "prefix", "stretch", "part", "words")
"""Why a node was found, best first."""

_LETTERS = re.compile(r"[a-z0-9]{2,}")


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A part of a name, in code points."""

    start: int
    end: int


class Asked:
    """The words of one search."""

    def __init__(self, text: str) -> None:
        self.compact = compact(text)
        self.letters = _LETTERS.fullmatch(self.compact) is not None
        self.terms = query_terms(text)

    def rank(self, name: str, aliases: Sequence[str]) -> tuple[int, float]:
        """Place in MATCHES and the share of the name that was not asked for."""
        asked = self.compact
        names = [compact(each) for each in (name, *aliases)]
        spare = 1 - len(asked) / max(len(names[0]), len(asked))
        return MATCHES.index(self._reason(names, (name, *aliases))), spare

    def _reason(self, names: list[str], written: Sequence[str]) -> str:
        asked = self.compact
        if asked in names:
            return "name" if names[0] == asked else "alias"
        cores = [compact(core) for each in written for core in quoted_cores(each)]
        if asked in cores:
            return "core"
        letters = [initials(each) for each in [*names, *cores]] if self.letters else []
        if asked in letters:
            return "initials"
        if any(each.startswith(asked) for each in [*names, *letters]):
            return "prefix"
        return "stretch" if any(asked in each for each in names) else "words"

    def holds_in(self, *names: str) -> bool:
        """Do the names themselves hold all the words?"""
        return set(self.terms) <= {term for name in names for term in terms(name)}

    def places(self, name: str, aliases: Sequence[str]) -> tuple[str | None, tuple[Stretch, ...]]:
        """The alias that meets the words best, None when the name does, and the stretches of it that were asked for.

        As one stretch where they stand together, as pinyin initials of a stretch, else word by word.
        """
        for find in (self._whole, self._stretch, self._initials):
            for written in (name, *aliases):
                if stretch := find(written):
                    return (None if written is name else written), (stretch,)
        found = {written: self._words(written) for written in (name, *aliases)}
        best = max(found, key=lambda written: sum(stretch.end - stretch.start for stretch in found[written]))
        return (None if best == name else best), found[best]

    def _whole(self, written: str) -> Stretch | None:
        return self._stretch(written) if compact(written) == self.compact else None

    def _stretch(self, written: str) -> Stretch | None:
        return _within(written, self.compact, compact(written))

    def _initials(self, written: str) -> Stretch | None:
        if not self.letters:
            return None
        parts = [*quoted_cores(written), written]
        for part in parts:
            letters = initials(part)
            # A letter a character, or the initials say nothing about places.
            if letters.startswith(self.compact) and (len(letters) <= len(compact(part))):
                return _within(written, compact(part)[: len(self.compact)], compact(written))
        return None

    def _words(self, written: str) -> tuple[Stretch, ...]:
        whole = compact(written)
        found = [stretch for term in self.terms if (stretch := _within(written, term, whole))]
        return tuple(_joined(sorted(found)))


def _within(written: str, part: str, whole: str) -> Stretch | None:
    """Where ``part`` stands in ``written``, whose compact form is ``whole``."""
    at = whole.find(part)
    if at < 0 or not part:
        return None
    places = [i for i, char in enumerate(written) for _ in compact(char)]
    if len(places) != len(whole):  # characters that fold only together have no place of their own
        return None
    return Stretch(places[at], places[at + len(part) - 1] + 1)


def _joined(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Overlapping and touching stretches as one."""
    last: Stretch | None = None
    for stretch in stretches:
        if last is None or stretch.start > last.end:
            if last is not None:
                yield last
            last = stretch
        else:
            last = Stretch(last.start, max(last.end, stretch.end))
    if last is not None:
        yield last
