// name: document-outline
// class: anchored
// title: {zh: 文件结构, en: Outline of a document}
// summary:
//   zh: 一个文件的章节与任务，按原文顺序。
//   en: Sections and tasks of a document in the order of the text.
// questions:
//   - "{document}有哪些内容"
//   - "outline of {document}"
//   - "{document}[的](结构|提纲|目录|大纲|章节|框架)[是|有][什么|哪些|怎样的|怎么样]"
//   - "{document}(讲|说|写|包括|包含|有)[了][什么|哪些|些什么|哪些内容|哪些任务|哪些章节|什么内容]"
//   - "(outline|structure|sections) of {document}"
// cues:
//   - "<outline> + [<about>|<which>]"
//   - "<about> + <which>"
// params:
//   - name: document
//     type: search
//     required: true
//     example: 工作要点
//     title: {zh: 文件名称, en: document}
//     labels: [Document]
// columns:
//   - {name: item, zh: 章节或任务, en: section or task}
//   - {name: number, zh: 序号, en: number}
//   - {name: level, zh: 级别, en: level}
//   - {name: parent, zh: 上级, en: within}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "{document}共 {total} 个章节与任务：{names}。"
//   en: "{document} has {total} sections and tasks: {names}."
// empty:
//   zh: "没有查到{document}的章节。"
//   en: "No sections of {document} were found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $document_query) YIELD node RETURN node AS d
  UNION
  MATCH (node:Document {id: $document}) RETURN node AS d
}
WITH d WHERE d.id = $document OR all(term IN $document_terms WHERE (' ' + d.search + ' ') CONTAINS term)
CALL (d) {
  MATCH (d)-[:HAS_SECTION*0..5]->(up:Document|Section)-[:HAS_SECTION]->(n:Section)
  RETURN n, 'Section' AS label, toString(n.level) AS level, up.id AS parent
  UNION
  MATCH (d)-[:HAS_SECTION*0..6]->(s:Document|Section)-[:STATES]->(stated:Task)
  MATCH (stated)<-[:PART_OF*0..3]-(n:Task) WHERE coalesce(n.status, 'extracted') <> 'rejected'
  OPTIONAL MATCH (n)-[:PART_OF]->(up:Task) WHERE coalesce(up.status, 'extracted') <> 'rejected'
  RETURN n, 'Task' AS label, n.level AS level, CASE WHEN up IS NULL THEN s.id ELSE up.id END AS parent
}
WITH d, n, label, level, min(parent) AS parent
RETURN {id: n.id, label: label, name: n.name} AS item, n.number AS number, level, parent, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  n.quote AS quote, n.start_char AS start, n.end_char AS end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, n.start_char, label, n.id
SKIP $skip LIMIT $limit
