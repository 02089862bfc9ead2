// name: responsibility-matrix
// class: anchored
// title: {zh: 责任清单, en: Responsibility matrix}
// summary:
//   zh: 一个文件中任务与单位的对照：牵（牵头、主责）、责（责任、负责）、配（配合、参与）、执（执行）、部（部署）、督（督办）。每行一格。
//   en: "Tasks against units of a document, one row a cell: 牵 leads, 责 responsible, 配 cooperates, 执 executes, 部 assigns, 督 supervises."
// questions:
//   - "{document}的责任清单是什么"
//   - "responsibility matrix of {document}"
//   - "{document}[的](责任清单|责任分工|任务分工|分工|责任矩阵|职责分工|责任表)[是|有][什么|哪些|怎样的|怎么样]"
//   - "{document}(怎么|如何|是怎么|是如何)(分工|分工的)"
//   - "(responsibility matrix|responsibilities) (of|in) {document}"
// cues:
//   - "<matrix> + [<how>|<who>|<units>|<lead>|<cooperate>|<each_task>]"
//   - "<who> + <duty>|<lead>|<cooperate> + <each_task> + [<units>]"
//   - "<who>|<units> + <each_task> + <duty>|<lead>|<cooperate>"
// params:
//   - name: document
//     type: search
//     required: true
//     example: 工作要点
//     title: {zh: 文件名称, en: document}
//     labels: [Document]
//   - name: inherited
//     type: boolean
//     default: true
//     title: {zh: 包括继承的, en: inherited ones too}
//     words:
//       "true": [继承的也带上, 继承的也算, 继承的也要, 继承的也列, 继承的一起, 带上继承的, 包括继承, 包括继承的, 含继承, 含继承的, 连同继承的, 连继承的, 算上继承的, "inherited ones included", "including inherited", "including inherited ones", "inherited ones too", "with inherited ones", 含…继承, 包括…继承, 包含…继承, 连同…继承, 连…继承…算, 算上…继承, 计入…继承, 加上…继承, 带上…继承, 继承…算上, 继承…也算, 继承…在内, 继承…一并, 继承…列上, 继承…带上, "include inherited", "inherited included", "inherited too", "and inherited", "plus inherited", "with the inherited", "including the inherited"]
//       "false": [不含继承, 不含继承的, 不算继承, 不算继承的, 不要继承的, 不包括继承, 不包括继承的, 除去继承的, 去掉继承的, 排除继承的, 继承的不算, 继承的不要, 继承的除外, 只看写明的, 只要写明的, 只看明确写明的, "without inherited", "without inherited ones", "excluding inherited", "excluding inherited ones", "no inherited ones", "not inherited", 不计…继承, 不含…继承, 不算…继承, 不要…继承, 不包括…继承, 不包含…继承, 剔除…继承, 除去…继承, 去掉…继承, 排除…继承, 撇开…继承, 刨去…继承, 刨除…继承, 扣除…继承, 不带…继承, 不列…继承, 继承…除外, 继承…不算, 继承…不计, 继承…不要, 继承…不列, 继承…剔除, 继承…去掉, 非继承, 直接写明, 明文写明, 明确写到的, "no inherited", "leave out inherited", "omit inherited", "exclude inherited", "ignore inherited", "not the inherited", "stated explicitly", "explicitly stated"]
// columns:
//   - {name: task, zh: 任务, en: task}
//   - {name: unit, zh: 单位, en: unit}
//   - {name: mark, zh: 标记, en: mark}
//   - {name: role, zh: 关系, en: relation}
//   - {name: role_zh, zh: 角色, en: role as written}
//   - {name: joint, zh: 共同, en: joint}
//   - {name: implicit, zh: 继承, en: inherited}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "{document}的责任清单共 {total} 格。"
//   en: "The responsibility matrix of {document} has {total} cells."
// empty:
//   zh: "没有查到{document}的责任分工。"
//   en: "No responsibilities were found in {document}."

CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $document_query) YIELD node RETURN node AS d
  UNION
  MATCH (node:Document {id: $document}) RETURN node AS d
}
WITH d WHERE d.id = $document OR all(term IN $document_terms WHERE (' ' + d.search + ' ') CONTAINS term)
MATCH (d)-[:HAS_SECTION*0..6]->(s:Document|Section)-[:STATES]->(stated:Task)
MATCH (stated)<-[:PART_OF*0..3]-(t:Task)
WITH DISTINCT d, t
MATCH (u:Unit)-[r:LEADS|COOPERATES|EXECUTES|ASSIGNS|SUPERVISES]->(t)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
  AND ($inherited OR NOT coalesce(r.implicit, false))
RETURN {id: t.id, name: t.name, number: t.number, level: t.level} AS task, {id: u.id, name: u.name} AS unit,
  CASE
    WHEN r.role_zh IN ['牵头', '主责'] THEN '牵'
    WHEN r.role_zh IN ['责任', '负责'] THEN '责'
    WHEN r.role_zh IN ['配合', '参与'] THEN '配'
    WHEN type(r) = 'LEADS' THEN '责'
    WHEN type(r) = 'COOPERATES' THEN '配'
    WHEN type(r) = 'EXECUTES' THEN '执'
    WHEN type(r) = 'ASSIGNS' THEN '部'
    ELSE '督'
  END AS mark,
  type(r) AS role, r.role_zh AS role_zh, coalesce(r.joint, false) AS joint, coalesce(r.implicit, false) AS implicit,
  {id: d.id, name: d.name, issued_on: d.issued_on} AS document, r.quote AS quote, r.start_char AS start, r.end_char AS end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, t.start_char, t.id, CASE type(r) WHEN 'LEADS' THEN 0 WHEN 'EXECUTES' THEN 1 WHEN 'COOPERATES' THEN 2 WHEN 'SUPERVISES' THEN 3 ELSE 4 END, coalesce(r.head_start, -1), u.name, r.key
SKIP $skip LIMIT $limit
