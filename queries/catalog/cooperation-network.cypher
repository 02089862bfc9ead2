// name: cooperation-network
// class: global
// title: {zh: 单位协作网络, en: Cooperation network}
// summary:
//   zh: 哪些单位在同一任务中共事（牵头、配合或执行），共多少项任务。涉及继承职责的任务另计；枢纽单位见 zhize analytics cooperation-brokers。
//   en: >-
//     Which units work together on a task (leading, cooperating or executing), and on how many. Tasks in which a duty is
//     inherited are counted apart; brokers: zhize analytics cooperation-brokers.
// questions:
//   - "哪些单位一起协作"
//   - "which units work together"
//   - "[哪些|什么|各](单位|部门)(之间)[经常|常|最常](协作|合作|配合|共事)[关系][如何|怎么样|最多]"
//   - "[单位|部门|各单位](协作|合作)(网络|关系)[是什么|如何|怎么样]"
//   - "(which|what) (units|departments|bodies) (cooperate|work together)"
// cues:
//   - "<units>|<who> + <together> + [<together>|<units>|<who>|关系|whom]"
//   - "协作网|协作网络|合作网络|协作关系|合作关系|cooperation_network|cooperation|collaboration + [<units>|<together>]"
//   - "{unit} + <together> + <who>|<units> + [<together>]"
//   - "{document} + <together> + <who>|<units> + [<together>|whom]"
// params:
//   - name: unit
//     type: id
//     labels: [Unit]
//     title: {zh: 只看某个单位的协作, en: only pairs with this unit}
//   - name: document
//     type: id
//     labels: [Document]
//     title: {zh: 只看某个文件, en: only this document}
//   - name: year
//     type: integer
//     example: 2024
//     title: {zh: 文件年度, en: year of the document}
// columns:
//   - {name: unit, zh: 单位, en: unit}
//   - {name: partner, zh: 协作单位, en: partner}
//   - {name: tasks, zh: 共同任务数, en: tasks in common}
//   - {name: inherited, zh: 含继承的任务数, en: tasks with an inherited duty}
//   - {name: documents, zh: 文件数, en: documents}
//   - {name: task, zh: 任务举例, en: a task}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "有 {total} 对单位在同一任务中协作，共同任务最多的有：{names}。"
//   en: "{total} pairs of units work together, most of all: {names}."
// empty:
//   zh: "没有查到在同一任务中协作的单位。"
//   en: "No units that work together were found."

// The units of each task once, then their pairs: a task counts once for a pair, as stated when some of its facts state
// both duties. Values, not nodes: groups of whole nodes cost ten times as much. The task shown is the pair's best proof.
MATCH (u:Unit)-[r:LEADS|COOPERATES|EXECUTES]->(t:Task)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  AND ($document IS NULL OR t.doc = $document)
WITH t.id AS task, collect({id: u.id, key: r.key, inherited: CASE WHEN coalesce(r.implicit, false) THEN 1 ELSE 0 END}) AS facts
WHERE size(facts) > 1
WITH task, [x IN facts WHERE NOT any(y IN facts WHERE y.id = x.id AND y.key < x.key) | {id: x.id, key: x.key,
  inherited: reduce(least = 1, y IN facts | CASE WHEN y.id = x.id AND y.inherited < least THEN y.inherited ELSE least END)}] AS units
MATCH (t:Task {id: task})
MATCH (d:Document {id: t.doc})
WHERE coalesce(d.valid, 'current') = 'current' AND ($year IS NULL OR d.year = $year)
WITH task, units, t.start_char AS place, d.id AS doc, coalesce(d.issued_on, toString(d.year), '') AS date
UNWIND units AS a
UNWIND [x IN units WHERE a.id < x.id AND ($unit IS NULL OR a.id = $unit OR x.id = $unit)] AS b
WITH a.id AS one, b.id AS other, task, doc, date, place, a.key AS proof,
  CASE WHEN a.inherited + b.inherited > 0 THEN 1 ELSE 0 END AS inferred
WITH one, other, task, doc, inferred, proof, date, place ORDER BY inferred, date DESC, doc, place, task
WITH one, other, sum(1 - inferred) AS tasks, sum(inferred) AS inherited, count(DISTINCT doc) AS documents,
  collect(task)[0] AS task, collect(proof)[0] AS proof
MATCH (t:Task {id: task})
MATCH (t)<-[r:LEADS|COOPERATES|EXECUTES]-(u:Unit) WHERE u.id = one AND r.key = proof
MATCH (v:Unit {id: other})
WITH u, v, t, r, tasks, inherited, documents, t.doc AS doc
MATCH (d:Document {id: doc})
RETURN {id: u.id, name: u.name} AS unit, {id: v.id, name: v.name} AS partner, tasks, inherited, documents,
  {id: t.id, name: t.name} AS task, {id: d.id, name: d.name, issued_on: d.issued_on} AS document, r.quote AS quote, r.start_char AS start, r.end_char AS end
ORDER BY tasks DESC, inherited DESC, u.name, v.name, u.id, v.id
SKIP $skip LIMIT $limit
