"""What is worth a person's time: what comes, in which order, and that decided things do not come again."""

from __future__ import annotations

import pytest

from graph.errors import InvalidParameter
from graph.ids import node_id
from graph.models import Batch, Node
from graph.review.decide import decide
from graph.review.queue import KINDS, MOST, queue
from graph.store import Store
from tests.store import graphs as g
from tests.store.deciding import asked, key_of, loaded


def doubtful() -> g.Writing:
    """A document with an unsure duty, an unknown campaign, a proposal and an alias that another unit has too."""
    w = g.Writing(
        "qinghe/2025.txt", "青禾县2025年方案\n开展护学行动。教育局配合。规范停车。\n", "青禾县2025年方案", year=2025
    )
    task = w.task("开展护学行动", "item", w.node)
    other = g.shared("Unit", "柳泉市教育局", "青禾县教育局", jurisdiction="云岭省青禾县")
    w.duty(other, task, "教育局配合", "COOPERATES", confidence=0.6)
    w.fact("CARRIES_OUT", task, g.shared("Campaign", "护学行动"), "开展护学行动", confidence=0.95)
    w.fact("CARRIES_OUT", task, g.shared("Campaign", "护学岗行动"), "开展护学行动", confidence=0.95)
    w.fact("TARGETS", task, g.TRUCK, "规范停车", status="proposed", confidence=0.5)
    return w


async def filled(store: Store) -> None:
    await loaded(store)
    await store.write(g.batch_of(doubtful()))


async def test_the_queue_holds_every_kind_of_doubt_most_worthwhile_first(store: Store) -> None:
    """Score is doubt times one more than what rests on it; both engines give the same pages."""
    await filled(store)
    await decide(store, asked("reject", await key_of(store, "LEADS", g.MARKET.id, "规范停车")))
    plan = g.plan()
    await store.write(Batch(remove=(plan.id,), sources={plan.source: None}))
    items = await queue(store, limit=100)
    kinds = {item.kind for item in items}
    assert kinds == set(KINDS) - {"owners"}
    assert [item.score for item in items] == sorted((item.score for item in items), reverse=True)
    for item in items:
        assert item.score == round(item.doubt * (1 + item.dependants), 4)
        assert 0 <= item.dependants <= MOST
    pages = [await queue(store, skip=skip, limit=3) for skip in range(0, len(items), 3)]
    assert [item for page in pages for item in page] == items
    for kind in kinds:
        assert await queue(store, kind=kind, limit=100) == [item for item in items if item.kind == kind]


async def test_each_kind_names_what_is_to_be_decided(store: Store) -> None:
    """A key or id that a decision can be about, and the sentence where there is one."""
    await filled(store)
    unsure = next(i for i in await queue(store, kind="unsure") if i.what == "COOPERATES")
    assert (unsure.name, unsure.quote, unsure.doubt) == ("柳泉市教育局 → 开展护学行动", "教育局配合", 0.4)
    assert unsure.document == {"id": doubtful().id, "name": "青禾县2025年方案"}
    (suspicious,) = await queue(store, kind="suspicious")
    assert suspicious.details == {"suspicion": "大于总数132"}
    (owners,) = await queue(store, kind="owners")
    assert (owners.name, owners.details["units"]) == ("规范停车", ["青禾县市场监管局", "青禾县教育局"])
    same = {frozenset((i.target, i.other)): i.details["called"] for i in await queue(store, kind="same-name")}
    twin = g.shared("Unit", "柳泉市教育局").id
    assert same[frozenset((g.EDUCATION.id, twin))] == "青禾县教育局"
    assert "护学行动" in {i.name for i in await queue(store, kind="unknown", limit=100)}
    (nearly,) = await queue(store, kind="alike")
    assert (nearly.name, nearly.details) == ("护学岗行动 / 护学行动", {"likeness": 0.8889})
    (proposed, *_) = await queue(store, kind="proposed")
    assert proposed.doubt == 0.5


async def test_what_was_decided_is_not_asked_again(store: Store) -> None:
    """Accepted or rejected, declared different: each leaves the queue, and comes back when it is undone."""
    await filled(store)
    before = {(i.kind, i.target) for i in await queue(store, limit=200)}
    unsure = (await queue(store, kind="unsure"))[0]
    (suspicious,) = await queue(store, kind="suspicious")
    same = (await queue(store, kind="same-name"))[0]
    (nearly,) = await queue(store, kind="alike")
    unknown = next(i for i in await queue(store, kind="unknown", limit=100) if i.name == "护学行动")
    proposed = (await queue(store, kind="proposed"))[0]
    (owners,) = await queue(store, kind="owners")
    made = [
        await decide(store, asked("accept", unsure.target)),
        await decide(store, asked("edit", suspicious.target, changes={"value": "127"})),
        await decide(store, asked("different", same.target, other=same.other)),
        await decide(store, asked("different", nearly.target, other=nearly.other)),
        await decide(store, asked("reject", unknown.target)),
        await decide(store, asked("reject", proposed.target)),
        *[await decide(store, asked("accept", key)) for key in owners.details["facts"]],
    ]
    left = {(i.kind, i.target) for i in await queue(store, limit=200)}
    for item in (unsure, suspicious, same, nearly, unknown, proposed, owners):
        assert (item.kind, item.target) in before - left
    for id_, _ in made:
        await decide(store, asked("undo", id_))
    assert {(i.kind, i.target) for i in await queue(store, limit=200)} == before


async def test_a_name_that_two_places_share_is_no_question(store: Store) -> None:
    """县大队 means another body in every county."""
    w = g.Writing("x.txt", "甲县、乙县县大队检查。\n", "检查")
    task = w.task("检查", "item", w.node)
    for county in ("甲县", "乙县"):
        w.duty(g.shared("Unit", f"{county}大队", "县大队", jurisdiction=county), task, "县大队检查", confidence=0.95)
    await store.write(g.batch_of(w))
    assert await queue(store, kind="same-name") == []


async def test_a_body_whose_city_only_one_document_names_is_a_question(store: Store) -> None:
    """甲县公安局 of a document that does not say of which city, and of one that does: a person may merge them."""
    w = g.Writing("x.txt", "甲县公安局检查。\n", "检查")
    task = w.task("检查", "item", w.node)
    for at in ("甲县", "乙市/甲县"):
        unit = Node("Unit", node_id("Unit", at, "公安局"), "甲县公安局", "police", (), {"jurisdiction": at})
        w.duty(unit, task, "甲县公安局检查", confidence=0.95)
    await store.write(g.batch_of(w))
    (item,) = await queue(store, kind="same-name")
    assert item.details == {"called": "甲县公安局"}
    await decide(store, asked("merge", item.target, into=item.other))
    assert await queue(store, kind="same-name") == []


async def test_an_unknown_kind_is_refused(store: Store) -> None:
    """In a sentence that lists those there are."""
    with pytest.raises(InvalidParameter, match="unsure"):
        await queue(store, kind="everything")
