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

CALL () {
  MATCH (n:Entity)
  WITH [label IN labels(n) WHERE label <> 'Entity'][0] AS name, count(*) AS count
  RETURN 'node' AS group, name, count
  UNION ALL
  MATCH (:Entity)-[r]->(:Entity)
  WITH type(r) AS name, count(*) AS count
  RETURN 'relation' AS group, name, count
}
WITH group, name, count, group + '.' + name AS id
RETURN group, name, count
ORDER BY group, count DESC, id
SKIP $skip LIMIT $limit
