// name: statistics
// class: global
// title: {zh: 图谱统计, en: Statistics}
// summary:
//   zh: 各类节点与关系的数量。
//   en: Numbers of nodes and relations by type.
// questions:
//   - "图谱有多少数据"
//   - "statistics"
//   - "[图谱|知识图谱|库|系统][里|中](有|共有|一共有)(多少|几个|哪些)(节点|关系|文件|任务|单位|数据|内容)"
//   - "[图谱|知识图谱|数据|总体](统计|概况|规模)[情况|如何|怎么样]"
//   - "(statistics|overview|how big is the graph)"
// params: []
// columns:
//   - {name: group, zh: 分组, en: group}
//   - {name: name, zh: 类型, en: type}
//   - {name: count, zh: 数量, en: count}
// answer:
//   zh: "图谱各类数量：{names}。"
//   en: "Numbers in the graph: {names}."
// empty:
//   zh: "图谱是空的：请先用 zhize ingest 装入文件。"
//   en: "The graph is empty: load documents with zhize ingest."

// One count a label and a type: both engines keep these numbers and need not visit a node.
CALL () {
  MATCH (n:Document) WITH count(n) AS count RETURN 'node' AS group, 'Document' AS name, count
  UNION ALL
  MATCH (n:Section) WITH count(n) AS count RETURN 'node' AS group, 'Section' AS name, count
  UNION ALL
  MATCH (n:Task) WITH count(n) AS count RETURN 'node' AS group, 'Task' AS name, count
  UNION ALL
  MATCH (n:Unit) WITH count(n) AS count RETURN 'node' AS group, 'Unit' AS name, count
  UNION ALL
  MATCH (n:Campaign) WITH count(n) AS count RETURN 'node' AS group, 'Campaign' AS name, count
  UNION ALL
  MATCH (n:VehicleClass) WITH count(n) AS count RETURN 'node' AS group, 'VehicleClass' AS name, count
  UNION ALL
  MATCH (n:Violation) WITH count(n) AS count RETURN 'node' AS group, 'Violation' AS name, count
  UNION ALL
  MATCH (n:Regulation) WITH count(n) AS count RETURN 'node' AS group, 'Regulation' AS name, count
  UNION ALL
  MATCH (n:Road) WITH count(n) AS count RETURN 'node' AS group, 'Road' AS name, count
  UNION ALL
  MATCH (n:Region) WITH count(n) AS count RETURN 'node' AS group, 'Region' AS name, count
  UNION ALL
  MATCH (n:Mechanism) WITH count(n) AS count RETURN 'node' AS group, 'Mechanism' AS name, count
  UNION ALL
  MATCH (n:Platform) WITH count(n) AS count RETURN 'node' AS group, 'Platform' AS name, count
  UNION ALL
  MATCH (n:PersonGroup) WITH count(n) AS count RETURN 'node' AS group, 'PersonGroup' AS name, count
  UNION ALL
  MATCH (n:Person) WITH count(n) AS count RETURN 'node' AS group, 'Person' AS name, count
  UNION ALL
  MATCH (n:Indicator) WITH count(n) AS count RETURN 'node' AS group, 'Indicator' AS name, count
  UNION ALL
  MATCH ()-[r:HAS_SECTION]->() WITH count(r) AS count RETURN 'relation' AS group, 'HAS_SECTION' AS name, count
  UNION ALL
  MATCH ()-[r:STATES]->() WITH count(r) AS count RETURN 'relation' AS group, 'STATES' AS name, count
  UNION ALL
  MATCH ()-[r:PART_OF]->() WITH count(r) AS count RETURN 'relation' AS group, 'PART_OF' AS name, count
  UNION ALL
  MATCH ()-[r:ISSUED_BY]->() WITH count(r) AS count RETURN 'relation' AS group, 'ISSUED_BY' AS name, count
  UNION ALL
  MATCH ()-[r:LEADS]->() WITH count(r) AS count RETURN 'relation' AS group, 'LEADS' AS name, count
  UNION ALL
  MATCH ()-[r:COOPERATES]->() WITH count(r) AS count RETURN 'relation' AS group, 'COOPERATES' AS name, count
  UNION ALL
  MATCH ()-[r:EXECUTES]->() WITH count(r) AS count RETURN 'relation' AS group, 'EXECUTES' AS name, count
  UNION ALL
  MATCH ()-[r:ASSIGNS]->() WITH count(r) AS count RETURN 'relation' AS group, 'ASSIGNS' AS name, count
  UNION ALL
  MATCH ()-[r:SUPERVISES]->() WITH count(r) AS count RETURN 'relation' AS group, 'SUPERVISES' AS name, count
  UNION ALL
  MATCH ()-[r:CARRIES_OUT]->() WITH count(r) AS count RETURN 'relation' AS group, 'CARRIES_OUT' AS name, count
  UNION ALL
  MATCH ()-[r:TARGETS]->() WITH count(r) AS count RETURN 'relation' AS group, 'TARGETS' AS name, count
  UNION ALL
  MATCH ()-[r:USES]->() WITH count(r) AS count RETURN 'relation' AS group, 'USES' AS name, count
  UNION ALL
  MATCH ()-[r:CITES]->() WITH count(r) AS count RETURN 'relation' AS group, 'CITES' AS name, count
  UNION ALL
  MATCH ()-[r:AIMS_AT]->() WITH count(r) AS count RETURN 'relation' AS group, 'AIMS_AT' AS name, count
  UNION ALL
  MATCH ()-[r:MEASURES]->() WITH count(r) AS count RETURN 'relation' AS group, 'MEASURES' AS name, count
  UNION ALL
  MATCH ()-[r:MENTIONS]->() WITH count(r) AS count RETURN 'relation' AS group, 'MENTIONS' AS name, count
  UNION ALL
  MATCH ()-[r:SUBORDINATE_TO]->() WITH count(r) AS count RETURN 'relation' AS group, 'SUBORDINATE_TO' AS name, count
  UNION ALL
  MATCH ()-[r:MEMBER_OF]->() WITH count(r) AS count RETURN 'relation' AS group, 'MEMBER_OF' AS name, count
  UNION ALL
  MATCH ()-[r:LOCATED_IN]->() WITH count(r) AS count RETURN 'relation' AS group, 'LOCATED_IN' AS name, count
  UNION ALL
  MATCH ()-[r:WITHIN]->() WITH count(r) AS count RETURN 'relation' AS group, 'WITHIN' AS name, count
  UNION ALL
  MATCH ()-[r:KIND_OF]->() WITH count(r) AS count RETURN 'relation' AS group, 'KIND_OF' AS name, count
  UNION ALL
  MATCH ()-[r:VARIANT_OF]->() WITH count(r) AS count RETURN 'relation' AS group, 'VARIANT_OF' AS name, count
  UNION ALL
  MATCH ()-[r:HOLDS_POST]->() WITH count(r) AS count RETURN 'relation' AS group, 'HOLDS_POST' AS name, count
  UNION ALL
  MATCH ()-[r:CORRESPONDS_TO]->() WITH count(r) AS count RETURN 'relation' AS group, 'CORRESPONDS_TO' AS name, count
  UNION ALL
  MATCH ()-[r:REPORTS_ON]->() WITH count(r) AS count RETURN 'relation' AS group, 'REPORTS_ON' AS name, count
  UNION ALL
  MATCH ()-[r:IMPLEMENTS]->() WITH count(r) AS count RETURN 'relation' AS group, 'IMPLEMENTS' AS name, count
  UNION ALL
  MATCH ()-[r:COMPRISES]->() WITH count(r) AS count RETURN 'relation' AS group, 'COMPRISES' AS name, count
  UNION ALL
  MATCH ()-[r:TEXT_OF]->() WITH count(r) AS count RETURN 'relation' AS group, 'TEXT_OF' AS name, count
}
WITH group, name, count, group + '.' + name AS id WHERE count > 0
RETURN group, name, count
ORDER BY group, count DESC, id
SKIP $skip LIMIT $limit
