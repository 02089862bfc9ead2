// name: tasks-with-several-leads
// class: global
// title: {zh: 多头牵头的任务, en: Tasks with several leads}
// summary:
//   zh: 由不同语句分别指定了两个以上牵头或责任单位的任务。同一语句共同牵头的不算。
//   en: Tasks for which different sentences name different leading units. Units named together as joint owners do not count.
// questions:
//   - "哪些任务有多个牵头单位"
//   - "which tasks have several leads"
//   - "(哪些|什么|有哪些)(任务|工作)[有|存在](多个|两个以上|几个|多头|不止一个|重复)[的](牵头单位|责任单位|负责单位|牵头|单位牵头|单位负责)"
//   - "(多头牵头|多头负责|牵头单位重复|多头管理)[的][任务|工作][有|是][哪些|什么]"
//   - "(which|what) tasks have (several|multiple|two) (leads|owners|leading units)"
// cues:
//   - "<several> + <lead>|<duty>|<units> + [<job>|<units>|<several>|<lead>|<duty>]"
//   - "{document} + <several> + <lead>|<duty>|<units> + [<job>|<units>|<several>|<lead>|<duty>]"
// params:
//   - name: document
//     type: id
//     labels: [Document]
//     title: {zh: 只看某个文件, en: only this document}
//   - name: year
//     type: integer
//     example: 2024
//     title: {zh: 文件年度, en: year of the document}
// columns:
//   - {name: task, zh: 任务, en: task}
//   - {name: units, zh: 单位, en: units}
//   - {name: count, zh: 单位数, en: number of units}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "有 {total} 项任务被分别指定了多个牵头单位：{names}。"
//   en: "{total} tasks have several leads named apart: {names}."
// empty:
//   zh: "没有被分别指定多个牵头单位的任务。"
//   en: "No task has several leads named apart."

MATCH (t:Task)
WHERE EXISTS {
    MATCH (t)<-[r:LEADS]-(:Unit)
    WHERE NOT coalesce(r.implicit, false) AND NOT coalesce(r.joint, false)
      AND NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  }
  AND COUNT {
    MATCH (t)<-[r:LEADS]-(:Unit)
    WHERE NOT coalesce(r.implicit, false) AND NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  } > 1
MATCH (u:Unit)-[r:LEADS]->(t:Task)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  AND NOT coalesce(r.implicit, false)
WITH t, u, r ORDER BY u.name, r.key
WITH t, collect(DISTINCT {id: u.id, name: u.name, role_zh: r.role_zh, joint: coalesce(r.joint, false)}) AS units,
  count(DISTINCT u.id) AS count, collect(DISTINCT CASE WHEN coalesce(r.joint, false) THEN 'joint' ELSE r.key END) AS statements
WHERE count > 1 AND size(statements) > 1
MATCH (d:Document {id: t.doc})
WHERE ($document IS NULL OR d.id = $document) AND ($year IS NULL OR d.year = $year)
  AND coalesce(d.valid, 'current') = 'current'
RETURN {id: t.id, name: t.name} AS task, units, count, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  t.quote AS quote, t.start_char AS start, t.end_char AS end
ORDER BY count DESC, coalesce(d.issued_on, toString(d.year), '') DESC, d.id, t.start_char, t.id
SKIP $skip LIMIT $limit
