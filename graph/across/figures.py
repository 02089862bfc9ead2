"""Is a figure of one document about what a figure of another is about? Pure functions of two figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from graph.across.record import FigureFacts
from graph.across.wording import Rarity, wording
from graph.patterns import any_of
from graph.text import bigrams, compact

Sort = Literal["rate", "change", "count"]
CONTEXT = 0.25
"""Weight of what surrounds a figure beside its own metric."""
COUNTER = 0.25
"""How far one counter, used for nothing else in both documents, carries two metrics."""
ABBREVIATED = 0.6
"""Share of an abbreviation's characters that its full form has."""


def likeness(target: FigureFacts, result: FigureFacts, rarity: Rarity) -> float:
    """0 to 1: how surely both figures are of one thing; a rate and a count never are, nor accidents of two grades."""
    if sort_of(target) not in sorts_of(result) or grades_of(target) != grades_of(result):
        return 0.0
    shared = counter(target.unit, result.unit)
    own = max(alike(a, b, rarity, shared) for a in _namings(target) for b in _namings(result))
    said = features(counted(target) + target.before + target.task)
    around = rarity.contained(features(counted(result) + result.before), said)
    return (1 - CONTEXT) * own + CONTEXT * around if own else 0.0


def alike(one: str, other: str, rarity: Rarity, shared: str = "") -> float:
    """0 to 1: do two metrics name one thing? Shared bigrams, and shared characters for 堵点治理 and 治理交通堵点.

    ``shared``: the counter of both. A measure word belongs to its noun, so a rare one speaks for one thing. With it an
    abbreviation is believed: it takes a character of each word (送法下乡 for 把法律课送到乡村), so no bigram is left.
    """
    a, b = _split(one), _split(other)
    pairs = rarity.overlap(a[1], b[1])
    kept = max(rarity.contained(a[0], b[0]), rarity.contained(b[0], a[0]))
    if not pairs:
        short = min(a[0], b[0], key=len)
        return kept / 2 if shared and len(short) > 2 and len(a[0] & b[0]) >= ABBREVIATED * len(short) else 0.0
    found = (pairs + kept) / 2
    return 1 - (1 - found) * (1 - COUNTER * rarity.share(shared)) if shared else found


def counter(one: str, other: str) -> str:
    """The counter of both as a feature, "" when they have two or one that counts anything."""
    words = wording().metrics
    a, b = (words.units.get(unit, unit) for unit in (one, other))
    return f"/{a}" if a == b and not {one, other} & set(words.general) else ""


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
    return " ".join(_parts(text)) or compact(text)


def _parts(text: str) -> list[str]:
    return _left_out().sub(" ", compact(text)).split()


@cache
def _left_out() -> re.Pattern[str]:
    words = wording().metrics
    return re.compile(f"{any_of(words.doing)}|{any_of(words.counting)}$|[0-9a-z]+")


def counted(figure: FigureFacts) -> str:
    """The metric; where it names nothing, with its clause (集市 | 整治50场次), and then with the clause before.

    Chinese drops what was just spoken of (每月讲一次安全课，全年不少于12场; 亡人事故9起，起数下降4%).
    """
    clause = figure.metric if figure.metric and figure.before.endswith(figure.metric) else figure.before + figure.metric
    forms = (figure.metric, clause, f"{figure.earlier} {clause}")
    return next((form for form in forms if _parts(form)), figure.metric)


def _namings(figure: FigureFacts) -> tuple[str, ...]:
    """What may name the thing counted: where the metric does not, the words before or the task."""
    task = (figure.task,) if figure.task and not _parts(figure.metric) else ()
    return (counted(figure), *task)


def sort_of(figure: FigureFacts) -> Sort:
    """What it is first of all: a change, a rate or a count."""
    if figure.op in ("increase", "decrease") or (_changed(figure) and figure.value is None):
        return "change"
    rates = wording().metrics.rates
    return "rate" if figure.unit in ("%", "‰") or figure.metric.endswith(rates) else "count"


def sorts_of(figure: FigureFacts) -> frozenset[Sort]:
    """All that it says: 事故9起，同比下降4% is a count and a change."""
    return frozenset({sort_of(figure), "change"} if _changed(figure) else {sort_of(figure)})


def _changed(figure: FigureFacts) -> bool:
    return figure.change is not None or figure.change_abs is not None


def grades_of(figure: FigureFacts) -> frozenset[str]:
    """The grades of accidents it counts; the grades order accidents alone."""
    said = compact(counted(figure))
    if "事故" not in said:
        return frozenset()
    words = wording().metrics.grades
    return frozenset(words[m] for m in re.findall(any_of(words), said))


def rarity_of(figures: Iterable[FigureFacts]) -> Rarity:
    """Weights by the metrics and counters of the figures that are compared."""
    return Rarity(features(counted(figure)) | {counter(figure.unit, figure.unit)} for figure in figures)
