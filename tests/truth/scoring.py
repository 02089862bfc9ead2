"""A prediction compared with the truth, whoever made it: an extraction, a store, a person.

Spans meet when they overlap. A true span is met by the predicted one that shares the most characters with it, of
equals the one nearest in length, then the first. What the truth does not speak of (a mention it does not list, a pair
of documents that was not judged) is neither right nor wrong; such links are counted as ``outside``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import comb
from typing import Literal

from tests.truth.model import Span, Truth, Verdict

COMPARED = ("met", "missed")


@dataclass(frozen=True, order=True)
class Place:
    """A stretch of a document, code points. ``doc`` is the document's id in the truth."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True)
class Linked:
    """A mention and its node. ``family`` is the node that a variant belongs to; empty: the node itself."""

    place: Place
    node: str
    family: str = ""


@dataclass(frozen=True, order=True)
class Report:
    """A result that reports on a target; ``verdict`` is empty when the prediction gives none."""

    target: Place
    result: Place
    verdict: Verdict | Literal[""] = ""


@dataclass(frozen=True)
class Prediction:
    """Links between documents: (``doc``, what it implements or replaces). Pairs of tasks have no order."""

    units: Sequence[Linked] = ()
    campaigns: Sequence[Linked] = ()
    reports: Sequence[Report] = ()
    correspondences: Sequence[tuple[Place, Place]] = ()
    implements: Sequence[tuple[str, str]] = ()
    supersedes: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Tally:
    """Right, wrongly added and missing. Without anything to find, or anything found, the rate concerned is 1."""

    right: int = 0
    added: int = 0
    missing: int = 0
    outside: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.added) if self.right + self.added else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.added + self.missing
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True)
class Merge:
    """One node that holds mentions of bodies of several places."""

    node: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """The figures of one prediction.

    ``units``: pairs of mentions of single bodies; ``units_across``: those in two documents; ``units_generic``:
    classes of bodies (各大队) too. ``reports``: links of results to targets; ``verdicts_right``: right only with the
    right verdict. ``verdicts``: targets by (true, predicted) verdict, ``not_reported`` where no link is predicted.
    """

    units: Tally
    units_across: Tally
    units_generic: Tally
    unit_mentions: Tally
    campaigns: Tally
    families: Tally
    campaign_mentions: Tally
    reports: Tally
    verdicts_right: Tally
    verdicts: dict[tuple[str, str], int]
    correspondences: Tally
    implements: Tally
    supersedes: Tally
    merges: tuple[Merge, ...]

    @property
    def verdict_accuracy(self) -> float:
        """Share of the targets whose verdict is the true one."""
        total = sum(self.verdicts.values())
        return sum(n for (true, said), n in self.verdicts.items() if true == said) / total if total else 1.0


def score(truth: Truth, prediction: Prediction) -> Score:
    """All figures of one prediction."""
    generic = {unit.id for unit in truth.units if unit.generic}
    units = _linking([(_place(m.span), m.unit) for m in truth.unit_mentions], prediction.units, _node)
    single = [link for link in units if link.true not in generic]
    named = [(_place(m.span), m.campaign) for m in truth.campaign_mentions]
    family = {campaign.id: campaign.family for campaign in truth.campaigns}
    campaigns = _linking(named, prediction.campaigns, _node)
    families = _linking([(place, family[key]) for place, key in named], prediction.campaigns, _family)
    reports, verdicts_right, verdicts = _reports(truth, prediction.reports)
    return Score(
        units=pairs(single),
        units_across=pairs(single, across=True),
        units_generic=pairs(units),
        unit_mentions=_found(units),
        campaigns=pairs(campaigns),
        families=pairs(families),
        campaign_mentions=_found(campaigns),
        reports=reports,
        verdicts_right=verdicts_right,
        verdicts=verdicts,
        correspondences=_correspondences(truth, prediction.correspondences),
        implements=_sets({(link.doc, link.of) for link in truth.implements}, prediction.implements),
        supersedes=_sets({(link.doc, link.of) for link in truth.supersedes}, prediction.supersedes),
        merges=tuple(_merges(truth, units)),
    )


# Linking of mentions


@dataclass(frozen=True)
class _Link:
    """One true mention: what it is, and the node it was linked to (``None``: not found)."""

    doc: str
    true: str
    said: str | None


def _linking(true: Iterable[tuple[Place, str]], said: Sequence[Linked], name: Callable[[Linked], str]) -> list[_Link]:
    nearest = _Nearest([link.place for link in said])
    found = [(place, key, nearest(place)) for place, key in true]
    return [_Link(place.doc, key, None if at is None else name(said[at])) for place, key, at in found]


def pairs(links: Iterable[_Link], *, across: bool = False) -> Tally:
    """Pairs of mentions that are one body against pairs linked to one node; a mention not found is linked to none.

    ``across``: only pairs of mentions in different documents.
    """
    listed = list(links)

    def count(key: Callable[[_Link], Hashable]) -> int:
        kept = [link for link in listed if key(link) is not None]
        total = sum(comb(n, 2) for n in Counter(map(key, kept)).values())
        return total - sum(comb(n, 2) for n in Counter((link.doc, key(link)) for link in kept).values()) * across

    both = count(lambda link: None if link.said is None else (link.true, link.said))
    return Tally(both, count(lambda link: link.said) - both, count(lambda link: link.true) - both)


def _found(links: Sequence[_Link]) -> Tally:
    right = sum(link.said is not None for link in links)
    return Tally(right=right, missing=len(links) - right)


def _node(link: Linked) -> str:
    return link.node


def _family(link: Linked) -> str:
    return link.family or link.node


def _merges(truth: Truth, links: Iterable[_Link]) -> Iterable[Merge]:
    """Nodes with bodies of several places. A class of bodies may be one node everywhere and is left out."""
    places = {unit.id: unit.place for unit in truth.units if not unit.generic}
    held: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.said is not None and link.true in places:
            held[link.said].add(link.true)
    for node, units in sorted(held.items()):
        if len({places[unit] for unit in units}) > 1:
            yield Merge(node, tuple(sorted(units)))


# Links between figures, tasks and documents


def _reports(truth: Truth, said: Iterable[Report]) -> tuple[Tally, Tally, dict[tuple[str, str], int]]:
    """Links of results to targets, then right verdicts too, then targets by (true, predicted) verdict.

    A target and a figure that cannot be compared may be linked or left alone; only to call it met or missed is wrong.
    A link from a figure that is no listed result is wrong; one to no listed target is outside.
    """
    results = [figure.span for figure in truth.results]
    target_at = _Nearest([_place(outcome.target) for outcome in truth.outcomes])
    result_at = _Nearest([_place(span) for span in results])
    linked: set[int] = set()
    agreed: set[int] = set()
    wrong: set[tuple[int, Place]] = set()
    misjudged: set[tuple[int, Place]] = set()
    outside, verdict_of = 0, dict[int, str]()
    for report in sorted(said):
        target, result = target_at(report.target), result_at(report.result)
        if target is None:
            outside += 1
            continue
        outcome = truth.outcomes[target]
        verdict_of.setdefault(target, report.verdict)
        true = result is not None and outcome.result == results[result]
        agrees = report.verdict == outcome.verdict or (report.verdict == "" and outcome.verdict not in COMPARED)
        linked |= {target} if true else set()
        agreed |= {target} if true and agrees else set()
        wrong |= set() if true else {(target, report.result)}
        misjudged |= set() if true and agrees else {(target, report.result)}
    wanted = {at for at, outcome in enumerate(truth.outcomes) if outcome.verdict in COMPARED}
    verdicts = Counter(
        (outcome.verdict, verdict_of.get(at, "not_reported")) for at, outcome in enumerate(truth.outcomes)
    )
    links = Tally(len(linked & wanted), len(wrong), len(wanted - linked), outside)
    judgements = Tally(len(agreed & wanted), len(misjudged), len(wanted - agreed), outside)
    return links, judgements, dict(sorted(verdicts.items()))


def _correspondences(truth: Truth, said: Iterable[tuple[Place, Place]]) -> Tally:
    """Unordered pairs of tasks within the pairs of documents that were judged."""
    tasks = sorted({_place(task.span) for task in truth.tasks})
    nearest = _Nearest(tasks)
    true = {frozenset((_place(pair.head), _place(pair.tail))) for pair in truth.correspondences}
    judged = {frozenset(pair) for pair in truth.judged}
    found: set[frozenset[Place]] = set()
    outside = 0
    for one, other in said:
        ends = nearest(one), nearest(other)
        if frozenset((one.doc, other.doc)) not in judged or ends[0] is None or ends[1] is None:
            outside += 1
        else:
            found.add(frozenset((tasks[ends[0]], tasks[ends[1]])))
    return Tally(len(found & true), len(found - true), len(true - found), outside)


def _sets(true: set[tuple[str, str]], said: Iterable[tuple[str, str]]) -> Tally:
    found = set(said)
    return Tally(len(found & true), len(found - true), len(true - found))


# Spans


class _Nearest:
    """Finds, among places, the one that a span means: its position in the list, or ``None`` when none overlaps."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._by_doc: dict[str, list[tuple[Place, int]]] = defaultdict(list)
        for position, place in enumerate(places):
            self._by_doc[place.doc].append((place, position))

    def __call__(self, wanted: Place) -> int | None:
        def rank(item: tuple[Place, int]) -> tuple[int, int, Place, int]:
            place, position = item
            shared = min(place.end, wanted.end) - max(place.start, wanted.start)
            return -shared, abs((place.end - place.start) - (wanted.end - wanted.start)), place, position

        near = [item for item in self._by_doc[wanted.doc] if item[0].start < wanted.end and wanted.start < item[0].end]
        return min(near, key=rank)[1] if near else None


def _place(span: Span) -> Place:
    return Place(span.doc, span.start, span.end)
