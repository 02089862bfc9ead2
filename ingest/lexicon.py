"""The knowledge files (``ingest/knowledge/*.yaml``) as checked, typed data, with the user's overlay on top.

A file holds ``defaults`` (fields for every entry) and ``entries``. A folder named by ``ZHIZE_KNOWLEDGE`` may hold files
of the same names with ``add`` (entries), ``extend`` (id → aliases and members to add, other fields to replace) and
``disable`` (ids). ``knowledge()`` gives what is in force; a mistake raises KnowledgeError naming file and entry.
Fields and files: ``ingest/entry.py``; reading: ``ingest/lexicon_files.py``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from ingest.entry import LABELS, Entry, Knowledge
from ingest.lexicon_files import OVERLAY_VARIABLE, read_knowledge

__all__ = ["LABELS", "OVERLAY_VARIABLE", "Entry", "Knowledge", "alternation", "held", "knowledge", "longest_first"]

_held: ContextVar[Knowledge | None] = ContextVar("held", default=None)


def knowledge() -> Knowledge:
    """The packaged knowledge with the overlay of ``ZHIZE_KNOWLEDGE``; read once per process and overlay."""
    return _held.get() or _knowledge(os.environ.get(OVERLAY_VARIABLE, ""))


@contextmanager
def held(known: Knowledge | None = None) -> Iterator[None]:
    """Within this, ``knowledge()`` is ``known`` (default: stays what it is now)."""
    token = _held.set(known or knowledge())
    try:
        yield
    finally:
        _held.reset(token)


@lru_cache(maxsize=4)
def _knowledge(overlay: str) -> Knowledge:
    return read_knowledge(Path(overlay) if overlay else None)


def alternation(
    words: Iterable[str], not_after: Mapping[str, Iterable[str]], not_before: Mapping[str, Iterable[str]]
) -> str:
    """A regular expression for any of ``words``, the longest that its guards let stand.

    ``not_after``: characters that may not precede a word; ``not_before``: texts that may not follow it. Words are
    grouped by their first character, so that a search passes over all characters that begin none.
    """
    groups: dict[str, list[str]] = {}
    for word in longest_first(words):
        first, rest = re.escape(word[0]), re.escape(word[1:])
        behind = "".join(not_after.get(word, ()))
        ahead = "|".join(map(re.escape, longest_first(not_before.get(word, ()))))
        before = f"(?<![{behind}]{first})" if behind else ""
        groups.setdefault(first, []).append(before + rest + (f"(?!{ahead})" if ahead else ""))
    return "(?:" + "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in groups.items()) + ")"


def longest_first(words: Iterable[str]) -> list[str]:
    """Distinct words, longest first, then in code-point order: the order an alternation must have."""
    return sorted(set(words), key=lambda w: (-len(w), w))
