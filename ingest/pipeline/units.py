"""``zh_units``: mentions of public bodies (type Unit), by the grammar in ``unit_find``."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import add, covering, readable, sections, text_of
from ingest.extraction import Mention
from ingest.pipeline.unit_find import find_units, heading_unit
from ingest.pipeline.unit_grammar import UnitSpan

__all__ = ["UnitSpan", "add_unit", "find_units"]


def add_unit(doc: Doc, span: UnitSpan) -> Mention:
    """Record ``span`` as a Unit mention with what resolution needs in its attributes."""
    attributes: dict[str, Any] = {
        "kind": span.kind,
        "domain": span.domain,
        "level": span.rank,
        "subtype": span.subtype,
        "generic": span.generic,
        "redacted": span.redacted,
        "span": span,
    }
    kept = {name: value for name, value in attributes.items() if value}
    return add(
        doc, "Unit", span.start, span.end, rule=span.rule, confidence=span.confidence, canonical=span.canonical, **kept
    )


@Language.component("zh_units")
def zh_units(doc: Doc) -> Doc:
    """Mark every body named in the readable text; names inside titles of documents are left to Regulation."""
    text = text_of(doc)
    for start, end in readable(doc):
        for span in find_units(text, start, end):
            if not covering(doc, "Regulation", span.start, span.end):
                add_unit(doc, span)
    for section in sections(doc):
        office = heading_unit(text, section.start, section.end)
        if office is not None:
            add_unit(doc, office)
    return doc
