// name: campaigns-of-vehicle-class
// class: anchored
// title: {zh: 哪些行动针对某类车辆, en: Campaigns that target a vehicle class}
// summary:
//   zh: 针对一类车辆（含其下属类型与包含它的统称）的行动。一项任务开展几个行动时，只算同一句里写到的那个。
//   en: Campaigns that target a vehicle class, its kinds, or a collective name that comprises it. Of several campaigns of one task only those of the same sentence count.
// questions:
//   - "哪些行动针对{vehicle}"
//   - "which campaigns target {vehicle}"
//   - "(哪些|什么|有哪些|有什么)(行动|专项行动|整治|专项整治|活动|整治行动)[是](针对|涉及|整治|管|查|治理|瞄准|面向)[的]{vehicle}[的]"
//   - "{vehicle}[的|有](哪些|什么)(行动|专项行动|整治|专项整治|活动)"
//   - "(针对|涉及|整治){vehicle}(的)[行动|专项行动|整治行动|活动](有|是)[哪些|什么]"
//   - "(which|what) campaigns target {vehicle}"
//   - "campaigns (for|of|on) {vehicle}"
// cues:
//   - "<campaign> + [<aim>|<which>|<vehicles>]"
// params:
//   - name: vehicle
//     type: search
//     required: true
//     example: 电动自行车
//     title: {zh: 车辆类型, en: vehicle class}
//     labels: [VehicleClass]
// columns:
//   - {name: campaign, zh: 行动, en: campaign}
//   - {name: vehicle_class, zh: 车辆类型, en: vehicle class}
//   - {name: stated_by, zh: 提出者, en: stated by}
//   - {name: document, zh: 文件, en: document}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: rule, zh: 规则, en: rule, evidence: true}
//   - {name: confidence, zh: 置信度, en: confidence, evidence: true}
//   - {name: status, zh: 状态, en: status, evidence: true}
// answer:
//   zh: "针对{vehicle}的行动：{names}（{documents} 个文件）。"
//   en: "Campaigns that target {vehicle}: {names} ({documents} documents)."
// empty:
//   zh: "没有查到针对{vehicle}的行动。"
//   en: "No campaign that targets {vehicle} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_vehicleclass', $vehicle_query) YIELD node RETURN node AS e
  UNION
  MATCH (node:VehicleClass {id: $vehicle}) RETURN node AS e
}
WITH e WHERE e.id = $vehicle OR all(term IN $vehicle_terms WHERE (' ' + e.search + ' ') CONTAINS term)
CALL (e) {
  RETURN e AS v
  UNION
  MATCH (e)<-[k:KIND_OF]-(v:VehicleClass) WHERE NOT coalesce(k.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(k.valid, 'current') = 'current' RETURN v
  UNION
  MATCH (e)<-[k:COMPRISES]-(v:VehicleClass) WHERE NOT coalesce(k.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(k.valid, 'current') = 'current' RETURN v
}
WITH DISTINCT v
CALL (v) {
  MATCH (c:Campaign)-[r:TARGETS]->(v)
  RETURN c, c AS stater, r
  UNION
  MATCH (c:Campaign)<-[does:CARRIES_OUT]-(stater:Task)-[r:TARGETS]->(v)
  WHERE NOT coalesce(does.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(does.valid, 'current') = 'current'
    AND (does.start_char = r.start_char AND does.end_char = r.end_char
      OR NOT EXISTS {
        MATCH (stater)-[also:CARRIES_OUT]->(other:Campaign)
        WHERE other.id <> c.id AND NOT coalesce(also.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(also.valid, 'current') = 'current'
      })
  RETURN c, stater, r
}
WITH v, c, stater, r WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
WITH DISTINCT v, c, stater, r, r.doc AS doc
MATCH (d:Document {id: doc})
RETURN {id: c.id, name: c.name} AS campaign, {id: v.id, name: v.name} AS vehicle_class, {id: stater.id, label: [label IN labels(stater) WHERE label <> 'Entity'][0], name: stater.name} AS stated_by, {id: d.id, name: d.name, issued_on: d.issued_on} AS document, r.quote AS quote, r.start_char AS start, r.end_char AS end,
  r.rule AS rule, r.confidence AS confidence, coalesce(r.status, 'extracted') AS status
ORDER BY c.name, c.id, coalesce(d.issued_on, toString(d.year), '') DESC, r.start_char, r.key, stater.id, v.id
SKIP $skip LIMIT $limit
