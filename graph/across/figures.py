"""Does a result answer a target, and was it met? Pure functions of two figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from graph.across.record import FigureFacts
from graph.across.wording import Rarity, any_of, wording
from graph.text import bigrams, compact

Verdict = Literal["met", "missed", "not_comparable"]
Sort = Literal["rate", "change", "count"]
CONTEXT = 0.25
"""Weight of what surrounds a figure beside its own metric."""


def likeness(target: FigureFacts, result: FigureFacts, rarity: Rarity) -> float:
    """0 to 1: how surely both figures are of one thing; a rate and a count never are."""
    if sort_of(target) != sort_of(result):
        return 0.0
    own = alike(counted(target), counted(result), rarity)
    said = features(target.metric + target.before + target.task)
    around = rarity.contained(features(result.metric + result.before), said)
    return (1 - CONTEXT) * own + CONTEXT * around if own else 0.0


def alike(one: str, other: str, rarity: Rarity) -> float:
    """0 to 1: do two metrics name one thing? Shared bigrams, and shared characters for 堵点治理 and 治理交通堵点."""
    a, b = _split(one), _split(other)
    pairs = rarity.overlap(a[1], b[1])
    return (pairs + max(rarity.contained(a[0], b[0]), rarity.contained(b[0], a[0]))) / 2 if pairs else 0.0


def features(text: str) -> frozenset[str]:
    """Characters and bigrams of what is counted, verbs and counting words left out."""
    singles, pairs = _split(text)
    return singles | pairs


@lru_cache(maxsize=65536)
def _split(text: str) -> tuple[frozenset[str], frozenset[str]]:
    runs = object_of(text).split(" ")
    return frozenset("".join(runs)), frozenset(pair for run in runs if len(run) > 1 for pair in bigrams(run))


def object_of(text: str) -> str:
    """What is counted: parts between the verbs of doing and the words of counting, joined by blanks."""
    parts = _left_out().sub(" ", compact(text)).split()
    return " ".join(parts) if parts else compact(text)


@cache
def _left_out() -> re.Pattern[str]:
    words = wording().metrics
    return re.compile(f"{any_of(words.doing)}|{any_of(words.counting)}$|[0-9a-z]+")


def counted(figure: FigureFacts) -> str:
    """The metric, with the clause before it where the metric itself names nothing (集市 | 整治50场次)."""
    return figure.metric if _left_out().sub("", compact(figure.metric)) else figure.before + figure.metric


def sort_of(figure: FigureFacts) -> Sort:
    """Is it a change, a rate or a count?"""
    if figure.change is not None or figure.op in ("increase", "decrease"):
        return "change"
    rates = wording().metrics.rates
    return "rate" if figure.unit in ("%", "‰") or figure.metric.endswith(rates) else "count"


def verdict(target: FigureFacts, result: FigureFacts) -> Verdict:
    """Was the target met, as far as the two figures can be compared?"""
    if not comparable(target, result):
        return "not_comparable"
    if sort_of(target) == "change":
        return _of_change(target, result)
    if target.value is None or result.value is None:
        return "not_comparable"
    if target.op in ("<=", "<"):
        met = result.value <= target.value if target.op == "<=" else result.value < target.value
    elif target.op == ">":
        met = result.value > target.value
    else:
        # A plan that says 建成20个 or 保持100% is not missed by more.
        met = result.value >= target.value
    return "met" if met else "missed"


def _of_change(target: FigureFacts, result: FigureFacts) -> Verdict:
    aimed, came = _signed(target), _signed(result)
    if aimed is None or came is None:
        return "not_comparable"
    met = came <= aimed if target.op == "decrease" or aimed < 0 else came >= aimed
    return "met" if met else "missed"


def _signed(figure: FigureFacts) -> float | None:
    if figure.change is not None:
        return figure.change
    if figure.value is None:
        return None
    return -figure.value if figure.op == "decrease" else figure.value


def comparable(target: FigureFacts, result: FigureFacts) -> bool:
    """One unit of measure, one scope: the result does not speak of a part that the target does not name."""
    if unit_of(target) != unit_of(result):
        return False
    if target.objects and result.objects and not any(_akin(a, b) for a in target.objects for b in result.objects):
        return False
    said = target.metric + target.before + target.task
    narrower = [scope for scope in wording().scopes if scope in result.before + result.metric]
    return all(scope in said for scope in narrower)


def _akin(one: str, other: str) -> bool:
    """Is one class of vehicles the other, or a kind of it by its name: 重型货车, 货车?"""
    return one.endswith(other) or other.endswith(one) or one[-2:] == other[-2:]


def unit_of(figure: FigureFacts) -> str:
    """Unit of measure, one word for each."""
    if sort_of(figure) == "change":
        return "%" if figure.unit in ("%", "") else figure.unit
    return wording().metrics.units.get(figure.unit, figure.unit)


def rarity_of(figures: Iterable[FigureFacts]) -> Rarity:
    """Weights by the metrics of the figures that are compared."""
    return Rarity(features(counted(figure)) for figure in figures)
