"""English questions about Chinese names: glosses beside a name, romanised places, terms of the field."""

from __future__ import annotations

import re

from graph.store import Store
from graph.text import fold
from queries.questions import times
from queries.questions.vocabulary import vocabulary

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_GLOSS = re.compile(rf"((?:[A-Za-z][A-Za-z'-]* )+)\(([^()]*[{_HAN}][^()]*)\)")
_NOUNS = frozenset({"units", "papers", "vehicles", "campaign"})
"""Classes of words that may be part of what a gloss says."""
_LEVELS = frozenset({"county", "city", "district", "town", "province"})
_LATIN = re.compile(r"[A-Za-z]{4,}")
_FINALS = "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|a|o|e|i|u|v"
_SYLLABLE = rf"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:{_FINALS})"
_PINYIN = re.compile(rf"(?:{_SYLLABLE}){{2,4}}")
_CUT = re.compile(_SYLLABLE)


async def in_plain_words(store: Store, question: str) -> str:
    """``question`` with English said in Chinese, and years and days written in full."""
    return times.full_years(await in_chinese(store, question))


async def in_chinese(store: Store, text: str) -> str:
    """``text`` with what English says of Chinese things put in their words; Chinese text as it is."""
    if not _LATIN.search(text):
        return text
    text = _GLOSS.sub(_named, text)
    for place, name in (await _places(store, text)).items():
        text = re.sub(rf"\b{place}\b(?:'s)?(?:\s*\(?{name}[省市县区镇乡]?\)?)?", f" {name} ", text, flags=re.IGNORECASE)
    for term in sorted(vocabulary().english, key=len, reverse=True):
        text = re.sub(rf"(?<![\w-]){re.escape(term)}(?![\w-])", f" {vocabulary().english[term]} ", text, flags=re.I)
    return " ".join(text.split())


def _named(gloss: re.Match[str]) -> str:
    """The name in brackets for the unknown words before it, which say it in English."""
    words = gloss.group(1).split()
    while words and (vocabulary().classes.get(fold(words[-1]), frozenset()) <= _NOUNS or fold(words[-1]) in _LEVELS):
        words.pop()
    return " ".join([*words, gloss.group(2)])


async def _places(store: Store, text: str) -> dict[str, str]:
    """Romanised places of the graph that stand in ``text``, with the name people call them by."""
    words = {fold(word) for word in _LATIN.findall(text)} - set(vocabulary().classes)
    letters = {word: "".join(s[0] for s in _CUT.findall(word)) for word in words if _PINYIN.fullmatch(word)}
    if not letters:
        return {}
    rows = await store.read(
        "CALL db.index.fulltext.queryNodes('search_region', $q) YIELD node\n"
        "RETURN node.id AS id, node.name AS name, node.aliases AS aliases ORDER BY id LIMIT 200",
        {"q": " OR ".join(sorted(set(letters.values())))},
    )
    from pypinyin import lazy_pinyin

    spelled = {"".join(lazy_pinyin(name)): name for row in rows for name in (row["name"], *(row["aliases"] or ()))}
    return {word: spelled[word] for word in sorted(letters) if word in spelled}
