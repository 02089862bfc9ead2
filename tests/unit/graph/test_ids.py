"""Identifiers are the same on every machine."""

from __future__ import annotations

import hashlib

from graph.ids import digest, document_id, label_of, node_id, relation_key, text_sha256
from graph.ontology import ontology


def test_ids_are_fixed_for_ever() -> None:
    """Changing one of these orphans every stored graph."""
    assert node_id("Unit", "青禾县", "公安交管", "大队") == "unit:e467da55e176a6df25ca"
    assert document_id("青禾县/计划.txt") == "document:f10c6815e0ef2b4f900a"
    assert relation_key("LEADS", "unit:a", "task:b", "document:c", 1, 2, "rule") == "e547a5008f919ec8e3b7"


def test_parts_do_not_run_together() -> None:
    assert digest(["ab", "c"]) != digest(["a", "bc"])
    assert digest(["1"]) != digest([1])


def test_the_text_decides_not_its_bytes() -> None:
    assert text_sha256("盔") == hashlib.sha256("盔".encode()).hexdigest()
    assert len(text_sha256("\ud800")) == 64


def test_the_label_is_read_from_the_id() -> None:
    for label in ontology().nodes:
        assert label_of(node_id(label, "x")) == label
    assert label_of("graph") is None
    assert label_of("") is None
    assert label_of("planet:1") is None
