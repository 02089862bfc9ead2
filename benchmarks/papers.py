"""Made-up documents without end, shaped like real ones: what the benchmarks load, at whatever size.

A place has a plan and a summary a year. Each has four sections of five tasks; tasks have owners and helpers, targets
or results, campaigns, vehicle classes, violations, places and laws; about 37 nodes and 190 relations a document, links
across documents included. Wording repeats as it does in practice: every place takes its tasks from one list, and each
document carries out “一盔一带”. One unit, ``HEAVY``, leads a tenth of all nodes (four tasks a document).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from graph.ids import document_id, node_id, relation_key, text_sha256
from graph.models import KNOWLEDGE, Batch, Content, DocumentGraph, Node, Relation, Value

YEARS = range(2019, 2025)
SECTIONS, TASKS = 4, 20
_WHERE = ("城区", "农村", "学校周边", "国省道", "货运企业", "客运场站", "建筑工地", "景区", "集市", "隧道桥梁")
_WHAT = (
    *("头盔佩戴", "隐患点段治理", "护学岗", "酒驾夜查", "宣传活动", "劝导站", "信号灯", "停车泊位", "货车检验"),
    *("堵点治理", "电动车上牌", "送考下乡"),
)
THINGS = tuple(where + what for where, what in product(_WHERE, _WHAT))
"""Every document has 20 of these 120."""


def _shared(label: str, name: str, *aliases: str, kind: str = "", **own: Value) -> Node:
    return Node(label, node_id(label, name), name, kind, aliases, own)


HELMETS = _shared("Campaign", "“一盔一带”安全守护行动", "一盔一带行动", core="一盔一带")
CAMPAIGNS = (
    HELMETS,
    *(_shared("Campaign", f"“{x}”专项行动") for x in ("春茶护航", "夏夜治乱", "秋收保畅", "冬季攻坚")),
)
CAMPAIGNS += tuple(_shared("Campaign", f"{x}专项整治行动") for x in _WHAT)
VEHICLES = tuple(
    _shared("VehicleClass", x)
    for x in ("电动自行车", "摩托车", "货车", "重型货车", "面包车", "校车", "客车", "危险品运输车", "拖拉机", "三轮车")
)
VIOLATIONS = tuple(
    _shared("Violation", x)
    for x in ("疲劳驾驶", "超速", "超员", "超载", "酒后驾驶", "无证驾驶", "不戴头盔", "闯红灯", "逆行", "违法停车")
)
SLOGAN = _shared("Violation", "三超一疲劳")
LAWS = (_shared("Regulation", "中华人民共和国道路交通安全法", "道路交通安全法", kind="law"),)
LAWS += tuple(_shared("Regulation", f"道路交通安全管理办法（第{n}号）", kind="policy") for n in range(1, 8))
MECHANISMS = tuple(_shared("Mechanism", f"{x}机制") for x in ("路长制", "联席会议", "抄告", "会商研判", "警保联动"))
HELMET = _shared("Mechanism", "安全头盔")
HEAVY = _shared("Unit", "云岭省公安厅交通警察总队", kind="police", level="省", domain="公安交管", jurisdiction="云岭省")
_BODIES = ("教育局", "交通运输局", "农业农村局", "住房和城乡建设局", "市场监管局", "应急管理局")


class Paper:
    """One document: a heading a section, a line a task."""

    def __init__(self, place: Sequence[str], year: int, kind: str, number: int) -> None:
        self.issuer = Node("Unit", node_id("Unit", *place), f"{place[-1]}公安局交警大队", "police", (), _unit(place))
        self.bodies = [
            Node("Unit", node_id("Unit", *place, body), f"{place[-1]}{body}", "department", (), _unit(place))
            for body in _BODIES
        ]
        self.name = f"{place[-1]}公安局交警大队{year}年{'工作要点' if kind == 'plan' else '工作总结'}"
        self.source = f"{'/'.join(place)}/{year}-{kind}.txt"
        self.id, self.kind, self.year = document_id(self.source), kind, year
        self.road = _shared("Road", f"{number % 330 + 100}国道", kind="named")
        self.number = number
        self.text = f"{self.name}\n"
        self.nodes: dict[str, Node] = {}
        self.relations: list[Relation] = []
        lines = self._write(number, year)
        self._read(lines)
        self.graph = DocumentGraph(self.id, self.text, tuple(self.nodes.values()), tuple(self.relations))

    def _write(self, number: int, year: int) -> list[tuple[int, int, str, float]]:
        """Append the lines of the document; start, end, thing and figure of each (a heading's thing is "")."""
        lines = []
        for task in range(TASKS):
            if task % (TASKS // SECTIONS) == 0:
                self._line(lines, f"{'一二三四'[task * SECTIONS // TASKS]}、抓好第{task}类工作", "", 0.0)
            thing = THINGS[(number * 7 + task * 6) % len(THINGS)]
            value = float((number + year + task) % 40 + 10)
            done = "建成" if self.kind == "plan" else "已建成"
            text = f"{task + 1}.抓好{thing}。{self.issuer.name}牵头，{self.bodies[task % 6].name}配合，"
            self._line(lines, f"{text}在{self.road.name}等路段{done}{thing}{value:.0f}处。", thing, value)
        return lines

    def _line(self, lines: list[tuple[int, int, str, float]], text: str, thing: str, value: float) -> None:
        lines.append((len(self.text), len(self.text) + len(text), thing, value))
        self.text += text + "\n"

    def _read(self, lines: list[tuple[int, int, str, float]]) -> None:
        own: dict[str, Value] = {"source": self.source, "sha256": text_sha256(self.text), "year": self.year}
        own |= {"issued_on": f"{self.year}-{'01' if self.kind == 'plan' else '12'}-20", "valid": "current"}
        document = Node("Document", self.id, self.name, self.kind, (), own)
        self._fact("ISSUED_BY", document, self.issuer, (0, len(self.name)))
        section, above, count = document, document, 0
        for order, (start, end, thing, value) in enumerate(lines):
            place, quote = (start, end), self.text[start:end]
            evidence: dict[str, Value] = {"doc": self.id, "start_char": start, "end_char": end, "quote": quote}
            if not thing:
                more: dict[str, Value] = {"number": str(order), "level": 1, "order": order}
                section = Node("Section", node_id("Section", self.id, start), quote, "", (), evidence | more)
                self._fact("HAS_SECTION", document, section, place)
                above = document
                continue
            level = "section" if above is document else "item"
            task = Node("Task", node_id("Task", self.id, start), f"抓好{thing}", level, (), evidence | {"level": level})
            self._fact("STATES", section, task, place)
            if above is not document:
                self._fact("PART_OF", task, above, place)
            above = task if above is document else above
            self._duties(task, count, place)
            if count % 5 < 3:
                self._figure(task, thing, value, evidence, place)
            count += 1

    def _duties(self, task: Node, count: int, place: tuple[int, int]) -> None:
        n = self.number + count
        inherited = count % 3 == 0
        joint = count < TASKS // 5
        self._fact("LEADS", self.issuer, task, place, role_zh="负责", implicit=inherited and not joint, joint=joint)
        if joint:
            self._fact("LEADS", HEAVY, task, place, role_zh="负责", joint=True)
        self._fact("COOPERATES", self.bodies[count % 6], task, place, role_zh="配合")
        self._fact("TARGETS", task, VEHICLES[n % len(VEHICLES)], place)
        if count % 2:
            self._fact("CARRIES_OUT", task, HELMETS if count == 1 else CAMPAIGNS[n % len(CAMPAIGNS)], place)
            self._fact("MENTIONS", task, VIOLATIONS[n % len(VIOLATIONS)], place)
        else:
            self._fact("TARGETS", task, SLOGAN if count == 2 else VIOLATIONS[n % len(VIOLATIONS)], place)
            self._fact("CITES", task, LAWS[n % len(LAWS)], place)
        if count % 2:
            self._fact("TARGETS" if count % 3 else "MENTIONS", task, self.road, place)
            self._fact("USES", task, MECHANISMS[n % len(MECHANISMS)], place)

    def _figure(self, task: Node, thing: str, value: float, evidence: dict[str, Value], place: tuple[int, int]) -> None:
        figure: dict[str, Value] = {"metrics": [f"建成{thing}"], "op": "=", "value": value, "unit": "处"}
        sort = "target" if self.kind == "plan" else "result"
        node = node_id("Indicator", self.id, place[0])
        self._fact(
            "AIMS_AT", task, Node("Indicator", node, f"{thing}{value:.0f}处", sort, (), evidence | figure), place
        )

    def _fact(self, type_: str, head: Node, tail: Node, place: tuple[int, int], **more: Value) -> None:
        start, end = place
        for node in (head, tail):
            self.nodes.setdefault(node.id, node)
        key = relation_key(type_, head.id, tail.id, self.id, start, end, "bench")
        own: dict[str, Value] = {"origin": "extracted", "status": "extracted", "valid": "current", "key": key}
        own |= {"doc": self.id, "start_char": start, "end_char": end, "quote": self.text[start:end], "rule": "bench"}
        own |= {"confidence": 0.9, "implicit": False}
        self.relations.append(Relation(type_, head.label, head.id, tail.label, tail.id, key, own | more))


def _unit(place: Sequence[str]) -> dict[str, Value]:
    return {"level": "县", "domain": "公安交管", "jurisdiction": "/".join(place)}


def papers() -> Iterator[Paper]:
    """Documents without end: cities of ten counties each, county by county."""
    city = 0
    while True:
        for county in range(11):
            above = ("云岭省", f"第{city}市")
            place = above if county == 0 else (*above, f"第{city}之{county}县")
            for year in YEARS:
                yield Paper(place, year, "plan", city * 11 + county)
                yield Paper(place, year, "summary", city * 11 + county)
        city += 1


def world() -> DocumentGraph:
    """What all documents share: a slogan and its parts, kinds of vehicles."""
    facts = [("COMPRISES", SLOGAN, part) for part in VIOLATIONS[:4]]
    facts += [("COMPRISES", HELMETS, HELMET), ("KIND_OF", VEHICLES[3], VEHICLES[2])]
    relations = []
    for type_, head, tail in facts:
        key = relation_key(type_, head.id, tail.id, "", -1, -1, "")
        own: dict[str, Value] = {"origin": "knowledge", "source": "bench", "doc": "", "status": "extracted"}
        own |= {"valid": "current"} | ({"scope": "global"} if type_ == "COMPRISES" else {})
        relations.append(Relation(type_, head.label, head.id, tail.label, tail.id, key, own))
    nodes = {node.id: node for _, *ends in facts for node in ends if isinstance(node, Node)}
    return DocumentGraph(KNOWLEDGE, "", tuple(nodes.values()), tuple(relations))


def batch(*documents: Paper) -> Batch:
    """These documents, as a caller would load them in one transaction, texts and originals included."""
    contents = tuple(Content(text_sha256(p.text), p.text, p.text.encode(), p.source) for p in documents)
    sources = {paper.source: content.sha256 for paper, content in zip(documents, contents, strict=True)}
    return Batch(replace=tuple(paper.graph for paper in documents), sources=sources, contents=contents)
