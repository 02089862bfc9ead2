"""zh_check: what cannot be right is flagged. The last component.

A part above its whole (…132万起。其中，…2751万起) makes the part suspicious: it stays in the graph, marked and out of
sums.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import links, overlapping, publish, text_of
from ingest.annotations import replace as replace_mention
from ingest.extraction import Link, Mention

_PART = re.compile(r"其中")
_SENTENCE_END = re.compile("[。\n]")
_BRACKET_END = re.compile("[)）。\n]")
_REACH = 400
"""How far after 其中 the parts of one whole may stand, in characters."""
_GAP = 12
"""How far before it the whole may end."""


@Language.component("zh_check")
def zh_check(doc: Doc) -> Doc:
    """Flag implausible indicators, publish the spans."""
    changed = _parts_above_wholes(doc)
    if changed:
        doc._.links = [_with(link, changed) for link in links(doc)]
    publish(doc)
    return doc


def _parts_above_wholes(doc: Doc) -> dict[tuple[int, int], Mention]:
    """Counts after 其中 above the count before it that has the same counter; rates have no parts."""
    text = text_of(doc)
    flagged: dict[tuple[int, int], Mention] = {}
    for match in _PART.finditer(text):
        start, end = match.span()
        before = [m for m in overlapping(doc, "Indicator", start - _GAP - 1, start) if m.end <= start]
        if not before or (whole := _value(before[-1])) is None:
            continue
        bracketed = text[start - 1 : start] in ("(", "（")
        ending = (_BRACKET_END if bracketed else _SENTENCE_END).search(text, end)
        stop = min(ending.start() if ending else len(text), end + _REACH)
        for part in [m for m in overlapping(doc, "Indicator", end, stop) if m.start >= end]:
            value = _value(part)
            same = part.attributes.get("unit") == before[-1].attributes.get("unit") != "%"
            if value is not None and same and value > whole and (part.start, part.end) not in flagged:
                reason = (
                    f"分项{part.attributes.get('raw') or value:}大于总数{before[-1].attributes.get('raw') or whole:}"
                )
                new = replace(part, attributes={**part.attributes, "suspicious": True, "suspicion": reason})
                flagged[part.start, part.end] = replace_mention(doc, part, new)
    return flagged


def _value(mention: Mention) -> float | None:
    value = mention.attributes.get("value")
    return float(value) if isinstance(value, int | float) else None


def _with(link: Link, changed: dict[tuple[int, int], Mention]) -> Link:
    head, tail = link.head, link.tail
    if head.type == "Indicator":
        head = changed.get((head.start, head.end), head)
    if tail.type == "Indicator":
        tail = changed.get((tail.start, tail.end), tail)
    return replace(link, head=head, tail=tail)
