"""The questions of ``tests/data/questions`` over the examples: each understood, and alike on both engines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from graph.errors import QueryTimeout
from graph.store import Store
from ingest.load import ingest
from queries.ask import ask
from queries.catalog import Catalog, load_catalog, parse
from tests.conftest import ROOT
from tests.eval.learning import WEIGHTS, digest, files
from tests.eval.questions import OWN, Expected, outcome, read_questions, scores
from tests.store.conftest import loaded_both

OWN_SET = OWN / "own.yaml"
PARITY_STEP = 6
"""Every sixth question of each file is asked of both engines: a server's first plans take their time."""
QUESTIONS = {
    expected.q: expected for path in sorted(OWN.glob("*.yaml")) for expected in read_questions(path)[::PARITY_STEP]
}
BLIND = {"blind.yaml": (0.86, 0), "blind-formal.yaml": (0.76, 4)}
"""Files nobody learned from: the least share understood, and how many unanswerable ones may be answered at most."""


@pytest.fixture(scope="module")
async def examples(neo4j_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Store]]:
    """The examples on both engines, loaded once."""
    async with loaded_both(neo4j_url, tmp_path_factory.mktemp("examples")) as stores:
        for store in stores.values():
            assert (await ingest(store, [ROOT / "examples"], jobs=1)).ok
            with suppress(QueryTimeout):  # the first plans of a server that has just started
                await ask(store, load_catalog(), "请讲讲一盔一带由哪些单位负责")
        yield stores


def test_the_set_is_wide_enough() -> None:
    """At least 150 questions, 30 of them unanswerable, several wordings of each query."""
    questions = read_questions(OWN_SET)
    asked = [expected.query for expected in questions]
    assert len(questions) >= 150
    assert asked.count(None) >= 30
    assert [query for query in set(asked) if asked.count(query) < 2] == []


async def test_own_questions_are_all_understood(examples: dict[str, Store], catalog: Catalog) -> None:
    """Right query and parameters for every one, and no answer to what cannot be answered."""
    outcomes = [await outcome(examples["embedded"], catalog, expected) for expected in read_questions(OWN_SET)]
    found = scores(outcomes)
    assert [o.expected.q for o in outcomes if not o.right_params] == []
    assert (found["right query and parameters"], found["unanswerable but answered"]) == (1.0, 0)


@pytest.mark.parametrize("name", BLIND)
async def test_wordings_nobody_saw_are_understood(examples: dict[str, Store], catalog: Catalog, name: str) -> None:
    """As many as were measured when the weights were learned (docs/questions.md); nothing learns from these files."""
    share, answered = BLIND[name]
    found = scores([await outcome(examples["embedded"], catalog, e) for e in read_questions(OWN / name)])
    assert found["right query and parameters"] >= share
    assert found["unanswerable but answered"] <= answered


def test_weights_belong_to_the_questions_they_were_learned_from() -> None:
    """``python -m tests.eval.learning`` writes them anew; no blind file is among what is learned from."""
    paths = files()
    assert f'"learned_from": "{digest(paths)}"' in WEIGHTS.read_text(encoding="utf-8").partition("\n")[0]
    assert not {path.name for path in paths} & set(BLIND)
    learned_from = {expected.q for path in paths for expected in read_questions(path)}
    assert not learned_from & {expected.q for name in BLIND for expected in read_questions(OWN / name)}


async def test_a_name_the_graph_does_not_know_is_not_taken_for_one_it_knows(
    examples: dict[str, Store], catalog: Catalog
) -> None:
    """Another place, another year, a longer name, a title of its own: no answer rather than that of somebody else."""
    for question in (
        "烦请告知，凤栖县教育局牵头哪些任务",
        "望岭县公安局交警大队女子骑警中队承担什么工作，盼复",
        "《星河市2024年道路交通安全工作要点》共分几章",
        "禾丰县2017年道路交通安全工作要点定了哪些目标",
        "“护苗暖春”行动究竟由哪些部门来抓",
        "望岭县民政局要做什么",
        "一盔一带在海州市由谁负责",
        "What must the Haizhou traffic police brigade do?",
        "火星计划里头有没有哪个指标没报结果呀",
    ):
        answer = await ask(examples["embedded"], catalog, question)
        assert answer.query is None, (question, answer.params)


@pytest.mark.parametrize(
    "question",
    [
        "领导问起不归望岭县公安局交通警察大队管的活儿有哪些",
        "一盔一带哪几家不用管呢",
        "哪些单位没参与一盔一带",
        "除了望岭县教育局以外一盔一带还归谁操心来着",
        "领导问起一盔一带和酒驾都归谁操心",
    ],
)
async def test_what_is_asked_against_a_name_is_not_answered_for_it(
    examples: dict[str, Store], catalog: Catalog, question: str
) -> None:
    """Negation, exclusion and a second name change what is asked; no query takes them."""
    assert (await ask(examples["embedded"], catalog, question)).query is None


async def test_an_answer_is_said_of_what_was_asked(examples: dict[str, Store], catalog: Catalog) -> None:
    """The matter stands in the sentence, not the filter beside it."""
    for question in ("2024年一盔一带由哪些单位负责", "一盔一带谁牵头", "望岭县一盔一带谁牵头"):
        answer = await ask(examples["embedded"], catalog, question)
        assert answer.answer.startswith("“一盔一带”"), answer.answer


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
async def test_a_question_is_read_alike_on_both_engines(
    examples: dict[str, Store], catalog: Catalog, question: Expected
) -> None:
    """Query, parameters, rows and what else could be meant."""
    one, other = [await ask(store, catalog, question.q) for store in examples.values()]
    assert (one.query, one.params, one.total) == (other.query, other.params, other.total)
    assert one.rows == other.rows
    assert one.answer == other.answer
    assert one.alternatives == other.alternatives


BRIDGES = """\
// name: keepers
// class: anchored
// title: {zh: 谁维持, en: keepers}
// summary: {zh: 谁维持, en: keepers}
// cues:
//   - "<who> + 呵护|look_after"
// params:
//   - {name: task, type: search, required: true, example: 一盔一带, title: {zh: 任务, en: task}, labels: [Campaign]}
//   - {name: kind, type: enum, values: [gentle, hard], title: {zh: 方式, en: way}, words: {gentle: [轻轻, gently]}}
// columns: [{name: task, zh: 任务, en: task}, {name: kind, zh: 方式, en: way}]
CALL db.index.fulltext.queryNodes('search_campaign', $task_query) YIELD node
WHERE all(term IN $task_terms WHERE (' ' + node.search + ' ') CONTAINS term)
RETURN {id: node.id, name: node.name} AS task, $kind AS kind
ORDER BY node.name, node.id
SKIP $skip LIMIT $limit
"""


@pytest.mark.parametrize(
    ("question", "params"),
    [
        ("一盔一带到底谁在呵护", {"task": "一盔一带"}),
        ("轻轻呵护一盔一带的是谁", {"task": "一盔一带", "kind": "gentle"}),
        ("who does gently look after 一盔一带", {"task": "一盔一带", "kind": "gentle"}),
        ("一盔一带经费谁在呵护", None),
        ("一盔一带谁在破坏", None),
    ],
)
async def test_a_users_query_is_asked_by_its_cues(
    examples: dict[str, Store], question: str, params: dict[str, object] | None
) -> None:
    """A file with cues and nothing else: no pattern, no code; what it does not explain it does not answer."""
    own = Catalog({"keepers": parse(BRIDGES, "keepers.cypher")})
    for store in examples.values():
        answer = await ask(store, own, question)
        assert (answer.query, answer.params) == (("keepers", params) if params else (None, {}))


async def test_another_reading_of_two_queries_that_fit_is_offered(examples: dict[str, Store]) -> None:
    """Two files with the same cue: one answers, the other is offered."""
    twins = {name: parse(BRIDGES.replace("keepers", name), f"{name}.cypher") for name in ("one", "two")}
    answer = await ask(examples["embedded"], Catalog(twins), "一盔一带谁在呵护")
    assert answer.query == "one"
    assert [other["query"] for other in answer.alternatives] == ["two"]


async def test_the_same_document_by_other_words(examples: dict[str, Store], catalog: Catalog) -> None:
    """A brigade's short name, a place and a year, a place alone with the other year offered."""
    titles = {
        "望岭县交警大队2024年工作要点有哪些目标": "望岭县公安局交通警察大队2024年工作要点",
        "望岭县2023年工作要点有哪些目标": "望岭县公安局交通警察大队2023年工作要点",
        "禾丰县2024年工作要点有哪些目标": "禾丰县2024年道路交通安全工作要点",
        "县府办农村道路通知有哪些目标": "望岭县人民政府办公室关于加强农村道路交通安全工作的通知",
    }
    for question, title in titles.items():
        answer = await ask(examples["embedded"], catalog, question)
        assert answer.query == "targets-of-document"
        assert {row["document"]["name"] for row in answer.rows} == {title}, question
    for question in ("禾丰县2023年工作要点有哪些目标", "东屿区2024年工作要点有哪些目标"):
        assert (await ask(examples["embedded"], catalog, question)).query is None
    either = await ask(examples["embedded"], catalog, "望岭要点有哪些目标")
    assert "望岭县公安局交通警察大队2023年工作要点有哪些目标？" in [other["question"] for other in either.alternatives]


@pytest.mark.parametrize(
    "question",
    [
        "谁" * 500,
        "谁负责" * 160,
        "的" * 160,
        "一盔一带和" * 32,
        "谁管" * 80,
        "(" * 200,
        "“" * 160,
        "请讲讲İ一盔一带İ",
        "\x00谁负责一盔一带",
        "who " * 40,
    ],
)
async def test_any_question_ends_soon(examples: dict[str, Store], catalog: Catalog, question: str) -> None:
    """However it repeats itself: an answer or a plain no."""
    assert (await ask(examples["embedded"], catalog, question)).answer
