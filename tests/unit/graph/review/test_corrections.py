"""What may be corrected, how words become values, and what stays visible of what was extracted."""

from __future__ import annotations

import pytest

from graph.errors import InvalidParameter
from graph.ontology import ontology
from graph.review.corrections import (
    check_node_changes,
    check_relation_changes,
    corrected_node,
    node_types,
    roles_of,
    typed_changes,
)
from tests.store import graphs as g


def test_words_are_read_as_what_the_property_holds() -> None:
    """As they come from a command line; what is no such value stays for the check to refuse."""
    types = node_types("Indicator")
    given = {"value": "5.2", "suspicious": "false", "metrics": "起数;人数", "unit": "5", "name": "新名", "other": "x"}
    assert typed_changes(types, given) == {
        "value": 5.2,
        "suspicious": False,
        "metrics": ["起数", "人数"],
        "unit": "5",
        "name": "新名",
        "other": "x",
    }
    assert typed_changes(types, {"value": 5, "suspicious": True}) == {"value": 5.0, "suspicious": True}
    assert typed_changes(node_types("Document"), {"year": "2024"}) == {"year": 2024}
    for wrong in ("many", "nan", "inf"):
        with pytest.raises(InvalidParameter):
            check_node_changes("Indicator", typed_changes(types, {"value": wrong}))


@pytest.mark.parametrize(
    ("label", "changes"),
    [
        ("Indicator", {"quote": "x"}),
        ("Indicator", {"kind": "wish"}),
        ("Indicator", {"suspicious": "perhaps"}),
        ("Task", {"name": "a\nb"}),
        ("Task", {"name": ["a"]}),
        ("Task", {"name": "长" * 501}),
        ("Task", {"deadline_text": "长" * 501}),
        ("Section", {"number": "1"}),
        ("Document", {"valid": "old"}),
        ("Document", {"issued_on": "年底"}),
        ("Document", {"issued_on": "2024-02-30"}),
        ("Document", {"period_start": "2024"}),
        ("Document", {"period_end": "20241231"}),
        ("Document", {"year": 0}),
        ("Document", {"year": 10**20}),
        ("Task", {"deadline": "年底前"}),
        ("Indicator", {"op": "不少于"}),
    ],
)
def test_what_follows_from_the_text_or_has_no_such_value_is_refused(label: str, changes: dict[str, object]) -> None:
    """The evidence above all: a quote is what the text says."""
    with pytest.raises(InvalidParameter):
        check_node_changes(label, changes)  # type: ignore[arg-type]


def test_a_date_is_corrected_to_a_day_or_taken_away() -> None:
    """What comparing documents by time can read."""
    check_node_changes("Document", {"issued_on": "2024-02-29", "period_end": "", "year": 2024})
    check_node_changes("Task", {"deadline": "2024-12-31", "deadline_text": "年底前"})


def test_a_role_is_a_relation_of_the_same_group_between_the_same_labels() -> None:
    """A duty becomes another duty; a relation of no document keeps its type."""
    assert roles_of("LEADS", "Unit", "Task") == ("LEADS", "COOPERATES", "EXECUTES", "ASSIGNS", "SUPERVISES")
    check_relation_changes("LEADS", "Unit", "Task", {"role": "EXECUTES", "valid": "superseded"}, shared=False)
    for changes, shared in (({"role": "CITES"}, False), ({"role": "LEADS"}, True), ({"valid": "no"}, False)):
        with pytest.raises(InvalidParameter):
            check_relation_changes("LEADS", "Unit", "Task", changes, shared=shared)


def test_a_correction_to_what_is_there_changes_nothing() -> None:
    """And leaves no mark."""
    assert corrected_node(g.BRIGADE, {"name": g.BRIGADE.name, "level": "县"}) is g.BRIGADE


def test_every_label_that_can_be_corrected_shows_what_was_extracted() -> None:
    """The ontology gives each of them the property for it."""
    for label in ontology().editable.nodes:
        assert "corrected_from" in ontology().node(label).properties, label
    assert "corrected_from" in ontology().relation_properties
