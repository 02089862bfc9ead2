// name: targets-of-document
// class: anchored
// title: {zh: 文件的目标与指标, en: Targets of a document}
// summary:
//   zh: 一个文件中的目标、结果或频次指标，以及提出它的任务。明显有误的数字会标出。
//   en: Targets, results or frequencies of a document and the task that sets each. Figures that cannot be right are flagged.
// questions:
//   - "{document}有哪些目标"
//   - "targets of {document}"
//   - "{document}[的|中的|里的](目标|指标|目标任务|量化指标|工作目标|目标值)[是|有][什么|哪些|多少]"
//   - "{document}[里|中](提出|定|设定|规定|有|包含|包括)[了](什么|哪些|多少)(目标|指标|目标任务|量化指标|数字)"
//   - "targets (of|in) {document}"
// cues:
//   - "<targets> + [<about>|<deploy>|报|报了|量化的东西]"
//   - "=kind + [<targets>|<about>|<deploy>|报|报了|要求]"
// params:
//   - name: document
//     type: search
//     required: true
//     example: 工作要点
//     title: {zh: 文件名称, en: document}
//     labels: [Document]
//   - name: kind
//     type: enum
//     values: [target, result, frequency]
//     title: {zh: 只看目标、结果或频次, en: "only targets, results or frequencies"}
//     words:
//       result: [结果, 成果, 成效, 战果, 结果数字, results, result, 完成数, 实绩, 结果数据, 结果指标, 结果类, 完成结果, 已取得, 取得的成绩, 取得的数据, 取得的成效, 完成的数, 实际完成, 实绩数, 完成了多少, 成绩数字, 成果数据, 成效数据, achieved, outcomes, outcome, 完成数据, 结果数, 取得了…成果, done]
//       frequency: [频次, 频次要求, 频率, 次数, 多久一次, 几次, 每周几次, 每月几次, frequency, frequencies, "how often", 频次规定, 每天几次, 每日几次, 多久一回, 多长时间一次, 多久…一次, 隔多久, 次数要求, 巡查频次, 检查频次, 频度, "how frequently", 周期性要求, 周期, 多久做一次, 多长时间, 定期要求, 每周每月, 按周按月, recurring, periodic]
// columns:
//   - {name: indicator, zh: 指标, en: indicator}
//   - {name: kind, zh: 类别, en: kind}
//   - {name: metrics, zh: 衡量内容, en: metrics}
//   - {name: op, zh: 比较, en: comparison}
//   - {name: value, zh: 数值, en: value}
//   - {name: value_max, zh: 上限, en: upper end}
//   - {name: unit, zh: 计量单位, en: counter}
//   - {name: change, zh: 变化（%）, en: change (%)}
//   - {name: raw, zh: 原文数字, en: as written}
//   - {name: period, zh: 时段, en: period}
//   - {name: suspicious, zh: 存疑, en: suspicious}
//   - {name: stated_by, zh: 提出者, en: stated by}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "{document}有 {total} 个指标：{names}。"
//   en: "{document} has {total} indicators: {names}."
// empty:
//   zh: "没有查到{document}的指标。"
//   en: "No indicators of {document} were found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $document_query) YIELD node RETURN node AS d
  UNION
  MATCH (node:Document {id: $document}) RETURN node AS d
}
WITH d WHERE d.id = $document OR all(term IN $document_terms WHERE (' ' + d.search + ' ') CONTAINS term)
MATCH (i:Indicator {doc: d.id})
WHERE ($kind IS NULL OR i.kind = $kind) AND coalesce(i.status, 'extracted') <> 'rejected'
OPTIONAL MATCH (i)<-[r:AIMS_AT]-(stater:Task|Section|Campaign|Unit|Document)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
WITH d, i, stater, r ORDER BY r.key
WITH d, i, collect(CASE WHEN stater IS NULL THEN null ELSE {id: stater.id, label: [label IN labels(stater) WHERE label <> 'Entity'][0], name: stater.name} END)[0] AS stated_by
RETURN {id: i.id, name: i.name} AS indicator, i.kind AS kind, i.metrics AS metrics, i.op AS op, i.value AS value,
  i.value_max AS value_max, i.unit AS unit, i.change AS change, i.raw AS raw, i.period AS period,
  coalesce(i.suspicious, false) AS suspicious, stated_by, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  i.quote AS quote, i.start_char AS start, i.end_char AS end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, i.start_char, i.id
SKIP $skip LIMIT $limit
