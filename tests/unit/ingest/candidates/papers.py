"""One paper of our own (fictitious places), what a source may say of it, and how to have it read.

The names a source adds are made up so that no rule will ever know them (铁皮蹦蹦, 治超先锋哨).
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from graph.models import DocumentGraph, check_document_graph
from ingest.assemble import assemble
from ingest.candidates.port import Candidate, Proposed
from ingest.extraction import Extraction
from ingest.pipeline import annotated, extract

PAPER = """澜川市公安局交通警察支队2031年工作要点

一、深化“戴盔行”护航行动
各大队要每月开展宣传，邀请银龄说理团进村讲课。依据《澜川市电动自行车管理办法》，在澜禾快线云坪段设置劝导点12处。
二、整治货车超限超载
治超先锋哨要每月检查源头企业，查处铁皮蹦蹦和变型拖拉机，推行红黄码亮牌法，年底前查处不少于300起。
（责任单位：市公安局交通警察支队、市交通运输局、源头监管专班）
三、服务重点人群
望岭县教育局局长带队走访，向群众公布举报电话13900000000，通过澜川随手拍派单。护学岗、护学岗轮流值守。

联系人：林小禾，澜川市宣教服务站
"""
SOURCE = "澜川市/要点.txt"


class Said:
    """A source that says what it is told to: the port as a user of it would implement it."""

    name = "said"
    version = "1"

    def __init__(self, *candidates: Candidate, suffixed: bool = False, complete: bool = True) -> None:
        self.candidates, self.suffixed, self.complete = candidates, suffixed, complete

    def propose(self, text: str, zones: Sequence[tuple[int, int]]) -> Proposed:
        return Proposed(self.candidates, (), self.complete)


def said(type_: str, quote: str, *, start: int = -1, duty: str = "") -> Candidate:
    """A candidate of the source ``Said``."""
    return Candidate(type_, quote, "said", 0.5, start, duty)


def read(*candidates: Candidate, text: str = PAPER, suffixed: bool = False) -> Extraction:
    """The paper read with a source that says ``candidates``."""
    return extract(text, Said(*candidates, suffixed=suffixed))


def doc_of(text: str = PAPER) -> Doc:
    """The text as the rules leave it."""
    return annotated(text)


def graph_of(extraction: Extraction) -> DocumentGraph:
    """The checked graph of the paper."""
    graph = assemble(extraction, SOURCE)
    check_document_graph(graph)
    return graph
