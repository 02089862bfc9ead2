// name: citations-of-regulation
// class: anchored
// title: {zh: 谁引用了某法规, en: Who cites a regulation}
// summary:
//   zh: 引用一部法规、政策或工作文书的任务、章节与文件，附原文。
//   en: Tasks, sections and documents that cite a law, policy or instrument, with the sentence.
// questions:
//   - "哪些文件引用了{regulation}"
//   - "which documents cite {regulation}"
//   - "(哪些|什么|谁|哪个|有哪些)[文件|任务|工作|政策|地方](引用|依据|援引|根据|执行)[过|了]{regulation}"
//   - "{regulation}[被](哪些|什么|谁)[文件|任务|政策](引用|援引|依据)[过|了]"
//   - "(which|what) (documents|tasks) cite {regulation}"
//   - "who cites {regulation}"
// cues:
//   - "<cite> + [<papers>|<who>|<job>|地方]"
// params:
//   - name: regulation
//     type: search
//     required: true
//     example: 道路交通安全法
//     title: {zh: 法规政策, en: regulation}
//     labels: [Regulation]
// columns:
//   - {name: regulation, zh: 法规政策, en: regulation}
//   - {name: stated_by, zh: 引用处, en: cited by}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: rule, zh: 规则, en: rule, evidence: true}
//   - {name: confidence, zh: 置信度, en: confidence, evidence: true}
//   - {name: status, zh: 状态, en: status, evidence: true}
// answer:
//   zh: "{regulation}在 {documents} 个文件中被引用 {total} 次：{names}。"
//   en: "{regulation} is cited {total} times in {documents} documents: {names}."
// empty:
//   zh: "没有查到引用{regulation}的文件。"
//   en: "No document that cites {regulation} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_regulation', $regulation_query) YIELD node RETURN node AS e
  UNION
  MATCH (node:Regulation {id: $regulation}) RETURN node AS e
}
WITH e WHERE e.id = $regulation OR all(term IN $regulation_terms WHERE (' ' + e.search + ' ') CONTAINS term)
MATCH (e)<-[r:CITES]-(stater:Task|Section|Document)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
WITH e, r, stater, r.doc AS doc
MATCH (d:Document {id: doc})
WHERE coalesce(d.valid, 'current') = 'current'
RETURN {id: e.id, name: e.name} AS regulation, {id: stater.id, label: [label IN labels(stater) WHERE label <> 'Entity'][0], name: stater.name} AS stated_by, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  r.quote AS quote, r.start_char AS start, r.end_char AS end, r.rule AS rule, r.confidence AS confidence,
  coalesce(r.status, 'extracted') AS status
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, r.start_char, stater.id, r.key
SKIP $skip LIMIT $limit
