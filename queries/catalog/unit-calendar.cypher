// name: unit-calendar
// class: anchored
// title: {zh: 单位的时间表, en: Calendar of a unit}
// summary:
//   zh: 一个单位的任务按到期日排列：期限、定期工作的各个日期；没有日期的定期工作给出周期。as_of 查看某日有效的文件。
//   en: "A unit's tasks by the days they fall due: deadlines and the dates of recurring work; `as_of` asks what was in force on a day."
// questions:
//   - "{unit}的时间表是什么"
//   - "calendar of {unit}"
//   - "{unit}[的](时间表|日程|时间安排|工作日历|到期任务|截止日期|期限)[有|是][哪些|什么]"
//   - "{unit}[的|有][哪些|什么](任务|工作)[什么时候|何时|几时](到期|完成|截止)"
//   - "(calendar|deadlines|schedule) (of|for) {unit}"
//   - "when (must|should|does) {unit} [have to] (finish|report|deliver)"
// cues:
//   - "<calendar> + [<job>|<do>|<report>|<papers>|交|上交|上报|提交|必须|完成|要求|安排|规定|finish|deliver|submit|report|到期]"
// params:
//   - name: unit
//     type: search
//     required: true
//     example: 大队
//     title: {zh: 单位, en: unit}
//     labels: [Unit]
//   - name: since
//     type: date
//     example: "2024-01-01"
//     title: {zh: 起始日期, en: from this day}
//   - name: until
//     type: date
//     example: "2024-12-31"
//     not_before: since
//     title: {zh: 截止日期, en: to this day}
//   - name: as_of
//     type: date
//     example: "2024-06-30"
//     title: {zh: 按某日有效的文件, en: documents in force on this day}
// columns:
//   - {name: task, zh: 任务, en: task}
//   - {name: date, zh: 日期, en: date}
//   - {name: kind, zh: 类别, en: kind}
//   - {name: every, zh: 周期, en: every}
//   - {name: written, zh: 原文时限, en: as written}
//   - {name: role, zh: 关系, en: relation}
//   - {name: implicit, zh: 继承, en: inherited}
//   - {name: unit, zh: 单位, en: unit}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "{unit}的时间表共 {total} 条（{documents} 个文件）：{names}。"
//   en: "The calendar of {unit} has {total} entries from {documents} documents: {names}."
// empty:
//   zh: "没有查到{unit}有期限的任务。"
//   en: "No dated task of {unit} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_unit', $unit_query) YIELD node RETURN node AS u
  UNION
  MATCH (node:Unit {id: $unit}) RETURN node AS u
}
WITH u WHERE u.id = $unit OR all(term IN $unit_terms WHERE (' ' + u.search + ' ') CONTAINS term)
MATCH (u)-[r:LEADS|COOPERATES|EXECUTES]->(t:Task)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND (coalesce(r.valid, 'current') = 'current' OR $as_of IS NOT NULL)
  AND (t.due IS NOT NULL OR t.every IS NOT NULL OR t.deadline IS NOT NULL)
MATCH (d:Document {id: t.doc})
WHERE ($as_of IS NULL AND coalesce(d.valid, 'current') = 'current')
  OR (coalesce(d.valid_from, d.issued_on, toString(d.year), '') <= $as_of
    AND coalesce(d.valid_until, CASE WHEN coalesce(d.valid, 'current') <> 'current' THEN '' WHEN d.kind = 'plan' THEN d.period_end END, '9999') >= $as_of)
WITH u, r, t, d, CASE WHEN t.due IS NOT NULL THEN t.due WHEN t.deadline IS NOT NULL THEN [t.deadline] ELSE [''] END AS days
UNWIND days AS day
WITH u, r, t, d, day
WHERE ($since IS NULL OR day >= $since) AND ($until IS NULL OR (day <= $until AND day <> ''))
RETURN {id: t.id, name: t.name} AS task, CASE WHEN day = '' THEN null ELSE day END AS date,
  CASE WHEN day = t.deadline THEN 'deadline' ELSE 'recurrence' END AS kind, t.every AS every,
  CASE WHEN day = t.deadline THEN t.deadline_text ELSE t.recurrence END AS written,
  type(r) AS role, coalesce(r.implicit, false) AS implicit, {id: u.id, name: u.name} AS unit, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  t.quote AS quote, t.start_char AS start, t.end_char AS end
ORDER BY CASE WHEN day = '' THEN '9999' ELSE day END, d.id, t.start_char, t.id, u.name, r.key
SKIP $skip LIMIT $limit
