"""The review list: unknown terms of many texts with their counts, and the overlay entry each would be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from graph.text import pinyin
from ingest.lexicon_terms import Found, find_terms
from ingest.pipeline.unit_words import words
from ingest.sentences import sentence_around
from ingest.texts import SourceText

MAX_TERMS = 100_000
"""Distinct terms kept: texts full of nonsense do not fill the memory."""
SLOGAN = 2
"""A quoted term without a head noun is shown from this count on: used once, it is emphasis."""

SYLLABLES = 6
"""Syllables of a term that its id shows."""

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term seen ``count`` times in ``documents`` documents, first at ``found`` of ``source``, in ``sentence``."""

    found: Found
    count: int
    documents: int
    source: str
    sentence: str


class Review:
    """Collects terms, one document after the other. Same documents in the same order, same list."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], tuple[Found, str, str]] = {}
        self._counts: dict[tuple[str, str], list[int]] = {}
        self.documents = 0
        self.truncated = False
        """Did the texts hold more than MAX_TERMS distinct terms?"""

    def add(self, document: SourceText) -> None:
        """Look through one document."""
        self.documents += 1
        seen: set[tuple[str, str]] = set()
        for found in find_terms(document.text):
            key = (found.file, found.term)
            if key not in self._counts:
                if len(self._counts) >= MAX_TERMS:
                    self.truncated = True
                    continue
                start, end = sentence_around(document.text, found.start, found.end)
                self._counts[key] = [0, 0]
                self._first[key] = (found, document.source, document.text[start:end])
            self._counts[key][0] += 1
            self._counts[key][1] += key not in seen
            seen.add(key)

    def candidates(self, min_count: int, files: Iterable[str] = ()) -> list[Candidate]:
        """Terms found ``min_count`` times or more for ``files`` (all when empty), the most frequent first."""
        wanted = set(files)
        kept = []
        for key, (count, documents) in self._counts.items():
            found, source, sentence = self._first[key]
            least = min_count if found.head or found.why != "quoted" else max(min_count, SLOGAN)
            if count >= least and (not wanted or found.file in wanted):
                kept.append(Candidate(found, count, documents, source, sentence))
        return sorted(kept, key=lambda c: (-c.count, -c.documents, c.found.file, c.found.term))


def suggestions(candidates: Iterable[Candidate]) -> dict[str, list[tuple[Candidate, Fields]]]:
    """File → entries to add, each with the term it comes from. Together they are an overlay that can be read."""
    taken: dict[str, set[str]] = {}
    files: dict[str, list[tuple[Candidate, Fields]]] = {}
    first: dict[tuple[str, str], Fields] = {}
    for candidate in candidates:
        found = candidate.found
        if (found.file, found.name) in first:
            _widen(first[found.file, found.name], found)
            continue
        syllables = pinyin(found.term).split("-")[:SYLLABLES]
        id = _free("review." + ("-".join(syllables) or "term"), taken.setdefault(found.file, set()))
        fields = first[found.file, found.name] = {"id": id, **_fields(found)}
        files.setdefault(found.file, []).append((candidate, fields))
    return dict(sorted(files.items()))


def _widen(fields: Fields, found: Found) -> None:
    """One stem before several suffixes (护苗办, 护苗委) is one entry; before a word of no list, it stands anywhere."""
    if found.head and "only" in fields:
        fields["only"] = list(dict.fromkeys([*fields["only"], found.head]))
    else:
        fields.pop("only", None)


def _fields(found: Found) -> Fields:
    fields: Fields = {"type": found.type} if found.type else {}
    fields["name"] = found.name
    if found.file == "units":
        readings = words().suffixes.get(found.head, ())
        fields["kind"] = readings[0].kind if readings else "other"
        fields |= {"only": [found.head], "distinct": True} if found.type == "stem" and found.head else {}
        fields |= {"generic": True} if found.type == "word" else {}
    elif found.name != found.term:
        fields["aliases"] = [f"“{found.term}”{found.name.removeprefix(found.term)}"]
    return fields


def _free(id: str, taken: set[str]) -> str:
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    taken.add(free)
    return free


DEFAULTS: Mapping[str, Any] = {"sure": False, "source": "review"}
"""What the suggested entries have in common: nothing follows from them until a person has looked."""


def written(fields: Mapping[str, Any]) -> str:
    """An entry as one line of YAML."""
    line: str = yaml.safe_dump(
        dict(fields), default_flow_style=True, allow_unicode=True, sort_keys=False, width=math.inf
    )
    return line.strip()


def overlay_text(suggested: Mapping[str, Iterable[tuple[Candidate, Fields]]]) -> str:
    """The suggested entries as YAML: a document for each file, named in its first line, the place of each beside it."""
    documents = []
    for file, entries in suggested.items():
        lines = [f"# {file}.yaml", f"defaults: {written(DEFAULTS)}", "add:"]
        for candidate, fields in entries:
            place = f"{candidate.source} [{candidate.found.start}–{candidate.found.end}]"
            lines += [f"  # {candidate.found.term}: {candidate.count} / {candidate.documents}, {place}"]
            lines += [f"  - {written(fields)}"]
        documents.append("\n".join(lines) + "\n")
    return "---\n".join(documents)
