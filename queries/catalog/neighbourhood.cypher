// name: neighbourhood
// class: anchored
// title: {zh: 周围有什么, en: Neighbourhood of a node}
// summary:
//   zh: 与一个节点直接相连的全部节点与关系。
//   en: Every node and relation directly connected to a node.
// questions:
//   - "与{node}有关的有什么"
//   - "what is related to {node}"
//   - "{node}[的](周围|相关|关联|邻居)[有|是|的|节点][什么|哪些|内容|事项]"
//   - "(与|和|跟){node}(有关|相关|关联)[的][有|是][什么|哪些|内容]"
//   - "(neighbours|neighbourhood) of {node}"
//   - "what is (connected|related) to {node}"
// cues:
//   - "<around> + [<around>|节点|<things>]"
// params:
//   - name: node
//     type: search
//     required: true
//     example: 一盔一带
//     title: {zh: 节点名称或编号, en: name or id of a node}
//     labels: [Document, Task, Unit, Campaign, VehicleClass, Violation, Regulation, Road, Region, Mechanism, Platform, PersonGroup, Indicator, Person]
//   - name: relation
//     type: enum
//     values: [HAS_SECTION, STATES, PART_OF, ISSUED_BY, LEADS, COOPERATES, EXECUTES, ASSIGNS, SUPERVISES, CARRIES_OUT, TARGETS, USES, CITES, AIMS_AT, MEASURES, MENTIONS, SUBORDINATE_TO, MEMBER_OF, LOCATED_IN, WITHIN, KIND_OF, VARIANT_OF, HOLDS_POST, CORRESPONDS_TO, REPORTS_ON, IMPLEMENTS, SUPERSEDES, FOLLOWS, COMPRISES, TEXT_OF]
//     title: {zh: 只看某种关系, en: only this relation}
//     words:
//       LEADS: [牵头, 牵头关系, leads]
//       COOPERATES: [配合, 配合关系, cooperates]
//       EXECUTES: [执行关系, executes]
//       SUPERVISES: [督办, 督办关系, supervises]
//       ISSUED_BY: [发文关系, 印发关系, issued_by]
//       STATES: [提出关系, states]
//       CARRIES_OUT: [开展关系, carries_out]
//       TARGETS: [针对, 针对关系, 对象关系, targets, 对象]
//       CITES: [引用, 引用关系, cites]
//       MENTIONS: [提及, 提及关系, mentions]
//       SUBORDINATE_TO: [隶属, 隶属于, 隶属关系, subordinate_to]
//       MEMBER_OF: [成员, 成员关系, member_of, 是…成员, member-of, membership]
//       LOCATED_IN: [位于, 所在地, located_in, 坐落, 坐落于, 位于哪, 地处, 在哪个区, 在哪个县, 位置关系, located]
//       KIND_OF: [种属, 种属关系, 属于种类, kind_of, 上位类别, 上位概念, 下位类别, 属于哪类, 属哪一类, 归入哪类, 种类关系, 类属, 类属关系, kind-of]
//       VARIANT_OF: [变体, 变体关系, variant_of, 变种, 哪个行动的变体, variant]
//       CORRESPONDS_TO: [对应, 对应关系, corresponds_to]
//       IMPLEMENTS: [落实关系, 贯彻关系, implements]
//       SUPERSEDES: [废止, 废止关系, supersedes]
//       FOLLOWS: [延续, 延续关系, follows]
//       WITHIN: [地域上从属, 从属哪里, 上级区域, 属于哪个市, 属于哪个县, 隶属哪个市, 在哪个市, within]
//       USES: [使用, 使用关系, 用到, 运用, uses, use]
//       AIMS_AT: [指向目标, "aims at"]
//       MEASURES: [衡量, 度量, measures]
//       HOLDS_POST: [任职, 任职关系, "holds post"]
//       REPORTS_ON: [结果关系, "reports on"]
//       PART_OF: [属于关系, "part of"]
//       HAS_SECTION: [章节关系, "has section"]
//       TEXT_OF: [正文关系, "text of"]
//       ASSIGNS: [部署关系, 交办关系, assigns]
//       COMPRISES: [包含关系, comprises, 包含哪些, 包了哪, 统称, 涵盖哪些车, 包括哪些, 拆成, 分解成, 组成, comprise]
// columns:
//   - {name: node, zh: 节点, en: node}
//   - {name: relation, zh: 关系, en: relation}
//   - {name: direction, zh: 方向, en: direction}
//   - {name: other, zh: 相连节点, en: neighbour}
//   - {name: implicit, zh: 继承, en: inherited}
//   - {name: document, zh: 文件编号, en: document id}
//   - {name: quote, zh: 原文, en: quote, evidence: true}
//   - {name: start, zh: 起, en: start, evidence: true}
//   - {name: end, zh: 止, en: end, evidence: true}
//   - {name: key, zh: 关系编号, en: key, evidence: true}
// answer:
//   zh: "与{node}直接相连的关系有 {total} 条：{names}。"
//   en: "{node} has {total} relations: {names}."
// empty:
//   zh: "没有查到与{node}相连的节点。"
//   en: "Nothing connected to {node} was found."

CALL () {
  CALL db.index.fulltext.queryNodes('search_document', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_task', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_unit', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_campaign', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_vehicleclass', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_violation', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_regulation', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_road', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_region', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_mechanism', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_platform', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_persongroup', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_indicator', $node_query) YIELD node RETURN node AS n
  UNION
  CALL db.index.fulltext.queryNodes('search_person', $node_query) YIELD node RETURN node AS n
  UNION
  MATCH (node:Document|Task|Unit|Campaign|VehicleClass|Violation|Regulation|Road|Region|Mechanism|Platform|PersonGroup|Indicator|Person {id: $node}) RETURN node AS n
}
WITH n WHERE n.id = $node OR all(term IN $node_terms WHERE (' ' + n.search + ' ') CONTAINS term)
MATCH (n)-[r]-(other:Entity)
WHERE ($relation IS NULL OR type(r) = $relation) AND NOT coalesce(r.status, 'extracted') IN ['proposed', 'rejected'] AND coalesce(r.valid, 'current') = 'current'
RETURN {id: n.id, label: [label IN labels(n) WHERE label <> 'Entity'][0], name: n.name} AS node, type(r) AS relation, CASE WHEN startNode(r).id = n.id THEN 'out' ELSE 'in' END AS direction,
  {id: other.id, label: [label IN labels(other) WHERE label <> 'Entity'][0], name: other.name} AS other, coalesce(r.implicit, false) AS implicit, r.doc AS document,
  r.quote AS quote, r.start_char AS start, r.end_char AS end, r.key AS key
ORDER BY n.id, relation, direction, other.name, other.id, r.key
SKIP $skip LIMIT $limit
