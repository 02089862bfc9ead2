"""``zh_indicator``: a metric, an operator, a value and its unit: targets, results and frequencies.

    检验率、报废率均不低于99%             metrics, op >=, value 99, unit %
    每周至少开展2次夜查                  frequency, op >=, value 2, unit 次/周
    事故499起,同比下降11.68%            value 499, change -11.68
    起数和死亡人数分别下降8.2%和21.4%    one each
    佩戴率由60%提升至85%                 value 85, change_abs 25
    死亡人数占总数的20%                  a share, named by both
    查处酒驾XXX起                       a value that is not known: never zero

Thresholds inside class names (57座以上), grades (死亡3人以上), dates, ordinals and set phrases are no indicators.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import add, mentions, readable, text_of
from ingest.fold import fold
from ingest.pipeline.indicator_context import Context
from ingest.pipeline.indicator_parse import readings
from ingest.pipeline.indicator_phrase import Spans
from ingest.pipeline.indicator_reading import Reading

_BLOCKERS = ("VehicleClass", "Regulation", "Road", "Mechanism", "Platform")
_OBJECTS = ("VehicleClass", "PersonGroup", "Unit")
_ACTING = ("Unit", "Region")


@Language.component("zh_indicator")
def zh_indicator(doc: Doc) -> Doc:
    """Mark indicators in the readable text."""
    text = fold(text_of(doc))
    context = Context(doc, text)
    blocked, objects, acting = (_spans(doc, labels) for labels in (_BLOCKERS, _OBJECTS, _ACTING))
    for low, high in readable(doc):
        for reading in readings(text, low, high, blocked, acting, objects):
            _mark(doc, reading, context)
    return doc


def _spans(doc: Doc, labels: tuple[str, ...]) -> Spans:
    return Spans(sorted((m.start, m.end) for label in labels for m in mentions(doc, label)))


def _mark(doc: Doc, reading: Reading, context: Context) -> None:
    kind = reading.kind or context.kind_at(reading.start, reading.end)
    op = reading.op
    if op == "=" and kind == "target" and reading.reached:
        op = ">=" if reading.reached == "rise" else "<="
    attributes: dict[str, Any] = {
        "kind": kind,
        "metrics": list(reading.metrics),
        "op": op,
        "value": reading.value,
        "value_max": reading.value_max,
        "raw": reading.raw,
        "unit": reading.unit,
        "change": reading.change,
        "change_abs": reading.change_abs,
        "subtype": reading.subtype,
    }
    if " " in reading.raw:
        attributes |= {"suspicious": True, "suspicion": "数字中有空格"}
    kept = {name: value for name, value in attributes.items() if value not in (None, "", [])}
    add(doc, "Indicator", reading.start, reading.end, rule=reading.rule, confidence=reading.confidence, **kept)
