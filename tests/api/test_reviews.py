"""Review over REST: who may decide, what an answer holds, what is refused and how."""

from __future__ import annotations

import re

import pytest

from graph.store import Store
from service import review_models as models
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import KEY, assert_problem, calling
from tests.store import graphs as g
from tests.store.deciding import key_of, loaded

URL = "/api/v1/reviews"


async def test_a_decision_is_made_listed_and_undone(store: Store) -> None:
    """Signed with the caller and the name they give; the log is newest first and paged; the fact leaves the answers."""
    await loaded(store)
    key = await key_of(store, "LEADS", g.EDUCATION.id, "深化“一盔一带”安全守护行动")
    question = "/api/v1/queries/units-owning-task?task=一盔一带"
    async with calling(create_app(Settings(query_timeout=60), store)) as http:
        before = (await http.get(question)).json()["rows"]
        made = await http.post(URL, json={"action": "reject", "target": key, "reason": "原文未提", "by": "张三"})
        assert made.status_code == 201, made.text
        one = models.ReviewOut.model_validate(made.json())
        assert (one.seq, one.by, one.standing, one.facts[0].key) == (1, "张三 (loopback)", "in-force", key)
        after = (await http.get(question)).json()["rows"]
        assert [row for row in before if row not in after] == [
            row for row in before if row["unit"]["id"] == g.EDUCATION.id
        ][:1]
        undo = await http.post(URL, json={"action": "undo", "target": "1", "reason": "看错了"})
        assert undo.json()["by"] == "loopback"
        assert (await http.get(question)).json()["rows"] == before
        page = models.ReviewsOut.model_validate((await http.get(URL, params={"limit": 1})).json())
        assert (page.total, [d.action for d in page.decisions], page.damaged) == (2, ["undo"], [])
        rest = (await http.get(URL, params={"limit": 1, "cursor": page.next})).json()
        assert [(d["action"], d["standing"], d["undone_by"]) for d in rest["decisions"]] == [("reject", "undone", 2)]
        assert rest["next"] is None
        about = (await http.get(URL, params={"target": key, "standing": "undone"})).json()
        assert about["total"] == 1


async def test_a_decision_is_found_by_the_key_its_fact_has_now(embedded_store: Store) -> None:
    """A corrected role gives the relation another key; what was decided about it is shown under that too."""
    await loaded(embedded_store)
    key = await key_of(embedded_store, "EXECUTES")
    async with calling(create_app(Settings(), embedded_store)) as http:
        asked = {"action": "edit", "target": key, "reason": "原文为配合", "changes": {"role": "COOPERATES"}}
        assert (await http.post(URL, json=asked)).status_code == 201
        rows = await embedded_store.read("MATCH ()-[r]->() WHERE r.corrected_from IS NOT NULL RETURN r.key AS key")
        now = rows[0]["key"]
        assert now != key
        assert (await http.get(URL, params={"target": now})).json()["total"] == 1
        edges = (await http.get(f"/api/v1/nodes/{g.VILLAGES.id}/neighbours")).json()["edges"]
        assert [edge["corrected_from"] for edge in edges] == [['role="EXECUTES"']]


async def test_the_queue_is_paged(embedded_store: Store) -> None:
    """Each item in its declared shape."""
    await loaded(embedded_store)
    async with calling(create_app(Settings(), embedded_store)) as http:
        first = models.ReviewQueueOut.model_validate((await http.get(f"{URL}/queue", params={"limit": 2})).json())
        assert len(first.items) == 2
        more = (await http.get(f"{URL}/queue", params={"limit": 1000, "cursor": first.next})).json()
        assert more["next"] is None
        assert first.items[0].target not in {item["target"] for item in more["items"]}
        assert_problem(await http.get(f"{URL}/queue", params={"kind": "all"}), 422, "invalid-parameter")
        assert_problem(await http.get(f"{URL}/queue", params={"cursor": "x"}), 422, "invalid-parameter")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"action": "reject", "target": "0" * 20, "reason": "x"}, 404, "not-found"),
        ({"action": "undo", "target": "7", "reason": "x"}, 404, "not-found"),
        ({"action": "burn", "target": "0" * 20, "reason": "x"}, 422, "invalid-parameter"),
        ({"action": "reject", "target": "0" * 20}, 422, "invalid-parameter"),
        ({"action": "reject", "target": "0" * 20, "reason": ""}, 422, "invalid-parameter"),
        ({"action": "reject", "target": "0" * 20, "reason": "x", "colour": "red"}, 422, "invalid-parameter"),
        ([], 422, "invalid-parameter"),
        ({"action": "reject", "target": "0" * 201, "reason": "x"}, 422, "invalid-parameter"),
        ({"action": "split", "target": "x", "reason": "x", "facts": ["0"] * 1001}, 422, "invalid-parameter"),
    ],
)
async def test_what_cannot_be_decided_is_a_problem_in_the_callers_language(
    empty_store: Store, asked: object, status: int, code: str
) -> None:
    """Chinese and English."""
    async with calling(create_app(Settings(), empty_store)) as http:
        for lang in ("zh", "en"):
            assert_problem(await http.post(f"{URL}?lang={lang}", json=asked), status, code)
        assert_problem(
            await http.post(URL, content="{", headers={"Content-Type": "application/json"}),
            422,
            code="invalid-parameter",
        )


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"changes": {"value": {"x": 1}}}, "changes"),
        ({"changes": 1}, "changes"),
        ({"documents": [1]}, "documents"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_the_field_that_is_wrong_is_named(empty_store: Store, wrong: dict[str, object], name: str) -> None:
    """Once, whatever is wrong within it, and in words of the caller's language."""
    asked = {"action": "edit", "target": "0" * 20, "reason": "x", **wrong}
    async with calling(create_app(Settings(), empty_store)) as http:
        problem = assert_problem(await http.post(f"{URL}?lang=zh", json=asked), 422, "invalid-parameter")
        assert [error["name"] for error in problem["errors"]] == [name]
        assert not re.search("[a-z] [a-z]", problem["detail"])
        broken = await http.post(f"{URL}?lang=zh", content="{", headers={"Content-Type": "application/json"})
        assert assert_problem(broken, 422, "invalid-parameter")["name"] == "body"


async def test_what_was_decided_before_is_a_conflict(embedded_store: Store) -> None:
    """409, and the sentence names the decision that stands against it."""
    await loaded(embedded_store)
    async with calling(create_app(Settings(), embedded_store)) as http:
        pair = {"target": g.EDUCATION.id, "other": g.MARKET.id, "reason": "两个局"}
        assert (await http.post(URL, json={"action": "different", **pair})).status_code == 201
        merge = {"action": "merge", "target": g.MARKET.id, "into": g.EDUCATION.id, "reason": "x"}
        problem = assert_problem(await http.post(URL, json=merge), 409, "decision-refused")
        assert "第 1 条" in problem["detail"]


async def test_deciding_needs_a_curator_from_our_own_pages(embedded_store: Store) -> None:
    """Another site's page cannot decide without a key; nobody from elsewhere can without one."""
    asked = {"action": "reject", "target": "0" * 20, "reason": "x"}
    async with calling(create_app(Settings(), embedded_store), headers={"Origin": "https://evil.example"}) as http:
        assert_problem(await http.post(URL, json=asked), 403, "forbidden")
    app = create_app(Settings(host="0.0.0.0", api_key=KEY), embedded_store)
    async with calling(app, address="203.0.113.9", base="https://kg.example") as http:
        assert_problem(await http.post(URL, json=asked), 401, "unauthorized")
        assert_problem(await http.get(URL), 401, "unauthorized")
        assert_problem(await http.post(URL, json=asked, headers={"X-API-Key": KEY}), 404, "not-found")
