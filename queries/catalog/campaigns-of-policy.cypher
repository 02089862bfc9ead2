// name: campaigns-of-policy
// class: anchored
// title: {zh: 政策部署了哪些行动, en: Campaigns of a policy}
// summary:
//   zh: 一个文件（或一部法规所及的任务）开展或提到的行动，附原文依据。
//   en: Campaigns that the tasks of a document, or those a regulation reaches, carry out or mention, with the sentence.
// questions:
//   - "{policy}部署了哪些行动"
//   - "which campaigns does {policy} mention"
//   - "{policy}[都|中|里](部署|开展|安排|提到|涉及|包括|有)[了|到](哪些|什么)(行动|专项行动|活动|整治|专项整治)"
//   - "{policy}[的|中的|里的](行动|专项行动|活动)[有|是][哪些|什么]"
//   - "(which|what) campaigns (does|has) {policy} (mention|carry out|contain)"
//   - "campaigns (of|in) {policy}"
// cues:
//   - "<campaign> + [<deploy>|<mention>|<about>]"
// params:
//   - name: policy
//     type: search
//     required: true
//     example: 工作要点
//     title: {zh: 文件或法规, en: document or regulation}
//     labels: [Document, Regulation]
// columns:
//   - {name: campaign, zh: 行动, en: campaign}
//   - {name: relation, zh: 关系, en: relation}
//   - {name: task, zh: 任务, en: task}
//   - {name: document, zh: 文件, en: document}
//   - {name: policy, zh: 政策, en: policy}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "{policy}部署或提到的行动：{names}。"
//   en: "Campaigns of {policy}: {names}."
// empty:
//   zh: "没有查到{policy}部署的行动。"
//   en: "No campaign of {policy} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $policy_query) YIELD node RETURN node AS e
  UNION
  CALL db.index.fulltext.queryNodes('search_regulation', $policy_query) YIELD node RETURN node AS e
  UNION
  MATCH (node:Document|Regulation {id: $policy}) RETURN node AS e
}
WITH e WHERE e.id = $policy OR all(term IN $policy_terms WHERE (' ' + e.search + ' ') CONTAINS term)
// A document states its tasks; a regulation reaches the tasks that cite it and those of the documents that carry its
// text or implement it.
CALL (e) {
  MATCH (e)-[:HAS_SECTION*0..6]->(:Document|Section)-[:STATES]->(stated:Task)<-[:PART_OF*0..3]-(t:Task)
  RETURN t
  UNION
  MATCH (e)<-[of:TEXT_OF|IMPLEMENTS]-(:Document)-[:HAS_SECTION*0..6]->(:Document|Section)-[:STATES]->(stated:Task)<-[:PART_OF*0..3]-(t:Task)
  WHERE NOT coalesce(of.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(of.valid, 'current') = 'current'
  RETURN t
  UNION
  MATCH (e)<-[cites:CITES]-(t:Task)
  WHERE NOT coalesce(cites.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(cites.valid, 'current') = 'current'
  RETURN t
}
WITH DISTINCT e, t
MATCH (d:Document {id: t.doc})
MATCH (t)-[r:CARRIES_OUT|MENTIONS]->(c:Campaign)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
RETURN {id: c.id, name: c.name} AS campaign, type(r) AS relation, {id: t.id, name: t.name} AS task, {id: d.id, name: d.name, issued_on: d.issued_on} AS document,
  {id: e.id, label: [label IN labels(e) WHERE label <> 'Entity'][0], name: e.name} AS policy, r.quote AS quote, r.start_char AS start, r.end_char AS end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, r.start_char, relation, e.id, r.key
SKIP $skip LIMIT $limit
