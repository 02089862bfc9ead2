"""Random sequences of decisions on a real store: what is kept step by step is what a rebuild makes at once."""

from __future__ import annotations

import random

import pytest

from graph.connect import open_store
from graph.doctor import examine
from graph.errors import DecisionRefused, InvalidParameter, NotFound
from graph.hashing import graph_hash
from graph.review.decide import Decision, decide
from graph.review.log import read_log
from graph.review.state import fold
from graph.review.transfer import export_log, import_log
from graph.store import Store
from tests.store import graphs as g
from tests.store.deciding import asked, loaded

STEPS = 8
ACTIONS = ("accept", "reject", "edit", "merge", "merge", "split", "split", "different", "undo", "undo")
ROLES = ("LEADS", "COOPERATES", "EXECUTES")


async def column(store: Store, statement: str) -> list[str]:
    return [row["x"] for row in await store.read(statement)]


async def drawn(store: Store, chance: random.Random) -> Decision:
    """A decision about something in the store, likely one that can be made."""
    action = chance.choice(
        ["accept", "reject", "edit", "merge", "merge", "split", "split", "different", "undo", "undo"]
    )
    keys = [r["key"] for r in await store.read("MATCH ()-[r]->() RETURN r.key AS key ORDER BY key")]
    units = [r["id"] for r in await store.read("MATCH (n:Unit) RETURN n.id AS id ORDER BY id")]
    nodes = units + [
        r["id"] for r in await store.read("MATCH (n:Campaign|Task|Indicator) RETURN n.id AS id ORDER BY id")
    ]
    if action == "undo":
        return asked("undo", str(chance.randint(1, STEPS)))
    if action in ("merge", "different"):
        return asked(action, chance.choice(units), **{"into" if action == "merge" else "other": chance.choice(units)})
    if action == "split":
        where = chance.choice(
            [{"documents": (chance.choice(list(g.library().sources)),)}, {"facts": (chance.choice(keys),)}]
        )
        return asked("split", chance.choice(units), name=chance.choice(["新局", "新队"]), **where)
    if action == "edit" and chance.random() < 0.5:
        return asked("edit", chance.choice(units), changes={"name": chance.choice(["甲局", "乙局"])})
    if action == "edit":
        return asked("edit", chance.choice(keys), changes={"role": chance.choice(ROLES)})
    return asked(action, chance.choice(keys if chance.random() < 0.6 else nodes))


@pytest.mark.parametrize("seed", range(20))
async def test_steps_end_where_a_rebuild_ends(
    seed: int, embedded_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also sound by the doctor's checks; and with all undone, the graph is as extracted."""
    await loaded(embedded_store)
    extracted = await graph_hash(embedded_store)
    chance = random.Random(seed)
    made = 0
    for _ in range(STEPS * 3):
        try:
            await decide(embedded_store, await drawn(embedded_store, chance))
            made += 1
        except (DecisionRefused, InvalidParameter, NotFound):
            continue
        if made == STEPS:
            break
    assert made == STEPS
    assert (await examine(embedded_store)).problems == ()
    other = await open_store(f"embedded:{tmp_path_factory.mktemp('rebuilt') / 'store'}")
    await import_log(other, "\n".join(await export_log(embedded_store)))
    library = g.library()
    for graph in chance.sample(library.replace, len(library.replace)):
        await other.write(g.only(library, graph))
    assert await graph_hash(other) == await graph_hash(embedded_store)
    await other.close()
    for id_, _ in reversed(fold((await read_log(embedded_store)).entries).active):
        await decide(embedded_store, asked("undo", id_))
    assert await graph_hash(embedded_store) == extracted
