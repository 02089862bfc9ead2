"""A decision finds its fact again after the document was changed or read anew, or says that it cannot."""

from __future__ import annotations

from dataclasses import replace

from graph.ids import text_sha256
from graph.models import DocumentGraph, Node, Relation
from graph.review.apply import apply
from graph.review.entries import Entry
from graph.review.matching import Finder, fact_of, place_of, subject_of
from tests.store import graphs as g
from tests.unit.graph.review.cases import about, about_node, entry, find, split, state_of


def note(text: str, source: str = "qinghe/note.txt", *, rule: str = "test") -> DocumentGraph:
    """A document in which every sentence ``X负责Y。`` is a duty; the tasks are numbered in order."""
    w = g.Writing(source, text, "青禾县停车通知", "notice")
    position = 0
    for sentence in text.split("。")[:-1]:
        start = text.index(sentence, position)
        position = start + len(sentence)
        unit, _, name = sentence.strip().partition("负责")
        own = {"doc": w.id, "start_char": start, "end_char": position, "quote": sentence}
        task = Node("Task", f"task:{w.id}-{len(w._nodes)}", name, "item", (), {**own, "level": "item"})
        w._nodes[task.id] = task
        properties = {"origin": "extracted", "status": "extracted", "rule": rule, "confidence": 0.9, **own}
        head = g.shared("Unit", unit)
        w._nodes[head.id] = head
        key = f"{w.id}-{start}-{rule}"
        w._relations.append(Relation("LEADS", "Unit", head.id, "Task", task.id, key, properties))
    return w.graph()


BEFORE = note("教育局负责规范停车。市场局负责清理摊点。")


def rejection(task: str = "清理摊点") -> Entry:
    return entry(1, "reject", **about(BEFORE, find(BEFORE, "LEADS", tail=task)))


def status(graph: DocumentGraph, task: str, decision: Entry | None = None) -> list[object]:
    """The status of each duty for ``task`` after the decision."""
    after = apply(state_of(decision or rejection()), graph).graph
    tasks = {n.id for n in after.nodes if n.name == task}
    return [r.properties["status"] for r in after.relations if r.tail in tasks]


def test_a_decision_follows_its_sentence_when_the_text_around_it_changes() -> None:
    """Other offsets, other key, other number of the task: the sentence and who it names are the same."""
    moved = note("公安局负责上路检查。教育局负责规范停车。市场局负责清理摊点。")
    assert status(moved, "清理摊点") == ["rejected"]
    assert status(moved, "规范停车") == ["extracted"]


def test_a_decision_follows_the_text_to_another_source() -> None:
    """The same text under another name is the same document; another text there is not."""
    assert status(note("教育局负责规范停车。市场局负责清理摊点。", "qinghe/copy.txt"), "清理摊点") == ["rejected"]
    assert status(note("公安局负责检查。市场局负责清理摊点。", "qinghe/copy.txt"), "清理摊点") == ["extracted"]


def test_a_decision_survives_a_rule_that_was_renamed() -> None:
    """What the sentence says is what was decided about, not the rule that read it."""
    assert status(note("教育局负责规范停车。市场局负责清理摊点。", rule="other"), "清理摊点") == ["rejected"]


def test_a_sentence_found_twice_or_changed_is_not_guessed_at() -> None:
    """The decision waits: applied nowhere and counted as applied nowhere."""
    twice = note("市场局负责清理摊点。教育局负责检查。市场局负责清理摊点。")
    changed = note("教育局负责规范停车。市场局负责清理占道摊点。")
    other = note("教育局负责规范停车。城管局负责清理摊点。")
    for graph in (twice, changed, other):
        assert apply(state_of(rejection()), graph).entries == ()


def test_of_equal_sentences_the_one_in_its_place_is_meant() -> None:
    """As long as nothing moved, a repeated sentence is told apart by where it stands, under any source."""
    text = "市场局负责清理摊点。教育局负责检查。市场局负责清理摊点。"
    graph = note(text)
    second = max(
        (r for r in graph.relations if "清理" in str(r.properties["quote"])), key=lambda r: r.properties["start_char"]
    )
    decision = entry(1, "reject", **about(graph, second))
    after = apply(state_of(decision), note(text, "qinghe/copy.txt")).graph
    rejected = [r for r in after.relations if r.properties["status"] == "rejected"]
    assert [r.properties["start_char"] for r in rejected] == [second.properties["start_char"]]


def test_another_sentence_at_the_same_place_is_another_fact() -> None:
    """A key holds offsets: one figure changed in the text leaves the key, and means something else."""
    assert status(note("教育局负责规范停车。市场局负责清理摊位。"), "清理摊位") == ["extracted"]


def test_a_task_is_found_by_its_words_not_by_its_number() -> None:
    """The second task is another one by now."""
    task = next(n for n in BEFORE.nodes if n.name == "清理摊点")
    decision = entry(1, "reject", **about_node(task, BEFORE))
    moved = note("公安局负责上路检查。教育局负责规范停车。市场局负责清理摊点。")
    assert status(moved, "清理摊点", decision) == ["rejected"]
    assert status(moved, "规范停车", decision) == ["extracted"]
    gone = note("公安局负责上路检查。教育局负责规范停车。")
    assert apply(state_of(decision), gone).entries == ()
    elsewhere = note("市场局负责清理摊点。", "other.txt")
    assert apply(state_of(decision), elsewhere).entries == ()


def test_a_document_is_found_by_its_source_or_text() -> None:
    """What is corrected of the document itself holds for its next version."""
    root = next(n for n in BEFORE.nodes if n.label == "Document")
    decision = entry(1, "edit", changes={"valid": "superseded"}, **about_node(root, BEFORE))
    for graph in (BEFORE, note("公安局负责检查。"), note("教育局负责规范停车。市场局负责清理摊点。", "copy.txt")):
        after = apply(state_of(decision), graph).graph
        assert next(n for n in after.nodes if n.label == "Document").properties["valid"] == "superseded"


def test_ends_are_known_by_name_or_by_how_the_text_calls_them() -> None:
    """A unit whose full name is resolved better by now is still the one that the sentence names."""
    w = g.plan()
    graph = w.graph()
    duty = find(graph, "LEADS", head=g.MARKET.name, tail="规范停车")
    better = replace(g.MARKET, id="unit:better", name="云岭省青禾县市场监管局")
    nodes = tuple(better if n.id == g.MARKET.id else n for n in graph.nodes)
    renamed = tuple(
        replace(r, head=better.id, key=f"x{r.key}") if r.head == g.MARKET.id else r for r in graph.relations
    )
    again = DocumentGraph(graph.document, graph.text, nodes, renamed)
    found = Finder(again).fact(fact_of(graph, duty))
    assert found is not None
    assert found.head == "unit:better"


def test_a_relation_of_no_document_is_known_by_its_key_alone() -> None:
    """And by no place."""
    world = g.world()
    fact = fact_of(world, find(world, "LOCATED_IN"))
    assert (fact.place, fact.start, fact.quote) == (None, -1, "")
    assert Finder(world).fact(fact) is not None
    assert Finder(BEFORE).fact(fact) is None
    assert Finder(BEFORE).node(subject_of(None, g.BRIGADE)) is None


def test_the_other_sources_of_a_text_are_its_places_too() -> None:
    """A document is stored under its smallest source; a decision made when it had another one holds."""
    root = next(n for n in BEFORE.nodes if n.label == "Document")
    also = replace(root, properties={**root.properties, "also": ["z.txt"]})
    finder = Finder(replace(BEFORE, nodes=tuple(also if n is root else n for n in BEFORE.nodes)))
    assert finder.here(place_of(BEFORE).model_copy(update={"source": "z.txt", "sha256": text_sha256("old")}))
    assert not finder.here(place_of(BEFORE).model_copy(update={"source": "y.txt", "sha256": text_sha256("old")}))


def test_a_fact_that_is_gone_moves_with_no_split() -> None:
    """A split by facts does nothing where none of them is found."""
    unit = g.shared("Unit", "市场局")
    decision = split(1, unit, "另一局", facts=about(BEFORE, find(BEFORE, "LEADS", tail="清理摊点"))["facts"])
    assert apply(state_of(decision), note("市场局负责检查。")).entries == ()
    assert apply(state_of(decision), BEFORE).entries != ()
