// name: units-of-policy
// class: anchored
// title: {zh: 政策涉及哪些单位, en: Units of a policy}
// summary:
//   zh: 一个文件（或一部法规所及的任务）中承担职责的单位，各角色任务数与一条原文依据。
//   en: Units with duties in a document, or in the tasks a regulation reaches, with the number of tasks by role and one proof.
// questions:
//   - "{policy}涉及哪些单位"
//   - "which units does {policy} involve"
//   - "{policy}[都|中|里](涉及|明确|规定|提到|包括|安排)[了|到][哪些|什么][单位|部门|责任单位]"
//   - "{policy}(的|由)[哪些|什么](责任单位|实施单位|落实单位|单位|部门)[是|有|来][谁|哪些|什么|落实|负责|执行]"
//   - "(which|what) units (does|has) {policy} (involve|name|oblige)"
//   - "units (of|in) {policy}"
// cues:
//   - "<units>|<who> + [涉及|牵涉|有份|提到|点到|规定|明确|包括|<duty>|<job>|<cooperate>|派活|派了活|派了任务|点名|名单|named|involve|involved|name|named|oblige|oblige|mentioned|mention|under]"
// params:
//   - name: policy
//     type: search
//     required: true
//     example: 工作要点
//     title: {zh: 文件或法规, en: document or regulation}
//     labels: [Document, Regulation]
// columns:
//   - {name: unit, zh: 单位, en: unit}
//   - {name: role, zh: 关系, en: relation}
//   - {name: tasks, zh: 任务数, en: tasks}
//   - {name: inherited, zh: 其中继承, en: of which inherited}
//   - {name: document, zh: 文件, en: document}
//   - {name: policy, zh: 政策, en: policy}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "{policy}涉及的单位：{names}。"
//   en: "Units of {policy}: {names}."
// empty:
//   zh: "没有查到{policy}涉及的单位。"
//   en: "No unit of {policy} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $policy_query) YIELD node RETURN node AS e
  UNION
  CALL db.index.fulltext.queryNodes('search_regulation', $policy_query) YIELD node RETURN node AS e
  UNION
  MATCH (node:Document|Regulation {id: $policy}) RETURN node AS e
}
WITH e WHERE e.id = $policy OR all(term IN $policy_terms WHERE (' ' + e.search + ' ') CONTAINS term)
// A document states its tasks; a regulation reaches the tasks that cite it and those of the documents that carry its
// text or implement it.
CALL (e) {
  MATCH (e)-[:HAS_SECTION*0..6]->(:Document|Section)-[:STATES]->(stated:Task)<-[:PART_OF*0..3]-(t:Task)
  RETURN t
  UNION
  MATCH (e)<-[of:TEXT_OF|IMPLEMENTS]-(:Document)-[:HAS_SECTION*0..6]->(:Document|Section)-[:STATES]->(stated:Task)<-[:PART_OF*0..3]-(t:Task)
  WHERE NOT coalesce(of.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(of.valid, 'current') = 'current'
  RETURN t
  UNION
  MATCH (e)<-[cites:CITES]-(t:Task)
  WHERE NOT coalesce(cites.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(cites.valid, 'current') = 'current'
  RETURN t
}
WITH DISTINCT e, t
MATCH (d:Document {id: t.doc})
MATCH (u:Unit)-[r:LEADS|COOPERATES|EXECUTES|ASSIGNS|SUPERVISES]->(t)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
WITH e, d, u, r, t ORDER BY coalesce(r.implicit, false), r.start_char, r.key
WITH e, d, u, type(r) AS role, count(DISTINCT t.id) AS tasks,
  sum(CASE WHEN coalesce(r.implicit, false) THEN 1 ELSE 0 END) AS inherited,
  collect({quote: r.quote, start: r.start_char, last: r.end_char})[0] AS proof
RETURN {id: u.id, name: u.name} AS unit, role, tasks, inherited, {id: d.id, name: d.name, issued_on: d.issued_on} AS document, {id: e.id, label: [label IN labels(e) WHERE label <> 'Entity'][0], name: e.name} AS policy,
  proof.quote AS quote, proof.start AS start, proof.last AS end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, tasks DESC, u.name, role, e.id, u.id
SKIP $skip LIMIT $limit
