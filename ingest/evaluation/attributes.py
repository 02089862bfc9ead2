"""What is said of a span, where the span itself was found: figures of indicators, full names of units."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from ingest.evaluation.counts import Counts
from ingest.evaluation.gold import Span
from ingest.evaluation.spans import SpanScore
from ingest.fold import fold


@dataclass(frozen=True, slots=True)
class FigureScore:
    """Of the ``compared`` indicators (found, required, with a figure in the annotation): how many have the same value,
    operator, unit. ``with_value`` counts an indicator as found only when its value is right too."""

    compared: int = 0
    value: int = 0
    op: int = 0
    unit: int = 0
    with_value: Counts = field(default_factory=Counts)

    def __add__(self, other: FigureScore) -> FigureScore:
        return FigureScore(
            self.compared + other.compared,
            self.value + other.value,
            self.op + other.op,
            self.unit + other.unit,
            self.with_value + other.with_value,
        )


@dataclass(frozen=True, slots=True)
class NameScore:
    """Of ``gold`` units whose annotation gives a full name: ``found`` as spans, ``right`` by name. Where one mention
    names several bodies, one of them is right; ``complete`` wants all."""

    gold: int = 0
    found: int = 0
    right: int = 0
    complete: int = 0

    def __add__(self, other: NameScore) -> NameScore:
        return NameScore(
            self.gold + other.gold,
            self.found + other.found,
            self.right + other.right,
            self.complete + other.complete,
        )


def score_figures(score: SpanScore) -> FigureScore:
    """Compare the figures of one document's indicators."""
    compared = [(g, p) for g, p in score.pairs if g.required and figure(g) is not None]
    value = sum(same_value(g, p) for g, p in compared)
    wrong = len(compared) - value
    relaxed = score.relaxed
    return FigureScore(
        compared=len(compared),
        value=value,
        op=sum(g.attributes.get("op") == p.attributes.get("op") for g, p in compared),
        unit=sum(g.attributes.get("unit") == p.attributes.get("unit") for g, p in compared),
        with_value=Counts(relaxed.tp - wrong, relaxed.fp + wrong, relaxed.fn + wrong),
    )


def figure(span: Span) -> tuple[str, object] | None:
    """The attribute that is the indicator's figure, and its value: the value, else the change; None without either."""
    for name in ("value", "change", "change_abs"):
        if (value := span.attributes.get(name)) is not None:
            return name, value
    return None


def same_value(gold: Span, predicted: Span) -> bool:
    """Is the annotated figure the predicted one? Numbers by size (85 is 85.0)."""
    wanted = figure(gold)
    if wanted is None:
        return True
    name, value = wanted
    other = predicted.attributes.get(name)
    if isinstance(value, int | float) and isinstance(other, int | float):
        return math.isclose(value, other, rel_tol=1e-9)
    return value == other


def score_names(score: SpanScore) -> NameScore:
    """Compare the full names of one document's units. Optional annotations are left aside."""
    wanted = [(names(g), names(p)) for g, p in score.pairs if g.required and g.attributes.get("canonical")]
    missed = sum(bool(g.attributes.get("canonical")) for g in score.missed)
    return NameScore(
        gold=len(wanted) + missed,
        found=len(wanted),
        right=sum(bool(g & p) for g, p in wanted),
        complete=sum(g <= p for g, p in wanted),
    )


def names(span: Span) -> frozenset[str]:
    """The full names a span stands for, width and blanks folded; its text when no other name is given."""
    given = span.attributes.get("canonical") or span.text
    listed = given if isinstance(given, list | tuple) else (given,)
    return frozenset("".join(fold(str(name)).split()) for name in listed)
