// name: facts-of-section
// class: anchored
// title: {zh: 章节中的事实, en: Facts of a section}
// summary:
//   zh: 一个章节、任务或文件直接提出的全部事实（责任、行动、对象、引用、指标），按原文顺序。
//   en: Everything a section, task or document states (duties, campaigns, targets, citations, indicators), in the order of the text.
// cues:
//   - "<facts> + [<facts>|<part_of_text>]"
// params:
//   - name: section
//     type: id
//     required: true
//     example: section:00000000000000000000
//     labels: [Section, Task, Document]
//     title: {zh: 章节、任务或文件的编号, en: "id of a section, task or document"}
// columns:
//   - {name: head, zh: 主体, en: head}
//   - {name: relation, zh: 关系, en: relation}
//   - {name: tail, zh: 客体, en: tail}
//   - {name: role_zh, zh: 角色, en: role as written}
//   - {name: implicit, zh: 继承, en: inherited}
//   - {name: key, zh: 编号, en: key, evidence: true}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: rule, zh: 规则, en: rule, evidence: true}
//   - {name: confidence, zh: 置信度, en: confidence, evidence: true}
//   - {name: status, zh: 状态, en: status, evidence: true}

CALL () {
  MATCH (x:Section|Task|Document {id: $section}) RETURN x
  UNION
  MATCH (:Section|Document {id: $section})-[:STATES]->(x:Task) RETURN x
  UNION
  MATCH (:Task {id: $section})<-[:PART_OF*1..2]-(x:Task) RETURN x
}
MATCH (x)-[r:LEADS|COOPERATES|EXECUTES|ASSIGNS|SUPERVISES|CARRIES_OUT|TARGETS|USES|CITES|AIMS_AT|MENTIONS|ISSUED_BY]-(y:Entity)
WHERE r.doc = coalesce(x.doc, x.id) AND NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
WITH DISTINCT r, startNode(r) AS head, endNode(r) AS tail
RETURN {id: head.id, label: [label IN labels(head) WHERE label <> 'Entity'][0], name: head.name} AS head, type(r) AS relation, {id: tail.id, label: [label IN labels(tail) WHERE label <> 'Entity'][0], name: tail.name} AS tail, r.role_zh AS role_zh,
  coalesce(r.implicit, false) AS implicit, r.key AS key, r.quote AS quote, r.start_char AS start, r.end_char AS end,
  r.rule AS rule, r.confidence AS confidence, coalesce(r.status, 'extracted') AS status
ORDER BY r.start_char, r.end_char, relation, r.key
SKIP $skip LIMIT $limit
