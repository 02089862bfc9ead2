// name: mentions-of-entity
// class: anchored
// title: {zh: 哪些文件提到, en: Where something is mentioned}
// summary:
//   zh: 提到一个行动、车辆、违法行为、法规、道路、单位等的全部任务、章节与文件，附原文。
//   en: All tasks, sections and documents that speak of a campaign, vehicle class, violation, regulation, road, unit and so on, with the sentence.
// questions:
//   - "哪些文件提到{entity}"
//   - "which documents mention {entity}"
//   - "(哪些|什么|哪个|有哪些|有什么)(文件|文档|政策|材料|文)[里|中|都|里都|中都](提到|提及|涉及|讲到|说到|写到|提|出现)[过|了]{entity}"
//   - "{entity}[在](哪些|什么|哪个)(文件|文档|政策|材料)[里|中][被|都](提到|提及|涉及|出现|写到|说到|有)[过|了]"
//   - "(哪里|哪儿)(提到|提及|涉及|出现)[过|了]{entity}"
//   - "(which|what) documents mention {entity}"
//   - "where is {entity} mentioned"
// cues:
//   - "<mention> + [<how>|<papers>|<who>|<mention>|地方|章节|where]"
//   - "where + [<papers>]"
// params:
//   - name: entity
//     type: search
//     required: true
//     example: 一盔一带
//     title: {zh: 事项, en: thing}
//     labels: [Unit, Campaign, VehicleClass, Violation, Regulation, Road, Region, Mechanism, Platform, PersonGroup, Indicator, Person, Task]
//   - name: year
//     type: integer
//     example: 2024
//     title: {zh: 文件年度, en: year of the document}
// columns:
//   - {name: document, zh: 文件, en: document}
//   - {name: stated_by, zh: 出处, en: stated by}
//   - {name: relation, zh: 关系, en: relation}
//   - {name: entity, zh: 事项, en: thing}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: rule, zh: 规则, en: rule, evidence: true}
//   - {name: confidence, zh: 置信度, en: confidence, evidence: true}
//   - {name: status, zh: 状态, en: status, evidence: true}
// answer:
//   zh: "有 {documents} 个文件、{total} 处提到{entity}：{names}。"
//   en: "{documents} documents speak of {entity} in {total} places: {names}."
// empty:
//   zh: "没有文件提到{entity}。"
//   en: "No document speaks of {entity}."

CALL () {
  CALL () {
    CALL db.index.fulltext.queryNodes('search_unit', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_campaign', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_vehicleclass', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_violation', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_regulation', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_road', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_region', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_mechanism', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_platform', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_persongroup', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_indicator', $entity_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_person', $entity_query) YIELD node RETURN node AS e
    UNION
    MATCH (node:Unit|Campaign|VehicleClass|Violation|Regulation|Road|Region|Mechanism|Platform|PersonGroup|Indicator|Person {id: $entity}) RETURN node AS e
  }
  WITH e WHERE e.id = $entity OR all(term IN $entity_terms WHERE (' ' + e.search + ' ') CONTAINS term)
  MATCH (e)-[r:LEADS|COOPERATES|EXECUTES|ASSIGNS|SUPERVISES|CARRIES_OUT|TARGETS|USES|CITES|AIMS_AT|MENTIONS|ISSUED_BY|MEASURES|IMPLEMENTS]-(stater:Task|Section|Document|Campaign|Indicator)
  WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current' AND stater.id <> e.id AND r.doc <> ''
  RETURN e, stater, type(r) AS relation, r.doc AS doc, r.quote AS quote, r.start_char AS first, r.end_char AS last,
    r.rule AS rule, r.confidence AS confidence, coalesce(r.status, 'extracted') AS status, r.key AS key
  UNION
  CALL db.index.fulltext.queryNodes('search_task', $entity_query) YIELD node
  WHERE all(term IN $entity_terms WHERE (' ' + node.search + ' ') CONTAINS term)
  RETURN node AS e, node AS stater, 'STATES' AS relation, node.doc AS doc, node.quote AS quote,
    node.start_char AS first, node.end_char AS last, null AS rule, null AS confidence, 'extracted' AS status,
    node.id AS key
}
MATCH (d:Document {id: doc})
WHERE coalesce(d.valid, 'current') = 'current' AND ($year IS NULL OR d.year = $year)
RETURN {id: d.id, name: d.name, issued_on: d.issued_on} AS document, {id: stater.id, label: [label IN labels(stater) WHERE label <> 'Entity'][0], name: stater.name} AS stated_by, relation, {id: e.id, label: [label IN labels(e) WHERE label <> 'Entity'][0], name: e.name} AS entity,
  quote, first AS start, last AS end, rule, confidence, status
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, first, last, relation, key
SKIP $skip LIMIT $limit
