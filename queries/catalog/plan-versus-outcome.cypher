// name: plan-versus-outcome
// class: anchored
// title: {zh: 计划与完成情况对照, en: Plan against outcome}
// summary:
//   zh: 一个文件提出的目标与总结、报告中的结果逐项对照：完成、未完成、不可比、未报告，附双方原文。几份文件都报告的，每份一行；数字或结论不一致的标明，不作取舍。
//   en: "Each target of a document against the results that answer it: met, missed, not comparable, not reported; both sentences. Several reports of one target are a row each; where they differ that is said, none is chosen."
// questions:
//   - "{document}的目标完成了吗"
//   - "outcome of {document}"
//   - "{document}[的|中的](目标|指标|任务|目标任务)[都](完成|实现|达到|落实)[得|的](了吗|了没有|怎么样|如何|情况|没有|了哪些)"
//   - "{document}[的]完成(情况|得怎么样|率)[是|怎么样|如何|有][哪些]"
//   - "(were|are) the targets of {document} met"
//   - "plan (versus|against|vs) outcome (of|for) {document}"
// cues:
//   - "<met> + [<targets>|<how>|<negation>|<job>|<deploy>|定|定的|定下|得|情况|多少]"
//   - "=verdict + [<targets>|<job>|<deploy>|定|定的]"
//   - "<outcome> + [<targets>|<how>|<job>|计划|<compare>|实际]"
// params:
//   - name: document
//     type: search
//     required: true
//     example: 工作要点
//     title: {zh: 提出目标的文件, en: document that sets the targets}
//     labels: [Document]
//   - name: verdict
//     type: enum
//     values: [met, missed, not_comparable, not_reported]
//     title: {zh: 只看某种结论, en: only this verdict}
//     words:
//       met: [哪些做到, 哪些做到了, 哪些完成, 哪些完成了, 哪些达标, 哪些达标了, 哪些实现, 哪些实现了, 哪些达到, 哪些达到了, 哪些兑现, 哪些兑现了, 哪几个完成, 哪几项完成, 哪些达成, 哪些达成了, 已完成, 已经完成, 已达标, "which were met", "which are met", 已…达标, 已…达成, 已…实现, 已…完成, 已…兑现, 已…达到, 业已达标, 业已完成, 如期完成, 如期实现, 按期完成, 顺利完成, 圆满完成, 哪些…达标, 哪些…达成, 哪些…实现, 哪些…完成, 哪些…兑现, 哪几项…达标, 哪几项…完成, 哪几项…实现, 哪几个…达标, 哪几个…完成, 哪几个…实现, 达成了的, 完成了的, 实现了的, 兑现了的, 达标的, 已成的, 过关的, 办成了的, which…met, which…achieved, which…reached, which…fulfilled, were…met, were…achieved, were…reached, were…fulfilled, have…met, have…reached, have…achieved, attained, 已经办成, 已办成, 办成的, 兑现的, 圆满, 成了的, 做成的, 拿下的, delivered, fulfilled, hit…target]
//       missed: [没达标, 没达到, 没完成, 没实现, 没做到, 没兑现, 没达成, 未达标, 未达到, 未完成, 未实现, 未做到, 没干成, 落空, 没交账, 差了, 没有完成, 没有达标, 没有达到, 没有实现, 没有做到, 不达标, 不到位, missed, unmet, "not met", "were missed", 没…达标, 没…完成, 没…实现, 没…达到, 没…兑现, 没…做到, 没…达成, 没能…, 未能…完成, 未能…达标, 未能…实现, 未能…达到, 未能…兑现, 未能…达成, 未…完成, 未…达标, 未…实现, 未…达到, 未…兑现, 未…达成, 尚未达标, 尚未完成, 欠账, 没交差, 落了空, 差一截, 缺口, 掉队, "fell short", "fall short", "fallen short", "failed to", "were not met", "not achieved", "not reached", "weren't met", "falling short", "short of", 没办成, 没做成, 没落地, 未落地, 落下的, 亏欠]
//       not_comparable: [不可比, 没法比, 无法比较, 不能比, "not comparable", 没法…比, 无法…比, 不能…比, 无从比较, 难以比较, 口径不一, 口径不同, 不具可比性, 没有可比性, 比不了, "cannot be compared", "can't be compared", incomparable]
//       not_reported: [没报告, 没有报告, 未报告, 没报结果, 没说结果, 没有结果, 没结果, 没下文, 没有下文, "not reported", unreported, 没…报, 未…报, 没…交代, 未…交代, 没…结果, 未…反馈, 没…反馈, 查无结果, 无结果, 下落不明, "no result", "without a result", "never reported"]
// columns:
//   - {name: target, zh: 目标, en: target}
//   - {name: verdict, zh: 结论, en: verdict}
//   - {name: result, zh: 结果, en: result}
//   - {name: differing, zh: 各文件不一致, en: reports differ}
//   - {name: score, zh: 匹配度, en: score}
//   - {name: task, zh: 任务, en: task}
//   - {name: document, zh: 计划文件, en: plan}
//   - {name: report, zh: 报告文件, en: report}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: other_quote, zh: 对方原文, en: other quote, evidence: true}
//   - {name: other_start, zh: 对方起, en: other start, evidence: true}
//   - {name: other_end, zh: 对方止, en: other end, evidence: true}
// answer:
//   zh: "{document}的目标与结果对照共 {total} 条：{tally}。"
//   en: "{document}: {total} targets against their outcomes: {tally}."
// empty:
//   zh: "没有查到{document}的目标。"
//   en: "No targets of {document} were found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $document_query) YIELD node RETURN node AS d
  UNION
  MATCH (node:Document {id: $document}) RETURN node AS d
}
WITH d WHERE d.id = $document OR all(term IN $document_terms WHERE (' ' + d.search + ' ') CONTAINS term)
MATCH (i:Indicator {doc: d.id})
WHERE i.kind = 'target' AND NOT coalesce(i.suspicious, false) AND coalesce(i.status, 'extracted') <> 'rejected' AND d.kind IN ['plan', 'notice', 'assignment']
OPTIONAL MATCH (i)<-[a:AIMS_AT]-(stater:Task) WHERE NOT coalesce(a.status, 'extracted') IN ['proposed', 'rejected']
WITH d, i, stater, a ORDER BY a.key
WITH d, i, collect(CASE WHEN stater IS NULL THEN null ELSE {id: stater.id, name: stater.name} END)[0] AS task
// What the reports say in the measure of the target; what cannot be compared with it contradicts nothing.
OPTIONAL MATCH (i)<-[r:REPORTS_ON]-(x:Indicator)
WHERE r.verdict IN ['met', 'missed'] AND NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
WITH d, i, task, collect(DISTINCT r.verdict) AS verdicts,
  collect(DISTINCT CASE WHEN i.change IS NOT NULL THEN x.change WHEN i.op IN ['increase', 'decrease'] THEN x.change_abs ELSE x.value END) AS said
WITH d, i, task, size(verdicts) > 1 OR size(said) > 1 AS differing
OPTIONAL MATCH (i)<-[r:REPORTS_ON]-(x:Indicator)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
OPTIONAL MATCH (s:Document) WHERE s.id = x.doc
WITH d, i, task, differing, r, x, s, coalesce(r.verdict, 'not_reported') AS verdict
WHERE $verdict IS NULL OR verdict = $verdict
RETURN {id: i.id, name: i.name, op: i.op, value: i.value, change: i.change, unit: i.unit} AS target, verdict,
  CASE WHEN x IS NULL THEN null ELSE {id: x.id, name: x.name, value: x.value, change: x.change, unit: x.unit} END AS result,
  differing, r.score AS score, task, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  CASE WHEN s IS NULL THEN null ELSE {id: s.id, name: s.name, issued_on: s.issued_on} END AS report,
  i.quote AS quote, i.start_char AS start, i.end_char AS end,
  x.quote AS other_quote, x.start_char AS other_start, x.end_char AS other_end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, i.start_char, i.id, x.id
SKIP $skip LIMIT $limit
