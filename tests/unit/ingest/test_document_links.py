"""Which policies a document puts into effect or repeals: by what words, and where they do not say so."""

from __future__ import annotations

import pytest

from ingest.assemble import assemble
from ingest.document_links import document_links
from ingest.pipeline import extract

OPENING = "禾丰县2024年夜查工作方案\n"
REST = "\n一、工作目标\n（一）减少事故。由秩序中队负责。\n"


def links(text: str) -> list[tuple[str, str]]:
    return [(link.kind, link.tail.text) for link in document_links(extract(text))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("根据《澜川市夜查工作方案》要求，制定本方案。", [("IMPLEMENTS", "澜川市夜查工作方案")]),
        ("为贯彻落实《澜川市夜查工作方案》，制定本方案。", [("IMPLEMENTS", "澜川市夜查工作方案")]),
        (
            "按照《澜川市夜查工作方案》和《清越省夜查工作方案》要求，制定本方案。",
            [("IMPLEMENTS", "澜川市夜查工作方案"), ("IMPLEMENTS", "清越省夜查工作方案")],
        ),
        ("《禾丰县2023年夜查工作方案》同时废止。", [("SUPERSEDES", "禾丰县2023年夜查工作方案")]),
        (
            "《禾丰县甲工作方案》（禾公通〔2022〕3号）、《禾丰县乙工作方案》自即日起停止执行。",
            [("SUPERSEDES", "禾丰县甲工作方案"), ("SUPERSEDES", "禾丰县乙工作方案")],
        ),
        ("本方案自印发之日起施行，原《禾丰县夜查工作方案》废止。", [("SUPERSEDES", "禾丰县夜查工作方案")]),
        ("本方案代替《禾丰县夜查工作方案》。", [("SUPERSEDES", "禾丰县夜查工作方案")]),
        ("《禾丰县夜查工作方案》尚未废止。", []),
        ("各单位要学习《禾丰县夜查工作方案》。", []),
    ],
)
def test_words_of_basis_and_repeal(sentence: str, expected: list[tuple[str, str]]) -> None:
    found = links(OPENING + sentence + REST)
    assert [link for link in found if "号" not in link[1]] == expected


def test_a_rule_within_a_task_is_the_tasks() -> None:
    """依照《…》处罚 in an item puts no policy into effect; a repeal in the last section does repeal."""
    text = OPENING + "为做好工作，制定本方案。\n一、严格执法\n（一）查处酒驾。依照《禾丰县夜查工作规定》处罚。\n"
    assert links(text) == []
    assert links(text + "二、附则\n（一）《禾丰县夜查工作意见》同时废止。\n") == [("SUPERSEDES", "禾丰县夜查工作意见")]


def test_the_sentence_proves_it() -> None:
    graph = assemble(extract(OPENING + "根据《澜川市夜查工作方案》要求，制定本方案。" + REST), "甲.txt")
    (relation,) = [r for r in graph.relations if r.type == "IMPLEMENTS"]
    assert relation.properties["quote"] == "根据《澜川市夜查工作方案》要求，制定本方案。"
    assert (relation.head_label, relation.tail_label) == ("Document", "Regulation")


def test_a_hostile_page_takes_no_time() -> None:
    assert links("根据《" * 2000) == []
