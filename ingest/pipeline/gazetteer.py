"""``zh_gazetteer``: names of the lexicons, longest match per type, and the modifiers that define a vehicle class.

Every name and alias of the knowledge files is a pattern of spaCy's PhraseMatcher over characters. A name wholly in
quotes is marked inside them. 57座以上大客车 and 800公里以上长途班线客车
are classes of their own under the class they modify.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest.annotations import add, readable, text_of, within
from ingest.entry import WORDS
from ingest.fold import fold
from ingest.lexicon import LABELS, Entry, Knowledge, knowledge

_QUOTED_MECHANISM = re.compile(
    r"“([^“”\n]{2,40})”的?[\u4e00-\u9fff]{0,8}?(?:机制|模式|制度|组织架构|架构|体系|战略|工作法|工作措施|惩戒措施|台账|服务点|格局|警务战略)"
)
_UNMATCHED = frozenset({"abstract", "head"})
_MODIFIER = re.compile(
    r"(?:(?:核载|载客|核定载客)?[0-9]{1,3}(?:人|座)?(?:至|到|-|~)?[0-9]{0,3}座(?:及?以上|及?以下)?|[0-9]{2,4}(?:公里|千米)(?:及?以上|及?以下)"
    r"|[0-9.]{1,4}吨(?:及?以上|及?以下)|(?:中型|大型|重型|中|大)(?:及?以上))(?:的)?\Z"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One match: ``label`` of the node, knowledge ``entry``, offsets."""

    label: str
    entry: Entry
    start: int
    end: int


def lexicon_entries(known: Knowledge) -> Iterator[tuple[str, Entry]]:
    """(label, entry) of every entry that is matched in text."""
    for file, label in LABELS.items():
        if file == "units" or file in WORDS:
            continue
        for entry in known.entries(file):
            if entry.type not in _UNMATCHED:
                yield (entry.type if file == "abbreviations" else label), entry


def unquoted(name: str) -> str:
    """The name without quotes that enclose the whole of it."""
    inner = name[1:-1]
    whole = name[:1] in "“《" and name[-1:] in "”》" and not set(inner) & set("“”《》")
    return inner if whole else name


class Gazetteer:
    """The compiled patterns of one state of the knowledge."""

    def __init__(self, vocab: Vocab, known: Knowledge) -> None:
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        self._entries: dict[int, list[tuple[str, Entry]]] = {}
        names: dict[str, list[tuple[str, Entry]]] = {}
        for label, entry in lexicon_entries(known):
            for name in dict.fromkeys(map(unquoted, entry.names)):
                if len(name) > 1:
                    names.setdefault(name, []).append((label, entry))
        for name, entries in names.items():
            self._matcher.add(name, [Doc(vocab, words=list(name))])
            self._entries[vocab.strings[name]] = entries

    def find(self, doc: Doc, low: int, high: int) -> list[Found]:
        """Matches in ``doc[low:high]``: of one label, the longest wins and none overlap."""
        text = text_of(doc)
        # Matches in a slice of a Doc come with offsets of the whole Doc.
        hits = [
            Found(label, entry, start, end)
            for key, start, end in self._matcher(doc[low:high])
            for label, entry in self._entries[key]
            if allowed(text, entry, start, end)
        ]
        return longest(hits)


def allowed(text: str, entry: Entry, start: int, end: int) -> bool:
    """Do the entry's guards let the match stand?"""
    if entry.not_before and text.startswith(entry.not_before, end):
        return False
    return not (entry.not_after and text.endswith(entry.not_after, 0, start))


def longest(hits: Iterable[Found]) -> list[Found]:
    """The longest of overlapping matches per label, in order."""
    kept: dict[str, list[Found]] = {}
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, h.entry.id)):
        row = kept.setdefault(hit.label, [])
        if not row or hit.start >= row[-1].end:
            row.append(hit)
        elif hit.end - hit.start > row[-1].end - row[-1].start:
            row[-1] = hit
    return sorted((h for row in kept.values() for h in row), key=lambda h: (h.start, h.end, h.label))


def modifier_start(folded: str, start: int, low: int) -> int:
    """Where the modifiers before a vehicle class begin (57座以上|大客车)."""
    m = _MODIFIER.search(folded, max(low, start - 14), start)
    return m.start() if m else start


@lru_cache(maxsize=2)
def _gazetteer(vocab: Vocab, known: Knowledge) -> Gazetteer:
    return Gazetteer(vocab, known)


@lru_cache(maxsize=2)
def names_of(known: Knowledge) -> Mapping[tuple[str, str], Entry]:
    """(label, name or alias without enclosing quotes) → entry; the first entry to claim a name keeps it."""
    found: dict[tuple[str, str], Entry] = {}
    for label, entry in lexicon_entries(known):
        for name in entry.names:
            found.setdefault((label, unquoted(name)), entry)
    return found


def entry_properties(label: str, entry: Entry) -> dict[str, str]:
    """The ontology properties that an entry gives its node; an unsure entry gives none."""
    wanted = {"Violation": ("code",), "Regulation": ("number", "issuer")}.get(label, ())
    return {name: value for name in wanted if (value := str(getattr(entry, name))) and entry.sure}


@Language.component("zh_gazetteer")
def zh_gazetteer(doc: Doc) -> Doc:
    """Mark names of the lexicons in the readable text."""
    gazetteer = _gazetteer(doc.vocab, knowledge())
    folded = fold(text_of(doc))
    for low, high in readable(doc):
        for m in _QUOTED_MECHANISM.finditer(folded, low, high):
            _mark_mechanism(doc, m)
        for hit in gazetteer.find(doc, low, high):
            covered = within_any(doc, "Mechanism", hit.start, hit.end) if hit.label == "Mechanism" else False
            if not covered:
                _mark(doc, folded, hit, low)
    return doc


def within_any(doc: Doc, label: str, start: int, end: int) -> bool:
    """Does a mention of ``label`` hold the whole of ``start``-``end``?"""
    return any(m.start <= start and end <= m.end for m in within(doc, label, max(0, start - 60), end + 60))


def _mark_mechanism(doc: Doc, m: re.Match[str]) -> None:
    """A working method by its quoted name and head (“情指勤督宣”一体化勤务机制); a known slogan keeps its own span."""
    entry = names_of(knowledge()).get(("Mechanism", m.group(1)))
    if entry is not None and entry.scope == "global":
        return
    whole = names_of(knowledge()).get(("Mechanism", m.group()))
    canonical = whole.name if whole is not None else re.sub("[“”]", "", m.group())
    scope: dict[str, Any] = (
        {"scope": "document"} if entry is not None or re.fullmatch(r"[一二三四五六七八九十0-9+N]+", m.group(1)) else {}
    )
    add(doc, "Mechanism", m.start(), m.end(), rule="mechanism.quoted", canonical=canonical, confidence=0.8, **scope)


def _mark(doc: Doc, folded: str, hit: Found, low: int) -> None:
    entry, start = hit.entry, hit.start
    canonical = entry.canonical or entry.name
    attributes: dict[str, Any] = {"entry": entry.id}
    if hit.label == "VehicleClass":
        start = modifier_start(folded, hit.start, low)
        if start < hit.start:
            attributes["base"] = canonical
            canonical = folded[start : hit.end].replace("的", "")
    if entry.scope == "document":
        attributes["scope"] = "document"
    if entry.kind and hit.label in {"Regulation", "Road"}:
        attributes["kind"] = entry.kind
    rule = f"{hit.label.lower()}.modified" if start < hit.start else f"{hit.label.lower()}.lexicon"
    add(doc, hit.label, start, hit.end, rule=rule, canonical=canonical, confidence=0.95, **attributes)
