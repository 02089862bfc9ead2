"""World facts that follow from the shared entities a document speaks of: 辖于, 位于, 隶属, 是一种, 变体.

They are true whatever document speaks, so they are functions of identities and the knowledge files alone, carry no
document, and are reference-counted like the nodes they join.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.ids import node_id, relation_key
from graph.models import Node, Relation, Value
from ingest import regions
from ingest.extraction import Mention
from ingest.lexicon import knowledge
from ingest.pipeline.unit_names import FORCE, Unit, police_of, region_level

REGION_SOURCE = "行政区划代码表（统计用区划代码）"
_REGION_KINDS = {"省": "province", "市": "city", "县": "county", "乡": "township"}
_ABOVE = {"县": "市", "市": "省"}
_LEVEL_OF = {"省": "省", "市": "市", "县": "县", "区": "县", "乡": "乡", "镇": "乡"}
_CLASS_OF = {"县": "各县(市、区)"}
_SEVERAL = re.compile("(?P<levels>[省市县区乡镇](?:、[省市县区乡镇])+)(?P<core>[^、省市县区乡镇].+)")


class SharedFacts:
    """Collects nodes and relations; the same thing given twice is kept once."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.relations: dict[str, Relation] = {}

    def region(self, path: tuple[str, ...]) -> str:
        """The node of the place at ``path`` (province down) and the chain above it; its id."""
        node = region_node(path)
        if node.id not in self.nodes:
            self.nodes[node.id] = node
            if len(path) > 1:
                above = self.nodes[self.region(path[:-1])]
                if "code" in node.properties:
                    self.knowledge("WITHIN", node, above, "region.within", REGION_SOURCE)
                else:
                    self.derived("WITHIN", node, above, "region.within-named")
        return node.id

    def unit(self, unit: Unit) -> str:
        """The node of ``unit``, where it is and what it is under, as far as its name tells; its id."""
        node = unit_node(unit)
        if node.id in self.nodes:
            return node.id
        self.nodes[node.id] = node
        if unit.path:
            place = self.nodes[self.region(unit.path)]
            self.derived("LOCATED_IN", node, place, "unit.jurisdiction")
        for above, rule in superiors(unit):
            self.derived("SUBORDINATE_TO", node, self.nodes[self.unit(above)], rule)
        for below, rule in inferiors(unit):
            self.derived("SUBORDINATE_TO", self.nodes[self.unit(below)], node, rule)
        for part in parts(unit):
            self.derived("COMPRISES", node, self.nodes[self.unit(part)], "unit.levels", scope="global")
        return node.id

    def knowledge(self, type_: str, head: Node, tail: Node, rule: str, source: str, **extra: Value) -> None:
        """A relation the knowledge files state."""
        self._add(type_, head, tail, rule, {"origin": "knowledge", "source": source, **extra})

    def derived(self, type_: str, head: Node, tail: Node, rule: str, **extra: Value) -> None:
        """A relation that follows from the two identities."""
        self._add(type_, head, tail, rule, {"origin": "derived", "inputs": [head.id, tail.id], **extra})

    def _add(self, type_: str, head: Node, tail: Node, rule: str, properties: Mapping[str, Value]) -> None:
        key = relation_key(type_, head.id, tail.id, "", -1, -1, rule)
        if head.id == tail.id or key in self.relations:
            return
        common: dict[str, Value] = {"status": "extracted", "valid": "current", "key": key, "doc": "", "rule": rule}
        common["confidence"] = 1.0
        self.relations[key] = Relation(type_, head.label, head.id, tail.label, tail.id, key, {**common, **properties})


def region_node(path: tuple[str, ...]) -> Node:
    """The node of the place at ``path``; by its code when the table has it."""
    region = regions.lookup(path[-1], path) or regions.lookup(path[-1], path[:1])
    if region is not None:
        properties: dict[str, Value] = {"code": region.code, "level": region.level}
        return Node("Region", node_id("Region", region.code), region.name, _REGION_KINDS[region.level], (), properties)
    level = region_level(path[-1])
    own: dict[str, Value] = {"level": level} if level else {}
    return Node("Region", node_id("Region", *path), path[-1], _REGION_KINDS.get(level, ""), (), own)


def unit_node(unit: Unit) -> Node:
    """The node of a unit that merges across documents."""
    properties: dict[str, Value] = {
        name: value
        for name, value in (
            ("level", unit.level),
            ("domain", unit.domain),
            ("jurisdiction", "/".join(unit.path)),
            ("subtype", unit.subtype),
            ("generic", unit.generic),
            ("beneath", unit.beneath),
            ("inferred", bool(unit.beneath)),
        )
        if value
    }
    return Node("Unit", node_id("Unit", *unit.identity), unit.name, unit.kind, (), properties)


def superiors(unit: Unit) -> list[tuple[Unit, str]]:
    """What a unit is under: its bureau or government, and in the traffic police the next higher level."""
    if unit.generic or unit.scope or not unit.path:
        return []
    found: list[tuple[Unit, str]] = []
    place, level = unit.path[-1], region_level(unit.path[-1], unit.path[:-1])
    own = unit.name.removeprefix(place)
    bureau = "公安厅" if level == "省" else "公安局"
    police = police_of(level)
    if own.startswith(police) and own != police:
        found.append((Unit(place + police, unit.path, "公安交管", level, "police"), "unit.section-of"))
    elif own == police:
        found.append((Unit(place + bureau, unit.path, "公安", level, "police"), "unit.team-of-bureau"))
        above = _path_above(unit.path, level)
        if above:
            higher = Unit(above[-1] + police_of(_ABOVE[level]), above, "公安交管", _ABOVE[level], "police")
            found.append((higher, "unit.police-ladder"))
    elif unit.kind in {"department", "police"} and unit.level == level and own.endswith(("局", "厅", "委员会")):
        government = Unit(place + "人民政府", unit.path, "", level, "government")
        found.append((government, "unit.department-of-government"))
    elif own.endswith("委员会办公室") and unit.kind == "coordination_body":
        committee = Unit(unit.name.removesuffix("办公室"), unit.path, unit.domain, unit.level, unit.kind, unit.subtype)
        found.append((committee, "unit.office-of-committee"))
    return found


def inferiors(unit: Unit) -> list[tuple[Unit, str]]:
    """What is under the police of a place that nobody names: the police of the place that it is told by."""
    if not unit.beneath or unit.domain not in FORCE:
        return []
    path = tuple(unit.beneath.split("/"))
    level = region_level(path[-1], path[:-1])
    if _ABOVE.get(level) != unit.level or not unit.name.endswith((police_of(unit.level), "公安局", "公安厅")):
        return []
    bureau = "公安厅" if level == "省" else "公安局"
    name = path[-1] + (police_of(level) if unit.domain == "公安交管" else bureau)
    return [(Unit(name, path, unit.domain, level, "police"), "unit.place-beneath")]


def parts(unit: Unit) -> list[Unit]:
    """The bodies that a name of several levels stands for: 市、县交安委 are the city's and those of its counties."""
    levels = _SEVERAL.fullmatch(unit.name.removeprefix(unit.path[-1])) if unit.generic and unit.path else None
    if levels is None or unit.scope:
        return []
    place, level = unit.path[-1], region_level(unit.path[-1], unit.path[:-1])
    found, core = list[Unit](), levels["core"]
    for word in levels["levels"].split("、"):
        below = _LEVEL_OF[word]
        if place.endswith(word) or (below == level and word != "市"):
            found.append(replace(unit, name=place + core, level=level, generic=False))
        elif _ABOVE.get(level) == below:
            found.append(_of_place_above(unit, core, level))
        elif below == "乡":
            found.append(replace(unit, name="乡镇" + core, path=(), level=below))
        elif level == "市" and below == "县":
            found.append(replace(unit, name=f"{place}{_CLASS_OF.get(word, '各' + word)}{core}", level=below))
    return found


def _of_place_above(unit: Unit, core: str, level: str) -> Unit:
    """The body of this name one level up, by that place when it is known."""
    above, higher = _path_above(unit.path, level), _ABOVE[level]
    if above:
        return replace(unit, name=above[-1] + core, path=above, level=higher, generic=False)
    name = f"{unit.path[-1]}上级{higher}{core}"
    return replace(unit, name=name, path=(), level=higher, generic=False, beneath="/".join(unit.path))


def _path_above(path: tuple[str, ...], level: str) -> tuple[str, ...]:
    wanted = _ABOVE.get(level)
    if wanted is None or len(path) < 2 or region_level(path[-2], path[:-2]) != wanted:
        return ()
    return path[:-1]


def shared_facts(mentions: Iterable[Mention]) -> tuple[tuple[Node, ...], tuple[Relation, ...]]:
    """Nodes and relations that follow from the shared entities among ``mentions``, sorted.

    The nodes include the mentioned units and regions themselves (without the aliases a document adds) and those above
    them. A mention whose node belongs to one document (``scope``) gives nothing.
    """
    facts = SharedFacts()
    for mention in mentions:
        if mention.attributes.get("scope") or not mention.identity:
            continue
        if mention.type == "Unit":
            facts.unit(Unit.of(mention.identity))
        elif mention.type == "Region" and (region := regions.by_code().get(mention.identity[0])):
            facts.region(region.path)
        elif mention.type == "VehicleClass" and mention.attributes.get("base"):
            _modified(facts, mention)
        elif mention.type == "Campaign":
            _variant(facts, mention)
    return tuple(sorted(facts.nodes.values(), key=lambda n: n.id)), tuple(
        sorted(facts.relations.values(), key=lambda r: r.key)
    )


def _modified(facts: SharedFacts, mention: Mention) -> None:
    """57座以上大客车 is a kind of 大型客车."""
    base = str(mention.attributes["base"])
    head = Node("VehicleClass", node_id("VehicleClass", *mention.identity), mention.name)
    tail = Node("VehicleClass", node_id("VehicleClass", base), base)
    facts.nodes.update({head.id: head, tail.id: tail})
    facts.derived("KIND_OF", head, tail, "vehicleclass.modifier")


def _variant(facts: SharedFacts, mention: Mention) -> None:
    """A campaign whose name holds a known campaign's core is a variant of it."""
    for entry in knowledge().entries("campaigns", "known"):
        core = entry.name
        if entry.scope == "global" and core in mention.name and core != mention.name:
            head, tail = campaign_node(mention.name), campaign_node(core)
            facts.nodes.update({head.id: head, tail.id: tail})
            facts.knowledge("VARIANT_OF", head, tail, "campaign.core", entry.source)


def campaign_node(name: str) -> Node:
    """The node of a campaign that merges across documents; core and head follow from its name."""
    from ingest.pipeline.campaigns import name_parts

    canonical, core, head = name_parts(name)
    properties: dict[str, Value] = {k: v for k, v in (("core", core), ("head", head)) if v}
    return Node("Campaign", node_id("Campaign", canonical), canonical, "", (), properties)
