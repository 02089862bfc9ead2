"""Documents of two places and three years, read by the pipeline, for tests of links across documents.

The texts are those of ``tests.truth``: invented places, every fact known.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import combinations

from graph.across.facts import record_of
from graph.across.links import links_between, own_links
from graph.ids import text_sha256
from graph.models import Batch, Content, DocumentGraph
from graph.store import Store
from ingest.assemble import assemble
from ingest.pipeline import extract
from tests.truth.generate import generate

ACROSS = frozenset(
    {
        "similar-tasks",
        "plan-versus-outcome",
        "targets-not-reported",
        "unit-calendar",
        "campaign-timeline",
        "citation-ladder",
        "compare-documents",
    }
)
"""Queries that ask across documents."""
DERIVED = ("CORRESPONDS_TO", "REPORTS_ON", "IMPLEMENTS", "SUPERSEDES", "FOLLOWS", "TEXT_OF")
CHOSEN = (
    *("lanchuan-2022-plan", "lanchuan-2023-plan", "lanchuan-2022-scheme", "lanchuan-2024-scheme"),
    *("hefeng-2022-plan", "hefeng-2023-plan", "hefeng-2023-scheme", "hefeng-2024-scheme", "hefeng-2023-summary"),
)


@cache
def graphs() -> dict[str, DocumentGraph]:
    """Document graph by name, in the order of CHOSEN."""
    texts, _ = generate()
    return {doc: _read(f"{doc}.txt", texts[doc]) for doc in CHOSEN}


def loading(*names: str) -> Batch:
    """A batch that loads these documents."""
    return _batch({f"{name}.txt": graphs()[name] for name in names})


def reading(texts: Mapping[str, str]) -> Batch:
    """A batch that loads these texts, by source, as the pipeline reads them."""
    return _batch({source: _read(source, text) for source, text in texts.items()})


def _read(source: str, text: str) -> DocumentGraph:
    return assemble(extract(text), source, sha256=text_sha256(text))


def _batch(given: Mapping[str, DocumentGraph]) -> Batch:
    hashes = {source: text_sha256(graph.text) for source, graph in given.items()}
    return Batch(
        replace=tuple(given.values()),
        sources=hashes,
        contents=tuple(
            Content(hashes[source], graph.text, graph.text.encode(), source) for source, graph in given.items()
        ),
    )


SECOND = """禾丰县公安局交通警察大队2023年道路交通安全工作总结
2023年，大队较好完成了各项任务。现将情况总结如下。
一、主要工作
（一）除隐患。全年完成道路隐患治理47处。
（二）送服务。组织送考下乡8场。
禾丰县公安局交通警察大队
2023年12月29日
"""
"""Another summary of the year of hefeng-2023-summary. It agrees on one figure (8) and not on the other (41)."""


OWNERS = """望塘县公安局交通警察大队{year}年工作要点
各单位：
现将{year}年工作要点印发给你们。
一、重点工作
（一）治理风险路口。由{one}负责，整治风险路口{count}处。
（二）开展夜间查缉。由{two}负责，夜间查缉不少于40次。
（三）举办安全课堂。{three}安全课堂不少于12场。
望塘县公安局交通警察大队
{year}年1月18日
"""
"""A plan whose items have an owner each, the third perhaps none."""


def more_documents() -> Batch:
    """A batch that loads SECOND, and plans of two years: one item moved, one kept, one that names no owner any more."""
    texts = {
        "second.txt": SECOND,
        "owners-2023.txt": OWNERS.format(
            year=2023, one="秩序中队", two="各辖区中队", three="由宣传中队负责，", count=30
        ),
        "owners-2024.txt": OWNERS.format(year=2024, one="事故中队", two="各中队", three="", count=25),
    }
    return reading(texts)


def removing(name: str) -> Batch:
    """A batch that takes this document away."""
    return Batch(remove=(graphs()[name].document,), sources={f"{name}.txt": None})


def expected_links(*names: str) -> list[str]:
    """Keys of all links among these documents, each compared with each."""
    records = [record_of(graphs()[name]) for name in names]
    links = {relation.key for record in records for relation in own_links(record)}
    links |= {relation.key for one, other in combinations(records, 2) for relation in links_between(one, other)}
    return sorted(links)


async def stored_links(store: Store) -> list[str]:
    """Keys of all derived links across documents in ``store``."""
    types = "|".join(DERIVED)
    rows = await store.read(f"MATCH ()-[r:{types}]->() WHERE r.origin = 'derived' RETURN r.key AS key")
    return sorted(row["key"] for row in rows)
