// name: citation-ladder
// class: anchored
// title: {zh: 政策的传导层级, en: Ladder of a policy}
// summary:
//   zh: 一项政策从部到省、市、县逐级落实的链条：谁落实谁，附引用原文；名称为已入库文件的，指向该文件。
//   en: Who implements whom from ministry to county, around one policy, with the sentence; a cited plan that is loaded is shown as its document.
// questions:
//   - "{policy}是怎么逐级落实的"
//   - "who implements {policy}"
//   - "{policy}[是](怎么|如何|怎样)(逐级|层层|一级一级)[地](落实|贯彻|传导|部署)[的|下去的]"
//   - "(哪些|什么|谁)[文件|地方](落实|贯彻|执行)[了]{policy}"
//   - "{policy}(落实|贯彻|依据|根据)[了|的][是](哪些|什么|哪个)(文件|政策|上级文件|上级政策)"
//   - "(citation ladder|ladder) of {policy}"
//   - "(which|what) documents implement {policy}"
// cues:
//   - "<ladder> + [<ladder>|<how>|<who>|文件|政策|上级文件|地方|里|县里|documents]"
// params:
//   - name: policy
//     type: search
//     required: true
//     example: 工作要点
//     title: {zh: 文件或法规, en: document or regulation}
//     labels: [Document, Regulation]
// columns:
//   - {name: document, zh: 落实的文件, en: implementing document}
//   - {name: level, zh: 层级, en: level}
//   - {name: implements, zh: 被落实的政策, en: implemented policy}
//   - {name: step, zh: 距离, en: steps}
//   - {name: policy, zh: 政策, en: policy}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: rule, zh: 规则, en: rule, evidence: true}
//   - {name: status, zh: 状态, en: status, evidence: true}
// answer:
//   zh: "{policy}的落实链条共 {total} 环：{names}。"
//   en: "The ladder of {policy} has {total} rungs: {names}."
// empty:
//   zh: "没有查到落实{policy}或它所落实的文件。"
//   en: "No document that implements {policy}, nor one it implements, was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $policy_query) YIELD node RETURN node AS e
  UNION
  CALL db.index.fulltext.queryNodes('search_regulation', $policy_query) YIELD node RETURN node AS e
  UNION
  MATCH (node:Document|Regulation {id: $policy}) RETURN node AS e
}
WITH e WHERE e.id = $policy OR all(term IN $policy_terms WHERE (' ' + e.search + ' ') CONTAINS term)
// A policy that is cited here and loaded there is one: its document stands for both.
OPTIONAL MATCH (e)<-[text:TEXT_OF]-(own:Document) WHERE NOT coalesce(text.status, 'extracted') IN ['proposed', 'rejected']
WITH DISTINCT coalesce(own, e) AS e
CALL (e) {
  RETURN e AS c, 0 AS step
  UNION
  MATCH p = (e)-[:IMPLEMENTS*1..4]->(c:Document) WHERE all(x IN relationships(p) WHERE NOT coalesce(x.status, 'extracted') IN ['proposed', 'rejected'])
  RETURN c, length(p) AS step
  UNION
  MATCH p = (e)<-[:IMPLEMENTS*1..4]-(c:Document) WHERE all(x IN relationships(p) WHERE NOT coalesce(x.status, 'extracted') IN ['proposed', 'rejected'])
  RETURN c, -length(p) AS step
}
WITH e, c, min(step) AS step
MATCH (c)-[r:IMPLEMENTS]->(x:Regulation)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
OPTIONAL MATCH (c)-[s:IMPLEMENTS]->(y:Document) WHERE r.key IN s.inputs AND NOT coalesce(s.status, 'extracted') IN ['proposed', 'rejected']
OPTIONAL MATCH (c)-[issued:ISSUED_BY]->(u:Unit) WHERE NOT coalesce(issued.status, 'extracted') IN ['proposed', 'rejected']
WITH e, c, step, r, x, y, u ORDER BY y.id, u.id
WITH e, c, step, r, x, collect(y)[0] AS y, collect(u.level)[0] AS level
RETURN {id: c.id, name: c.name, issued_on: c.issued_on} AS document, level,
  CASE WHEN y IS NULL THEN {id: x.id, label: 'Regulation', name: x.name} ELSE {id: y.id, label: 'Document', name: y.name} END AS implements,
  step, {id: e.id, name: e.name} AS policy, r.quote AS quote, r.start_char AS start, r.end_char AS end,
  r.rule AS rule, coalesce(r.status, 'extracted') AS status
ORDER BY e.id, CASE level WHEN '国家' THEN 0 WHEN '省' THEN 1 WHEN '市' THEN 2 WHEN '县' THEN 3 ELSE 4 END, coalesce(c.issued_on, toString(c.year), ''), c.id, r.start_char, r.key
SKIP $skip LIMIT $limit
