// name: compare-documents
// class: anchored
// title: {zh: 两个文件对比, en: Two documents compared}
// summary:
//   zh: 两年或上下级两个文件的任务逐项对比：新增、取消、换了责任单位（两边都写明的）、要求提高或降低（同一指标、同一单位；控制数减少算提高）、改了说法，附双方原文。不写对比文件时，与它延续、代替或落实的文件比。
//   en: "Tasks of two documents side by side: added, dropped, moved to another unit (where both name one), asking more or less (the same metric in the same unit; a lower ceiling asks more), reworded; both sentences. Without another document: the one it follows, supersedes or implements."
// questions:
//   - "{document}与{other}有什么不同"
//   - "{document}和上一年有什么不同"
//   - "compare {document} with {other}"
//   - "(比较|对比|对照){document}(和|与|跟|同){other}"
//   - "{document}(和|与|跟|同|比|较){other}[相比][有](什么|哪些|何)(不同|变化|区别|差别|差异|改变|新增)"
//   - "{document}(比|较|和|与|跟)(上年|去年|上一年|往年)[相比][有](什么|哪些|何)(不同|变化|区别|差别|新增)"
//   - "(compare|difference between) {document} (with|and|to) {other}"
//   - "what changed in {document}"
// cues:
//   - "{document} + {other} + <compare>|=change + [<targets>|<job>|<deploy>|<how>|<units>]"
//   - "{document} + <before> + <compare>|=change + [<compare>|<job>|<deploy>|<how>|文件]"
//   - "{document} + =change + <which>|<job>|<targets> + [<compare>|<deploy>|<units>]"
//   - "{document} + 两年|这两年|前后两年|两版|两个版本 + <compare> + [<compare>|<job>|<how>]"
//   - "{document} + changed|改了|变了|变化 + [<compare>|<how>]"
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
//     words:
//       added: [新增, 新增了, 增加, 增加了, 多了, 多出, 多出来, 新加, 新加了, 新添, 新出现, 加了, 新有, added, new, 新增的, 增设, 增设了, 增列, 增列了, 添了, 新添了, 新添的, 添加, 加上, 增补, 新列, 新纳入, 补充, 补充了, 多出的, 多了哪些, 以前没有, 之前没有, 此前没有, 新提出, newly, extra, additional, introduced, 多写, 多写了, 多列, 多列了, 新冒出, 新冒出来, 多提]
//       dropped: [取消, 取消了, 去掉, 去掉了, 少了, 删了, 删掉, 砍了, 砍掉, 没了, 不再, 不见了, 减了, 拿掉, dropped, removed, gone, 取消的, 删去, 删去了, 删减, 删除了, 撤销, 撤掉, 撤下, 剔除, 剔除了, 少掉, 舍弃, 拿掉了, 去除, 去除了, 未再, 没再, 没有再, 不再提, 不见, 消失, 不复, 略去, 不再列, "missing from", "left out", disappeared, "no longer", deleted, omitted, 不再出现, 没写进, 没再写, 漏掉, 丢掉, 没接着, 没提了, 不提了]
//       moved: [换单位, 换单位了, 换了单位, 换责任单位, 换了责任单位, 换牵头单位, 换人, 换了人, 换主, 换牵头, 改由, 换成别的单位, moved, reassigned, 改派, 改派给, 换了…单位, 换成…单位, 转给, 移交, 移交给, 划转, 划给, 易主, 调整了责任单位, 责任单位…变, 责任单位…调整, 责任单位…换, 牵头单位…变, 牵头单位…换, 更换…单位, 变更…单位, 交给别的, 换手, 换了牵头, 换到, 不同的单位, "change hands", "changed hands", "new owner", "other unit", "another unit", "different unit"]
//       raised: [加码, 加码了, 提高, 提高了, 抬高, 拔高, 要求更高, 更高, 更严, 更严了, 收紧, 调高, 涨了, raised, tightened, stricter, higher, 上调, 上调了, 上调的, 调高了, 加严, 加严了, 拔高了, 抬高了, 升了, 提升了, 提标, 加大, 加大了, 从严, 更高了, 要求…高, 指标…高, 升高, 增大, raise, raises, increased, increase, tougher]
//       lowered: [降低, 降低了, 放松, 放松了, 放宽, 下调, 调低, 要求更低, 更低, 降了, lowered, relaxed, lower, 下调了, 下调的, 被下调, 调低了, 降下来, 减轻, 降标, 缩水, 放低, 放低了, 调减, 要求…低, 指标…低, 低了, eased, reduced, loosened, decreased, weaker]
//       reworded: [改说法, 改了说法, 换说法, 换了说法, 换了个说法, 改措辞, 改表述, 表述变了, reworded, rephrased, 措辞, 措辞变化, 措辞改动, 措辞调整, 表述, 表述有变, 表述变化, 表述调整, 表述改动, 说法变, 文字改动, 文字调整, 文字变动, 字面, 改写, 改写了, 仅改文字, 只改文字, 换了表述, wording, reword, worded]
//       kept: [没变, 没变的, 未变, 不变, 没动, 没有变, 没有变化, 照旧, 保留, 保留了, 沿用, 延续, unchanged, kept, 原样保留, 保持不变, 维持不变, 原封不动, 未作改动, 没有改动, 未改动, 没改, 未变动, 未调整, 一字未改, 沿用了, 沿用的, 延续了, 保留下来, 继续保留, 相同的, 一致的, same, stayed, remain, remained, remains, 照搬, 沿袭, 一样没变, 保持原样]
// columns:
//   - {name: changes, zh: 变化, en: changes}
//   - {name: task, zh: 任务, en: task}
//   - {name: other_task, zh: 原任务, en: task before}
//   - {name: units, zh: 责任单位, en: units}
//   - {name: other_units, zh: 原责任单位, en: units before}
//   - {name: targets, zh: 目标, en: targets}
//   - {name: other_targets, zh: 原目标, en: targets before}
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
//   zh: "{document}与对比文件逐项对比共 {total} 条：{tally}。"
//   en: "{document} compared: {total} rows: {tally}."
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
  RETURN t.id AS new, x.id AS old, r.score AS score, r.rule AS rule, r.reasons AS reasons
  UNION ALL
  MATCH (x:Task {doc: o.id})
  WHERE x.level <> 'measure' AND coalesce(x.status, 'extracted') <> 'rejected'
    AND NOT EXISTS { MATCH (x)<-[:PART_OF]-(part:Task) WHERE part.level <> 'measure' AND coalesce(part.status, 'extracted') <> 'rejected' }
  OPTIONAL MATCH (x)-[r:CORRESPONDS_TO]-(t:Task)
  WHERE t.doc = d.id AND NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  WITH x, count(t) AS found
  WHERE found = 0
  RETURN null AS new, x.id AS old, null AS score, null AS rule, null AS reasons
}
OPTIONAL MATCH (t:Task {id: new})
OPTIONAL MATCH (x:Task {id: old})
// Owners of both. A task moved when of those that are written down none stayed; 各中队 and 各辖区中队 are one class of bodies.
OPTIONAL MATCH (u:Unit)-[l:LEADS]->(t) WHERE NOT coalesce(l.status, 'extracted') IN ['proposed', 'rejected']
WITH d, o, t, x, score, rule, reasons, u, min(CASE WHEN coalesce(l.implicit, false) THEN 1 ELSE 0 END) AS inherited
WITH d, o, t, x, score, rule, reasons, u, inherited, CASE WHEN inherited = 0 THEN replace(replace(u.name, '各辖区', '各'), '各县(市、区)', '各') END AS body
ORDER BY body, u.name, u.id
WITH d, o, t, x, score, rule, reasons, collect(CASE WHEN u IS NULL THEN null ELSE {id: u.id, name: u.name, implicit: inherited = 1} END) AS units, collect(DISTINCT body) AS bodies
OPTIONAL MATCH (v:Unit)-[m:LEADS]->(x) WHERE NOT coalesce(m.status, 'extracted') IN ['proposed', 'rejected']
WITH d, o, t, x, score, rule, reasons, units, bodies, v, min(CASE WHEN coalesce(m.implicit, false) THEN 1 ELSE 0 END) AS inherited
WITH d, o, t, x, score, rule, reasons, units, bodies, v, inherited, CASE WHEN inherited = 0 THEN replace(replace(v.name, '各辖区', '各'), '各县(市、区)', '各') END AS body
ORDER BY body, v.name, v.id
WITH d, o, t, x, score, rule, reasons, units, bodies, collect(CASE WHEN v IS NULL THEN null ELSE {id: v.id, name: v.name, implicit: inherited = 1} END) AS other_units, collect(DISTINCT body) AS other_bodies
// Targets that count one thing are linked; the link says which way it went, from the later or lower document.
OPTIONAL MATCH (t)-[a:AIMS_AT]->(i:Indicator) WHERE i.kind = 'target' AND NOT coalesce(a.status, 'extracted') IN ['proposed', 'rejected']
// In a subquery, because the embedded engine looks through all indicators where there is no i.
CALL (i, o) {
  OPTIONAL MATCH (i)-[c:CORRESPONDS_TO]->(j:Indicator) WHERE j.doc = o.id AND NOT coalesce(c.status, 'extracted') IN ['proposed', 'rejected']
  OPTIONAL MATCH (i)<-[b:CORRESPONDS_TO]-(k:Indicator) WHERE k.doc = o.id AND NOT coalesce(b.status, 'extracted') IN ['proposed', 'rejected']
  RETURN c, j, b, k
}
WITH DISTINCT d, o, t, x, score, rule, reasons, units, bodies, other_units, other_bodies, i, coalesce(j.id, k.id) AS before,
  coalesce(c.verdict, CASE b.verdict WHEN 'raised' THEN 'lowered' WHEN 'lowered' THEN 'raised' ELSE b.verdict END) AS course
ORDER BY i.start_char, i.id
WITH d, o, t, x, score, rule, reasons, units, bodies, other_units, other_bodies, collect(course) AS courses,
  collect(CASE WHEN i IS NULL THEN null ELSE {id: i.id, name: i.name, op: i.op, value: i.value, change: i.change, unit: i.unit, before: before, course: course} END) AS targets
OPTIONAL MATCH (x)-[a:AIMS_AT]->(i:Indicator) WHERE i.kind = 'target' AND NOT coalesce(a.status, 'extracted') IN ['proposed', 'rejected']
WITH DISTINCT d, o, t, x, score, rule, reasons, units, bodies, other_units, other_bodies, courses, targets, i
ORDER BY i.start_char, i.id
WITH d, o, t, x, score, rule, reasons, units, bodies, other_units, other_bodies, courses, targets,
  collect(CASE WHEN i IS NULL THEN null ELSE {id: i.id, name: i.name, op: i.op, value: i.value, change: i.change, unit: i.unit} END) AS other_targets
WITH d, o, t, x, score, units, other_units, targets, other_targets, CASE
  WHEN x IS NULL THEN ['added']
  WHEN t IS NULL THEN ['dropped']
  ELSE
    CASE WHEN rule = 'across.same-duty-of-year' AND size(bodies) > 0 AND size(other_bodies) > 0
      AND none(one IN bodies WHERE any(other IN other_bodies WHERE one ENDS WITH other OR other ENDS WITH one)) THEN ['moved'] ELSE [] END
    + CASE WHEN 'raised' IN courses THEN ['raised'] ELSE [] END
    + CASE WHEN 'lowered' IN courses THEN ['lowered'] ELSE [] END
    + CASE WHEN NOT 'same_words' IN reasons THEN ['reworded'] ELSE [] END
  END AS found
WITH d, o, t, x, score, units, other_units, targets, other_targets, CASE WHEN size(found) = 0 THEN ['kept'] ELSE found END AS changes
WHERE $change IS NULL OR $change IN changes
RETURN changes, CASE WHEN t IS NULL THEN null ELSE {id: t.id, name: t.name} END AS task,
  CASE WHEN x IS NULL THEN null ELSE {id: x.id, name: x.name} END AS other_task, units, other_units, targets, other_targets,
  score, {id: d.id, name: d.name, issued_on: d.issued_on} AS document, {id: o.id, name: o.name, issued_on: o.issued_on} AS other_document,
  t.quote AS quote, t.start_char AS start, t.end_char AS end,
  x.quote AS other_quote, x.start_char AS other_start, x.end_char AS other_end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, o.id, CASE WHEN t IS NULL THEN 1 ELSE 0 END, coalesce(t.start_char, x.start_char), t.id, x.id
SKIP $skip LIMIT $limit
