// name: shortest-path
// class: anchored
// title: {zh: 两者之间的关系, en: Path between two things}
// summary:
//   zh: 两个节点之间最短的关系链（最多六步）。名称有多个匹配时取最接近的一个。
//   en: Shortest chains of relations between two nodes (at most six steps). Of several matches of a name the closest is taken.
// questions:
//   - "{a}和{b}有什么关系"
//   - "how is {a} related to {b}"
//   - "{a}(和|与|跟|同){b}[之间][有|是|存在][什么|哪些|怎样的|何种](关系|联系|关联)"
//   - "how (is|are) {a} (related|connected) to {b}"
//   - "(path|paths) (from|between) {a} (to|and) {b}"
// cues:
//   - "<relation> + [<relation>|<how>]"
// params:
//   - name: a
//     type: search
//     required: true
//     example: 一盔一带
//     title: {zh: 从, en: from}
//     labels: [Document, Task, Unit, Campaign, VehicleClass, Violation, Regulation, Road, Region, Mechanism, Platform, PersonGroup, Indicator, Person]
//   - name: b
//     type: search
//     required: true
//     example: 交警大队
//     title: {zh: 到, en: to}
//     labels: [Document, Task, Unit, Campaign, VehicleClass, Violation, Regulation, Road, Region, Mechanism, Platform, PersonGroup, Indicator, Person]
// columns:
//   - {name: length, zh: 步数, en: steps}
//   - {name: nodes, zh: 经过, en: nodes}
//   - {name: relations, zh: 关系, en: relations}
//   - {name: path_key, zh: 路径编号, en: path key, evidence: true}
// answer:
//   zh: "{a}与{b}之间最短的关系链有 {total} 条。"
//   en: "There are {total} shortest chains between {a} and {b}."
// empty:
//   zh: "{a}与{b}之间在六步之内没有关系。"
//   en: "{a} and {b} are not connected within six steps."

CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_task', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_unit', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_campaign', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_vehicleclass', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_violation', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_regulation', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_road', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_region', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_mechanism', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_platform', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_persongroup', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_indicator', $a_query) YIELD node RETURN node AS a
  UNION
  CALL db.index.fulltext.queryNodes('search_person', $a_query) YIELD node RETURN node AS a
  UNION
  MATCH (node:Document|Task|Unit|Campaign|VehicleClass|Violation|Regulation|Road|Region|Mechanism|Platform|PersonGroup|Indicator|Person {id: $a}) RETURN node AS a
}
WITH a WHERE a.id = $a OR all(term IN $a_terms WHERE (' ' + a.search + ' ') CONTAINS term)
WITH a ORDER BY size(a.name), a.id LIMIT 1
CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_task', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_unit', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_campaign', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_vehicleclass', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_violation', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_regulation', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_road', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_region', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_mechanism', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_platform', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_persongroup', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_indicator', $b_query) YIELD node RETURN node AS b
  UNION
  CALL db.index.fulltext.queryNodes('search_person', $b_query) YIELD node RETURN node AS b
  UNION
  MATCH (node:Document|Task|Unit|Campaign|VehicleClass|Violation|Regulation|Road|Region|Mechanism|Platform|PersonGroup|Indicator|Person {id: $b}) RETURN node AS b
}
WITH a, b WHERE b.id = $b OR all(term IN $b_terms WHERE (' ' + b.search + ' ') CONTAINS term)
WITH a, b ORDER BY size(b.name), b.id LIMIT 1
MATCH p = allShortestPaths((a)-[:HAS_SECTION|STATES|PART_OF|ISSUED_BY|LEADS|COOPERATES|EXECUTES|ASSIGNS|SUPERVISES|CARRIES_OUT|TARGETS|USES|CITES|AIMS_AT|MEASURES|MENTIONS|SUBORDINATE_TO|MEMBER_OF|LOCATED_IN|WITHIN|KIND_OF|VARIANT_OF|HOLDS_POST|CORRESPONDS_TO|REPORTS_ON|IMPLEMENTS|SUPERSEDES|FOLLOWS|COMPRISES|TEXT_OF*..6]-(b))
WHERE a.id <> b.id AND all(r IN relationships(p) WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current')
WITH p, reduce(text = '', r IN relationships(p) | text + r.key) AS path_key
RETURN length(p) AS length,
  [n IN nodes(p) | {id: n.id, label: [label IN labels(n) WHERE label <> 'Entity'][0], name: n.name}] AS nodes,
  [r IN relationships(p) | {relation: type(r), head: startNode(r).id, tail: endNode(r).id, key: r.key, quote: r.quote,
    start: r.start_char, end: r.end_char, document: r.doc}] AS relations,
  path_key
ORDER BY length, path_key
SKIP $skip LIMIT $limit
