"""What a reader of numbers finds, and how the words of one number become operator, metrics and change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.pipeline import indicator_words as w
from ingest.pipeline.indicator_numbers import Number


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator as read. ``value`` None: the figure is hidden in the source. ``kind`` "": the context decides."""

    start: int
    end: int
    rule: str
    metrics: tuple[str, ...] = ()
    op: str = "="
    value: float | None = None
    value_max: float | None = None
    raw: str = ""
    unit: str = ""
    kind: str = ""
    change: float | None = None
    change_abs: float | None = None
    subtype: str = ""
    reached: str = ""
    """rise or fall when the number is where a development ends (提升至, 缩短至)."""
    confidence: float = 0.85


def reading_of(number: Number, start: int, end: int, rule: str, metrics: tuple[str, ...], op: str) -> Reading:
    """A Reading with the figures of ``number``."""
    return Reading(start, end, rule, metrics, op, number.value, number.value_max, number.raw, number.unit)


def changed(reading: Reading, number: Number, sign: float) -> Reading:
    """``reading`` with ``number`` as its change: relative for a percentage, absolute for a count or points."""
    if number.value is None:
        return reading
    if number.unit == "%":
        return replace(reading, change=sign * number.value)
    return replace(reading, change_abs=sign * number.value)


def operator(words: str, number: Number) -> str:
    """The relation that ``words`` before the number and its bound state."""
    if "以上" in number.bound or w.LOW.search(words) or number.more:
        return ">="
    if number.bound in {"以下", "及以下", "以内", "之内"} or w.HIGH.search(words):
        return "<="
    if w.OVER.search(words):
        return ">"
    return "~" if w.NEAR.search(words) or number.bound in {"左右", "上下"} else "="


def metric_name(phrase: str) -> str:
    """The phrase without words of totalling (营运客车共肇事 → 营运客车肇事)."""
    return w.TOTALLING.sub("", phrase).strip(" 、的“”")


def parts_of(phrase: str) -> list[str]:
    """The members of a list of metrics."""
    return [part for part in (metric_name(p) for p in w.LISTED.split(phrase)) if part]


def names_for(phrase: str, size: int, head: str, *, rate: bool) -> list[tuple[str, ...]]:
    """The metrics of ``size`` numbers: one each when the list fits, all of them for a single rate, else the phrase.

    ``head`` is what the members of an elliptical list share (机动车、行人遵章率 → 机动车遵章率, 行人遵章率).
    """
    parts = parts_of(phrase)
    if size > 1 and len(parts) == size:
        shared = head if head and parts[-1].endswith(head) and not any(p.endswith(head[-1]) for p in parts[:-1]) else ""
        return [(part + shared if part is not parts[-1] else part,) for part in parts]
    if rate and size == 1:
        return [tuple(parts)]
    name = metric_name(phrase)
    return [(name,) if name else ()] * size
