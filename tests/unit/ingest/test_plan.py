"""Which document a text is, whatever order its sources came in."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.ids import document_id
from ingest.plan import Assembly, Sources, assembly

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The machine may be busy: what counts is the result."""
CHANGES = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(["t1", "t2", "t3", None])), max_size=30)


def expected(sources: dict[str, str]) -> dict[str, Assembly]:
    """Documents as a pure function of the sources: one a text, under its smallest source."""
    found = {}
    for sha in set(sources.values()):
        holders = sorted(s for s, t in sources.items() if t == sha)
        found[document_id(holders[0])] = Assembly(sha, holders[0], tuple(holders[1:]))
    return found


@UNHURRIED
@given(changes=CHANGES)
def test_documents_depend_on_the_sources_only(changes: list[tuple[str, str | None]]) -> None:
    """Carrying out every plan on the way leaves exactly the documents of the final sources."""
    known = Sources({})
    sources: dict[str, str] = {}
    documents: dict[str, Assembly] = {}
    for source, sha in changes:
        plan = known.plan(source, sha)
        assert plan.expect_source == sources.get(source)
        assert not {a.document for a in plan.build} & set(plan.remove)
        for document in plan.remove:
            del documents[document]
        for built in plan.build:
            documents[built.document] = built
        known.done(plan)
        sources.pop(source, None)
        if sha is not None:
            sources[source] = sha
        assert documents == expected(sources)
    assert {a.document: a for a in known.documents()} == documents


@UNHURRIED
@given(changes=CHANGES)
def test_a_plan_touches_only_what_changes(changes: list[tuple[str, str | None]]) -> None:
    """A source that already has the text asks for nothing; no plan builds a document that stays as it is."""
    known = Sources({})
    for source, sha in changes:
        before = {a.document: a for a in known.documents()}
        plan = known.plan(source, sha)
        assert all(before.get(a.document) != a for a in plan.build)
        if known.text_of(source) == sha:
            assert (plan.build, plan.remove) == ((), ())
        known.done(plan)
        assert known.text_of(source) == sha


def test_each_change_has_its_name() -> None:
    """Loaded, unchanged, duplicate, replaced, removed."""
    known = Sources({"b.txt": "t1"})
    assert known.plan("b.txt", "t1").change == "unchanged"
    assert known.plan("c.txt", "t2").change == "loaded"
    assert known.plan("b.txt", "t2").change == "replaced"
    assert known.plan("b.txt", None).change == "removed"
    duplicate = known.plan("a.txt", "t1")
    assert duplicate.change == "duplicate"
    assert duplicate.build == (Assembly("t1", "a.txt", ("b.txt",)),)
    assert duplicate.remove == (document_id("b.txt"),)
    assert not duplicate.is_new_text
    assert known.plan("c.txt", "t2").is_new_text


def test_the_others_keep_a_text_that_a_source_leaves() -> None:
    """The document moves to the next source; the leaving source's new text takes over its id."""
    known = Sources({"a.txt": "t1", "b.txt": "t1", "c.txt": "t1"})
    plan = known.plan("a.txt", "t2")
    assert plan.build == (Assembly("t2", "a.txt", ()), Assembly("t1", "b.txt", ("c.txt",)))
    assert plan.remove == ()
    assert plan.expect_holders == {"t1": ("a.txt", "b.txt", "c.txt"), "t2": ()}


def test_a_document_is_named_by_its_smallest_source() -> None:
    """Whatever the order they are given in."""
    assert assembly("t", ["c", "a", "b"]) == Assembly("t", "a", ("b", "c"))
