"""Three made-up documents and a little world knowledge, written down as text and what it says.

``Writing`` makes a DocumentGraph from a text whose facts are named by the words that state them: offsets are found,
never typed, so every quote is true.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.ids import document_id, node_id, relation_key, text_sha256
from graph.models import KNOWLEDGE, Batch, Content, DocumentGraph, Node, Relation, Value


def shared(label: str, name: str, *aliases: str, kind: str = "", **properties: Value) -> Node:
    """A node that documents share."""
    return Node(label, node_id(label, name), name, kind, aliases, properties)


BRIGADE = shared("Unit", "青禾县公安局交警大队", "青禾交警大队", kind="police", level="县", jurisdiction="云岭省青禾县")
EDUCATION = shared("Unit", "青禾县教育局", kind="department", level="县", jurisdiction="云岭省青禾县")
MARKET = shared("Unit", "青禾县市场监管局", kind="department", level="县", jurisdiction="云岭省青禾县")
VILLAGES = shared("Unit", "村民委员会", kind="other", generic=True)
DETACHMENT = shared("Unit", "柳泉市公安局交警支队", kind="police", level="市", jurisdiction="云岭省柳泉市")
OFFICE = shared("Unit", "青禾县交安委", kind="coordination_body", level="县", subtype="coordination_body")
HELMET_CAMPAIGN = shared("Campaign", "“一盔一带”安全守护行动", "一盔一带行动", core="一盔一带")
HELMETS = shared("Campaign", "一盔一带")
HELMET = shared("Mechanism", "安全头盔")
EBIKE = shared("VehicleClass", "电动自行车", "电动车")
TRUCK = shared("VehicleClass", "货车")
HEAVY = shared("VehicleClass", "重型货车")
SLOGAN = shared("Violation", "三超一疲劳")
FATIGUE = shared("Violation", "疲劳驾驶")
ROAD = shared("Road", "107国道", kind="named")
LAW = shared("Regulation", "中华人民共和国道路交通安全法", "道路交通安全法", kind="law")
COUNTY = shared("Region", "青禾县", kind="county", level="县")


@dataclass
class Writing:
    """A document being written down: add tasks and facts, then ``graph()``."""

    source: str
    text: str
    name: str
    kind: str = "plan"
    issued_on: str = ""
    year: int = 2024
    _nodes: dict[str, Node] = field(default_factory=dict)
    _relations: list[Relation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = document_id(self.source)
        properties: dict[str, Value] = {
            "source": self.source,
            "sha256": text_sha256(self.text),
            "year": self.year,
            "valid": "current",
        }
        if self.issued_on:
            properties["issued_on"] = self.issued_on
        self.node = self._add(Node("Document", self.id, self.name, self.kind, (), properties))

    def _add(self, node: Node) -> Node:
        return self._nodes.setdefault(node.id, node)

    def place(self, quote: str) -> dict[str, Value]:
        start = self.text.index(quote)
        return {"doc": self.id, "start_char": start, "end_char": start + len(quote), "quote": quote}

    def section(self, heading: str, number: str, parent: Node | None = None) -> Node:
        level = 1 if parent is None else 2
        properties = {**self.place(heading), "number": number, "level": level, "order": len(self._nodes)}
        node = self._add(Node("Section", node_id("Section", self.id, number), heading, "", (), properties))
        self.fact("HAS_SECTION", parent or self.node, node, heading)
        return node

    def task(self, title: str, level: str, within: Node, part_of: Node | None = None, **properties: Value) -> Node:
        own: dict[str, Value] = {**self.place(title), "level": level, "order": len(self._nodes), **properties}
        node = self._add(Node("Task", node_id("Task", self.id, title), title, level, (), own))
        self.fact("STATES", within, node, title)
        if part_of is not None:
            self.fact("PART_OF", node, part_of, title)
        return node

    def indicator(self, quote: str, value: float, **properties: Value) -> Node:
        own: dict[str, Value] = {**self.place(quote), "value": value, "raw": quote, **properties}
        kind = str(properties.pop("kind", "target"))
        own.pop("kind", None)
        return self._add(Node("Indicator", node_id("Indicator", self.id, quote), quote, kind, (), own))

    def fact(self, type_: str, head: Node, tail: Node, quote: str, **properties: Value) -> None:
        self._add(head)
        self._add(tail)
        own: dict[str, Value] = {
            "origin": "extracted",
            "status": "extracted",
            "valid": "current",
            "rule": "test",
            "confidence": 0.9,
            "implicit": False,
            **self.place(quote),
            **properties,
        }
        for end, node in (("head", head), ("tail", tail)):
            at = self.text.find(node.name)
            if at >= 0 and node.label not in ("Document", "Section"):
                own |= {f"{end}_start": at, f"{end}_end": at + len(node.name)}
        start, stop = int(str(own["start_char"])), int(str(own["end_char"]))
        key = relation_key(type_, head.id, tail.id, self.id, start, stop, str(own["rule"]))
        self._relations.append(Relation(type_, head.label, head.id, tail.label, tail.id, key, own))

    def duty(self, unit: Node, task: Node, quote: str, role: str = "LEADS", role_zh: str = "", **more: Value) -> None:
        written: dict[str, Value] = {"role_zh": role_zh} if role_zh else {}
        self.fact(role, unit, task, quote, **written, **more)

    def graph(self) -> DocumentGraph:
        return DocumentGraph(self.id, self.text, tuple(self._nodes.values()), tuple(self._relations))


def plan() -> Writing:
    """青禾县 2024: one section with a helmet item, joint leads, a slogan, a target, a cited law."""
    text = (
        "青禾县2024年道路交通安全工作要点\n青禾县公安局交警大队\n"
        "一、维护道路秩序\n"
        "（一）深化“一盔一带”安全守护行动。青禾县教育局牵头，青禾县市场监管局配合，查纠电动自行车驾乘人员不戴安全头盔。"
        "推动村民委员会开展劝导。头盔佩戴率达到95%以上。\n"
        "（二）严查重点违法。在107国道严查“三超一疲劳”，重点检查重型货车，依照《中华人民共和国道路交通安全法》处罚。\n"
        "（三）联合整治货车。青禾县教育局、青禾县市场监管局共同负责。\n"
        "（四）规范停车。青禾县教育局负责。青禾县市场监管局牵头。\n"
        "二、保障措施\n"
        "（一）加强宣传。广泛宣传“一盔一带”安全守护行动。\n"
    )
    w = Writing("qinghe/2024.txt", text, "青禾县2024年道路交通安全工作要点", issued_on="2024-01-15")
    w.fact("ISSUED_BY", w.node, BRIGADE, "青禾县公安局交警大队")
    first, second = w.section("维护道路秩序", "1"), w.section("保障措施", "2")
    order = w.task("维护道路秩序", "section", first)
    w.duty(BRIGADE, order, "维护道路秩序", implicit=True, role_zh="负责")
    w.fact("MENTIONS", order, HELMET_CAMPAIGN, "深化“一盔一带”安全守护行动")
    helmet = w.task("深化“一盔一带”安全守护行动", "item", first, order)
    w.duty(EDUCATION, helmet, "青禾县教育局牵头，青禾县市场监管局配合", role_zh="牵头")
    w.duty(MARKET, helmet, "青禾县教育局牵头，青禾县市场监管局配合", "COOPERATES", "配合")
    w.fact("CARRIES_OUT", helmet, HELMET_CAMPAIGN, "深化“一盔一带”安全守护行动")
    w.fact("TARGETS", HELMET_CAMPAIGN, EBIKE, "查纠电动自行车驾乘人员不戴安全头盔")
    w.fact("TARGETS", helmet, EBIKE, "查纠电动自行车驾乘人员不戴安全头盔")
    measure = w.task("推动村民委员会开展劝导", "measure", first, helmet)
    w.duty(VILLAGES, measure, "推动村民委员会开展劝导", "EXECUTES", "执行")
    w.fact("AIMS_AT", helmet, w.indicator("头盔佩戴率达到95%", 95.0, op=">=", unit="%"), "头盔佩戴率达到95%以上")
    heavy = w.task("严查重点违法", "item", first, order, deadline="2024-12-31", recurrence="每月")
    w.duty(BRIGADE, heavy, "严查重点违法", implicit=True, role_zh="负责")
    w.fact("TARGETS", heavy, SLOGAN, "在107国道严查“三超一疲劳”")
    w.fact("TARGETS", heavy, ROAD, "在107国道严查“三超一疲劳”")
    w.fact("TARGETS", heavy, HEAVY, "重点检查重型货车")
    w.fact("CITES", heavy, LAW, "依照《中华人民共和国道路交通安全法》处罚")
    joint = w.task("联合整治货车", "item", first, order)
    for unit in (EDUCATION, MARKET):
        w.duty(unit, joint, "青禾县教育局、青禾县市场监管局共同负责", role_zh="负责", joint=True)
    w.fact("TARGETS", joint, TRUCK, "联合整治货车")
    parking = w.task("规范停车", "item", first, order)
    w.duty(EDUCATION, parking, "青禾县教育局负责", role_zh="负责")
    w.duty(MARKET, parking, "青禾县市场监管局牵头", role_zh="牵头")
    w.duty(OFFICE, parking, "规范停车", "SUPERVISES", status="proposed")
    publicity = w.task("加强宣传", "item", second)
    w.duty(BRIGADE, publicity, "加强宣传", implicit=True, role_zh="负责")
    w.fact("MENTIONS", publicity, HELMET_CAMPAIGN, "广泛宣传“一盔一带”安全守护行动")
    return w


def summary() -> Writing:
    """柳泉市 2023: a report that carries out the helmet campaign, owner inherited; a result that cannot be right."""
    text = (
        "柳泉市2023年交通管理工作总结\n柳泉市公安局交警支队\n一、整治行动\n"
        "（一）推进头盔整治。以一盔一带行动为载体开展整治，处罚132起，其中2751起为醉驾。\n"
    )
    w = Writing("liuquan/2023.txt", text, "柳泉市2023年交通管理工作总结", "summary", "2023-12-20", 2023)
    w.fact("ISSUED_BY", w.node, DETACHMENT, "柳泉市公安局交警支队")
    part = w.section("整治行动", "1")
    item = w.task("推进头盔整治", "item", part)
    w.duty(DETACHMENT, item, "推进头盔整治", implicit=True, role_zh="负责")
    w.fact("CARRIES_OUT", item, HELMET_CAMPAIGN, "以一盔一带行动为载体开展整治")
    bad = w.indicator("其中2751起", 2751.0, kind="result", unit="起", suspicious=True, suspicion="大于总数132")
    w.fact("AIMS_AT", item, bad, "处罚132起，其中2751起为醉驾")
    return w


def aside() -> Writing:
    """A document that shares nothing with the helmet campaign but the county's name."""
    text = "青禾县2022年窗口服务方案\n优化窗口服务。\n"
    w = Writing("qinghe/2022.txt", text, "青禾县2022年窗口服务方案", "notice", year=2022)
    w.fact("ISSUED_BY", w.node, BRIGADE, "青禾县2022年窗口服务方案")
    service = w.task("优化窗口服务", "item", w.node)
    w.duty(BRIGADE, service, "优化窗口服务", implicit=True)
    return w


def world() -> DocumentGraph:
    """World knowledge: slogans and their parts, a variant, kinds of vehicles, who is below whom."""
    nodes = (
        BRIGADE,
        DETACHMENT,
        OFFICE,
        EDUCATION,
        HELMET_CAMPAIGN,
        HELMETS,
        HELMET,
        SLOGAN,
        FATIGUE,
        TRUCK,
        HEAVY,
        COUNTY,
    )
    facts = (
        ("COMPRISES", HELMETS, HELMET, {"scope": "global"}),
        ("COMPRISES", SLOGAN, FATIGUE, {"scope": "global"}),
        ("VARIANT_OF", HELMET_CAMPAIGN, HELMETS, {}),
        ("KIND_OF", HEAVY, TRUCK, {}),
        ("SUBORDINATE_TO", BRIGADE, DETACHMENT, {}),
        ("MEMBER_OF", EDUCATION, OFFICE, {}),
        ("LOCATED_IN", BRIGADE, COUNTY, {}),
    )
    relations = []
    for type_, head, tail, more in facts:
        key = relation_key(type_, head.id, tail.id, "", -1, -1, "")
        own: dict[str, Value] = {
            "origin": "knowledge",
            "source": "测试",
            "doc": "",
            "status": "extracted",
            "valid": "current",
            **more,
        }
        relations.append(Relation(type_, head.label, head.id, tail.label, tail.id, key, own))
    return DocumentGraph(KNOWLEDGE, "", nodes, tuple(relations))


def library() -> Batch:
    """All of it, as one batch."""
    writings = [plan(), summary(), aside()]
    return Batch(
        replace=(world(), *(w.graph() for w in writings)),
        sources={w.source: text_sha256(w.text) for w in writings},
        contents=tuple(Content(text_sha256(w.text), w.text, w.text.encode(), w.source) for w in writings),
    )


def batch_of(writing: Writing) -> Batch:
    """One document, as a batch."""
    content = Content(text_sha256(writing.text), writing.text, writing.text.encode(), writing.source)
    return Batch(replace=(writing.graph(),), sources={writing.source: content.sha256}, contents=(content,))


def only(batch: Batch, graph: DocumentGraph) -> Batch:
    """The part of ``batch`` that loads ``graph``."""
    mine = next((str(n.properties["sha256"]) for n in graph.nodes if n.label == "Document"), "")
    return Batch(
        replace=(graph,),
        sources={source: sha for source, sha in batch.sources.items() if sha == mine},
        contents=tuple(content for content in batch.contents if content.sha256 == mine),
    )
