"""Documents of two places and three years, read by the pipeline, for tests of links across documents.

The texts are those of ``tests.truth``: invented places, every fact known.
"""

from __future__ import annotations

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
    return {doc: assemble(extract(texts[doc]), f"{doc}.txt", sha256=text_sha256(texts[doc])) for doc in CHOSEN}


def loading(*names: str) -> Batch:
    """A batch that loads these documents."""
    chosen = {name: graphs()[name] for name in names}
    return Batch(
        replace=tuple(chosen.values()),
        sources={f"{name}.txt": text_sha256(graph.text) for name, graph in chosen.items()},
        contents=tuple(
            Content(text_sha256(graph.text), graph.text, graph.text.encode(), f"{name}.txt")
            for name, graph in chosen.items()
        ),
    )


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
