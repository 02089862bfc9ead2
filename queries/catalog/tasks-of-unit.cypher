// name: tasks-of-unit
// class: anchored
// title: {zh: 单位要做什么, en: What a unit must do}
// summary:
//   zh: 一个单位的全部任务：角色、期限、频次与原文依据，明确写出的在前，继承的在后。
//   en: "All tasks of a unit: role, deadline, recurrence and evidence; stated ones before inherited ones."
// questions:
//   - "{unit}要做什么"
//   - "what must {unit} do"
//   - "{unit}[都|今年|主要|具体|需要|应该|应当](要|该|需|得)[做|干|完成|落实|承担|负责][些|哪些|什么|的][事|事情|任务|工作|什么]"
//   - "{unit}[的](有|有哪些|有什么|承担|承担哪些|承担什么|负责哪些|负责什么|牵头哪些|配合哪些)[任务|工作|职责|事项|责任]"
//   - "{unit}(负责|牵头|承担|配合|参与)(什么|哪些|啥|哪些事|哪些任务|哪些工作|什么任务|什么工作)"
//   - "{unit}[的](任务|职责|工作任务|责任清单|任务清单)[有|是|包括][哪些|什么|啥]"
//   - "(what) (must|should|does|do) {unit} [have to] do"
//   - "(tasks|duties) of {unit}"
//   - "what is {unit} responsible for"
// cues:
//   - "<do_what> + [<job>|<matter>|<duty>]"
//   - "<do>|<duty>|<lead>|<cooperate>|<supervise>|<assign>|<execute> + <which>|<job> + [<matter>|<do>|<duty>|<lead>|<cooperate>]"
//   - "<job> + [<matter>]"
// params:
//   - name: unit
//     type: search
//     required: true
//     example: 交警大队
//     title: {zh: 单位, en: unit}
//     labels: [Unit]
//   - name: role
//     type: enum
//     values: [LEADS, COOPERATES, EXECUTES, ASSIGNS, SUPERVISES]
//     title: {zh: 只看某种角色, en: only this role}
//     words:
//       LEADS: [牵头, 领头, 挑头, 带头, 打头, 主牵, 总牵头, lead, leads, leading, led, head, heads, heading, 主责, 主办, 为首, 牵头单位, 领衔, "lead unit", spearhead, spearheads]
//       COOPERATES: [配合, 协助, 协办, 协同, 参与, 参加, 打配合, support, supports, supporting, cooperate, cooperates, cooperating, assist, assists, assisting, 配合单位, 协办单位, 协作单位, 参与单位, 支撑, 协同配合, 联合配合, 帮办, "supporting role", "supporting unit"]
//       EXECUTES: [执行, 具体执行, execute, executes, executing, 执行单位, 具体实施, executor]
//       ASSIGNS: [部署, 交办, 布置, 派发, assign, assigns, 交办单位, 部署单位]
//       SUPERVISES: [督办, 督导, 督促, 监督, 督查, supervise, supervises, supervising, oversee, oversees, overseeing, 督办单位, 督促检查, 监管督办, 督促落实, supervisor]
//   - name: inherited
//     type: boolean
//     default: true
//     title: {zh: 包括继承的任务, en: inherited tasks too}
//     words:
//       "true": [继承的也带上, 继承的也算, 继承的也要, 继承的也列, 继承的一起, 带上继承的, 包括继承, 包括继承的, 含继承, 含继承的, 连同继承的, 连继承的, 算上继承的, "inherited ones included", "including inherited", "including inherited ones", "inherited ones too", "with inherited ones", 含…继承, 包括…继承, 包含…继承, 连同…继承, 连…继承…算, 算上…继承, 计入…继承, 加上…继承, 带上…继承, 继承…算上, 继承…也算, 继承…在内, 继承…一并, 继承…列上, 继承…带上, "include inherited", "inherited included", "inherited too", "and inherited", "plus inherited", "with the inherited", "including the inherited"]
//       "false": [不含继承, 不含继承的, 不算继承, 不算继承的, 不要继承的, 不包括继承, 不包括继承的, 除去继承的, 去掉继承的, 排除继承的, 继承的不算, 继承的不要, 继承的除外, 只看写明的, 只要写明的, 只看明确写明的, "without inherited", "without inherited ones", "excluding inherited", "excluding inherited ones", "no inherited ones", "not inherited", 不计…继承, 不含…继承, 不算…继承, 不要…继承, 不包括…继承, 不包含…继承, 剔除…继承, 除去…继承, 去掉…继承, 排除…继承, 撇开…继承, 刨去…继承, 刨除…继承, 扣除…继承, 不带…继承, 不列…继承, 继承…除外, 继承…不算, 继承…不计, 继承…不要, 继承…不列, 继承…剔除, 继承…去掉, 非继承, 直接写明, 明文写明, 明确写到的, "no inherited", "leave out inherited", "omit inherited", "exclude inherited", "ignore inherited", "not the inherited", "stated explicitly", "explicitly stated"]
//   - name: year
//     type: integer
//     example: 2024
//     title: {zh: 文件年度, en: year of the document}
//   - name: as_of
//     type: date
//     example: "2024-06-30"
//     title: {zh: 按某日有效的文件, en: documents in force on this day}
// columns:
//   - {name: task, zh: 任务, en: task}
//   - {name: role, zh: 关系, en: relation}
//   - {name: role_zh, zh: 角色, en: role as written}
//   - {name: joint, zh: 共同, en: joint}
//   - {name: implicit, zh: 继承, en: inherited}
//   - {name: deadline, zh: 期限, en: deadline}
//   - {name: recurrence, zh: 频次, en: recurrence}
//   - {name: unit, zh: 单位, en: unit}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: rule, zh: 规则, en: rule, evidence: true}
//   - {name: confidence, zh: 置信度, en: confidence, evidence: true}
//   - {name: status, zh: 状态, en: status, evidence: true}
// answer:
//   zh: "{unit}共有 {total} 项任务关系（{documents} 个文件）：{names}。"
//   en: "{unit} has {total} duties in {documents} documents: {names}."
// empty:
//   zh: "没有查到{unit}的任务。"
//   en: "No task of {unit} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_unit', $unit_query) YIELD node RETURN node AS u
  UNION
  MATCH (node:Unit {id: $unit}) RETURN node AS u
}
WITH u WHERE u.id = $unit OR all(term IN $unit_terms WHERE (' ' + u.search + ' ') CONTAINS term)
MATCH (u)-[r:LEADS|COOPERATES|EXECUTES|ASSIGNS|SUPERVISES]->(t:Task)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND (coalesce(r.valid, 'current') = 'current' OR $as_of IS NOT NULL)
  AND ($role IS NULL OR type(r) = $role)
  AND ($inherited OR NOT coalesce(r.implicit, false))
MATCH (d:Document {id: t.doc})
WHERE ($year IS NULL OR d.year = $year) AND (($as_of IS NULL AND coalesce(d.valid, 'current') = 'current')
  OR (coalesce(d.valid_from, d.issued_on, toString(d.year), '') <= $as_of
    AND coalesce(d.valid_until, CASE WHEN coalesce(d.valid, 'current') <> 'current' THEN '' WHEN d.kind = 'plan' THEN d.period_end END, '9999') >= $as_of))
RETURN {id: t.id, name: t.name} AS task, type(r) AS role, r.role_zh AS role_zh, coalesce(r.joint, false) AS joint,
  coalesce(r.implicit, false) AS implicit, coalesce(t.deadline, t.deadline_text) AS deadline, t.recurrence AS recurrence,
  {id: u.id, name: u.name} AS unit, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  r.quote AS quote, r.start_char AS start, r.end_char AS end, r.rule AS rule, r.confidence AS confidence,
  coalesce(r.status, 'extracted') AS status
ORDER BY implicit, CASE type(r) WHEN 'LEADS' THEN 0 WHEN 'EXECUTES' THEN 1 WHEN 'COOPERATES' THEN 2 WHEN 'SUPERVISES' THEN 3 ELSE 4 END, coalesce(d.issued_on, toString(d.year), '') DESC, d.id, t.start_char, t.id, r.key
SKIP $skip LIMIT $limit
