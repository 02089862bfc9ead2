"""Spans of one type in one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.evaluation.counts import Counts
from ingest.evaluation.gold import Span
from ingest.evaluation.matching import one_to_one, overlap


@dataclass(frozen=True, slots=True)
class SpanScore:
    """``exact``: equal offsets; ``relaxed``: any overlap. ``pairs`` are the relaxed ones, annotated and predicted,
    optional annotations among them; ``missed`` and ``false`` are what the relaxed counts count."""

    exact: Counts
    relaxed: Counts
    pairs: tuple[tuple[Span, Span], ...]
    missed: tuple[Span, ...]
    false: tuple[Span, ...]


def score_spans(gold: Sequence[Span], predicted: Sequence[Span], *, partial: bool = False) -> SpanScore:
    """Score the spans of one type. An optional annotation is never missed, and what is predicted at it never wrong.

    ``partial``: the annotation leaves spans of this type out, so a prediction that touches no annotated span of the
    type says nothing and is left aside. Precision then speaks of edges and doubles only.
    """
    if partial:
        predicted = [p for p in predicted if any(overlap(g, p) for g in gold)]
    exact, *_ = _match(gold, predicted, exact=True)
    relaxed, matched, false = _match(gold, predicted, exact=False)
    return SpanScore(
        exact=exact,
        relaxed=relaxed,
        pairs=tuple((gold[i], predicted[j]) for i, j in sorted(matched.items())),
        missed=tuple(g for i, g in enumerate(gold) if i not in matched and g.required),
        false=tuple(false),
    )


def _match(
    gold: Sequence[Span], predicted: Sequence[Span], *, exact: bool
) -> tuple[Counts, dict[int, int], list[Span]]:
    """Counts, the matching, and the predictions that are wrong."""
    matched = one_to_one(gold, predicted, exact=exact)
    used = set(matched.values())
    left = [p for j, p in enumerate(predicted) if j not in used]
    # What is left over may still lie at an optional annotation, with other edges.
    excused = set(one_to_one([g for g in gold if not g.required], left).values())
    false = [p for j, p in enumerate(left) if j not in excused]
    hits = sum(gold[i].required for i in matched)
    return Counts(hits, len(false), sum(g.required for g in gold) - hits), matched, false
