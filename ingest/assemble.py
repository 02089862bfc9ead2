"""An Extraction as the graph of one document: nodes, relations, and for every fact the sentence that proves it.

A pure function, sorted throughout: the same Extraction and source give the same DocumentGraph everywhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from graph.due import with_due
from graph.ids import document_id, node_id, relation_key
from graph.models import DocumentGraph, Node, Relation, Value
from ingest.document_links import document_links
from ingest.extraction import Extraction, Link, Mention, SectionSpan
from ingest.gold_format import to_jsonl
from ingest.nodes import DOCUMENT_TYPES, NOT_NODES, entity_id, entity_nodes, one_line
from ingest.pipeline.unit_names import own_path, shareable
from ingest.sentences import sentence_around
from ingest.shared import SharedFacts, shared_facts

__all__ = ["assemble", "to_jsonl"]

DUTIES = frozenset({"LEADS", "COOPERATES", "EXECUTES", "ASSIGNS", "SUPERVISES"})
NAME_LENGTH = 120
"""Longest name of a section: an article of a law has no title, its first sentence stands for it."""


def assemble(extraction: Extraction, source: str, also: Sequence[str] = (), sha256: str = "") -> DocumentGraph:
    """The graph of the document loaded from ``source`` (and also from ``also``), whose text hashes to ``sha256``."""
    return _Assembly(extraction, source, also, sha256).graph()


class _Assembly:
    def __init__(self, extraction: Extraction, source: str, also: Sequence[str], sha256: str) -> None:
        self.extraction, self.text = extraction, extraction.text
        self.document = document_id(source)
        self.root = _document_node(extraction, self.document, source, also, sha256)
        self.sections = [s if _is_section(s) else None for s in extraction.sections]
        self.starts = [s.start for s in extraction.sections]
        self.nodes: dict[str, Node] = {self.document: self.root}
        self.relations: dict[str, Relation] = {}
        self.told: set[tuple[str, str]] = set()
        """Pairs of node ids that some content or duty relation already joins."""

    def graph(self) -> DocumentGraph:
        wanted = [m for m in self._speaking() if m.type not in NOT_NODES]
        self.nodes |= entity_nodes(wanted, self.document)
        self.nodes |= {node.id: with_due(node, self.root) for node in self.nodes.values() if node.label == "Task"}
        self._structure()
        for link in self.extraction.links:
            self._link(link)
        self._issued_by()
        self._document_links()
        self._stated(wanted)
        self._mentioned(wanted)
        self._world(wanted)
        self._proposed(wanted)
        nodes = tuple(sorted(self.nodes.values(), key=lambda n: n.id))
        relations = tuple(sorted(self.relations.values(), key=lambda r: r.key))
        return DocumentGraph(self.document, self.text, nodes, relations)

    def _speaking(self) -> list[Mention]:
        """All mentions; a person is a node only where a link gives them a post."""
        posts = {(k.head.start, k.head.end) for k in self.extraction.links if k.rel == "HOLDS_POST"}
        return [m for m in self.extraction.mentions if m.type != "Person" or (m.start, m.end) in posts]

    # Structure

    def _structure(self) -> None:
        for index, section in enumerate(self.sections):
            if section is None:
                continue
            node = self._section_node(index, section)
            self.nodes[node.id] = node
            above = self._section_above(section.parent)
            head = self._section_id(above) if above is not None else self.document
            span = (section.start, section.end)
            self._relate("HAS_SECTION", head, node.id, span, rule="structure.section", tail=span)

    def _section_node(self, index: int, section: SectionSpan) -> Node:
        quote = self.text[section.start : section.end]
        properties: dict[str, Value] = {"level": section.level, "order": index, "doc": self.document}
        properties |= {"start_char": section.start, "end_char": section.end, "quote": quote}
        if section.number:
            properties["number"] = section.number
        name = one_line(quote)[:NAME_LENGTH] or section.number or quote
        return Node("Section", self._section_id(index), name, properties=properties)

    def _section_id(self, index: int) -> str:
        return node_id("Section", self.document, self.extraction.sections[index].path)

    def _section_above(self, index: int | None) -> int | None:
        while index is not None and self.sections[index] is None:
            index = self.extraction.sections[index].parent
        return index

    def _section_at(self, offset: int) -> int | None:
        """The innermost section that ``offset`` lies in, spoken items (一是) not counted."""
        index: int | None = bisect_right(self.starts, offset) - 1
        if index is None or index < 0:
            return None
        while index is not None and self.extraction.sections[index].body_end <= offset:
            index = self.extraction.sections[index].parent
        return self._section_above(index)

    def _stated(self, wanted: list[Mention]) -> None:
        """Section (or document) → task, and the indicators and rules that stand outside every task."""
        for mention in wanted:
            if mention.type == "Task":
                section = self._section_at(mention.start)
                head = self._section_id(section) if section is not None else self.document
                span = (mention.start, mention.end)
                self._relate(
                    "STATES", head, entity_id(mention, self.document), span, rule="structure.states", tail=span
                )

    # Facts

    def _issued_by(self) -> None:
        profile = self.extraction.profile
        if profile.issuer is None or profile.issuer_basis is None:
            return
        issuer = profile.issuer
        self.nodes |= {k: v for k, v in entity_nodes([issuer], self.document).items() if k not in self.nodes}
        tail = entity_id(issuer, self.document)
        self._relate(
            "ISSUED_BY",
            self.document,
            tail,
            profile.issuer_basis,
            rule="profile.issuer",
            tail=(issuer.start, issuer.end),
        )

    def _document_links(self) -> None:
        """What the whole document puts into effect or repeals."""
        for link in document_links(self.extraction):
            tail, span = entity_id(link.tail, self.document), (link.tail.start, link.tail.end)
            extra: dict[str, Value] = {"confidence": link.confidence}
            self._relate(link.kind, self.document, tail, (link.start, link.end), rule=link.rule, tail=span, extra=extra)

    def _world(self, wanted: list[Mention]) -> None:
        """What follows from the shared entities themselves, and the place the document speaks for."""
        issuer = self.extraction.profile.issuer
        nodes, relations = shared_facts(wanted if issuer is None else [*wanted, issuer])
        for node in nodes:
            known = self.nodes.get(node.id)
            self.nodes[node.id] = node if known is None else replace(node, aliases=known.aliases)
        self.relations |= {relation.key: relation for relation in relations}
        self._located()

    def _located(self) -> None:
        profile = self.extraction.profile
        if not profile.jurisdiction or profile.issuer_basis is None:
            return
        if not shareable(profile.jurisdiction):
            return  # a district whose city nobody names is no place that others could mean
        facts = SharedFacts()
        place = facts.region(own_path(profile.jurisdiction))
        self.nodes = {**facts.nodes, **self.nodes}
        self.relations |= facts.relations
        self._relate("LOCATED_IN", self.document, place, profile.issuer_basis, rule="profile.jurisdiction")

    def _link(self, link: Link, status: str = "extracted") -> None:
        head, tail = entity_id(link.head, self.document), entity_id(link.tail, self.document)
        if head == tail:
            return
        extra: dict[str, Value] = {"confidence": round(float(link.confidence), 4), "implicit": link.implicit}
        extra["status"] = status
        if link.rel in DUTIES:
            extra |= {"role_zh": link.role_zh, "joint": link.joint}
        if link.basis is not None:
            extra |= {"basis_start": link.basis[0], "basis_end": link.basis[1]}
        self.told.add((head, tail))
        self._relate(
            link.rel,
            head,
            tail,
            (link.start, link.end),
            rule=link.rule,
            head=(link.head.start, link.head.end),
            tail=(link.tail.start, link.tail.end),
            extra=extra,
        )

    def _mentioned(self, wanted: list[Mention]) -> None:
        """What is named without a fact of its own: by the task, section or document that names it, once."""
        tasks = _tasks(wanted)
        for mention in wanted:
            if mention.type not in DOCUMENT_TYPES or mention.type == "Indicator":
                rel = {"Indicator": "AIMS_AT", "Regulation": "CITES"}.get(mention.type, "MENTIONS")
                self._mention(mention, rel, tasks, f"content.{rel.lower().replace('_', '-')}-plain")

    def _proposed(self, wanted: list[Mention]) -> None:
        """What a candidate source adds. It comes last: nothing of the rules' result depends on it."""
        tasks = _tasks(wanted)
        for proposal in self.extraction.proposals:
            mention = proposal.mention
            for id_, node in entity_nodes([mention], self.document).items():
                self.nodes.setdefault(id_, node)
            for link in proposal.links:
                self._link(link, "proposed")
            rel = "CITES" if mention.type == "Regulation" else "MENTIONS"
            extra: dict[str, Value] = {"status": "proposed", "confidence": mention.confidence}
            self._mention(mention, rel, tasks, mention.rule, extra)

    def _mention(
        self, mention: Mention, rel: str, tasks: list[Mention], rule: str, extra: dict[str, Value] | None = None
    ) -> None:
        """``rel`` from what names ``mention`` to it, unless something joins the two already."""
        head, tail = self._speaker(mention, tasks), entity_id(mention, self.document)
        if (head, tail) in self.told or (tail, head) in self.told:
            return
        self.told.add((head, tail))
        span = sentence_around(self.text, mention.start, mention.end)
        self._relate(rel, head, tail, span, rule=rule, tail=(mention.start, mention.end), extra=extra)

    def _speaker(self, mention: Mention, tasks: list[Mention]) -> str:
        index = bisect_right(tasks, mention.start, key=lambda m: m.start) - 1
        while index >= 0:
            task = tasks[index]
            if task.attributes["level"] != "measure" and mention.end <= int(task.attributes["body_end"]):
                return entity_id(task, self.document)
            if task.attributes["level"] != "measure":
                break
            index -= 1
        section = self._section_at(mention.start)
        return self._section_id(section) if section is not None else self.document

    def _relate(
        self,
        type_: str,
        head_id: str,
        tail_id: str,
        span: tuple[int, int],
        *,
        rule: str,
        head: tuple[int, int] | None = None,
        tail: tuple[int, int] | None = None,
        extra: dict[str, Value] | None = None,
    ) -> None:
        key = relation_key(type_, head_id, tail_id, self.document, *span, rule)
        properties: dict[str, Value] = {
            "origin": "extracted",
            "status": "extracted",
            "valid": "current",
            "key": key,
            "doc": self.document,
            "start_char": span[0],
            "end_char": span[1],
            "quote": self.text[span[0] : span[1]],
            "rule": rule,
            "confidence": 1.0,
            "implicit": False,
        }
        if head is not None:
            properties |= {"head_start": head[0], "head_end": head[1]}
        if tail is not None:
            properties |= {"tail_start": tail[0], "tail_end": tail[1]}
        properties |= {name: value for name, value in (extra or {}).items() if value != ""}
        head_label, tail_label = self.nodes[head_id].label, self.nodes[tail_id].label
        self.relations.setdefault(key, Relation(type_, head_label, head_id, tail_label, tail_id, key, properties))


def _document_node(extraction: Extraction, id_: str, source: str, also: Sequence[str], sha256: str) -> Node:
    profile = extraction.profile
    properties: dict[str, Value | None] = {
        "number": profile.number,
        "issued_on": profile.issued_on,
        "year": profile.year,
        "period_start": profile.period_start,
        "period_end": profile.period_end,
        "valid_from": profile.valid_from,
        "valid_until": profile.valid_until,
        "sha256": sha256,
        "source": source,
        "also": sorted(also),
        "valid": "current",
        "damage": sorted(profile.damage),
        "candidates": extraction.candidates,
    }
    kept = {name: value for name, value in properties.items() if value not in (None, "", [])}
    name = one_line(profile.name) or PurePosixPath(source).stem or source
    return Node("Document", id_, name, profile.kind, (), kept)


def _tasks(wanted: list[Mention]) -> list[Mention]:
    return sorted((m for m in wanted if m.type == "Task"), key=lambda m: m.start)


def _is_section(section: SectionSpan) -> bool:
    """一是 and its like are items of a section, not sections."""
    return not section.number.endswith(("是", "要"))
