// name: unit-hierarchy
// class: anchored
// title: {zh: 单位的上下级, en: Units above and below}
// summary:
//   zh: 一个单位的上级、下级与所属议事协调机构及其成员单位。
//   en: Units above and below a unit, coordination bodies it belongs to, and their members.
// questions:
//   - "{unit}的上级是谁"
//   - "what is above {unit}"
//   - "{unit}[的](上级|下级|上级单位|下级单位|下属单位|隶属关系|上下级|主管单位|成员单位|组织架构)[是|有][谁|什么|哪些|哪个]"
//   - "{unit}(隶属于|属于|隶属|归)(谁|哪里|哪个单位|什么单位|哪个部门)[管]"
//   - "(units|who is|what is) (above|below|under) {unit}"
// cues:
//   - "<above> + [关系|<which>|<who>|<units>|<above>|科|科室|队|中队|机构]"
//   - "<who> + 管|管着|领导|主管|分管|归|归口|属 + [<units>|<above>]"
// params:
//   - name: unit
//     type: search
//     required: true
//     example: 交警大队
//     title: {zh: 单位, en: unit}
//     labels: [Unit]
// columns:
//   - {name: unit, zh: 单位, en: unit}
//   - {name: direction, zh: 方向, en: direction}
//   - {name: distance, zh: 层数, en: steps}
//   - {name: other, zh: 上下级单位, en: related unit}
// answer:
//   zh: "{unit}的上下级与成员关系共 {total} 条：{names}。"
//   en: "{unit} has {total} units above, below or beside it: {names}."
// empty:
//   zh: "没有查到{unit}的上下级关系。"
//   en: "No unit above or below {unit} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_unit', $unit_query) YIELD node RETURN node AS u
  UNION
  MATCH (node:Unit {id: $unit}) RETURN node AS u
}
WITH u WHERE u.id = $unit OR all(term IN $unit_terms WHERE (' ' + u.search + ' ') CONTAINS term)
CALL (u) {
  MATCH p = (u)-[:SUBORDINATE_TO*1..5]->(other:Unit)
  WHERE all(r IN relationships(p) WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current')
  RETURN other, 'above' AS direction, length(p) AS distance
  UNION
  MATCH p = (u)<-[:SUBORDINATE_TO*1..5]-(other:Unit)
  WHERE all(r IN relationships(p) WHERE NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current')
  RETURN other, 'below' AS direction, length(p) AS distance
  UNION
  MATCH (u)-[m:MEMBER_OF]->(other:Unit)
  WHERE NOT coalesce(m.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(m.valid, 'current') = 'current'
  RETURN other, 'member of' AS direction, 1 AS distance
  UNION
  MATCH (u)<-[m:MEMBER_OF]-(other:Unit)
  WHERE NOT coalesce(m.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(m.valid, 'current') = 'current'
  RETURN other, 'has member' AS direction, 1 AS distance
}
WITH u, other, direction, distance WHERE other.id <> u.id
WITH u, other, direction, min(distance) AS distance
RETURN {id: u.id, name: u.name} AS unit, direction, distance, {id: other.id, name: other.name, level: other.level} AS other
ORDER BY u.name, u.id, direction, distance, other.name, other.id
SKIP $skip LIMIT $limit
