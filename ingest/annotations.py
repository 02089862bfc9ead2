"""What the pipeline's components write on a ``Doc`` and read from it: the one shared layer.

The Doc is made from the characters of the text (``document``), so a token index is a code-point offset and every span
aligns. Mentions are kept in ``ingest.extraction`` form in one store on the Doc; ``publish`` shows them as
``doc.spans[TYPE]`` when the pipeline is through (spaCy's span groups cannot give up a member: deleting from one
corrupts memory in 3.8, so they are written once, at the end).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal, TypeVar

from spacy.strings import StringStore
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from ingest.extraction import Link, Mention, Profile, SectionSpan
from ingest.mention_index import MentionIndex

ZoneKind = Literal[
    "header",
    "navigation",
    "title",
    "recipients",
    "body",
    "caption",
    "byline",
    "signature",
    "attachment",
    "contact",
    "tail",
    "hidden",
    "table",
]

READABLE: frozenset[ZoneKind] = frozenset({"title", "recipients", "body", "caption", "byline", "signature", "table"})
"""Zones whose text speaks for the document. The others are page furniture: nothing is extracted from them."""

_KEY = "zhize"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the page by its purpose. Zones cover the text without gaps or overlaps, in order."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(slots=True)
class _Layer:
    """Everything the components know about one Doc."""

    text: str
    mentions: MentionIndex = field(default_factory=MentionIndex)
    zones: list[Zone] = field(default_factory=list)
    sections: list[SectionSpan] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    profile: Profile | None = None
    links: list[Link] = field(default_factory=list)
    known: dict[Hashable, Any] = field(default_factory=dict)
    """What ``once`` has worked out."""


def _extension(name: str) -> None:
    """Show the field of the layer as ``doc._.name``."""
    Doc.set_extension(
        name,
        getter=lambda doc: getattr(_layer(doc), name),
        setter=lambda doc, value: setattr(_layer(doc), name, value),
        force=True,
    )


for _name in ("zones", "sections", "sentences", "profile", "links"):
    _extension(_name)


class _Characters(dict[str, int]):
    """Character → its entry in the vocabulary. A Doc made from these is made in half the time."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, character: str) -> int:
        # A lone surrogate, which spaCy cannot hold, stands there as U+FFFD.
        held = "\ufffd" if "\ud800" <= character <= "\udfff" else character
        entry = self[character] = self._strings.add(held)
        return entry


@lru_cache(maxsize=2)
def _characters(vocab: Vocab) -> _Characters:
    return _Characters(vocab.strings)


def document(vocab: Vocab, text: str) -> Doc:
    """A Doc with one token a character. A lone surrogate, which spaCy cannot hold, stands there as U+FFFD."""
    # Numbers of known strings are as good as strings; spaCy's annotations do not say so.
    words: Any = list(map(_characters(vocab).__getitem__, text))
    doc = Doc(vocab, words=words, spaces=[False] * len(words))
    doc.user_data[_KEY] = _Layer(text)
    return doc


def text_of(doc: Doc) -> str:
    """The text exactly as loaded (``doc.text`` differs where a lone surrogate was)."""
    return _layer(doc).text


def add(
    doc: Doc,
    type: str,
    start: int,
    end: int,
    *,
    rule: str,
    confidence: float = 1.0,
    canonical: str = "",
    identity: tuple[str, ...] = (),
    **attributes: Any,
) -> Mention:
    """Record a mention of ``type`` at ``start``-``end`` (never empty) and return it.

    The first rule to claim a span of a type keeps it: adding the same span again returns the mention that is there.
    """
    layer = _layer(doc)
    if not 0 <= start < end <= len(layer.text):
        raise ValueError(f"{type} at {start}-{end} is outside the text of {len(layer.text)} characters (rule {rule})")
    claimed = layer.mentions.at(type, start, end)
    if claimed is not None:
        return claimed
    mention = Mention(type, start, end, layer.text[start:end], canonical, rule, confidence, identity, attributes)
    layer.mentions.add(mention)
    return mention


def mentions(doc: Doc, type: str | None = None) -> list[Mention]:
    """Mentions of ``type`` (None: all) by start, longer first, then type. The list must not be changed."""
    return _layer(doc).mentions.all(type)


def within(doc: Doc, type: str | None, start: int, end: int) -> list[Mention]:
    """Mentions of ``type`` that lie wholly inside ``start``-``end``, in order."""
    return _layer(doc).mentions.within(type, start, end)


def covering(doc: Doc, type: str | None, start: int, end: int) -> list[Mention]:
    """Mentions of ``type`` that hold the whole of ``start``-``end``, in order."""
    return _layer(doc).mentions.covering(type, start, end)


def overlapping(doc: Doc, type: str | None, start: int, end: int) -> list[Mention]:
    """Mentions of ``type`` that share a character with ``start``-``end``, in order."""
    return _layer(doc).mentions.overlapping(type, start, end)


def replace(doc: Doc, old: Mention, new: Mention) -> Mention:
    """Put ``new`` in the place of ``old`` (which must be there) and return it."""
    _layer(doc).mentions.replace(old, new)
    return new


def remove(doc: Doc, mention: Mention) -> None:
    """Take ``mention`` away; KeyError when it is not there."""
    _layer(doc).mentions.remove(mention)


def once(doc: Doc, key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` gives, worked out the first time ``key`` is asked for and kept with the Doc.

    For what several components ask of the text and its structure, which no longer change when they run.
    """
    known = _layer(doc).known
    if key not in known:
        known[key] = make()
    found: T = known[key]
    return found


def readable(doc: Doc) -> Iterator[tuple[int, int]]:
    """Stretches of text worth reading, in order: neighbouring READABLE zones are one stretch."""
    zones = _layer(doc).zones
    for wanted, run in groupby(zones, key=lambda z: z.kind in READABLE):
        if wanted:
            stretch = list(run)
            yield stretch[0].start, stretch[-1].end


def zone_at(doc: Doc, offset: int) -> Zone | None:
    """The zone that ``offset`` lies in; None beyond the text or before zh_source has run."""
    zones = _layer(doc).zones
    index = bisect_right(zones, offset, key=lambda z: z.start) - 1
    return zones[index] if index >= 0 and offset < zones[index].end else None


def sentence_at(doc: Doc, offset: int) -> tuple[int, int] | None:
    """The sentence that ``offset`` lies in, if any."""
    found = _layer(doc).sentences
    index = bisect_right(found, offset, key=lambda s: s[0]) - 1
    return found[index] if index >= 0 and offset < found[index][1] else None


def publish(doc: Doc) -> None:
    """Show the mentions as ``doc.spans[TYPE]``, labelled by type, ``kb_id`` the canonical name."""
    found = _layer(doc).mentions
    for type in found.types():
        doc.spans[type] = [Span(doc, m.start, m.end, label=m.type, kb_id=m.canonical) for m in found.all(type)]


def links(doc: Doc) -> list[Link]:
    """Typed view of ``doc._.links``."""
    return _layer(doc).links


def sections(doc: Doc) -> list[SectionSpan]:
    """Typed view of ``doc._.sections``."""
    return _layer(doc).sections


def sentences(doc: Doc) -> list[tuple[int, int]]:
    """Typed view of ``doc._.sentences``."""
    return _layer(doc).sentences


def profile(doc: Doc) -> Profile:
    """The document's profile; AttributeError-free for callers after zh_profile, LookupError before it."""
    found = _layer(doc).profile
    if found is None:
        raise LookupError("the profile is made by zh_profile, which has not run")
    return found


def _layer(doc: Doc) -> _Layer:
    layer: _Layer = doc.user_data[_KEY]
    return layer
