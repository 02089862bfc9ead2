// name: vehicle-classes-of-campaign
// class: anchored
// title: {zh: 行动针对哪些车辆, en: Vehicle classes a campaign targets}
// summary:
//   zh: 一个行动（或开展它的任务）针对的车辆类型。一项任务开展几个行动时，只算同一句里写到的车辆。
//   en: Vehicle classes that a campaign, or a task that carries it out, targets. Where the task carries out several campaigns, only those of the same sentence count.
// questions:
//   - "{campaign}针对哪些车辆"
//   - "which vehicles does {campaign} target"
//   - "{campaign}[主要|重点](针对|涉及|整治|管|查|治理|瞄准|面向)[的|了](什么|哪些|哪几类|哪种|啥)(车|车辆|车型|车辆类型|重点车辆)"
//   - "{campaign}[的](对象|重点车辆|整治对象|车辆类型|目标车辆)[是|有][什么|哪些]"
//   - "(which|what) vehicles does {campaign} target"
//   - "vehicle classes of {campaign}"
// cues:
//   - "<vehicles> + [<aim>|<matter>|对象]"
// params:
//   - name: campaign
//     type: search
//     required: true
//     example: 一盔一带
//     title: {zh: 行动, en: campaign}
//     labels: [Campaign]
// columns:
//   - {name: vehicle_class, zh: 车辆类型, en: vehicle class}
//   - {name: campaign, zh: 行动, en: campaign}
//   - {name: stated_by, zh: 提出者, en: stated by}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: rule, zh: 规则, en: rule, evidence: true}
//   - {name: confidence, zh: 置信度, en: confidence, evidence: true}
//   - {name: status, zh: 状态, en: status, evidence: true}
// answer:
//   zh: "{campaign}针对的车辆类型：{names}（{documents} 个文件）。"
//   en: "{campaign} targets: {names} ({documents} documents)."
// empty:
//   zh: "没有查到{campaign}针对的车辆类型。"
//   en: "No vehicle class targeted by {campaign} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_campaign', $campaign_query) YIELD node RETURN node AS c
  UNION
  MATCH (node:Campaign {id: $campaign}) RETURN node AS c
}
WITH c WHERE c.id = $campaign OR all(term IN $campaign_terms WHERE (' ' + c.search + ' ') CONTAINS term)
CALL (c) {
  MATCH (c)-[r:TARGETS]->(v:VehicleClass)
  RETURN v, c AS stater, r
  UNION
  MATCH (c)<-[does:CARRIES_OUT]-(stater:Task)-[r:TARGETS]->(v:VehicleClass)
  WHERE NOT coalesce(does.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(does.valid, 'current') = 'current'
    AND (does.start_char = r.start_char AND does.end_char = r.end_char
      OR NOT EXISTS {
        MATCH (stater)-[also:CARRIES_OUT]->(other:Campaign)
        WHERE other.id <> c.id AND NOT coalesce(also.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(also.valid, 'current') = 'current'
      })
  RETURN v, stater, r
}
WITH v, c, stater, r WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
WITH DISTINCT v, c, stater, r, r.doc AS doc
MATCH (d:Document {id: doc})
RETURN {id: v.id, name: v.name} AS vehicle_class, {id: c.id, name: c.name} AS campaign, {id: stater.id, label: [label IN labels(stater) WHERE label <> 'Entity'][0], name: stater.name} AS stated_by, {id: d.id, name: d.name, issued_on: d.issued_on} AS document, r.quote AS quote, r.start_char AS start, r.end_char AS end,
  r.rule AS rule, r.confidence AS confidence, coalesce(r.status, 'extracted') AS status
ORDER BY v.name, v.id, coalesce(d.issued_on, toString(d.year), '') DESC, r.start_char, r.key, stater.id
SKIP $skip LIMIT $limit
