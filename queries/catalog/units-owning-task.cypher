// name: units-owning-task
// class: anchored
// title: {zh: 任务由哪些单位负责, en: Units that own a task}
// summary:
//   zh: 按任务、行动、车辆、违法行为等名称（含简称、口号分解与拼音首字母）找到任务，列出各单位的角色与原文依据。继承自发文单位的会注明。
//   en: >-
//     Finds tasks by the name of a task, campaign, vehicle class, violation and so on (short names, slogans and pinyin
//     initials too) and lists each unit's role with the sentence that proves it. Inherited owners are marked.
// questions:
//   - "{task}由哪些单位负责"
//   - "which units own {task}"
//   - "{task}[这项|这个|这一|这项任务|这项工作|这个任务|这项行动](由|是由|该由|应由|应该由|归)[哪些|哪个|哪几个|什么|谁][单位|部门|机构|大队|来][负责|牵头|主管|管|承担|落实|实施|执行|配合|开展|组织|抓]"
//   - "[哪些|哪个|哪几个|什么|谁|有哪些|有哪些的][单位|部门|机构|人][在|来|该|应该|要|具体|主要](负责|牵头|主管|管|承担|落实|实施|执行|配合|参与|开展|组织|抓){task}"
//   - "[由](谁|哪些单位|哪个单位|哪些部门|哪个部门)[来|在|该|应该](负责|牵头|主管|管|承担|落实|实施|执行|配合|参与|开展|组织|抓){task}"
//   - "{task}(谁|哪些单位|哪个单位|什么单位|哪些部门|哪个部门|什么部门)[来|在|该|应该](负责|牵头|主管|管|承担|落实|实施|执行|配合|参与|开展|组织|抓)"
//   - "{task}(的)(责任|牵头|负责|配合|主责|主管|实施|承办)(单位|部门|主体|人)(是|有)[谁|哪些|哪个|哪几个|什么|哪里]"
//   - "{task}(归)(谁|哪个单位|哪个部门|哪些单位|哪些部门)[管|负责]"
//   - "(which|what) (units|unit|departments|agencies|bodies) (own|owns|lead|leads|run|is|are) [responsible for|in charge of] {task}"
//   - "(which|what) (units|unit|departments|agencies|bodies) (own|owns|lead|leads|run|handle|handles) {task}"
//   - "who (owns|leads|runs|handles|does|is responsible for|is in charge of) {task}"
//   - "who is (responsible for|in charge of|leading|running) {task}"
// cues:
//   - "<who>|<units> + <duty>|<lead>|<cooperate>|<supervise>|<assign>|<execute> + [<matter>|<job>|涉及|牵涉]"
//   - "<who> + <job> + [<matter>]"
//   - "<who> + 涉及|牵涉|有份|参加 + [<units>|<matter>]"
//   - "<units> + 涉及|牵涉|有份|参加 + [<which>|<matter>]"
// params:
//   - name: task
//     type: search
//     required: true
//     example: 一盔一带
//     title: {zh: 任务、行动或其他事项, en: "task, campaign or other matter"}
//     labels: [Task, Campaign, VehicleClass, Violation, Regulation, Road, Region, Mechanism, Platform, PersonGroup, Indicator]
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
//   - name: year
//     type: integer
//     example: 2024
//     title: {zh: 文件年度, en: year of the document}
//   - name: as_of
//     type: date
//     example: "2024-06-30"
//     title: {zh: 按某日有效的文件, en: documents in force on this day}
//   - name: region
//     type: string
//     title: {zh: 地区（单位或文件名称中含有）, en: place (in the name of unit or document)}
//   - name: document
//     type: id
//     labels: [Document]
//     title: {zh: 只看某个文件, en: only this document}
// columns:
//   - {name: unit, zh: 单位, en: unit}
//   - {name: role, zh: 关系, en: relation}
//   - {name: role_zh, zh: 角色, en: role as written}
//   - {name: joint, zh: 共同, en: joint}
//   - {name: implicit, zh: 继承, en: inherited}
//   - {name: task, zh: 任务, en: task}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: rule, zh: 规则, en: rule, evidence: true}
//   - {name: confidence, zh: 置信度, en: confidence, evidence: true}
//   - {name: status, zh: 状态, en: status, evidence: true}
//   - {name: match, zh: 匹配依据, en: why it matches, evidence: true}

// 1. What the words name: the task itself, or something a task speaks of. 2. What comprises it (a slogan its parts), is
// a variant or a kind of it; a slogan that one document explains counts there only. 3. The tasks that say so in a sentence of their own, each with its best reason.
CALL () {
  CALL db.index.fulltext.queryNodes('search_task', $task_query) YIELD node
  WHERE all(term IN $task_terms WHERE (' ' + node.search + ' ') CONTAINS term)
  RETURN node AS t, 0 AS rank, node.id AS reason, 'Task' AS label, node.id AS about, node.name AS name,
    node.quote AS quote, node.start_char AS first, node.end_char AS last
  UNION
  MATCH (node:Task {id: $task})
  RETURN node AS t, 0 AS rank, node.id AS reason, 'Task' AS label, node.id AS about, node.name AS name,
    node.quote AS quote, node.start_char AS first, node.end_char AS last
  UNION
  CALL () {
    CALL db.index.fulltext.queryNodes('search_campaign', $task_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_vehicleclass', $task_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_violation', $task_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_regulation', $task_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_road', $task_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_region', $task_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_mechanism', $task_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_platform', $task_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_persongroup', $task_query) YIELD node RETURN node AS e
    UNION
    CALL db.index.fulltext.queryNodes('search_indicator', $task_query) YIELD node RETURN node AS e
    UNION
    MATCH (node:Campaign|VehicleClass|Violation|Regulation|Road|Region|Mechanism|Platform|PersonGroup|Indicator {id: $task}) RETURN node AS e
  }
  WITH e WHERE e.id = $task OR all(term IN $task_terms WHERE (' ' + e.search + ' ') CONTAINS term)
  CALL (e) {
    RETURN e AS thing, '' AS scope
    UNION
    MATCH p = (e)<-[:COMPRISES|VARIANT_OF|KIND_OF*1..3]-(thing:Campaign|VehicleClass|Violation|Regulation|Road|Region|Mechanism|Platform|PersonGroup|Indicator)
    WHERE all(r IN relationships(p) WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND (coalesce(r.valid, 'current') = 'current' OR $as_of IS NOT NULL))
    RETURN thing, reduce(scope = '', r IN relationships(p) |
      CASE WHEN coalesce(r.scope, 'global') = 'global' THEN scope ELSE r.scope END) AS scope
  }
  MATCH (thing)<-[link:CARRIES_OUT|TARGETS|USES|CITES|AIMS_AT|MENTIONS]-(t:Task)
  WHERE ($document IS NULL OR t.doc = $document) AND NOT coalesce(link.status, 'extracted') IN ['proposed', 'rejected'] AND (coalesce(link.valid, 'current') = 'current' OR $as_of IS NOT NULL)
    AND (scope = '' OR scope = t.doc)
  RETURN t, CASE type(link) WHEN 'CARRIES_OUT' THEN 1 WHEN 'MENTIONS' THEN 3 ELSE 2 END AS rank, link.key AS reason,
    [label IN labels(thing) WHERE label <> 'Entity'][0] AS label, thing.id AS about, thing.name AS name,
    link.quote AS quote, link.start_char AS first, link.end_char AS last
}
WITH t, rank, label, about, name, quote, first, last, reason WHERE $document IS NULL OR t.doc = $document
WITH t, rank, label, about, name, quote, first, last, reason ORDER BY rank, first, reason
WITH t, min(rank) AS rank,
  collect({id: about, label: label, name: name, quote: quote, start: first, end: last})[0] AS why
// The most specific task answers: a measure also brings the item it is part of; a section that only speaks of the
// matter, or only inherits its owner, steps back behind an item of its own that matches.
CALL (t, rank, why) {
  RETURN t AS task, rank AS how, why AS reason, 0 AS covered
  UNION ALL
  MATCH (t)-[:PART_OF*1..2]->(task:Task) WHERE t.level = 'measure' AND task.level = 'item'
  RETURN task, 3 AS how, why AS reason, 0 AS covered
  UNION ALL
  MATCH (t)-[:PART_OF*1..4]->(task:Task) WHERE t.level <> 'section' AND task.level = 'section'
  RETURN task, 9 AS how, null AS reason, 1 AS covered
}
WITH task, how, reason, covered ORDER BY how, reason.start, reason.id
WITH task AS t, min(how) AS rank, collect(reason)[0] AS found, max(covered) AS covered
WHERE found IS NOT NULL
MATCH (u:Unit)-[r:LEADS|COOPERATES|EXECUTES|ASSIGNS|SUPERVISES]->(t)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND (coalesce(r.valid, 'current') = 'current' OR $as_of IS NOT NULL)
  AND ($role IS NULL OR type(r) = $role)
  AND (covered = 0 OR (rank = 0 AND NOT coalesce(r.implicit, false)))
MATCH (d:Document {id: t.doc})
WHERE (($as_of IS NULL AND coalesce(d.valid, 'current') = 'current')
  OR (coalesce(d.valid_from, d.issued_on, toString(d.year), '') <= $as_of
    AND coalesce(d.valid_until, CASE WHEN coalesce(d.valid, 'current') <> 'current' THEN '' WHEN d.kind = 'plan' THEN d.period_end END, '9999') >= $as_of))
  AND ($year IS NULL OR d.year = $year)
  AND ($document IS NULL OR d.id = $document)
  AND ($region IS NULL OR u.name CONTAINS $region OR d.name CONTAINS $region OR coalesce(u.jurisdiction, '') CONTAINS $region)
RETURN {id: u.id, name: u.name} AS unit, type(r) AS role, r.role_zh AS role_zh, coalesce(r.joint, false) AS joint,
  coalesce(r.implicit, false) AS implicit, {id: t.id, name: t.name} AS task, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  r.quote AS quote, r.start_char AS start, r.end_char AS end, r.rule AS rule, r.confidence AS confidence,
  coalesce(r.status, 'extracted') AS status, found AS match
ORDER BY implicit, CASE type(r) WHEN 'LEADS' THEN 0 WHEN 'EXECUTES' THEN 1 WHEN 'COOPERATES' THEN 2 WHEN 'SUPERVISES' THEN 3 ELSE 4 END, coalesce(d.issued_on, toString(d.year), '') DESC, d.id, t.start_char, t.id, coalesce(r.head_start, -1), u.name, r.key
SKIP $skip LIMIT $limit
