"""The page's pure functions, in the engine they run in."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

pytestmark = pytest.mark.unmeasured


async def run(page: Page, module: str, body: str, argument: Any = None) -> Any:
    """The value of ``body`` (a function of the module and the argument) in a page of the server."""
    await page.goto("/embed")
    return await page.evaluate(
        f"async (argument) => ({body})(await import('/static/core/{module}.js'), argument)", argument
    )


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("电动自行车", ["电动自行车"]),
        ("“一盔一带”安全守护行动", None),
        ("禾丰县公安局交通警察大队（秩序管理中队）", None),
        ("开展头盔佩戴宣传引导，落实（县、乡、村）三级责任，推动“两站两员”建设、运行和保障", None),
        ("hit-and-run investigation and road accident prevention programme", None),
        ("𠮷" * 40, None),
        ("", [""]),
    ],
)
async def test_labels_break_where_chinese_may_break(page: Page, name: str, lines: list[str] | None) -> None:
    """At most three lines of at most ten characters, none a lone character, none starting with a closing mark."""
    broken = (await run(page, "labels", "(m, name) => m.breakLabel(name)", name)).split("\n")
    if lines is not None:
        assert broken == lines
        return
    assert len(broken) <= 3
    for line in broken:
        assert 1 < len(line) <= 20
        assert line[0] not in "，。、；：！？）》”’"
        assert line[-1] not in "（《“"
    rest = name.replace(" ", "")
    shown = "".join(broken).replace(" ", "")
    assert shown == rest or (shown.endswith("…") and rest.startswith(shown[:-1]))


async def test_labels_lose_marks_that_would_turn_the_text_round(page: Page) -> None:
    assert await run(page, "labels", "(m, name) => m.plain(name)", "甲\u202e乙\u200b\n丙\t丁") == "甲乙 丙 丁"


async def test_a_quote_is_shown_with_its_line_and_one_line_around_it(page: Page) -> None:
    text = "零\n一\n二😀𠮷三四\n五\n六"
    start, end = text.index("三"), text.index("四")
    found = await run(
        page, "offsets", "(m, [text, start, end]) => m.around(new m.CodePoints(text), start, end)", [text, start, end]
    )
    assert (found["before"], found["quote"], found["after"]) == ("一\n二😀𠮷", "三", "四\n五")
    assert text[found["start"] : found["end"]] == "一\n二😀𠮷三四\n五"


async def test_an_address_is_read_as_it_was_written(page: Page) -> None:
    state = {
        "question": "一盔一带 & 谁?",
        "row": 3,
        "lang": "en",
        "view": "document",
        "document": "document:0123456789abcdef0123",
        "span": {"start": 4, "end": 9},
    }
    body = "(m, state) => m.parse(new URL(m.format(state), 'http://host/'))"
    assert await run(page, "url", body, state) == state
    assert (await run(page, "url", body, {}))["view"] == "ask"


GRAPH = """(m) => {
  const node = (id) => ({ id, name: id, label: 'Task' });
  const model = new m.GraphModel(4);
  model.add({ nodes: ['a', 'b'].map(node), edges: [{ head: 'a', type: m.STAND_IN, tail: 'b' }] });
  const grown = model.add({ nodes: ['b', 'c', 'd', 'e'].map(node), edges: [
    { head: 'a', type: 'PART_OF', tail: 'b', start: 1, end: 2 },
    { head: 'a', type: 'PART_OF', tail: 'b', start: 3, end: 4 },
    { head: 'a', type: 'PART_OF', tail: 'e' }] }, 'a');
  const edges = [...model.edges.values()].map(({ id, facts }) => [id, facts.length]);
  model.undo();
  return { grown, edges, after: [...model.nodes.keys()], left: [...model.edges.keys()], last: model.undo() };
}"""


async def test_the_graph_grows_by_steps_up_to_its_cap(page: Page) -> None:
    """One edge a pair and type with all its facts; a stand-in yields to the real relation and returns on undo."""
    found = await run(page, "graph-model", GRAPH)
    assert found["grown"] == {"nodes": ["c", "d"], "edges": ["a|PART_OF|b"], "refused": 1}
    assert found["edges"] == [["a|PART_OF|b", 2]]
    assert (found["after"], found["left"], found["last"]) == (["a", "b"], ["a|ABOUT|b"], None)


PLACE = """(m) => {
  const nodes = Array.from({ length: 60 }, (_, i) => ({ id: `n${i}`, w: 120, h: 60, low: 15 }));
  const edges = nodes.slice(1).map(({ id }, i) => ({ head: `n${i >> 2}`, tail: id }));
  const first = m.place({ nodes, edges });
  const grown = [...nodes.map((node) => ({ ...node, ...first[node.id], fixed: true })),
    ...Array.from({ length: 20 }, (_, i) => ({ id: `m${i}`, w: 120, h: 60, low: 15 }))];
  const more = Array.from({ length: 20 }, (_, i) => ({ head: 'n0', tail: `m${i}` }));
  const second = m.place({ nodes: grown, edges: [...edges, ...more], anchor: 'n0' });
  return { first, again: m.place({ nodes, edges }), second };
}"""


async def test_the_same_graph_is_always_the_same_picture_and_old_nodes_stay(page: Page) -> None:
    """Deterministic, old nodes fixed, no label box on another."""
    found = await run(page, "force", PLACE)
    assert found["first"] == found["again"]
    assert all(found["second"][name] == place for name, place in found["first"].items())
    places = list(found["second"].values())
    for index, a in enumerate(places):
        for b in places[index + 1 :]:
            assert abs(a["x"] - b["x"]) >= 118 or abs(a["y"] - b["y"]) >= 58
