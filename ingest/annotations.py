"""What the pipeline's components write on a ``Doc`` and read from it: the one shared layer.

The Doc is made from the characters of the text (``document``), so a token index is a code-point offset and every span
aligns. Mentions are kept in ``ingest.extraction`` form in one store on the Doc; ``publish`` shows them as
``doc.spans[TYPE]`` when the pipeline is through (spaCy's span groups cannot give up a member: deleting from one
corrupts memory in 3.8, so they are written once, at the end).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from ingest.extraction import Link, Mention, Profile, SectionSpan

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

_SURROGATE = re.compile("[\ud800-\udfff]")


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
    mentions: dict[str, dict[tuple[int, int], Mention]] = field(default_factory=dict)
    ordered: dict[str | None, list[Mention]] = field(default_factory=dict)
    """Sorted views by type (None: all), made when first asked for and kept up to date."""


for _name in ("zones", "sections", "sentences", "profile", "links", "notes"):
    Doc.set_extension(_name, default=None, force=True)


def document(vocab: Vocab, text: str) -> Doc:
    """A Doc with one token a character. A lone surrogate, which spaCy cannot hold, stands there as U+FFFD."""
    words = list(_SURROGATE.sub("\ufffd", text))
    doc = Doc(vocab, words=words, spaces=[False] * len(words))
    doc.user_data["zhize"] = _Layer(text)
    doc._.zones, doc._.sections, doc._.sentences, doc._.links, doc._.notes = [], [], [], [], []
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
    claimed = layer.mentions.setdefault(type, {})
    if (start, end) in claimed:
        return claimed[start, end]
    mention = Mention(type, start, end, layer.text[start:end], canonical, rule, confidence, identity, attributes)
    claimed[start, end] = mention
    _show(layer, mention)
    return mention


def mentions(doc: Doc, type: str | None = None) -> list[Mention]:
    """Mentions of ``type`` (None: all) by start, longer first, then type. The list must not be changed."""
    layer = _layer(doc)
    if type not in layer.ordered:
        found: Iterable[Mention] = (
            layer.mentions.get(type, {}).values()
            if type is not None
            else (m for by_span in layer.mentions.values() for m in by_span.values())
        )
        layer.ordered[type] = sorted(found, key=_order)
    return layer.ordered[type]


def within(doc: Doc, type: str | None, start: int, end: int) -> list[Mention]:
    """Mentions of ``type`` that lie wholly inside ``start``-``end``, in order."""
    ordered = mentions(doc, type)
    first = bisect_left(ordered, start, key=lambda m: m.start)
    last = bisect_right(ordered, end, key=lambda m: m.start)
    return [m for m in ordered[first:last] if m.end <= end]


def replace(doc: Doc, old: Mention, new: Mention) -> Mention:
    """Put ``new`` in the place of ``old`` (which must be there) and return it."""
    remove(doc, old)
    layer = _layer(doc)
    layer.mentions.setdefault(new.type, {})[new.start, new.end] = new
    _show(layer, new)
    return new


def remove(doc: Doc, mention: Mention) -> None:
    """Take ``mention`` away; KeyError when it is not there."""
    layer = _layer(doc)
    del layer.mentions[mention.type][mention.start, mention.end]
    for view in (mention.type, None):
        if view in layer.ordered:
            index = bisect_left(layer.ordered[view], _order(mention), key=_order)
            layer.ordered[view] = layer.ordered[view][:index] + layer.ordered[view][index + 1 :]


def readable(doc: Doc) -> Iterator[tuple[int, int]]:
    """Stretches of text worth reading, in order: neighbouring READABLE zones are one stretch."""
    zones: list[Zone] = doc._.zones
    for wanted, run in groupby(zones, key=lambda z: z.kind in READABLE):
        if wanted:
            stretch = list(run)
            yield stretch[0].start, stretch[-1].end


def zone_at(doc: Doc, offset: int) -> Zone | None:
    """The zone that ``offset`` lies in; None beyond the text or before zh_source has run."""
    zones: list[Zone] = doc._.zones
    index = bisect_right(zones, offset, key=lambda z: z.start) - 1
    return zones[index] if index >= 0 and offset < zones[index].end else None


def sentence_at(doc: Doc, offset: int) -> tuple[int, int] | None:
    """The sentence that ``offset`` lies in, if any."""
    sentences: list[tuple[int, int]] = doc._.sentences
    index = bisect_right(sentences, offset, key=lambda s: s[0]) - 1
    return sentences[index] if index >= 0 and offset < sentences[index][1] else None


def publish(doc: Doc) -> None:
    """Show the mentions as ``doc.spans[TYPE]``, labelled by type, ``kb_id`` the canonical name."""
    for type, by_span in sorted(_layer(doc).mentions.items()):
        ordered = sorted(by_span.values(), key=lambda m: (m.start, -m.end))
        doc.spans[type] = [Span(doc, m.start, m.end, label=m.type, kb_id=m.canonical) for m in ordered]


def links(doc: Doc) -> list[Link]:
    """Typed view of ``doc._.links``."""
    found: list[Link] = doc._.links
    return found


def sections(doc: Doc) -> list[SectionSpan]:
    """Typed view of ``doc._.sections``."""
    found: list[SectionSpan] = doc._.sections
    return found


def profile(doc: Doc) -> Profile:
    """The document's profile; AttributeError-free for callers after zh_profile, LookupError before it."""
    found: Profile | None = doc._.profile
    if found is None:
        raise LookupError("the profile is made by zh_profile, which has not run")
    return found


def _layer(doc: Doc) -> _Layer:
    layer: _Layer = doc.user_data["zhize"]
    return layer


def _order(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.type


def _show(layer: _Layer, mention: Mention) -> None:
    """Put ``mention`` into the sorted views. Each becomes a new list: who walks the old one is not disturbed."""
    for view in (mention.type, None):
        if view in layer.ordered:
            index = bisect_left(layer.ordered[view], _order(mention), key=_order)
            layer.ordered[view] = [*layer.ordered[view][:index], mention, *layer.ordered[view][index:]]
