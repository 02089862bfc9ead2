"""Text as search sees it: folding, Han bigrams, pinyin initials. The one place for all three.

Nothing here touches stored text or offsets; it makes the ``search`` property of a node and the terms of a query.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
_RUN = re.compile(rf"[{_HAN}]+|[0-9a-z]+")
_HAN_RUN = re.compile(rf"[{_HAN}]+")
_QUOTED = re.compile(r"[“\"「『《〈]([^“”\"「」『』《》〈〉]{2,30})[”\"」』》〉]")
_LUCENE = re.compile(r'[+\-!(){}\[\]^"~*?:\\/&|<>=]')
_LUCENE_WORDS = frozenset({"and", "or", "not", "to"})
MAX_INITIALS = 24
"""Longest run of initials kept: nobody types more, and each adds a prefix term to the index."""


def fold(text: str) -> str:
    """Width- and case-folded text for comparison (NFKC, lower case). Offsets are not preserved."""
    return unicodedata.normalize("NFKC", text).lower()


def compact(text: str) -> str:
    """Folded text without blanks, quotes and punctuation: two spellings of one name compare equal."""
    return "".join(_RUN.findall(fold(text)))


def bigrams(run: str) -> list[str]:
    """Overlapping bigrams of a Han run; a lone character is its own term."""
    return [a + b for a, b in pairwise(run)] if len(run) > 1 else [run]


def terms(text: str) -> list[str]:
    """Index terms of ``text`` in order, duplicates kept: bigrams of Han runs, Latin words and numbers whole."""
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        found.extend(bigrams(run) if _HAN_RUN.fullmatch(run) else [run])
    return found


@lru_cache(maxsize=65536)
def initials(text: str) -> str:
    """Pinyin initials of the Han characters of ``text``, Latin letters and digits kept: 一盔一带 → ykyd."""
    # pypinyin loads its dictionaries on import (0.1 s): only indexing pays for it, never a query.
    from pypinyin import Style, lazy_pinyin

    letters = lazy_pinyin(compact(text), style=Style.FIRST_LETTER, errors="default")
    return re.sub(r"[^a-z0-9]", "", "".join(letters).lower())[:MAX_INITIALS]


def pinyin(text: str) -> str:
    """The syllables of ``text`` joined by hyphens, Latin letters and digits kept: 春茶护航 → chun-cha-hu-hang."""
    from pypinyin import lazy_pinyin

    syllables = (re.sub(r"[^a-z0-9]", "", s.lower()) for s in lazy_pinyin(compact(text), errors="default"))
    return "-".join(s for s in syllables if s)


def quoted_cores(name: str) -> list[str]:
    """The parts of a name inside quotes or title marks: “一盔一带”安全守护行动 → 一盔一带."""
    return _QUOTED.findall(name)


def search_field(names: Iterable[str]) -> str:
    """The ``search`` property: terms and all initials prefixes (two letters and more) of every name, sorted.

    Sorted and without duplicates, so that the order in which documents gave the names does not show.
    """
    found: set[str] = set()
    for name in names:
        found.update(terms(name))
        for part in [name, *quoted_cores(name)]:
            letters = initials(part)
            found.update(letters[:n] for n in range(2, len(letters) + 1))
    return " ".join(sorted(found))


def query_terms(text: str) -> list[str]:
    """Distinct terms of a query, in order. All must be in ``search`` for a node to be a candidate."""
    return list(dict.fromkeys(terms(text)))


def fulltext_query(text: str) -> str:
    """The query for both engines' full-text index: all terms required, user syntax neutralised, never empty."""
    safe = [t for t in query_terms(text) if not _LUCENE.search(t) and t not in _LUCENE_WORDS]
    return " AND ".join(safe) if safe else "\u0001"
