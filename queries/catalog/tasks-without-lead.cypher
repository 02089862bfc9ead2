// name: tasks-without-lead
// class: global
// title: {zh: 没有明确责任单位的任务, en: Tasks without a named owner}
// summary:
//   zh: 文中没有写明牵头或责任单位的任务；列出按发文单位推定的负责单位（如有）。
//   en: Tasks for which no leading unit is written; shows the inherited owner, if any.
// questions:
//   - "哪些任务没有责任单位"
//   - "which tasks have no lead"
//   - "(哪些|什么|有哪些)(任务|工作)[还](没有|没|无|缺|未明确|未写明)[明确][的][牵头单位|责任单位|负责单位|单位负责|人负责|牵头|责任]"
//   - "(没有|没|无)[明确][的](牵头单位|责任单位|负责单位|单位负责|人负责)(的)(任务|工作)[有|是][哪些|什么]"
//   - "(which|what) tasks have no (lead|owner|leading unit)"
// cues:
//   - "没主|无主|没人认领|没人管|没人负责|无人负责|没人牵头|没人干|没着落 + <job>"
//   - "{document} + 没主|无主|没人认领|没人管|没人负责|无人负责|没人牵头|没人干 + <job>"
//   - "<negation> + <duty>|<lead>|<units>|<named> + <job> + [<who>|<units>|<duty>|<lead>|<named>]"
//   - "{document} + <negation> + <duty>|<lead>|<units>|<named> + <job> + [<who>|<units>|<duty>|<lead>|<named>]"
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
//   - {name: inherited, zh: 推定负责单位, en: inherited owner}
//   - {name: others, zh: 其他角色数, en: other roles}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "有 {total} 项任务没有写明责任单位（{documents} 个文件）：{names}。"
//   en: "{total} tasks in {documents} documents name no owner: {names}."
// empty:
//   zh: "所有任务都写明了责任单位。"
//   en: "Every task names an owner."

MATCH (t:Task)
WHERE t.level <> 'measure' AND coalesce(t.status, 'extracted') <> 'rejected' AND ($document IS NULL OR t.doc = $document)
  AND NOT EXISTS {
    MATCH (t)<-[r:LEADS]-(:Unit)
    WHERE NOT coalesce(r.implicit, false) AND NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  }
  AND NOT EXISTS { MATCH (t)<-[:PART_OF]-(part:Task) WHERE part.level <> 'measure' AND coalesce(part.status, 'extracted') <> 'rejected' }
MATCH (d:Document {id: t.doc})
WHERE ($year IS NULL OR d.year = $year) AND coalesce(d.valid, 'current') = 'current'
CALL (t) {
  OPTIONAL MATCH (t)<-[r:LEADS]-(u:Unit) WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  WITH u ORDER BY u.id
  RETURN collect(CASE WHEN u IS NULL THEN null ELSE {id: u.id, name: u.name} END)[0] AS inherited
}
RETURN {id: t.id, name: t.name} AS task, inherited,
  COUNT { (t)<-[o:COOPERATES|EXECUTES|ASSIGNS|SUPERVISES]-(:Unit) WHERE NOT coalesce(o.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(o.valid, 'current') = 'current' } AS others, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  t.quote AS quote, t.start_char AS start, t.end_char AS end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, t.start_char, t.id
SKIP $skip LIMIT $limit
