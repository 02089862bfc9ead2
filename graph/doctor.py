"""The state of a store at one look: versions, counts, hash, integrity, and what to do about what is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field

from graph.documents import TIMEOUT, meta
from graph.errors import Sentence
from graph.hashing import graph_hash
from graph.integrity import circular, damaged, homeless, miscounted, misfiled, unproved
from graph.ontology import ontology
from graph.schema import SCHEMA_VERSION
from graph.store import Health, Store

EXAMPLES = 5
_LOAD_ANEW: Sentence = {
    "zh": "先用 zhize rebuild 由原文重建；仍有问题，就换一个新的存储（--store），用 zhize ingest 重新载入原文件。",
    "en": "Make the graph anew with zhize rebuild; if that does not help, load the files into another store (--store).",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """``count`` things are wrong in the way ``code`` names; a few ``examples`` (ids, keys); what it is, what to do."""

    code: str
    count: int
    examples: tuple[str, ...]
    message: Sentence
    remedy: Sentence


@dataclass(frozen=True, slots=True)
class Examination:
    """What ``zhize doctor`` shows. ``nodes`` and ``relations`` are counts, zero ones left out."""

    health: Health
    schema_known: int
    knowledge: str
    nodes: dict[str, int]
    relations: dict[str, int]
    graph_hash: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return self.health.ok and not self.problems


@dataclass(frozen=True, slots=True)
class _Check:
    code: str
    find: Callable[[Store], AsyncIterator[str]]
    message: Sentence
    remedy: Sentence = field(default_factory=lambda: _LOAD_ANEW)


_CHECKS = (
    _Check(
        "unproved-facts",
        unproved,
        {"zh": "有事实的引文与原文不符或缺失", "en": "Facts whose quote is missing or differs from the stored text"},
    ),
    _Check(
        "facts-of-absent-documents",
        homeless,
        {"zh": "有事实所属的文件不在库中", "en": "Facts of documents that are not in the store"},
    ),
    _Check(
        "support-mismatch",
        miscounted,
        {"zh": "共享节点或关系的引用计数与文件不符", "en": "Shared nodes or relations whose support is miscounted"},
    ),
    _Check(
        "misfiled-texts",
        misfiled,
        {"zh": "原文、来源与文件登记不一致", "en": "Texts, sources and documents that do not match"},
    ),
    _Check(
        "circular-hierarchies",
        circular,
        {
            "zh": "上下级、成员、属于等关系中有环：各方互为上级",
            "en": "Circles among what is above, contains or is made of what: each is above the other",
        },
        {
            "zh": "查询照常可用。用 zhize review reject 驳回不实的关系，或撤销造成环的合并。",
            "en": "Queries still answer. Reject what is untrue (zhize review reject) or undo the merge that closed it.",
        },
    ),
    _Check(
        "damaged-decisions",
        damaged,
        {
            "zh": "审核记录有损坏或缺失的条目，其余照常生效",
            "en": "Damaged or missing lines of the log of decisions; all others count",
        },
        {
            "zh": "用 zhize review log 查看，用 zhize rebuild 使图不再受其影响；"
            "把完好的导出记录导入一个没有审核记录的存储即可恢复。",
            "en": "See zhize review log; zhize rebuild takes their effect out of the graph. An exported log that is "
            "whole can be imported into a store without decisions.",
        },
    ),
)


async def examine(store: Store) -> Examination:
    """Look at everything; reads only. A store that is down gives an examination with ``health.ok`` False."""
    health = await store.health()
    if not health.ok:
        return Examination(health, SCHEMA_VERSION, "", {}, {}, "", ())
    problems = [problem for check in _CHECKS if (problem := await _run(store, check))]
    return Examination(
        health,
        SCHEMA_VERSION,
        (await meta(store)).knowledge,
        await _counts(store, "MATCH (x:{name})", ontology().nodes),
        await _counts(store, "MATCH ()-[x:{name}]->()", ontology().relations),
        await graph_hash(store),
        tuple(problems),
    )


async def _run(store: Store, check: _Check) -> Problem | None:
    count = 0
    examples: list[str] = []
    async for found in check.find(store):
        count += 1
        if count <= EXAMPLES:
            examples.append(found)
    return Problem(check.code, count, tuple(examples), check.message, check.remedy) if count else None


async def _counts(store: Store, pattern: str, names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        rows = await store.read(f"{pattern.format(name=name)} RETURN count(x) AS n", timeout=TIMEOUT)
        if rows[0]["n"]:
            counts[name] = rows[0]["n"]
    return counts
