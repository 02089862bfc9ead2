"""Documents that are hardly documents are read to the end, offsets hold, and the report says what was not read."""

from __future__ import annotations

import random
import time

import pytest

from graph.ids import text_sha256
from graph.models import check_document_graph
from ingest.assemble import assemble
from ingest.pipeline import extract

pytestmark = pytest.mark.unmeasured

TABLE = "序号\t任务\t责任单位\t完成时限\n1\t整治路口隐患\t县交通运输局\t6月底前\n2\t宣传头盔佩戴\t县教育局\t年底前\n"
MANY = 200_000
"""More than half a megabyte of Chinese text in one line; twice what is read in one piece."""

CASES = {
    "no structure": ("车辆很多道路很长大家都要注意安全" * 40, "没有读出编号条目，也没有读出任务"),
    "only a table": (TABLE, "没有读出发文单位，未写明责任的任务没有归属"),
    "only numbers": ("12 345 67.8% 9,000\n" * 200, "全文没有汉字，没有可读的内容"),
    "blank": (" \n\u3000\n", "文件没有文字"),
    "nested brackets": (
        "（" * 10_000 + "县公安局负责" + "）" * 10_000,
        "括号嵌套达 10000 层，括号内的责任分工没有读出",
    ),
    "mixed scripts": ("一、整治безопасность道路の安全 safety 안전。县公安局负责。\n" * 30, "没有读出发文单位"),
    "emoji": ("一、开展🚦夜查👮‍♂️行动。🚗💨\n二、宣传🪖佩戴。\n", "没有读出发文单位"),
    "private use": ("一、整治\ue000\ue001路口。\n" + "\uf8ff" * 500, "502 个私用区字符（造字或图标）无法识读"),
    "broken characters": ("一、整治\ufffd路口\ud800隐患。\n", "2 个字符已损坏，无法识读"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_hardly_a_document_is_read_to_its_end(name: str) -> None:
    """A valid graph, every quote in its place, and a note of what could not be read."""
    text, note = CASES[name]
    found = extract(text)
    assert found.text == text
    check_document_graph(assemble(found, "folder/any.txt", sha256=text_sha256(text)))
    assert any(note in said for said in found.notes), found.notes


def test_one_line_without_end_is_read() -> None:
    """No line break in it: cut at sentences or where it must be, offsets whole."""
    sentence = "县公安局交警大队要严查酒驾醉驾、面包车超员等违法行为，每月开展夜查不少于4次，"
    text = "禾丰县交警大队2024年工作要点" + sentence * (MANY // len(sentence))
    found = extract(text)
    assert found.text == text
    assert all(text[m.start : m.end] == m.text for m in found.mentions)
    assert found.mentions[-1].end > 0.9 * len(text)


HOSTILE = (
    "（",
    "“",
    "《",
    "、",
    "县公安局、",
    "各乡镇、",
    "一是",
    "（一）",
    "2024年",
    "每季度",
    "由县公安局",
    "依托、",
    "“整治”",
)


@pytest.mark.parametrize("piece", [*HOSTILE, "mixture"])
def test_reading_hostile_runs_takes_time_that_grows_with_their_length(piece: str) -> None:
    """Twice the text costs little more than twice: the best of three, and a bound between linear and quadratic."""
    mixed = random.Random(7)
    unit = "".join(mixed.choice(HOSTILE) for _ in range(400)) if piece == "mixture" else piece

    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            extract(text)
            best = min(best, time.process_time() - started)
        return best

    seconds(1_000)
    assert seconds(12_000) < 3.4 * seconds(6_000) + 0.2
