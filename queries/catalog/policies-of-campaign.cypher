// name: policies-of-campaign
// class: anchored
// title: {zh: 行动见于哪些政策, en: Policies of a campaign}
// summary:
//   zh: 部署或提到一个行动的文件，每个文件一行，附任务数与一条原文依据，新的在前。
//   en: Documents that carry out or mention a campaign, one row each, with the number of tasks and one proof, newest first.
// questions:
//   - "哪些文件部署了{campaign}"
//   - "documents of {campaign}"
//   - "{campaign}[是|见于|出自|来自|依据](哪些|什么|哪个)(文件|政策|方案)[部署|提出|安排|要求][的]"
//   - "(哪些|什么|哪个)(文件|政策|方案)(部署|提出|安排|要求|开展)[过|了]{campaign}"
//   - "{campaign}[的](政策|政策依据|文件依据|依据)[是|有][什么|哪些]"
//   - "(policies|documents) of {campaign}"
// cues:
//   - "<papers> + [<deploy>|<mention>|依据|政策依据]"
// params:
//   - name: campaign
//     type: search
//     required: true
//     example: 一盔一带
//     title: {zh: 行动, en: campaign}
//     labels: [Campaign]
// columns:
//   - {name: document, zh: 文件, en: document}
//   - {name: kind, zh: 类别, en: kind}
//   - {name: year, zh: 年度, en: year}
//   - {name: campaign, zh: 行动, en: campaign}
//   - {name: tasks, zh: 任务数, en: tasks}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "有 {documents} 个文件部署或提到{campaign}：{names}。"
//   en: "{documents} documents carry out or mention {campaign}: {names}."
// empty:
//   zh: "没有查到部署{campaign}的文件。"
//   en: "No document about {campaign} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_campaign', $campaign_query) YIELD node RETURN node AS c
  UNION
  MATCH (node:Campaign {id: $campaign}) RETURN node AS c
}
WITH c WHERE c.id = $campaign OR all(term IN $campaign_terms WHERE (' ' + c.search + ' ') CONTAINS term)
MATCH (c)<-[r:CARRIES_OUT|MENTIONS]-(t:Task|Section|Document)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
// Values of the relation, not the relation: carried from clause to clause it costs the embedded engine ten times as much.
WITH c, t.id AS task, r.doc AS doc, type(r) AS relation, r.quote AS quote, r.start_char AS first, r.end_char AS last, r.key AS key
MATCH (d:Document {id: doc})
WHERE coalesce(d.valid, 'current') = 'current'
WITH c, d, task, quote, first, last, relation, key ORDER BY relation, first, key
WITH c, d, count(DISTINCT task) AS tasks, collect({quote: quote, start: first, last: last})[0] AS proof
RETURN {id: d.id, name: d.name, issued_on: d.issued_on} AS document, d.kind AS kind, d.year AS year, {id: c.id, name: c.name} AS campaign, tasks,
  proof.quote AS quote, proof.start AS start, proof.last AS end
ORDER BY coalesce(d.issued_on, toString(d.year), '') DESC, d.id, c.name, c.id
SKIP $skip LIMIT $limit
