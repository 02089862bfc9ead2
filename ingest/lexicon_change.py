"""What another state of the knowledge finds in given texts: spans added, removed, or now called otherwise.

Both states read the same texts with the whole pipeline, so a new word shows with all it brings about: a class that is
now found, a body that is now read whole, a name that a longer one takes the place of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.entry import LABELS, WORDS, Knowledge
from ingest.extraction import Mention
from ingest.fold import fold
from ingest.lexicon import held
from ingest.pipeline import extract
from ingest.pipeline.gazetteer import unquoted
from ingest.texts import SourceText

EXAMPLES = 5
"""Spans that are shown of each kind of change."""


@dataclass(frozen=True, slots=True)
class Example:
    """A span at ``start``-``end`` of ``source``; ``name`` what it is read as, ``was`` what it was read as before."""

    source: str
    start: int
    end: int
    text: str
    name: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class TypeChange:
    """How many spans of ``type`` each state finds, and the first few that differ."""

    type: str
    before: int
    after: int
    added: int
    removed: int
    renamed: int
    examples_added: tuple[Example, ...] = ()
    examples_removed: tuple[Example, ...] = ()
    examples_renamed: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A name of an entry."""

    file: str
    entry: str
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """The change on ``texts`` documents: the types it touches; of ``terms`` names, those that no span shows."""

    texts: int
    types: tuple[TypeChange, ...]
    terms: int
    unmatched: tuple[Term, ...]


def compare(packaged: Knowledge, known: Knowledge, texts: Sequence[SourceText]) -> Change:
    """What ``known`` finds in ``texts`` against ``packaged``, and which of its names never show.

    The names looked for are those that ``packaged`` has not; all of them when the two are the same.
    """
    differ = known is not packaged
    new = _read(known, texts)
    old = _read(packaged, texts) if differ else new
    old_terms = {term for _, term in _terms(packaged)} if differ else set()
    wanted = [(label, term) for label, term in _terms(known) if term not in old_terms]
    types = sorted({type for _, type, _, _ in old} | {type for _, type, _, _ in new})
    changes = (_of_type(type, old, new) for type in types)
    return Change(
        texts=len(texts),
        types=tuple(c for c in changes if c.added or c.removed or c.renamed),
        terms=len(wanted),
        unmatched=tuple(_unmatched(wanted, new)),
    )


Spans = dict[tuple[str, str, int, int], Mention]
"""(source, type, start, end) → mention, in the order of sources and offsets."""


def _read(known: Knowledge, texts: Iterable[SourceText]) -> Spans:
    with held(known):
        return {(t.source, m.type, m.start, m.end): m for t in texts for m in extract(t.text).mentions}


def _of_type(type: str, old: Spans, new: Spans) -> TypeChange:
    before = {key: m for key, m in old.items() if key[1] == type}
    after = {key: m for key, m in new.items() if key[1] == type}
    added = [_example(key, m) for key, m in after.items() if key not in before]
    removed = [_example(key, m) for key, m in before.items() if key not in after]
    renamed = [
        _example(key, m, before[key].name) for key, m in after.items() if key in before and before[key].name != m.name
    ]
    return TypeChange(
        type, len(before), len(after), len(added), len(removed), len(renamed),
        tuple(_various(added)), tuple(_various(removed)), tuple(_various(renamed)),
    )  # fmt: skip


def _example(key: tuple[str, str, int, int], mention: Mention, was: str = "") -> Example:
    return Example(key[0], mention.start, mention.end, mention.text, mention.name, was)


def _various(examples: Sequence[Example]) -> list[Example]:
    """The first few that read differently: ten times the same word tells nothing more."""
    first: dict[str, Example] = {}
    for example in examples:
        first.setdefault(example.text, example)
    return list(first.values())[:EXAMPLES]


def _terms(known: Knowledge) -> Iterator[tuple[str, Term]]:
    """Names that spans can show, each with the label of these spans."""
    for file, label in LABELS.items():
        if file in WORDS:
            continue
        for entry in known.entries(file):
            if entry.type != "abstract":
                for name in dict.fromkeys(map(unquoted, entry.names)):
                    yield label or entry.type, Term(file, entry.id, name)


def _unmatched(terms: Iterable[tuple[str, Term]], found: Spans) -> Iterator[Term]:
    """Terms that stand in no span of their label."""
    texts: dict[str, set[str]] = {}
    for mention in found.values():
        texts.setdefault(mention.type, set()).add(fold(mention.text))
    joined = {label: "\n".join(sorted(words)) for label, words in texts.items()}
    for label, term in terms:
        if fold(term.name) not in joined.get(label, ""):
            yield term
