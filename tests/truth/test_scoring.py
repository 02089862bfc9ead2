"""The scorer against small examples whose figures can be counted by hand."""

from dataclasses import replace

import pytest

from tests.truth.generate import generate
from tests.truth.model import (
    Campaign,
    CampaignMention,
    Correspondence,
    DocumentLink,
    Figure,
    Outcome,
    Span,
    Task,
    Truth,
    Unit,
    UnitMention,
)
from tests.truth.scoring import Linked, Merge, Place, Prediction, Report, Tally, score

pytestmark = pytest.mark.unmeasured


def span(doc: str, start: int, end: int | None = None) -> Span:
    return Span(doc, start, start + 2 if end is None else end, "…")


def at(doc: str, start: int, end: int | None = None) -> Place:
    return Place(doc, start, start + 2 if end is None else end)


def figure(key: str, place: Span) -> Figure:
    return Figure(key, place, "target" if key.startswith("t") else "result", "", ">=", 1.0, "处")


SQUAD = {"a": Unit("a/squad", "甲县交警大队", "a"), "b": Unit("b/squad", "乙县交警大队", "b")}
TRUTH = Truth(
    documents=(),
    units=(*SQUAD.values(), Unit("a/all", "各中队", "a", generic=True)),
    campaigns=(Campaign("guard", "守护行动", "helmet"), Campaign("rectify", "专项整治", "helmet")),
    unit_mentions=(
        UnitMention(span("a1", 0, 6), "a/squad"),
        UnitMention(span("a1", 10), "a/squad"),
        UnitMention(span("a2", 0), "a/squad"),
        UnitMention(span("b1", 0), "b/squad"),
        UnitMention(span("a1", 20), "a/all"),
        UnitMention(span("a2", 20), "a/all"),
    ),
    campaign_mentions=(
        CampaignMention(span("a1", 30), "guard"),
        CampaignMention(span("a2", 30), "guard"),
        CampaignMention(span("b1", 30), "rectify"),
    ),
    tasks=tuple(Task(key, span(doc, 40), ("a/squad",)) for key, doc in (("x", "a1"), ("y", "a2"), ("z", "b1"))),
    targets=tuple(figure(f"t{n}", span("a1", 50 + 5 * n)) for n in range(4)),
    results=tuple(figure(f"r{n}", span("a2", 50 + 5 * n)) for n in range(4)),
    outcomes=(
        Outcome(span("a1", 50), span("a2", 50), "met"),
        Outcome(span("a1", 55), span("a2", 55), "missed"),
        Outcome(span("a1", 60), span("a2", 60), "not_comparable", "unit"),
        Outcome(span("a1", 65), None, "not_reported"),
    ),
    judged=(("a1", "a2"),),
    correspondences=(Correspondence(span("a1", 40), span("a2", 40), ("kept",)),),
    unmatched=(),
    implements=(DocumentLink("a2", "a1", span("a2", 0)),),
    supersedes=(DocumentLink("b1", "a1", span("b1", 0)),),
)


def test_what_is_true_scores_full_marks() -> None:
    """Everything generated, predicted as it is, has no fault, and no body is merged with another."""
    _, truth = generate()

    def place(of: Span) -> Place:
        return Place(of.doc, of.start, of.end)

    families = {campaign.id: campaign.family for campaign in truth.campaigns}
    result = score(
        truth,
        Prediction(
            units=[Linked(place(m.span), m.unit) for m in truth.unit_mentions],
            campaigns=[Linked(place(m.span), m.campaign, families[m.campaign]) for m in truth.campaign_mentions],
            reports=[Report(place(o.target), place(o.result), o.verdict) for o in truth.outcomes if o.result],
            correspondences=[(place(pair.tail), place(pair.head)) for pair in truth.correspondences],
            implements=[(link.doc, link.of) for link in truth.implements],
            supersedes=[(link.doc, link.of) for link in truth.supersedes],
        ),
    )
    tallies = [value for value in vars(result).values() if isinstance(value, Tally)]
    assert len(tallies) == 12
    assert all(tally.f1 == 1 and tally.right and not tally.outside for tally in tallies)
    assert result.verdict_accuracy == 1
    assert result.merges == ()


def test_nothing_predicted_finds_nothing() -> None:
    result = score(TRUTH, Prediction())
    assert result.units == Tally(missing=3)
    assert (result.units.precision, result.units.recall, result.units.f1) == (1, 0, 0)
    assert result.unit_mentions == Tally(missing=6)
    assert result.verdicts == {
        ("met", "not_reported"): 1,
        ("missed", "not_reported"): 1,
        ("not_comparable", "not_reported"): 1,
        ("not_reported", "not_reported"): 1,
    }
    assert result.verdict_accuracy == 0.25
    assert Tally().recall == Tally().f1 == 1


def test_pairs_of_mentions_are_counted_by_node() -> None:
    """Two of three mentions on one node: one of three pairs is found, and it is not across documents."""
    units = [Linked(at("a1", 0), "n"), Linked(at("a1", 10), "n"), Linked(at("a2", 0), "m"), Linked(at("b1", 0), "o")]
    result = score(TRUTH, Prediction(units=units))
    assert result.units == Tally(right=1, missing=2)
    assert result.units_across == Tally(missing=2)
    assert result.merges == ()


def test_a_body_merged_with_one_of_another_place_is_named() -> None:
    """One node for everything: three wrong pairs, and the merge is listed with the bodies it confuses."""
    units = [Linked(at(doc, start), "n") for doc, start in (("a1", 0), ("a1", 10), ("a2", 0), ("b1", 0))]
    result = score(TRUTH, Prediction(units=units))
    assert result.units == Tally(right=3, added=3)
    assert result.units_across == Tally(right=2, added=3)
    assert result.merges == (Merge("n", ("a/squad", "b/squad")),)


def test_classes_of_bodies_count_apart() -> None:
    """各中队 in two documents: one pair where classes count, none of single bodies, and no merge of places."""
    units = [Linked(at("a1", 20), "all"), Linked(at("a2", 20), "all"), Linked(at("b1", 0), "all")]
    result = score(TRUTH, Prediction(units=units))
    assert result.units == Tally(missing=3)
    assert result.units_generic == Tally(right=1, added=2, missing=3)
    assert result.merges == ()


@pytest.mark.parametrize(
    ("start", "end", "met"), [(4, 9, True), (0, 1, True), (6, 9, False)], ids=["tail", "head", "beside"]
)
def test_an_overlap_is_enough(start: int, end: int, met: bool) -> None:
    result = score(TRUTH, Prediction(units=[Linked(at("a1", start, end), "n")]))
    assert result.unit_mentions.right == met


def test_of_several_overlaps_the_largest_and_then_the_closest_counts() -> None:
    near, wide, part = Linked(at("a1", 0, 7), "near"), Linked(at("a1", 0, 9), "wide"), Linked(at("a1", 5, 6), "part")
    links = [part, wide, near, Linked(at("a1", 10), "near")]
    assert score(TRUTH, Prediction(units=links)).units.right == 1


def test_variants_meet_in_their_family() -> None:
    """Variants on nodes of their own are right; their family shows in a second figure."""
    campaigns = [Linked(at(doc, 30), node, "f") for doc, node in (("a1", "g"), ("a2", "g"), ("b1", "r"))]
    result = score(TRUTH, Prediction(campaigns=campaigns))
    assert (result.campaigns, result.families) == (Tally(right=1), Tally(right=3))
    alone = score(TRUTH, Prediction(campaigns=[replace(link, family="") for link in campaigns]))
    assert alone.families == Tally(right=1, missing=2)


def test_a_result_is_linked_to_its_target_with_the_right_verdict() -> None:
    reports = [Report(at("a1", 50), at("a2", 50), "met"), Report(at("a1", 55), at("a2", 55), "met")]
    result = score(TRUTH, Prediction(reports=reports))
    assert result.reports == Tally(right=2)
    assert result.verdicts_right == Tally(right=1, added=1, missing=1)
    assert result.verdicts[("missed", "met")] == 1


@pytest.mark.parametrize(
    ("said", "links", "right"),
    [
        (Report(at("a1", 60), at("a2", 60), "not_comparable"), Tally(missing=2), Tally(missing=2)),
        (Report(at("a1", 60), at("a2", 60)), Tally(missing=2), Tally(missing=2)),
        (Report(at("a1", 60), at("a2", 60), "met"), Tally(missing=2), Tally(added=1, missing=2)),
        (Report(at("a1", 65), at("a2", 65), "met"), Tally(added=1, missing=2), Tally(added=1, missing=2)),
        (Report(at("a1", 50), at("a2", 90), "met"), Tally(added=1, missing=2), Tally(added=1, missing=2)),
        (Report(at("a1", 90), at("a2", 50), "met"), Tally(missing=2, outside=1), Tally(missing=2, outside=1)),
    ],
    ids=["said so", "left open", "compared all the same", "nothing reported", "no result", "no target"],
)
def test_what_cannot_be_compared_may_not_be_judged(said: Report, links: Tally, right: Tally) -> None:
    """Links of figures that differ in unit or scope are free; calling them met, or linking others, is an error."""
    result = score(TRUTH, Prediction(reports=[said]))
    assert (result.reports, result.verdicts_right) == (links, right)


def test_tasks_correspond_whatever_the_order_and_only_where_judged() -> None:
    """The pair once, though said twice; a pair of documents nobody judged, or of no tasks, is outside."""
    one, other, third = at("a1", 40), at("a2", 41, 45), at("b1", 40)
    said = [(one, other), (other, one), (one, third), (one, at("a2", 80))]
    result = score(TRUTH, Prediction(correspondences=said))
    assert result.correspondences == Tally(right=1, outside=2)


def test_a_wrong_correspondence_is_counted() -> None:
    tasks = (*TRUTH.tasks, Task("w", span("a2", 45), ("a/squad",)))
    result = score(replace(TRUTH, tasks=tasks), Prediction(correspondences=[(at("a1", 40), at("a2", 45))]))
    assert result.correspondences == Tally(added=1, missing=1)
    assert result.correspondences.f1 == 0


def test_links_between_documents_have_a_direction() -> None:
    result = score(TRUTH, Prediction(implements=[("a1", "a2"), ("a2", "a1")], supersedes=[("b1", "a1")]))
    assert result.implements == Tally(right=1, added=1)
    assert result.implements.precision == 0.5
    assert result.supersedes == Tally(right=1)
