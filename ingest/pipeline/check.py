"""zh_check: what cannot be right is flagged, what could not be read is said. The last component.

A part above its whole (…132万起。其中，…2751万起) makes the part suspicious: it stays in the graph, marked and out of
sums.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import links, mentions, overlapping, profile, publish, sections, text_of
from ingest.annotations import replace as replace_mention
from ingest.extraction import Link, Mention

_PART = re.compile(r"其中")
_SENTENCE_END = re.compile("[。\n]")
_BRACKET_END = re.compile("[)）。\n]")
_REACH = 400
"""How far after 其中 the parts of one whole may stand, in characters."""
_GAP = 12
"""How far before it the whole may end."""
_NOTES = {
    "hidden_text": "原文有隐去的内容，隐去处前后的条目不相连",
    "redacted": "原文有遮盖的名称或数字，未作推断",
    "truncated": "正文在句中断开，可能不完整",
    "numbering_restarts": "编号在文中重新开始，各部分不相连",
    "attachment_missing": "列出的附件不在本文中",
}


@Language.component("zh_check")
def zh_check(doc: Doc) -> Doc:
    """Flag implausible indicators, write ``doc._.notes``, publish the spans."""
    changed = _parts_above_wholes(doc)
    if changed:
        doc._.links = [_with(link, changed) for link in links(doc)]
    doc._.notes = _notes(doc)
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


def _notes(doc: Doc) -> list[str]:
    notes = [_NOTES[name] for name in profile(doc).damage]
    if not text_of(doc).strip():
        notes.append("文件没有文字")
    elif not mentions(doc, "Task") and profile(doc).kind != "regulation":
        notes.append("没有读出任务" if sections(doc) else "没有读出编号条目，也没有读出任务")
    suspicious = sum(1 for m in mentions(doc, "Indicator") if m.attributes.get("suspicious"))
    if suspicious:
        notes.append(f"{suspicious} 个数字不可信（分项大于总数），已标出")
    if profile(doc).issuer is None and profile(doc).kind != "regulation":
        notes.append("没有读出发文单位，未写明责任的任务没有归属")
    return notes
