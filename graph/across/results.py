"""Which result of a report answers which target of a plan, and which target goes on in the next plan. Pure; grounds in
docs/across.md."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.across.figures import likeness, rarity_of, sort_of
from graph.across.matching import DECIMALS, Pair, one_to_one
from graph.across.record import DocumentRecord, FigureFacts

LEAST = 0.28
"""Likeness from which a result answers a target."""


def reporting(report: DocumentRecord, plan: DocumentRecord) -> list[Pair]:
    """Pairs (position in the report's results, position in the plan's targets), each figure once."""
    fits = {
        (i, j)
        for i, result in enumerate(report.results)
        for j, target in enumerate(plan.targets)
        if covers(report, plan, target, result.year)
    }
    return _likest(report.results, plan.targets, fits, [*report.results, *plan.targets])


def continuing(
    later: Sequence[FigureFacts], earlier: Sequence[FigureFacts], figures: Sequence[FigureFacts]
) -> list[Pair]:
    """Pairs (position in ``later``, in ``earlier``) of targets that count one thing, weighed among ``figures``."""
    fits = {(i, j) for i, new in enumerate(later) for j, old in enumerate(earlier) if sort_of(new) == sort_of(old)}
    return _likest(later, earlier, fits, figures)


def _likest(
    ones: Sequence[FigureFacts],
    others: Sequence[FigureFacts],
    fits: Collection[tuple[int, int]],
    figures: Sequence[FigureFacts],
) -> list[Pair]:
    """Of the pairs that fit those most alike, each figure once; ``figures``: all among which words are rare or not."""
    rarity = rarity_of(figures)
    pairs = [Pair(i, j, round(likeness(others[j], ones[i], rarity), DECIMALS)) for i, j in sorted(fits)]
    return one_to_one(pairs, LEAST)


def covers(report: DocumentRecord, plan: DocumentRecord, target: FigureFacts, year: int = 0) -> bool:
    """Does the report speak of the time by which the target is due? ``year``: its figure's, 0 the report's own."""
    due = target.deadline or plan.period[1] or f"{plan.year}-12-31"
    if year:
        return due[:4] == str(year)
    first = report.period[0] or f"{report.year}-01-01"
    last = report.period[1] or f"{report.year}-12-31"
    # A report of the year's work is often dated before its last day.
    return first <= due and due[:7] <= last[:7]


def years_of(record: DocumentRecord, figures: Sequence[FigureFacts]) -> tuple[int, ...]:
    """Years in which the figures fall due or were counted."""
    if not figures:
        return ()
    found = {int(figure.deadline[:4]) for figure in figures if figure.deadline}
    found |= {figure.year for figure in figures}
    last = int(record.period[1][:4]) if record.period[1] else record.year
    return tuple(sorted({last, *found} - {0}))
