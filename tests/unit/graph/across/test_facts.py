"""The record of a document: what its own graph says, nothing of the rest; written to JSON and back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph import canonical
from graph.across.facts import record_of
from graph.across.record import DocumentRecord
from graph.ids import node_id
from graph.models import KNOWLEDGE, DocumentGraph, Node
from ingest.assemble import assemble
from ingest.pipeline import extract
from tests.unit.graph.across.records import read

PLAN = """禾丰县公安局关于印发《禾丰县2024年“一盔一带”安全守护行动方案》的通知
禾公通〔2024〕30号
各派出所：
现将方案印发给你们。《禾丰县2023年“一盔一带”安全守护行动方案》同时废止。
禾丰县公安局
2024年3月1日
禾丰县2024年“一盔一带”安全守护行动方案
根据《澜川市2024年“一盔一带”安全守护行动方案》，制定本方案。
一、加强头盔佩戴宣传
（一）开展入户宣传。由秩序中队负责，确保6月底前电动自行车头盔佩戴率达到90%以上。
（二）设置劝导岗点。由城关中队负责，确保设置劝导岗20个。
"""


def test_the_record_says_what_the_document_says() -> None:
    record = read(PLAN)
    assert (record.kind, record.year, record.issued_on) == ("notice", 2024, "2024-03-01")
    assert (record.place, record.authority, record.subject) == ("禾丰县", "police", "一盔一带")
    assert record.number == "禾公通〔2024〕30号"
    assert {c.relation for c in record.citations} >= {"SUPERSEDES", "IMPLEMENTS"}
    assert [task.name for task in record.tasks] == ["开展入户宣传", "设置劝导岗点"]
    assert [(f.metric, f.value) for f in record.targets] == [("头盔佩戴率", 90.0), ("设置劝导岗", 20.0)]
    assert record.targets[0].deadline == "2024-06-30"
    assert record.results == ()


def test_a_record_survives_its_json() -> None:
    record = read(PLAN)
    assert DocumentRecord.from_json(record.to_json()) == record


def test_a_summary_has_results_and_no_tasks_to_compare() -> None:
    record = read(
        "禾丰县公安局2024年工作总结\n一、主要工作\n（一）抓好宣传。头盔佩戴率达92%。\n禾丰县公安局\n2024年12月20日\n"
    )
    assert (record.tasks, record.targets) == ((), ())
    assert [figure.value for figure in record.results] == [92.0]


def test_what_is_rejected_or_suspicious_is_not_compared() -> None:
    graph = assemble(extract(PLAN), "甲.txt")

    def spoiled(node: Node) -> Node:
        if node.label == "Task" and node.name == "设置劝导岗点":
            return replace(node, properties={**node.properties, "status": "rejected"})
        if node.label == "Indicator":
            return replace(node, properties={**node.properties, "suspicious": True})
        return node

    changed = replace(graph, nodes=tuple(map(spoiled, graph.nodes)))
    record = record_of(changed)
    assert [task.name for task in record.tasks] == ["开展入户宣传"]
    assert record.targets == ()


def test_the_knowledge_files_are_known_by_their_policies() -> None:
    law = Node("Regulation", node_id("Regulation", "道路交通安全法"), "道路交通安全法", "law", ("交法",))
    record = record_of(DocumentGraph(KNOWLEDGE, "", (law,), ()))
    assert [citation.own for citation in record.citations] == [":道路交通安全法"]
    assert record.titles == ()


def test_a_redacted_document_has_no_place() -> None:
    assert read("X县交警大队2024年工作总结\n一、主要工作\n（一）抓好宣传。头盔佩戴率达92%。\n").place == ""


def test_a_document_is_written_anew_when_the_rules_have_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its fingerprint is another then, though its own graph says the same."""
    graph = assemble(extract(PLAN), "甲.txt")
    before = canonical.fingerprint(graph)
    monkeypatch.setattr(canonical, "rules", lambda: "others")
    assert canonical.fingerprint(graph) != before
