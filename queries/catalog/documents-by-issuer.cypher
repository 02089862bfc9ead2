// name: documents-by-issuer
// class: anchored
// title: {zh: 单位发了哪些文件, en: Documents a unit issued}
// summary:
//   zh: 一个单位发布的文件，新的在前。
//   en: Documents issued by a unit, newest first.
// questions:
//   - "{unit}发了哪些文件"
//   - "documents issued by {unit}"
//   - "{unit}[都|今年|历年](发|发布|印发|下发|出台|制定|出)[过|了|的](哪些|什么|多少)[的][文件|政策|通知|方案|材料]"
//   - "{unit}(的|有哪些|有什么)(文件|政策|通知|方案)[有|是][哪些|什么]"
//   - "(documents|which documents were) issued by {unit}"
// cues:
//   - "<issue> + [<papers>|<matter>]"
//   - "<papers>"
// params:
//   - name: unit
//     type: search
//     required: true
//     example: 交警
//     title: {zh: 发文单位, en: issuer}
//     labels: [Unit]
//   - name: year
//     type: integer
//     example: 2024
//     title: {zh: 文件年度, en: year of the document}
// columns:
//   - {name: document, zh: 文件, en: document}
//   - {name: kind, zh: 类别, en: kind}
//   - {name: number, zh: 文号, en: number}
//   - {name: issued_on, zh: 发文日期, en: issued on}
//   - {name: year, zh: 年度, en: year}
//   - {name: unit, zh: 发文单位, en: issuer}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "{unit}发布了 {total} 个文件：{names}。"
//   en: "{unit} issued {total} documents: {names}."
// empty:
//   zh: "没有查到{unit}发布的文件。"
//   en: "No document issued by {unit} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_unit', $unit_query) YIELD node RETURN node AS u
  UNION
  MATCH (node:Unit {id: $unit}) RETURN node AS u
}
WITH u WHERE u.id = $unit OR all(term IN $unit_terms WHERE (' ' + u.search + ' ') CONTAINS term)
MATCH (d:Document)-[r:ISSUED_BY]->(u)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  AND ($year IS NULL OR d.year = $year)
RETURN {id: d.id, name: d.name} AS document, d.kind AS kind, d.number AS number, d.issued_on AS issued_on, d.year AS year,
  {id: u.id, name: u.name} AS unit, r.quote AS quote, r.start_char AS start, r.end_char AS end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.name, d.id, u.id, r.key
SKIP $skip LIMIT $limit
