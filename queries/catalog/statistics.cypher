// name: statistics
// class: global
// title: {zh: 图谱统计, en: Statistics}
// summary:
//   zh: 各类节点与关系的数量，待审核和已驳回的不计。
//   en: Numbers of nodes and relations by type, without what is only proposed or was rejected.
// questions:
//   - "图谱有多少数据"
//   - "statistics"
//   - "[图谱|知识图谱|库|系统][里|中](有|共有|一共有)(多少|几个|哪些)(节点|关系|文件|任务|单位|数据|内容)"
//   - "[图谱|知识图谱|数据|总体](统计|概况|规模)[情况|如何|怎么样]"
//   - "(statistics|overview|how big is the graph)"
// cues:
//   - "<graph> + <amount> + [<things>|<amount>]"
//   - "<amount> + <things> + [<graph>|<things>|<amount>]"
//   - "statistics|overview|图谱统计|统计|概况|图谱概况"
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

// Counted in the plain forms for which both engines keep the numbers and need not visit nodes and relations.
CALL () {
  MATCH (n:Document) RETURN 'Document' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Section) RETURN 'Section' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Task) RETURN 'Task' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Unit) RETURN 'Unit' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Campaign) RETURN 'Campaign' AS name, count(n) AS count
  UNION ALL
  MATCH (n:VehicleClass) RETURN 'VehicleClass' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Violation) RETURN 'Violation' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Regulation) RETURN 'Regulation' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Road) RETURN 'Road' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Region) RETURN 'Region' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Mechanism) RETURN 'Mechanism' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Platform) RETURN 'Platform' AS name, count(n) AS count
  UNION ALL
  MATCH (n:PersonGroup) RETURN 'PersonGroup' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Person) RETURN 'Person' AS name, count(n) AS count
  UNION ALL
  MATCH (n:Indicator) RETURN 'Indicator' AS name, count(n) AS count
  UNION ALL
  MATCH ()-[r]->() RETURN type(r) AS name, count(r) AS count
}
WITH collect({name: name, count: count}) AS counted
// What is only proposed or was rejected is taken off again.
CALL () {
  MATCH (n:Task|Unit|Campaign|VehicleClass|Violation|Regulation|Road|Region|Mechanism|Platform|PersonGroup|Person|Indicator)
  WHERE n.status IN ['proposed', 'rejected']
  WITH [label IN labels(n) WHERE label <> 'Entity'][0] AS name, count(n) AS count
  RETURN collect({name: name, count: count}) AS nodes
}
CALL () {
  MATCH ()-[r]->() WHERE r.status IN ['proposed', 'rejected']
  WITH type(r) AS name, count(r) AS count
  RETURN collect({name: name, count: count}) AS relations
}
WITH counted, nodes + relations AS proposed
UNWIND counted AS one
WITH one.name AS name,
  one.count - reduce(n = 0, p IN proposed | n + CASE WHEN p.name = one.name THEN p.count ELSE 0 END) AS count
WITH CASE WHEN name = toUpper(name) THEN 'relation' ELSE 'node' END AS group, name, count, name AS id WHERE count > 0
RETURN group, name, count
ORDER BY group, count DESC, id
SKIP $skip LIMIT $limit
