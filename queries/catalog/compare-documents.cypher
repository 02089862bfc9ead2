// name: compare-documents
// class: anchored
// title: {zh: 两个文件对比, en: Two documents compared}
// summary:
//   zh: 两年或上下级两个文件的任务逐项对比：新增、取消、换了责任单位、目标提高或降低、改了说法，附双方原文。不写对比文件时，与它延续、代替或落实的文件比。
//   en: "Tasks of two documents side by side: added, dropped, moved to another unit, target raised or lowered, reworded; both sentences. Without another document: the one it follows, supersedes or implements."
// questions:
//   - "{document}与{other}有什么不同"
//   - "{document}和上一年有什么不同"
//   - "compare {document} with {other}"
//   - "(比较|对比|对照){document}(和|与|跟|同){other}"
//   - "{document}(和|与|跟|同|比|较){other}[相比][有](什么|哪些|何)(不同|变化|区别|差别|差异|改变|新增)"
//   - "{document}(比|较|和|与|跟)(上年|去年|上一年|往年)[相比][有](什么|哪些|何)(不同|变化|区别|差别|新增)"
//   - "(compare|difference between) {document} (with|and|to) {other}"
//   - "what changed in {document}"
// params:
//   - name: document
//     type: search
//     required: true
//     example: 工作要点
//     title: {zh: 文件（新）, en: document (newer)}
//     labels: [Document]
//   - name: other
//     type: search
//     example: 工作要点
//     title: {zh: 对比的文件（旧）, en: compared with (older)}
//     labels: [Document]
//   - name: change
//     type: enum
//     values: [added, dropped, moved, raised, lowered, reworded, kept]
//     title: {zh: 只看某种变化, en: only this change}
// columns:
//   - {name: changes, zh: 变化, en: changes}
//   - {name: task, zh: 任务, en: task}
//   - {name: other_task, zh: 原任务, en: task before}
//   - {name: units, zh: 责任单位, en: units}
//   - {name: other_units, zh: 原责任单位, en: units before}
//   - {name: target, zh: 目标, en: target}
//   - {name: other_target, zh: 原目标, en: target before}
//   - {name: score, zh: 相似度, en: score}
//   - {name: document, zh: 文件, en: document}
//   - {name: other_document, zh: 对比文件, en: compared with}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: other_quote, zh: 对方原文, en: other quote, evidence: true}
//   - {name: other_start, zh: 对方起, en: other start, evidence: true}
//   - {name: other_end, zh: 对方止, en: other end, evidence: true}
// answer:
//   zh: "{document}与对比文件逐项对比共 {total} 条。"
//   en: "{document} compared: {total} rows."
// empty:
//   zh: "没有查到可与{document}对比的文件。"
//   en: "No document to compare {document} with was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $document_query) YIELD node RETURN node AS d
  UNION
  MATCH (node:Document {id: $document}) RETURN node AS d
}
WITH d WHERE d.id = $document OR all(term IN $document_terms WHERE (' ' + d.search + ' ') CONTAINS term)
CALL (d) {
  MATCH (d)-[l:FOLLOWS|SUPERSEDES|IMPLEMENTS]->(o:Document)
  WHERE $other IS NULL AND NOT coalesce(l.status, 'extracted') IN ['proposed', 'rejected']
  RETURN o
  UNION
  CALL db.index.fulltext.queryNodes('search_document', $other_query) YIELD node
  WITH node AS o
  WHERE all(term IN $other_terms WHERE (' ' + o.search + ' ') CONTAINS term)
  RETURN o
  UNION
  MATCH (o:Document {id: $other})
  RETURN o
}
WITH DISTINCT d, o
WHERE d.kind IN ['plan', 'notice', 'assignment'] AND o.kind IN ['plan', 'notice', 'assignment'] AND d.id <> o.id AND ((d.id = $document AND o.id = $other) OR coalesce(d.year, 0) > coalesce(o.year, 0)
  OR EXISTS { MATCH (d)-[l:IMPLEMENTS|SUPERSEDES]->(x:Document) WHERE x.id = o.id AND NOT coalesce(l.status, 'extracted') IN ['proposed', 'rejected'] })
CALL (d, o) {
  MATCH (t:Task {doc: d.id})
  WHERE t.level <> 'measure' AND coalesce(t.status, 'extracted') <> 'rejected'
    AND NOT EXISTS { MATCH (t)<-[:PART_OF]-(part:Task) WHERE part.level <> 'measure' AND coalesce(part.status, 'extracted') <> 'rejected' }
  OPTIONAL MATCH (t)-[r:CORRESPONDS_TO]-(x:Task)
  WHERE x.doc = o.id AND NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  RETURN t.id AS new, x.id AS old, r.score AS score, r.rule AS rule
  UNION ALL
  MATCH (x:Task {doc: o.id})
  WHERE x.level <> 'measure' AND coalesce(x.status, 'extracted') <> 'rejected'
    AND NOT EXISTS { MATCH (x)<-[:PART_OF]-(part:Task) WHERE part.level <> 'measure' AND coalesce(part.status, 'extracted') <> 'rejected' }
  OPTIONAL MATCH (x)-[r:CORRESPONDS_TO]-(t:Task)
  WHERE t.doc = d.id AND NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  WITH x, count(t) AS found
  WHERE found = 0
  RETURN null AS new, x.id AS old, null AS score, null AS rule
}
OPTIONAL MATCH (t:Task {id: new})
OPTIONAL MATCH (x:Task {id: old})
OPTIONAL MATCH (u:Unit)-[l:LEADS]->(t) WHERE NOT coalesce(l.status, 'extracted') IN ['proposed', 'rejected']
WITH d, o, t, x, score, rule, u ORDER BY u.name, u.id
WITH d, o, t, x, score, rule, collect(DISTINCT u.name) AS units
OPTIONAL MATCH (v:Unit)-[m:LEADS]->(x) WHERE NOT coalesce(m.status, 'extracted') IN ['proposed', 'rejected']
WITH d, o, t, x, score, rule, units, v ORDER BY v.name, v.id
WITH d, o, t, x, score, rule, units, collect(DISTINCT v.name) AS other_units
OPTIONAL MATCH (t)-[a:AIMS_AT]->(i:Indicator) WHERE i.kind = 'target' AND NOT coalesce(a.status, 'extracted') IN ['proposed', 'rejected']
WITH d, o, t, x, score, rule, units, other_units, i ORDER BY i.start_char, i.id
WITH d, o, t, x, score, rule, units, other_units, collect(i)[0] AS i
OPTIONAL MATCH (x)-[b:AIMS_AT]->(j:Indicator) WHERE j.kind = 'target' AND NOT coalesce(b.status, 'extracted') IN ['proposed', 'rejected']
WITH d, o, t, x, score, rule, units, other_units, i, j ORDER BY j.start_char, j.id
WITH d, o, t, x, score, rule, units, other_units, i, collect(j)[0] AS j
WITH d, o, t, x, score, units, other_units, i, j, CASE
  WHEN x IS NULL THEN ['added']
  WHEN t IS NULL THEN ['dropped']
  ELSE
    CASE WHEN rule = 'across.same-duty-of-year' AND units <> other_units THEN ['moved'] ELSE [] END
    + CASE WHEN i.unit = j.unit AND i.value > j.value THEN ['raised'] WHEN i.unit = j.unit AND i.value < j.value THEN ['lowered'] ELSE [] END
    + CASE WHEN t.name <> x.name THEN ['reworded'] ELSE [] END
  END AS found
WITH d, o, t, x, score, units, other_units, i, j, CASE WHEN size(found) = 0 THEN ['kept'] ELSE found END AS changes
WHERE $change IS NULL OR $change IN changes
RETURN changes, CASE WHEN t IS NULL THEN null ELSE {id: t.id, name: t.name} END AS task,
  CASE WHEN x IS NULL THEN null ELSE {id: x.id, name: x.name} END AS other_task, units, other_units,
  CASE WHEN i IS NULL THEN null ELSE {id: i.id, name: i.name, value: i.value, unit: i.unit} END AS target,
  CASE WHEN j IS NULL THEN null ELSE {id: j.id, name: j.name, value: j.value, unit: j.unit} END AS other_target,
  score, {id: d.id, name: d.name, issued_on: d.issued_on} AS document, {id: o.id, name: o.name, issued_on: o.issued_on} AS other_document,
  t.quote AS quote, t.start_char AS start, t.end_char AS end,
  x.quote AS other_quote, x.start_char AS other_start, x.end_char AS other_end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, o.id, CASE WHEN t IS NULL THEN 1 ELSE 0 END, coalesce(t.start_char, x.start_char), t.id, x.id
SKIP $skip LIMIT $limit
