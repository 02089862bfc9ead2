// name: campaign-timeline
// class: anchored
// title: {zh: 行动的时间线, en: Timeline of a campaign}
// summary:
//   zh: 开展一项行动（含其变体）的文件按时间排列：发文单位、起止、有效性、任务，以及延续或废止的是哪个文件。
//   en: Documents that carry out a campaign or a variant of it, by time, with issuer, period, validity and what they follow or supersede.
// questions:
//   - "{campaign}历年是怎么开展的"
//   - "timeline of {campaign}"
//   - "{campaign}[的](时间线|历程|来龙去脉|演变|沿革|发展过程)[是|有][什么|怎样的|哪些]"
//   - "{campaign}(历年|这些年|几年来)[的][是](怎么|如何|怎样)(开展|部署|推进|变化)[的]"
//   - "(timeline|history) of [the] {campaign}"
// cues:
//   - "<history> + [<carried>|<papers>|<matter>]"
// params:
//   - name: campaign
//     type: search
//     required: true
//     example: 一盔一带
//     title: {zh: 行动, en: campaign}
//     labels: [Campaign]
//   - name: region
//     type: string
//     title: {zh: 只看某地, en: only this place}
// columns:
//   - {name: document, zh: 文件, en: document}
//   - {name: date, zh: 日期, en: date}
//   - {name: year, zh: 年度, en: year}
//   - {name: issuer, zh: 发文单位, en: issuer}
//   - {name: campaign, zh: 行动, en: campaign}
//   - {name: period_start, zh: 开始, en: begins}
//   - {name: period_end, zh: 结束, en: ends}
//   - {name: valid, zh: 有效性, en: validity}
//   - {name: continues, zh: 延续或代替, en: follows or supersedes}
//   - {name: tasks, zh: 任务, en: tasks}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
// answer:
//   zh: "{campaign}见于 {documents} 个文件：{names}。"
//   en: "{campaign} is carried out in {documents} documents: {names}."
// empty:
//   zh: "没有查到开展{campaign}的文件。"
//   en: "No document that carries out {campaign} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_campaign', $campaign_query) YIELD node RETURN node AS e
  UNION
  MATCH (node:Campaign {id: $campaign}) RETURN node AS e
}
WITH e WHERE e.id = $campaign OR all(term IN $campaign_terms WHERE (' ' + e.search + ' ') CONTAINS term)
CALL (e) {
  RETURN e AS c
  UNION
  MATCH (e)-[v:VARIANT_OF]-(c:Campaign) WHERE NOT coalesce(v.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(v.valid, 'current') = 'current'
  RETURN c
}
WITH DISTINCT c
MATCH (c)<-[r:CARRIES_OUT]-(t:Task)
WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected']
MATCH (d:Document {id: t.doc})
// Values of task and relation, not these themselves: carried on they cost the embedded engine ten times as much.
WITH c, d, t.id AS task, t.name AS name, t.start_char AS place, r.quote AS quote, r.start_char AS first, r.end_char AS last, r.key AS key ORDER BY place, task, key
WITH c, d, collect({id: task, name: name}) AS tasks, collect({quote: quote, first: first, last: last})[0] AS said
OPTIONAL MATCH (d)-[issued:ISSUED_BY]->(u:Unit) WHERE NOT coalesce(issued.status, 'extracted') IN ['proposed', 'rejected']
WITH c, d, tasks, said, u ORDER BY u.id
WITH c, d, tasks, said, collect(u.name) AS issuers, collect(coalesce(u.jurisdiction, '')) AS places
WHERE $region IS NULL OR d.name CONTAINS $region OR any(x IN issuers WHERE x CONTAINS $region) OR any(x IN places WHERE x CONTAINS $region)
OPTIONAL MATCH (d)-[l:FOLLOWS|SUPERSEDES]->(o:Document) WHERE NOT coalesce(l.status, 'extracted') IN ['proposed', 'rejected']
WITH c, d, tasks, said, issuers, o, l ORDER BY o.id, l.key
WITH c, d, tasks, said, issuers,
  collect(CASE WHEN o IS NULL THEN null ELSE {id: o.id, name: o.name, relation: type(l)} END) AS continues
RETURN {id: d.id, name: d.name, issued_on: d.issued_on} AS document, coalesce(d.issued_on, d.period_start, toString(d.year)) AS date, d.year AS year,
  issuers[0] AS issuer, {id: c.id, name: c.name} AS campaign, d.period_start AS period_start, d.period_end AS period_end,
  coalesce(d.valid, 'current') AS valid, continues, tasks, said.quote AS quote, said.first AS start, said.last AS end
ORDER BY coalesce(d.issued_on, d.period_start, toString(d.year), ''), c.name, c.id, d.id
SKIP $skip LIMIT $limit
