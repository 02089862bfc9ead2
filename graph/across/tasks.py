"""Which tasks of two documents are one duty, with score and reasons. Pure; grounds and weights in docs/across.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.across.figures import alike, counter, features
from graph.across.matching import DECIMALS, Pair, one_to_one
from graph.across.record import TaskFacts
from graph.across.wording import Rarity
from graph.text import compact, terms

LEAST = 0.4
"""Score from which two tasks correspond."""
WEIGHTS = {"name": 0.85, "wording": 0.60, "metric": 0.70, "campaign": 0.40, "targets": 0.35}
"""How far each reason alone can carry a pair."""
TELLING = 0.3
"""A reason is named when it says at least this much."""
SAME = "same_words"
"""Named when the tasks are called the same but for numbers, dates and marks: another figure is no other wording."""
_NUMBERS = re.compile("[0-9]+[年月日]*")


@dataclass(frozen=True, slots=True)
class _Features:
    called: str
    name: frozenset[str]
    wording: frozenset[str]
    campaigns: frozenset[str]
    targets: frozenset[str]
    metrics: tuple[tuple[str, str], ...]
    """What is counted, and in what."""


def corresponding(ones: Sequence[TaskFacts], others: Sequence[TaskFacts]) -> list[Pair]:
    """Pairs (position in ``ones``, position in ``others``) of one duty, each task once."""
    a, b = [_features(task) for task in ones], [_features(task) for task in others]
    everyone = [*a, *b]
    rarity = {
        "wording": Rarity(task.wording for task in everyone),
        "campaign": Rarity(task.campaigns for task in everyone),
        "targets": Rarity(task.targets for task in everyone),
        "metric": Rarity(features(m) | {counter(unit, unit)} for task in everyone for m, unit in task.metrics),
    }
    pairs = [_pair(i, j, one, other, rarity) for i, one in enumerate(a) for j, other in enumerate(b)]
    return one_to_one(pairs, LEAST)


def _features(task: TaskFacts) -> _Features:
    name = frozenset(terms(task.name))
    metrics = tuple(zip(task.metrics, task.units or ("",) * len(task.metrics), strict=True))
    words = name | set(terms(task.text))
    called = _NUMBERS.sub("", compact(task.name))
    return _Features(called, name, words, frozenset(task.campaigns), frozenset(task.targets), metrics)


def _pair(i: int, j: int, one: _Features, other: _Features, rarity: dict[str, Rarity]) -> Pair:
    wording = rarity["wording"]
    said = {
        "name": wording.overlap(one.name, other.name),
        "wording": wording.overlap(one.wording, other.wording),
        "metric": max(
            (alike(x, y, rarity["metric"], counter(a, b)) for x, a in one.metrics for y, b in other.metrics),
            default=0.0,
        ),
        "campaign": rarity["campaign"].overlap(one.campaigns, other.campaigns),
        "targets": rarity["targets"].overlap(one.targets, other.targets),
    }
    against = 1.0
    for reason, weight in WEIGHTS.items():
        against *= 1 - weight * said[reason]
    reasons = tuple(reason for reason in WEIGHTS if said[reason] >= TELLING)
    same = (SAME,) if one.called == other.called else ()
    return Pair(i, j, round(1 - against, DECIMALS), reasons + same)
