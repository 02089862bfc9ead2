"""The words people ask with, by class, from ``vocabulary.yaml``; ``Tokens`` says where they stand in a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DATA = frozenset({"kinds", "english"})
FILLER = "filler"
"""Class of the words that carry no meaning of their own: they may stand in every question."""
REFUSED = frozenset({"other", "unheld"})
"""Classes of words that ask for what no query answers; no cue may name them."""
_WHOLE = frozenset({FILLER, "other", "how", "calendar", "negation", "do_what"})
"""Classes whose words are not taken apart: 什么时候 is no 什么, 没有 no 有."""
_LATIN = re.compile(r"[a-z0-9']")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``classes`` of every word (lower case); ``kinds``: kind of document → what people call it; ``english`` terms."""

    classes: Mapping[str, frozenset[str]]
    names: frozenset[str]
    kinds: Mapping[str, tuple[str, ...]]
    english: Mapping[str, str]

    def words(self, name: str) -> frozenset[str]:
        """The words of class ``name``."""
        return frozenset(word for word, classes in self.classes.items() if name in classes)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The packaged vocabulary, read once."""
    text = resources.files("queries.questions").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are safe ones
    classes: dict[str, set[str]] = {}
    for name, words in data.items():
        if name not in _DATA:
            for word in words.split():
                classes.setdefault(written(word), set()).add(name)
    return Vocabulary(
        {word: frozenset(names) for word, names in classes.items()},
        frozenset(data) - _DATA,
        {kind: tuple(words.split()) for kind, words in data["kinds"].items()},
        data["english"],
    )


def written(word: str) -> str:
    """A word of the data as it stands in a question: ``in_charge`` is two English words."""
    return word.replace("_", " ").lower()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question from ``start`` up to ``end``."""

    start: int
    end: int
    text: str


class WordList:
    """The words to look for: those of the vocabulary and ``extra`` ones that the catalog brings along."""

    def __init__(self, extra: Iterable[str]) -> None:
        self.words = frozenset(vocabulary().classes) | frozenset(extra)
        self.lengths = tuple(sorted({len(word) for word in self.words}))


@lru_cache(maxsize=1)
def plain_words() -> WordList:
    """The words of the vocabulary alone, put together once."""
    return WordList(())


class Tokens:
    """Where the words of a question stand, those left out that lie inside a longer word which is not taken apart."""

    def __init__(self, text: str, words: WordList) -> None:
        self.text = text
        known = vocabulary().classes
        found = _occurrences(text.lower(), words)
        whole = [w for w in found if len(w.text) > 1 and known.get(w.text, frozenset()) & _WHOLE]
        # 出现在 is 出现 and 在, not 现在.
        whole = [w for w in whole if not any(v.start < w.start < v.end < w.end for v in found)]
        self.words = [w for w in found if not any(_inside(w, longer) for longer in whole)]


def _inside(word: Word, longer: Word) -> bool:
    within = longer.start <= word.start and word.end <= longer.end
    return within and word.end - word.start < longer.end - longer.start


def _occurrences(text: str, known: WordList) -> list[Word]:
    found = []
    for start in range(len(text)):
        for length in known.lengths:
            end = start + length
            if end > len(text):
                break
            word = text[start:end]
            if word in known.words and _bounded(text, start, end):
                found.append(Word(start, end, word))
    return found


def _bounded(text: str, start: int, end: int) -> bool:
    """A Latin word or number stands alone: no 'on' in 'control'."""
    before = start > 0 and _LATIN.match(text[start]) and _LATIN.match(text[start - 1])
    after = end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end])
    apostrophe = text[start] == "'" or (end < len(text) and text[end] == "'")
    return apostrophe or not (before or after)
