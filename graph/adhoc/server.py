"""What a Neo4j server should be set to before statements from outside reach it: the last layer, which is its own."""

from __future__ import annotations

from graph.errors import Sentence, ZhizeError
from graph.store import Store

_UNSET = frozenset({"0", "0s", "0B", ""})
_FILES = "dbms.security.allow_csv_import_from_file_urls"
_LIMITS: dict[str, tuple[str, Sentence]] = {
    "db.transaction.timeout": ("10m", {"zh": "事务没有时间上限", "en": "transactions have no time limit"}),
    "db.memory.transaction.max": (
        "512m",
        {"zh": "单个事务没有内存上限", "en": "a transaction has no memory limit of its own"},
    ),
    "dbms.memory.transaction.total.max": (
        "70% of the heap",
        {"zh": "全部事务没有内存上限", "en": "all transactions together have no memory limit"},
    ),
}
SETTINGS = (_FILES, *_LIMITS)


async def advice(store: Store) -> list[Sentence]:
    """Settings of the server behind ``store`` that leave it less guarded than it could be; none for other engines."""
    if (await store.health()).engine != "neo4j":
        return []
    try:
        rows = await store.read(
            "SHOW SETTINGS YIELD name, value WHERE name IN $names RETURN name, value", {"names": list(SETTINGS)}
        )
    except ZhizeError:
        return [
            {
                "zh": f"无法读取 Neo4j 的设置，请自行核对：{'、'.join(SETTINGS)}（docs/adhoc.md）",
                "en": f"the settings of Neo4j cannot be read; see to them: {', '.join(SETTINGS)} (docs/adhoc.md)",
            }
        ]
    return judged({row["name"]: str(row["value"]) for row in rows})


def judged(values: dict[str, str]) -> list[Sentence]:
    """What to change in these settings."""
    found: list[Sentence] = []
    if values.get(_FILES, "true").lower() != "false":
        found.append(
            {
                "zh": f"Neo4j 允许 LOAD CSV 读取本机文件，请设置 {_FILES}=false",
                "en": f"Neo4j lets LOAD CSV read its files: set {_FILES}=false",
            }
        )
    for name, (example, said) in _LIMITS.items():
        if values.get(name, "") in _UNSET:
            found.append(
                {
                    "zh": f"Neo4j 的{said['zh']}，请设置 {name}（例如 {example}）",
                    "en": f"Neo4j: {said['en']}; set {name} (such as {example})",
                }
            )
    return found
