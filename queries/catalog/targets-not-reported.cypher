// name: targets-not-reported
// class: global
// title: {zh: 没有报告结果的目标, en: Targets without a reported result}
// summary:
//   zh: 计划中提出、总结或报告里没有对应结果的目标；reports 列出同一单位同年已入库的总结，为空则是还没有总结。
//   en: Targets no loaded result answers; `reports` lists the issuer's summaries of that year, empty when none is loaded.
// questions:
//   - "哪些目标没有报告结果"
//   - "which targets were not reported"
//   - "(哪些|什么|有哪些)(目标|指标)[还](没有|没|未)[有](报告|结果|汇报|下文|完成情况|反馈)[结果]"
//   - "(which|what) targets (have no result|were not reported|are unreported)"
// cues:
//   - "<targets> + <negation> + <report> + [<report>|<job>|<about>|<deploy>|定|定了|定的]"
//   - "unreported + <targets>"
//   - "{document} + <targets> + <negation> + <report> + [<report>|<about>]"
// params:
//   - name: document
//     type: id
//     labels: [Document]
//     title: {zh: 只看某个文件, en: only this document}
//   - name: year
//     type: integer
//     example: 2024
//     title: {zh: 文件年度, en: year of the document}
//   - name: reported
//     type: boolean
//     default: false
//     title: {zh: 只看已有总结的, en: only where a report is loaded}
//     words:
//       "true": [已有总结的, 有总结的, 已经有总结的, 已总结的, 已有…总结, 总结…都交, 总结…已经, 总结…已交, 总结…入库, 已经有…总结, 有了总结, 出了总结, 总结…在库, 总结…出来, 已出总结, "summary is already", "summary already", "already have a summary", "has a summary", "whose summary", "summaries are loaded", "summary exists", 总结…都有, 总结…交了, 总结…出了, 总结…发了, 总结…写了, 年终总结…有]
// columns:
//   - {name: target, zh: 目标, en: target}
//   - {name: task, zh: 任务, en: task}
//   - {name: reports, zh: 已入库的总结, en: reports loaded}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "有 {total} 个目标没有报告结果（{documents} 个文件）：{names}。"
//   en: "{total} targets in {documents} documents have no reported result: {names}."
// empty:
//   zh: "每个目标都有报告的结果。"
//   en: "Every target has a reported result."

MATCH (d:Document)
WHERE d.kind IN ['plan', 'notice', 'assignment'] AND ($document IS NULL OR d.id = $document) AND ($year IS NULL OR d.year = $year)
OPTIONAL MATCH (d)-[issued:ISSUED_BY]->(u:Unit)<-[also:ISSUED_BY]-(s:Document)
WHERE s.kind IN ['summary', 'report'] AND s.year = d.year
  AND NOT coalesce(issued.status, 'extracted') IN ['proposed', 'rejected'] AND NOT coalesce(also.status, 'extracted') IN ['proposed', 'rejected']
WITH d, s ORDER BY s.id
WITH d, collect(CASE WHEN s IS NULL THEN null ELSE {id: s.id, name: s.name} END) AS reports
WHERE NOT $reported OR size(reports) > 0
MATCH (i:Indicator {doc: d.id})
WHERE i.kind = 'target' AND NOT coalesce(i.suspicious, false) AND coalesce(i.status, 'extracted') <> 'rejected'
// Joined, not asked with NOT EXISTS: the embedded engine answers that one indicator at a time.
OPTIONAL MATCH (i)<-[r:REPORTS_ON]-(x:Indicator)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
WITH d, reports, i, count(x) AS answers
WHERE answers = 0
OPTIONAL MATCH (i)<-[a:AIMS_AT]-(stater:Task) WHERE NOT coalesce(a.status, 'extracted') IN ['proposed', 'rejected']
WITH d, reports, i, stater, a ORDER BY a.key
WITH d, reports, i, collect(CASE WHEN stater IS NULL THEN null ELSE {id: stater.id, name: stater.name} END)[0] AS task
RETURN {id: i.id, name: i.name} AS target, task, reports, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  i.quote AS quote, i.start_char AS start, i.end_char AS end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, i.start_char, i.id
SKIP $skip LIMIT $limit
