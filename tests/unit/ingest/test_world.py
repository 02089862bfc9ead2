"""The graph of the knowledge files, and the world facts that follow from what a document names."""

from __future__ import annotations

from graph.models import Node
from ingest.assemble import assemble
from ingest.extraction import Mention
from ingest.lexicon import knowledge
from ingest.pipeline import extract
from ingest.shared import shared_facts
from ingest.world import knowledge_graph, knowledge_version

PAPER = (
    "汨罗市公安局交警大队2024年工作要点\n一、严管重点车辆\n1、清理隐患。市公安局交警支队部署57座以上大客车检查，市农业农村局配合，"
    "市道安委办公室督办。\n2、开展“一盔一带”专项整治，严查不戴安全头盔，落实《道路交通安全法》。\n"
)


def _named(label: str) -> dict[str, Node]:
    return {node.name: node for node in knowledge_graph().nodes if node.label == label}


def _facts(text: str) -> set[tuple[str, str, str]]:
    nodes, relations = shared_facts(extract(text).mentions)
    names = {node.id: node.name for node in nodes}
    return {(names[r.head], r.type, names[r.tail]) for r in relations}


def test_classes_form_a_taxonomy() -> None:
    """A sleeper coach is a large passenger vehicle; every relation says where it comes from."""
    graph = knowledge_graph()
    names = {node.id: node.name for node in graph.nodes}
    told = {(names[r.head], r.type, names[r.tail]) for r in graph.relations}
    assert ("卧铺客车", "KIND_OF", "大型客车") in told
    assert ("一盔一带安全守护行动", "VARIANT_OF", "一盔一带") in told
    assert all(r.properties["origin"] == "knowledge" and r.properties["source"] for r in graph.relations)


def test_slogans_comprise_their_parts() -> None:
    """三超一疲劳 is four violations, 一盔一带 the belt and the helmet."""
    graph = knowledge_graph()
    names = {node.id: node.name for node in graph.nodes}
    parts: dict[str, set[str]] = {}
    for r in graph.relations:
        if r.type == "COMPRISES":
            parts.setdefault(names[r.head], set()).add(names[r.tail])
    assert parts["三超一疲劳"] == {"超速", "超员", "超载", "疲劳驾驶"}
    assert parts["一盔一带"] == {"不戴安全头盔", "不系安全带"}


def test_what_differs_from_place_to_place_is_not_expanded() -> None:
    """Unsure entries give no parts, and slogans that mean something else in every document give no node."""
    graph = knowledge_graph()
    heads = {r.head for r in graph.relations if r.type == "COMPRISES"}
    unsure = {
        e.name for file in ("campaigns", "abbreviations", "vehicles") for e in knowledge().entries(file) if not e.sure
    }
    assert not {node.name for node in graph.nodes if node.id in heads} & unsure
    assert "百千万活动" not in _named("Campaign")


def test_short_titles_are_aliases_of_the_full_one() -> None:
    assert "道路交通安全法" in _named("Regulation")["中华人民共和国道路交通安全法"].aliases


def test_the_version_is_that_of_the_knowledge() -> None:
    assert knowledge_version() == knowledge().version


def test_a_document_and_the_knowledge_never_disagree_about_a_node() -> None:
    """Name, kind and properties of a shared node are the same from a document as from the knowledge files."""
    known = {node.id: (node.label, node.name, node.kind, dict(node.properties)) for node in knowledge_graph().nodes}
    met = 0
    for node in assemble(extract(PAPER), "a.txt").nodes:
        if node.id in known:
            met += 1
            assert known[node.id] == (node.label, node.name, node.kind, dict(node.properties))
    assert met >= 3


def test_units_stand_in_their_places_and_under_their_superiors() -> None:
    """The brigade is under its bureau and the city's detachment, a bureau under its government."""
    told = _facts(PAPER)
    assert {
        ("汨罗市公安局交警大队", "SUBORDINATE_TO", "汨罗市公安局"),
        ("汨罗市公安局交警大队", "SUBORDINATE_TO", "岳阳市公安局交警支队"),
        ("岳阳市公安局交警支队", "SUBORDINATE_TO", "湖南省公安厅交警总队"),
        ("汨罗市公安局交警大队", "LOCATED_IN", "汨罗市"),
        ("汨罗市农业农村局", "SUBORDINATE_TO", "汨罗市人民政府"),
        ("汨罗市道路交通安全委员会办公室", "SUBORDINATE_TO", "汨罗市道路交通安全委员会"),
        ("汨罗市", "WITHIN", "岳阳市"),
        ("岳阳市", "WITHIN", "湖南省"),
    } <= told


def test_a_modified_class_is_a_kind_of_the_class() -> None:
    assert ("57座以上大客车", "KIND_OF", "大型客车") in _facts(PAPER)


def test_a_variant_points_to_the_campaign_of_its_core() -> None:
    assert ("一盔一带专项整治", "VARIANT_OF", "一盔一带") in _facts(PAPER)


def test_what_belongs_to_one_document_gives_no_world_fact() -> None:
    """Redacted units and mentions without identity stay in their document."""
    assert not [fact for fact in _facts("X县公安局交警大队2024年工作要点\n一、开展夜查\n") if "X县" in fact[0]]
    assert shared_facts([Mention("Campaign", 0, 2, "行动")]) == ((), ())


def test_a_section_is_under_its_brigade() -> None:
    told = _facts("汨罗市公安局交警大队2024年分工\n一、勤务\n1、秩序管理股负责夜查。\n")
    assert ("汨罗市公安局交警大队秩序管理股", "SUBORDINATE_TO", "汨罗市公安局交警大队") in told


def test_a_class_of_several_levels_comprises_the_bodies_of_each() -> None:
    """市、县交安委 of a city are its own and those of its counties; in a county the city's is told by the county."""
    told = _facts("聊城市公安局交警支队2024年分工\n一、会商\n1、市、县两级交安委每月会商。\n")
    several, core = "聊城市市、县道路交通安全委员会", "道路交通安全委员会"
    assert {t for h, r, t in told if (h, r) == (several, "COMPRISES")} == {
        f"聊城市{core}",
        f"聊城市各县(市、区){core}",
    }
    told = _facts("望岭县公安局交警大队2024年分工\n一、会商\n1、市、县两级交安委每月会商。\n")
    parts = {t for h, r, t in told if r == "COMPRISES"}
    assert parts == {f"望岭县{core}", f"望岭县上级市{core}"}
    told = _facts("汨罗市公安局交警大队2024年分工\n一、会商\n1、省、市、乡政府每月会商。\n")
    assert ("汨罗市省、市、乡人民政府", "COMPRISES", "乡镇人民政府") in told


def test_the_police_of_an_unnamed_city_is_over_that_of_the_county() -> None:
    """Marked as inferred: no document has its name."""
    text = "望岭县公安局交警大队2024年工作要点\n一、夜查\n1、按照支队部署开展夜查。\n"
    told = _facts(text)
    assert ("望岭县公安局交警大队", "SUBORDINATE_TO", "望岭县上级市公安局交警支队") in told
    node = next(n for n in assemble(extract(text), "a.txt").nodes if n.name == "望岭县上级市公安局交警支队")
    assert (node.properties["inferred"], node.properties["beneath"]) == (True, "望岭县")
