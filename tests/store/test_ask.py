"""A question is answered by the right query with the right words, or plainly not at all."""

from __future__ import annotations

import pytest

from graph.errors import InvalidParameter
from graph.store import Store
from queries.ask import Answer, ask, example_question
from queries.catalog import Catalog
from tests.store import graphs as g

pytestmark = pytest.mark.unmeasured


async def _ask(store: Store, catalog: Catalog, question: str) -> Answer:
    return await ask(store, catalog, question)


OWNERS = "units-owning-task"
QUESTIONS: list[tuple[str, str, dict[str, object]]] = [
    ("一盔一带由哪些单位负责?", OWNERS, {"task": "一盔一带"}),
    ("“一盔一带”由哪些单位负责？", OWNERS, {"task": "一盔一带"}),
    ("谁负责一盔一带", OWNERS, {"task": "一盔一带"}),
    ("请问一盔一带这项工作归谁管呢", OWNERS, {"task": "一盔一带"}),
    ("一盔一带的责任单位是哪个", OWNERS, {"task": "一盔一带"}),
    ("which units own 一盔一带", OWNERS, {"task": "一盔一带"}),
    ("Who is responsible for 一盔一带?", OWNERS, {"task": "一盔一带"}),
    ("一盔一带专项行动由谁牵头", OWNERS, {"task": "一盔一带", "role": "LEADS"}),
    ("2023年一盔一带由哪些单位负责", OWNERS, {"task": "一盔一带", "year": 2023}),
    ("2023年谁负责一盔一带", OWNERS, {"task": "一盔一带", "year": 2023}),
    ("青禾县的一盔一带由谁负责", OWNERS, {"task": "一盔一带", "region": "青禾县"}),
    ("柳泉市2023年头盔整治谁负责", OWNERS, {"task": "头盔整治", "year": 2023, "region": "柳泉市"}),
    ("一盔一带", OWNERS, {"task": "一盔一带"}),
    ("ykyd", OWNERS, {"task": "ykyd"}),
    ("青禾县教育局要做什么", "tasks-of-unit", {"unit": g.EDUCATION.id, "inherited": True}),
    ("青禾大队要做什么", "tasks-of-unit", {"unit": g.BRIGADE.id, "inherited": True}),
    ("青禾县教育局", "tasks-of-unit", {"unit": g.EDUCATION.id, "inherited": True}),
    ("哪些文件提到了头盔", "mentions-of-entity", {"entity": "头盔"}),
    ("which documents mention 头盔", "mentions-of-entity", {"entity": "头盔"}),
    ("青禾县2024年道路交通安全工作要点有哪些目标", "targets-of-document", {"document": g.plan().id}),
    ("青禾县2024年道路交通安全工作要点", "document-outline", {"document": g.plan().id}),
    ("工作要点的责任分工", "responsibility-matrix", {"document": g.plan().id, "inherited": True}),
    ("一盔一带针对哪些车辆", "vehicle-classes-of-campaign", {"campaign": "一盔一带"}),
    ("哪些行动针对电动车", "campaigns-of-vehicle-class", {"vehicle": "电动车"}),
    ("哪些任务没有责任单位", "tasks-without-lead", {}),
    ("2023年哪些任务没有责任单位", "tasks-without-lead", {"year": 2023}),
    ("哪些任务有多个牵头单位", "tasks-with-several-leads", {}),
    ("青禾大队的上级是谁", "unit-hierarchy", {"unit": g.BRIGADE.id}),
    ("柳泉市公安局交警支队发了哪些文件", "documents-by-issuer", {"unit": g.DETACHMENT.id}),
    ("哪些文件引用了《道路交通安全法》", "citations-of-regulation", {"regulation": "道路交通安全法"}),
    ("工作总结涉及哪些单位", "units-of-policy", {"policy": "工作总结"}),
    ("工作要点部署了哪些行动", "campaigns-of-policy", {"policy": "工作要点"}),
    ("哪些文件部署了一盔一带", "policies-of-campaign", {"campaign": "一盔一带"}),
    ("教育局和疲劳驾驶有什么关系", "shortest-path", {"a": "教育局", "b": "疲劳驾驶"}),
    ("图谱里有多少数据", "statistics", {}),
]


@pytest.mark.parametrize(("question", "query", "params"), QUESTIONS, ids=[q for q, *_ in QUESTIONS])
async def test_a_question_finds_its_query(
    library_store: Store, catalog: Catalog, question: str, query: str, params: dict[str, object]
) -> None:
    """Query and parameters, with rows and a sentence."""
    answer = await _ask(library_store, catalog, question)
    assert (answer.query, answer.params) == (query, params)
    assert answer.rows
    assert answer.answer.endswith(("。", "."))


async def test_the_answer_names_owners_and_says_what_is_inherited(library_store: Store, catalog: Catalog) -> None:
    """The sentence of the whole product."""
    answer = await _ask(library_store, catalog, "一盔一带由哪些单位负责?")
    assert answer.answer == (
        "“一盔一带”：青禾县教育局牵头；青禾县市场监管局配合。"
        "另有文中没有写明主体、由发文单位继承的：青禾县公安局交警大队、柳泉市公安局交警支队负责。"
        "依据 2 个文件中的 3 项任务。"
    )
    english = await ask(library_store, catalog, "which units own 一盔一带", lang="en")
    assert english.answer.startswith('"一盔一带": 青禾县教育局 (leads); 青禾县市场监管局 (cooperates).')
    assert english.answer.endswith("Based on 3 tasks in 2 documents.")


async def test_every_catalog_example_is_understood(library_store: Store, catalog: Catalog) -> None:
    """The question the catalog gives as an example, with words of the library, leads back to its query."""
    words = {
        "document": "工作要点",
        "unit": "教育局",
        "policy": "工作要点",
        "a": "教育局",
        "b": "疲劳驾驶",
        "regulation": "道路交通安全法",
    }
    for definition in catalog:
        for lang in ("zh", "en"):
            if definition.questions:
                question = example_question(definition, lang, words)
                assert (await _ask(library_store, catalog, question)).query == definition.name, question


async def test_an_ambiguous_name_offers_each_reading(library_store: Store, catalog: Catalog) -> None:
    """All units of the name answer together; each is offered alone, by name, and its parameters run."""
    answer = await _ask(library_store, catalog, "青禾县的单位要做什么")
    assert answer.query is None
    answer = await _ask(library_store, catalog, "青禾县要做什么")
    assert answer.query == "tasks-of-unit"
    assert answer.params["unit"] == "青禾县"
    offered = {other["params"]["unit"] for other in answer.alternatives if other["query"] == "tasks-of-unit"}
    assert offered == {g.BRIGADE.id, g.EDUCATION.id, g.MARKET.id, g.OFFICE.id}
    assert "青禾县教育局要做什么？" in [other["question"] for other in answer.alternatives]


async def test_another_reading_is_offered(library_store: Store, catalog: Catalog) -> None:
    """A question that fits two queries answers one and offers the other."""
    first = catalog.get("policies-of-campaign")
    twins = Catalog({name: first.model_copy(update={"name": name}) for name in ("one", "two")})
    answer = await _ask(library_store, twins, "哪些文件部署了一盔一带")
    assert answer.query == "one"
    assert [(other["query"], other["params"]) for other in answer.alternatives] == [("two", {"campaign": "一盔一带"})]


@pytest.mark.parametrize("question", ["今天天气怎么样", "量子计算由谁负责", "", "？？", "x", "谁", "DROP DATABASE"])
async def test_what_cannot_be_answered_is_said_so(library_store: Store, catalog: Catalog, question: str) -> None:
    """No rows, no guess: questions that can be asked instead."""
    answer = await _ask(library_store, catalog, question)
    assert (answer.query, answer.rows, answer.total) == (None, [], 0)
    assert "一盔一带由哪些单位负责？" in answer.answer
    assert answer.alternatives[0]["query"] == OWNERS
    english = await ask(library_store, catalog, question, lang="en")
    assert "which units own 一盔一带?" in english.answer


@pytest.mark.parametrize("question", ["守护行动", "“一盔一带”安全守护行动的上级是谁"])
async def test_an_unknown_question_about_a_known_thing_says_what_can_be_asked_of_it(
    library_store: Store, catalog: Catalog, question: str
) -> None:
    """The thing is known, the question is not: queries about that kind of thing."""
    answer = await _ask(library_store, catalog, question)
    assert answer.query is None
    assert answer.alternatives[0]["query"] == OWNERS
    assert answer.alternatives[0]["params"] == {"task": "“一盔一带”安全守护行动"}


async def test_what_the_graph_does_not_know_is_named(library_store: Store, catalog: Catalog) -> None:
    """The question is understood, the thing is not there."""
    answer = await _ask(library_store, catalog, "量子计算由谁负责")
    assert answer.answer.startswith("无法回答：图谱中没有能这样回答的“量子计算”。")


async def test_an_endless_question_is_refused(library_store: Store, catalog: Catalog) -> None:
    """Longer than any question."""
    with pytest.raises(InvalidParameter, match="500"):
        await _ask(library_store, catalog, "问" * 501)
