"""From an Extraction to the graph of a document, and to the gold format."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from graph.ids import document_id
from graph.models import DocumentGraph, Node, Relation, check_document_graph
from graph.ontology import ontology
from ingest.assemble import assemble, to_jsonl
from ingest.extraction import Extraction, Link, Mention, Profile
from ingest.nodes import entity_nodes, own_properties
from ingest.pipeline import extract
from ingest.sentences import REACH, sentence_around

TEXT = (
    "云公发〔2024〕3号\n云岭县公安局交警大队2024年工作要点\n"
    "今年，云岭县公安局交警大队以《道路交通安全法》为遵循，全力压降事故。\n"
    "一、总体要求\n参照《云岭县夜查管理办法》推进，死亡人数下降5%以上。\n"
    "二、抓好预防\n（一）严管车辆。一是整治面包车，查处超员20起;二是淘汰老旧客车。\n"
    "（二）强化夜查。深化“一盔一带”安全守护行动，年底前检查摩托车300辆次。（县公安局交警大队、县教育局负责）\n"
)


def graph(text: str = TEXT, source: str = "云岭县/要点.txt") -> DocumentGraph:
    found = assemble(extract(text), source, also=("b.txt", "a.txt"), sha256="ab" * 32)
    check_document_graph(found)
    return found


def nodes(found: DocumentGraph, label: str) -> dict[str, Node]:
    return {node.name: node for node in found.nodes if node.label == label}


def relations(found: DocumentGraph, type_: str) -> list[tuple[str, str, Relation]]:
    names = {node.id: node.name for node in found.nodes}
    return [(names[r.head], names[r.tail], r) for r in found.relations if r.type == type_]


def pairs(found: DocumentGraph, type_: str) -> set[tuple[str, str]]:
    return {(head, tail) for head, tail, _ in relations(found, type_)}


def test_the_document_node_says_what_the_profile_says() -> None:
    """Number, year, span, source and the other sources sorted; empty values are left out."""
    found = graph()
    (node,) = nodes(found, "Document").values()
    assert node.id == found.document == document_id("云岭县/要点.txt")
    assert (node.name, node.kind) == ("云岭县公安局交警大队2024年工作要点", "plan")
    properties = dict(node.properties)
    assert properties.pop("sha256") == "ab" * 32
    assert properties == {
        "number": "云公发〔2024〕3号",
        "year": 2024,
        "period_start": "2024-01-01",
        "period_end": "2024-12-31",
        "source": "云岭县/要点.txt",
        "also": ["a.txt", "b.txt"],
        "valid": "current",
    }


def test_a_document_without_title_is_named_by_its_file() -> None:
    """The stem of the source; the source itself when it has none."""
    assert nodes(graph("全力开展夜查行动。", "x/夜查.txt"), "Document").keys() == {"夜查"}


def test_sections_hold_sections_and_state_tasks() -> None:
    """HAS_SECTION from the document down, STATES to the task of the heading and to items spoken within it."""
    found = graph()
    root = "云岭县公安局交警大队2024年工作要点"
    assert pairs(found, "HAS_SECTION") == {
        (root, "总体要求"),
        (root, "抓好预防"),
        ("抓好预防", "严管车辆"),
        ("抓好预防", "强化夜查"),
    }
    assert ("严管车辆", "整治面包车，查处超员20起") in pairs(found, "STATES")
    assert ("抓好预防", "抓好预防") in pairs(found, "STATES")
    assert ("整治面包车，查处超员20起", "严管车辆") in pairs(found, "PART_OF")


def test_a_task_has_its_text_level_and_deadline() -> None:
    """Offsets of title and of the whole; nothing of the rules' own."""
    node = nodes(graph(), "Task")["强化夜查"]
    properties = dict(node.properties)
    assert node.kind == properties["level"] == "item"
    assert properties["deadline"] == "2024-12-31"
    assert properties["quote"] == "强化夜查"
    body = TEXT[int(str(properties["body_start"])) : int(str(properties["body_end"]))]
    assert body.startswith("强化夜查。深化")
    assert "path" not in properties


def test_a_duty_carries_its_evidence() -> None:
    """Quote, mentions, role, joint and rule; the inherited one its title, its basis and implicit."""
    found = graph()
    stated = {h: r for h, t, r in relations(found, "LEADS") if t == "强化夜查"}
    assert set(stated) == {"云岭县公安局交警大队", "云岭县教育局"}
    properties = stated["云岭县教育局"].properties
    assert properties["quote"] == "（县公安局交警大队、县教育局负责）"
    assert TEXT[int(str(properties["head_start"])) : int(str(properties["head_end"]))] == "县教育局"
    assert (properties["role_zh"], properties["joint"], properties["implicit"]) == ("负责", True, False)
    assert (properties["origin"], properties["status"], properties["valid"]) == ("extracted", "extracted", "current")
    inherited = next(r for _, t, r in relations(found, "LEADS") if t == "淘汰老旧客车").properties
    assert inherited["implicit"] is True
    assert inherited["quote"] == "淘汰老旧客车"
    basis = TEXT[int(str(inherited["basis_start"])) : int(str(inherited["basis_end"]))]
    assert basis == "云岭县公安局交警大队"


def test_what_is_named_without_a_fact_is_mentioned_once() -> None:
    """By the document before the first heading, by the section that states no task; rules are cited."""
    found = graph()
    root = "云岭县公安局交警大队2024年工作要点"
    assert any(head == root for head, _ in pairs(found, "CITES"))
    assert ("总体要求", "云岭县夜查管理办法") in pairs(found, "CITES")
    assert any(head == "总体要求" and "5%" in tail for head, tail in pairs(found, "AIMS_AT"))
    told = [(r.type, r.head, r.tail) for r in found.relations if r.type in ("CITES", "MENTIONS")]
    assert len(told) == len(set(told))


def test_one_body_named_in_several_ways_is_one_node() -> None:
    """Full name and short name meet in the canonical name; the other is an alias."""
    found = graph()
    bodies = [n for n in found.nodes if n.label == "Unit" and "交警" in n.name]
    assert len(bodies) == 1
    assert "县公安局交警大队" in bodies[0].aliases
    assert pairs(found, "ISSUED_BY") == {("云岭县公安局交警大队2024年工作要点", bodies[0].name)}


def test_the_world_around_the_shared_entities_comes_along() -> None:
    """Where a body is and what it is under, the chain of places, shared and not owned by the document."""
    text = TEXT.replace("云岭县", "汨罗市")
    found = graph(text)
    assert ("汨罗市公安局交警大队", "汨罗市公安局") in pairs(found, "SUBORDINATE_TO")
    assert ("汨罗市公安局交警大队", "汨罗市") in pairs(found, "LOCATED_IN")
    assert {("汨罗市", "岳阳市"), ("岳阳市", "湖南省")} <= pairs(found, "WITHIN")
    assert all(r.shared for _, _, r in relations(found, "WITHIN"))
    (own,) = [r for head, _, r in relations(found, "LOCATED_IN") if r.head_label == "Document"]
    assert own.properties["doc"] == found.document


def test_indicators_keep_their_numbers() -> None:
    """Value as float, unit and kind by the ontology, the text as quote."""
    found = [n for n in graph().nodes if n.label == "Indicator" and n.properties.get("value") == 300.0]
    assert len(found) == 1
    assert found[0].properties["quote"] in TEXT


def test_the_graph_depends_on_nothing_but_text_and_source() -> None:
    """Twice the same; another source has other ids for what is the document's own, the same for what is shared."""
    one, other = graph(), graph(source="另一处/要点.txt")
    assert graph() == one
    shared = {n.id for n in one.nodes if ontology().node(n.label).scope == "shared" and not n.properties.get("scope")}
    assert shared
    assert shared <= {n.id for n in other.nodes}
    own = {n.id for n in one.nodes if n.label in ("Document", "Section", "Task", "Indicator")}
    assert not own & {n.id for n in other.nodes}


def test_two_documents_never_disagree_about_a_shared_node(shared: Path) -> None:
    """Name, kind and properties of a shared node are a function of its id, over every reference document."""
    seen: dict[str, tuple[object, ...]] = {}
    for file in sorted([*(shared / "seeds").glob("*.txt"), *(shared / "corpus").rglob("*.txt")]):
        with file.open(encoding="utf-8", newline="") as handle:
            found = assemble(extract(handle.read()), file.name)
        for node in found.nodes:
            if ontology().node(node.label).scope == "shared":
                facts = (node.label, node.name, node.kind, dict(node.properties))
                assert seen.setdefault(node.id, facts) == facts


def test_a_person_is_a_node_through_a_post_only() -> None:
    """A named person without a post stays out of the graph."""
    person = Mention("Person", 0, 2, "张三")
    unit = Mention("Unit", 3, 6, "交警队", attributes={"kind": "police"})
    profile = Profile("某文", "notice")
    base = Extraction("张三，交警队", profile, (), (person, unit), ())
    assert not nodes(assemble(base, "a"), "Person")
    post = Link("HOLDS_POST", person, unit, 0, 6, "post")
    found = assemble(replace(base, links=(post,)), "a")
    check_document_graph(found)
    assert nodes(found, "Person").keys() == {"张三"}


def test_what_is_local_to_a_document_never_merges() -> None:
    """A scoped mention carries the document in its identity and says so."""
    mention = Mention("Campaign", 0, 2, "会战", attributes={"scope": "document"})
    one, other = (entity_nodes([mention], doc) for doc in ("document:a", "document:b"))
    assert not one.keys() & other.keys()
    assert [n.properties for n in one.values()] == [{"scope": "document:a"}]


def test_properties_follow_the_ontology() -> None:
    """Whole numbers become floats where the ontology says float; flags are no numbers; unknown names are dropped."""
    mention = Mention("Indicator", 0, 2, "三起", attributes={"value": 3, "unit": "起", "metrics": ("事故",), "path": 1})
    assert own_properties(mention) == {"value": 3.0, "unit": "起", "metrics": ["事故"]}
    assert own_properties(Mention("Indicator", 0, 2, "三起", attributes={"value": True})) == {}


def test_gold_lines_hold_spans_then_relations() -> None:
    """Plain JSON; offsets hold; periods are there; the issuer heads what is inherited."""
    lines = [json.loads(json.dumps(line)) for line in to_jsonl(extract(TEXT))]
    spans = [line for line in lines if "rel" not in line]
    relations_ = [line for line in lines if "rel" in line]
    assert lines == spans + relations_
    assert all(TEXT[s["start"] : s["end"]] == s["text"] for s in spans)
    assert {"Period", "Task", "Unit"} <= {s["type"] for s in spans}
    inherited = next(r for r in relations_ if r["implicit"])
    assert inherited["head"]["text"] == "云岭县公安局交警大队"
    assert not any("body_start" in s or "span" in s for s in spans)
    indicator = next(s for s in spans if s["type"] == "Indicator" and s.get("metric"))
    assert isinstance(indicator["metric"], list)


def test_the_sentence_around_a_mention_is_bounded() -> None:
    """To the full stop or line end on each side, no further than REACH in a text without any."""
    text = "前一句。 中间的一句，有夜查！后一句"
    start = text.index("夜查")
    first, last = sentence_around(text, start, start + 2)
    assert text[first:last] == "中间的一句，有夜查！"
    endless = "字" * 2000
    assert sentence_around(endless, 1000, 1001) == (1000 - REACH, 1001 + REACH)
