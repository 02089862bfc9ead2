// name: similar-tasks
// class: anchored
// title: {zh: 历年与上下级的对应任务, en: Tasks that correspond across years and levels}
// summary:
//   zh: 与一项任务对应的其他年度、上级或下级文件中的任务，附相似度、理由与双方原文。
//   en: Tasks of other years, of the level above or below, that are the same duty; with score, reasons and both sentences.
// questions:
//   - "{task}在其他年度有哪些对应任务"
//   - "tasks similar to {task}"
//   - "{task}[的|有][哪些](对应|相似|类似|相近)[的](任务|工作)[有|是][哪些|什么]"
//   - "(往年|去年|历年|上级|下级)[的][有没有|有无|有哪些](和|与|跟){task}(对应|相似|类似|相近)[的](任务|工作)"
//   - "(which|what) tasks (correspond|are similar) to {task}"
// cues:
//   - "<similar> + [<similar>|<elsewhen>|<job>|<papers>]"
// params:
//   - name: task
//     type: search
//     required: true
//     example: 重点违法
//     title: {zh: 任务, en: task}
//     labels: [Task]
//   - name: year
//     type: integer
//     example: 2023
//     title: {zh: 对应任务的年度, en: year of the other task}
// columns:
//   - {name: similar, zh: 对应任务, en: corresponding task}
//   - {name: task, zh: 任务, en: task}
//   - {name: kind, zh: 类别, en: kind}
//   - {name: score, zh: 相似度, en: score}
//   - {name: reasons, zh: 理由, en: reasons}
//   - {name: document, zh: 对应任务的文件, en: document of the corresponding task}
//   - {name: other_document, zh: 任务的文件, en: document of the task}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: other_quote, zh: 对方原文, en: other quote, evidence: true}
//   - {name: other_start, zh: 对方起, en: other start, evidence: true}
//   - {name: other_end, zh: 对方止, en: other end, evidence: true}
//   - {name: rule, zh: 规则, en: rule, evidence: true}
//   - {name: status, zh: 状态, en: status, evidence: true}
// answer:
//   zh: "与{task}对应的任务有 {total} 项（{documents} 个文件）：{names}。"
//   en: "{total} tasks in {documents} documents correspond to {task}: {names}."
// empty:
//   zh: "没有查到与{task}对应的任务。"
//   en: "No task that corresponds to {task} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_task', $task_query) YIELD node RETURN node AS t
  UNION
  MATCH (node:Task {id: $task}) RETURN node AS t
}
WITH t WHERE t.id = $task OR all(term IN $task_terms WHERE (' ' + t.search + ' ') CONTAINS term)
MATCH (t)-[r:CORRESPONDS_TO]-(x:Task)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
MATCH (d:Document {id: x.doc})
MATCH (o:Document {id: t.doc})
WHERE $year IS NULL OR d.year = $year
RETURN {id: x.id, name: x.name} AS similar, {id: t.id, name: t.name} AS task,
  CASE WHEN r.rule = 'across.same-duty-of-level' THEN CASE WHEN r.doc = d.id THEN 'below' ELSE 'above' END
    WHEN r.doc = d.id THEN 'later' ELSE 'earlier' END AS kind,
  r.score AS score, r.reasons AS reasons, {id: d.id, name: d.name, issued_on: d.issued_on} AS document, {id: o.id, name: o.name, issued_on: o.issued_on} AS other_document,
  x.quote AS quote, x.start_char AS start, x.end_char AS end,
  t.quote AS other_quote, t.start_char AS other_start, t.end_char AS other_end,
  r.rule AS rule, coalesce(r.status, 'extracted') AS status
ORDER BY score DESC, coalesce(d.issued_on, toString(d.year), '') DESC, d.id, x.start_char, t.id, r.key
SKIP $skip LIMIT $limit
