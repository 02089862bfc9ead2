"""The words of unit names, compiled once from ``knowledge/units.yaml``: anchors to find, atoms to read leftwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ingest import regions
from ingest.lexicon import Entry, Knowledge, alternation, knowledge, longest_first

HAN = "一-鿿"
_CLASS = "(?:自治区|直辖市|自治州|自治县|乡镇|镇街|街道|片区|省|市|县|区|州|盟|旗|乡|镇|村)"
_INLINE = rf"(?:\({_CLASS}(?:[、,]{_CLASS})*\))?"
_CLASSES = rf"{_CLASS}{_INLINE}(?:[、/]?{_CLASS}{_INLINE})*"
LEVEL_BEFORE = re.compile(
    rf"(?:各有关|有关|各|全|我|本|该|所在地|所属|属地|地方)?{_CLASSES}(?:[一两二三四五]级|各级|级|属|直|直属)?\Z"
    r"|(?:地方各级|各级|各辖区|辖区各|各|辖区|属地|所属|上级|下级|所在地|地方|基层|我|本)\Z"
)
"""What may stand between a region and the words of a body: 市、县两级 各县(市、区) 县级 各."""

NATIONAL_BEFORE = re.compile("(?:国家|中国|全国|中央)\\Z")
"""Before a body of the whole country (国家外汇局)."""
REDACTED_BEFORE = re.compile(r"(?:[Xx×*□]{1,4}|某)(?:省|自治区|市|州|县|区|镇|乡|街道)?\Z")
ORDINAL_BEFORE = re.compile(r"第?[一二三四五六七八九十0-9]{1,3}\Z")
WITHIN_FIELD = frozenset("与和经设应")
"""Boundary characters that also stand inside the name of a field (经济发展, 应急, 交通与建设)."""
PLACE_CLASSES = frozenset("省市县区州盟旗镇乡")


class Trie:
    """Words by their ends: ``ending`` finds the longest that ends at an offset."""

    def __init__(self, words: Iterable[str]) -> None:
        self._root: dict[str, dict[str, object]] = {}
        for word in words:
            node: dict[str, object] = self._root  # type: ignore[assignment]
            for char in reversed(word):
                node = node.setdefault(char, {})  # type: ignore[assignment]
            node[""] = True

    def endings(self, text: str, end: int, low: int) -> list[int]:
        """Starts of all words of ``text[low:end]`` that end at ``end``, longest first."""
        node: dict[str, object] = self._root  # type: ignore[assignment]
        found: list[int] = []
        at = end
        while at > low:
            following = node.get(text[at - 1])
            if following is None:
                break
            node = following  # type: ignore[assignment]
            at -= 1
            if "" in node:
                found.append(at)
        found.reverse()
        return found


@dataclass(frozen=True)
class Words:
    """Everything the unit grammar knows, from one state of the knowledge."""

    suffixes: Mapping[str, tuple[Entry, ...]]
    stems: Mapping[str, Entry]
    fixed: Mapping[str, Entry]
    """Bodies, roles and classes by their exact words."""
    anchors: re.Pattern[str]
    region_words: frozenset[str]
    region_areas: frozenset[str]
    verbs: tuple[str, ...]
    boundaries: frozenset[str]
    hard_verbs: tuple[str, ...]
    adjectives: frozenset[str]
    """Words before a team or station that are no name of it (相关, 辖区)."""
    charged: frozenset[str]
    """Suffixes that take a field no stem names, where a level stands before it (区社会事业局)."""
    uncharged: Mapping[str, str]
    """Characters before such a suffix that make another word of it (大局, 督办)."""

    @cached_property
    def atoms(self) -> Trie:
        return Trie([*self.stems, *(s for s in self.suffixes if s not in _NEVER_INNER)])

    @cached_property
    def _endings(self) -> dict[str, tuple[str, ...]]:
        return {}

    def endings_of(self, word: str) -> tuple[str, ...]:
        """Suffixes that ``word`` ends in, itself first: 委办 → 委办, 办."""
        if word not in self._endings:
            self._endings[word] = tuple(word[i:] for i in range(len(word)) if word[i:] in self.suffixes)
        return self._endings[word]

    @cached_property
    def full_regions(self) -> Trie:
        return Trie(name for name in regions.by_name() if name not in self.region_areas)

    @cached_property
    def bare_regions(self) -> Trie:
        return Trie(name for name in regions.by_bare() if len(name) > 1 and name not in self.region_words)

    @cached_property
    def verb_ends(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, longest_first(self.verbs))))

    @cached_property
    def hard_verb_ends(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, longest_first(self.hard_verbs))))

    def names_field(self, text: str) -> bool:
        """May ``text`` be the name of a field of work: no verb at its start, no boundary or other body inside?"""
        inside = set(text) & self.boundaries <= WITHIN_FIELD and not set(text) & set("局办厅队委院")
        return inside and not text.startswith(("与", "和")) and self.hard_verb_ends.match(text) is None

    @cached_property
    def verb_trie(self) -> Trie:
        return Trie(self.verbs)


_NEVER_INNER = frozenset({"中心", "部门", "机关", "科", "股", "室", "管理站", "公司", "协会", "成员单位"})


@lru_cache(maxsize=2)
def _words(known: Knowledge) -> Words:
    suffixes: dict[str, tuple[Entry, ...]] = {}
    fixed: dict[str, Entry] = {}
    guards: dict[str, set[str]] = {}
    behind: dict[str, str] = {}
    for entry in known.entries("units"):
        if entry.type == "stem":
            continue
        for name in entry.names:
            if entry.type == "suffix":
                suffixes[name] = (*suffixes.get(name, ()), entry)
            else:
                fixed.setdefault(name, entry)
            here = set(entry.not_before)
            behind[name] = "".join(entry.not_after)
            # Two entries may share a word (县委, 发改委): only what forbids both forbids the word.
            guards[name] = guards[name] & here if name in guards else here
    stems = {name: e for e in known.entries("units", "stem") for name in e.names}
    return Words(
        suffixes=suffixes,
        stems=stems,
        fixed=fixed,
        anchors=re.compile(alternation(guards, behind, guards)),
        region_words=frozenset(known.words("region-words")),
        region_areas=frozenset(known.words("region-areas")),
        verbs=known.words("verbs"),
        boundaries=frozenset(known.words("boundary-characters")),
        hard_verbs=known.words("verbs-hard"),
        adjectives=frozenset(known.words("unit-adjectives")),
        charged=frozenset(n for e in known.entries("units", "suffix") if e.charged for n in e.names),
        uncharged={n: e.charged for e in known.entries("units", "suffix") if e.charged for n in e.names},
    )


def words() -> Words:
    """The words in force."""
    return _words(knowledge())
