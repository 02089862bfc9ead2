"""What is taken of a source's candidates, and that the rules' own result stands whatever a source says."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ontology import ontology
from ingest.annotations import mentions, remove
from ingest.candidates.accept import candidate_types, consult
from ingest.extraction import Extraction
from ingest.gold_format import to_jsonl
from ingest.pipeline import extract
from ingest.report import counts_of
from tests.unit.ingest.candidates.papers import PAPER, Said, doc_of, graph_of, read, said


def refusal(type_: str, quote: str, *, duty: str = "", suffixed: bool = False, start: int = -1) -> str:
    """Why the one candidate is not taken ("" when it is)."""
    outcome = consult(doc_of(), Said(said(type_, quote, duty=duty, start=start), suffixed=suffixed))
    assert len(outcome.proposals) + outcome.refused.total() == 1
    return next(iter(outcome.refused), "")


@pytest.mark.parametrize(
    ("type_", "quote"),
    [
        ("Unit", "银龄说理团"),
        ("VehicleClass", "铁皮蹦蹦"),
        ("Mechanism", "红黄码亮牌法"),
        ("Platform", "澜川随手拍"),
        ("Road", "澜禾快线云坪段"),
    ],
)
def test_a_name_the_rules_do_not_have_is_proposed(type_: str, quote: str) -> None:
    """Its quote holds, it is a scoped node of status proposed, and the paper's task mentions it, proposed too."""
    extraction = read(said(type_, quote))
    (proposal,) = extraction.proposals
    assert PAPER[proposal.mention.start : proposal.mention.end] == quote
    graph = graph_of(extraction)
    (node,) = [n for n in graph.nodes if n.properties.get("status") == "proposed"]
    assert (node.label, node.name, node.properties["scope"]) == (type_, quote, graph.document)
    (relation,) = [r for r in graph.relations if r.properties["status"] == "proposed"]
    assert (relation.type, relation.tail) == ("MENTIONS", node.id)
    assert relation.properties["rule"] == "candidate.said"
    assert relation.properties["confidence"] == 0.5
    assert quote in str(relation.properties["quote"])


@pytest.mark.parametrize(
    ("type_", "quote", "reason"),
    [
        ("Indicator", "不少于300起", "type"),
        ("Person", "林小禾", "type"),
        ("Task", "服务重点人群", "type"),
        ("Region", "云坪镇", "type"),
        ("Nonsense", "铁皮蹦蹦", "type"),
        ("Unit", "澜川市应急管理局", "quote"),
        ("Unit", "护学岗", "quote"),
        ("Unit", "护航行动\n各大队", "form"),
        ("Unit", "轮", "form"),
        ("Unit", "12", "form"),
        ("Unit", "开展宣传，邀请银龄说理团", "form"),
        ("Unit", "澜川市宣教服务站", "place"),
        ("Unit", "源头监管专班", "owners"),
        ("Unit", "责任单位", "owners"),
        ("Mechanism", "查处不少于300起", "numbers"),
        ("Mechanism", "劝导点12处", "numbers"),
        ("Platform", "举报电话13900000000", "numbers"),
        ("Mechanism", "电动自行车管理办法", "title"),
        ("Campaign", "“戴盔行”护航行动", "known"),
        ("Campaign", "戴盔行", "cut"),
        ("Campaign", "行”护航行动", "cut"),
    ],
)
def test_what_the_rules_read_or_the_text_lacks_is_refused(type_: str, quote: str, reason: str) -> None:
    """Types beyond the list, wrong and ambiguous quotes, owners in label lines, numbers, titles, parts of names."""
    assert refusal(type_, quote) == reason


def test_an_offset_decides_between_several_places() -> None:
    """护学岗 stands three times; the source says which."""
    assert refusal("Unit", "护学岗", start=PAPER.rindex("护学岗")) == ""


def test_a_candidate_may_not_join_two_bodies() -> None:
    """From the first to the last of the label line's bodies, were they not owners, would be one name."""
    text = "澜川市公安局关于校车安全的通知\n一、排查校车\n望岭县教育局和望岭县公安局要开展检查。\n"
    bodies = [m for m in extract(text).mentions if m.type == "Unit" and m.start > text.index("校车\n")]
    assert len(bodies) == 2
    assert read(said("Unit", text[bodies[0].start : bodies[1].end]), text=text).proposals == ()
    assert read(said("Unit", text[bodies[0].start : bodies[1].start]), text=text).proposals


@pytest.mark.parametrize(("quote", "reason"), [("银龄说理团", "suffix"), ("各大队要", "")])
def test_a_tagger_s_body_needs_a_suffix_or_a_rule(quote: str, reason: str) -> None:
    """Of a ``suffixed`` source, a Unit must end as public bodies do, or extend one of the rules'."""
    assert refusal("Unit", quote, suffixed=True) == reason
    doc = doc_of()
    bureau = next(m for m in mentions(doc, "Unit") if m.text == "望岭县教育局")
    remove(doc, bureau)
    (proposal,) = consult(doc, Said(said("Unit", "望岭县教育局"), suffixed=True)).proposals
    assert (proposal.mention.start, proposal.mention.end) == (bureau.start, bureau.end)


@pytest.mark.parametrize(("relation", "end"), [("LEADS", "head"), ("CARRIES_OUT", "tail")])
def test_a_longer_name_takes_the_facts_of_the_shorter_one_as_proposals(relation: str, end: str) -> None:
    """What the rules say stands, and is proposed of the name that is one character longer, at either end."""
    places = {"LEADS": "各大队", "CARRIES_OUT": "“戴盔行”护航行动"}
    stated = [k for k in _PLAIN.links if k.rel == relation and getattr(k, end).text == places[relation]]
    assert stated
    shorter = getattr(stated[0], end)
    first, last = (0, 1) if shorter.type == "Unit" else (-1, 0)
    longer = PAPER[shorter.start + first : shorter.end + last]
    extraction = read(said(shorter.type, longer))
    (proposal,) = extraction.proposals
    found = [k for k in proposal.links if k.rel == relation]
    assert [getattr(k, end).text for k in found] == [longer]
    assert [(k.start, k.end) for k in found] == [(k.start, k.end) for k in stated]
    assert {k.rule for k in proposal.links} == {"candidate.said"}
    assert extraction.links == _PLAIN.links


def test_a_duty_is_proposed_of_the_task_around_it() -> None:
    """A new body's duty, and a duty of a body that the rules know at that place; each with its sentence."""
    new, known = said("Unit", "治超先锋哨", duty="LEADS"), said("Unit", "各大队", duty="COOPERATES")
    extraction = read(new, known)
    found = {
        (k.rel, k.head.text, k.tail.text, PAPER[k.start : k.end][:6]) for p in extraction.proposals for k in p.links
    }
    assert found == {
        ("LEADS", "治超先锋哨", "整治货车超限超载", "治超先锋哨要"),
        ("COOPERATES", "各大队", "深化“戴盔行”护航行动", "各大队要每月"),
    }
    graph = graph_of(extraction)
    duties = [r for r in graph.relations if r.properties["status"] == "proposed" and r.type != "MENTIONS"]
    assert sorted(r.type for r in duties) == ["COOPERATES", "LEADS"]
    assert [n.name for n in graph.nodes if n.properties.get("status") == "proposed"] == ["治超先锋哨"]


@pytest.mark.parametrize(
    ("type_", "quote", "duty", "reason"),
    [
        ("Unit", "各大队", "LEADS", "known"),
        ("Unit", "澜川市公安局交通警察支队", "LEADS", "task"),
        ("Unit", "源头监管专班", "LEADS", "owners"),
        ("Unit", "治超先锋哨", "AIMS_AT", "type"),
        ("VehicleClass", "铁皮蹦蹦", "LEADS", "type"),
    ],
)
def test_a_duty_that_is_none_or_is_known_is_refused(type_: str, quote: str, duty: str, reason: str) -> None:
    """Stated by the rules, outside every task, of a label line, no duty, no body."""
    assert refusal(type_, quote, duty=duty) == reason


def test_one_name_said_twice_is_one_proposal() -> None:
    """The name and its duty, in any order and number, are one mention with that duty once."""
    name, duty = said("Unit", "治超先锋哨"), said("Unit", "治超先锋哨", duty="LEADS")
    assert read(name, duty, duty, name).proposals == read(duty).proposals


def test_a_name_the_rules_know_elsewhere_is_that_entity() -> None:
    """No node of its own, whatever else the name is called: identity and attributes are those of the other mention."""
    doc = doc_of(PAPER.replace("护学岗、护学岗", "市交通运输局"))
    known, missed = [m for m in mentions(doc, "Unit") if m.text == "市交通运输局"]
    remove(doc, missed)
    (proposal,) = consult(doc, Said(said("Unit", "市交通运输局", start=missed.start))).proposals
    assert known.identity
    assert proposal.mention == replace(known, start=missed.start, end=missed.end, rule="candidate.said", confidence=0.5)


_QUOTES = st.builds(lambda a, n: PAPER[a : a + n], st.integers(0, len(PAPER) - 1), st.integers(1, 20)) | st.text(
    max_size=12
)


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            said,
            st.sampled_from([*ontology().nodes, "X"]),
            _QUOTES,
            start=st.integers(-2, len(PAPER) + 2),
            duty=st.sampled_from(["", "", "LEADS", "COOPERATES", "X"]),
        ),
        max_size=12,
    )
)
def test_the_rules_result_stands_whatever_a_source_says(candidates: list[object]) -> None:
    """Without what is proposed (and the source's name) the graph is exactly that of the rules; every fact quotes."""
    graph = graph_of(read(*candidates))  # type: ignore[arg-type]
    nodes = [n for n in graph.nodes if n.properties.get("status") != "proposed"]
    relations = [r for r in graph.relations if r.properties["status"] != "proposed"]
    plain = graph_of(_PLAIN)
    source = {n.id: {**n.properties, "candidates": "said 1"} for n in plain.nodes if n.label == "Document"}
    assert nodes == [replace(n, properties=source.get(n.id, n.properties)) for n in plain.nodes]
    assert tuple(relations) == plain.relations
    assert counts_of(graph) == counts_of(plain)
    assert {n.label for n in graph.nodes if n.properties.get("status")} <= candidate_types()


_PLAIN = extract(PAPER)


def test_the_order_of_candidates_does_not_show() -> None:
    """Proposals come in text order."""
    candidates = [said("Unit", "银龄说理团"), said("VehicleClass", "铁皮蹦蹦"), said("Platform", "澜川随手拍")]
    assert read(*candidates) == read(*reversed(candidates))


def test_a_source_that_failed_leaves_no_name() -> None:
    """The document does not say that it was read with it, so that a later run tries again."""
    complete, broken = extract(PAPER, Said()), extract(PAPER, Said(complete=False))
    assert (complete.candidates, broken.candidates) == ("said 1", "")
    assert broken == _PLAIN


def test_the_report_says_how_many_wait_and_how_many_were_refused() -> None:
    """One note; what the rules had already is neither."""
    known, wrong = said("Campaign", "“戴盔行”护航行动"), said("Unit", "澜川市应急管理局")
    assert read(known).notes == _PLAIN.notes
    assert read(known, wrong, said("VehicleClass", "铁皮蹦蹦")).notes == (
        *_PLAIN.notes,
        "候选（said）：1 处待审核，1 处不合规则",
    )


def test_a_text_that_is_read_through_a_view_is_quoted_as_it_stands() -> None:
    """Pinyin beside the characters: the source sees the name without it, the proposal quotes the text with it."""
    text = PAPER.replace("铁皮蹦蹦", "铁(tiě)皮(pí)蹦(bèng)蹦(bèng)").replace("护学岗、", "护(hù)学(xué)岗(gǎng)、")
    (proposal,) = read(said("VehicleClass", "铁皮蹦蹦"), text=text).proposals
    assert text[proposal.mention.start : proposal.mention.end] == proposal.mention.text
    assert (proposal.mention.text[:6], proposal.mention.name) == ("铁(tiě)", "铁皮蹦蹦")
    graph_of(read(said("Unit", "治超先锋哨", duty="LEADS"), text=text))


def test_proposals_are_marked_in_the_gold_format() -> None:
    """Last, each with its status; a mention the rules have is not given again."""
    extraction = read(said("Unit", "治超先锋哨", duty="LEADS"), said("Unit", "各大队", duty="COOPERATES"))
    lines = list(to_jsonl(extraction))
    plain = list(to_jsonl(_PLAIN))
    assert lines[: len(plain)] == plain
    assert [(x.get("type"), x.get("rel"), x["status"]) for x in lines[len(plain) :]] == [
        ("Unit", None, "proposed"),
        (None, "COOPERATES", "proposed"),
        (None, "LEADS", "proposed"),
    ]


def test_many_candidates_of_a_long_text_take_no_time() -> None:
    """20,000 candidates in a text of 2,000 items: looking for what they touch does not walk the text."""
    line = "（{}）排查隐患。铁皮蹦蹦由源头专班排查，查处不少于3起。（责任单位：市交通运输局）\n"
    text = "澜川市工作要点\n" + "".join(line.format("一二三四五六七八九"[i % 9]) for i in range(2000))
    places = [i for i in range(len(text)) if text.startswith("铁皮蹦蹦", i)]
    source = Said(*(said("VehicleClass", "铁皮蹦蹦", start=p) for p in places for _ in range(10)))
    doc = doc_of(text)
    started = time.perf_counter()
    outcome = consult(doc, source)
    assert len(outcome.proposals) == 2000
    assert time.perf_counter() - started < 10


def test_empty_text_has_no_candidates() -> None:
    """A source is asked, and nothing it says is found."""
    empty: Extraction = read(said("Unit", "市公安局"), text="")
    assert (empty.proposals, empty.candidates) == ((), "said 1")
