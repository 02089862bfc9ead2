"""Is a number a target or a result? By the words of its clause, else by the heading it stands under, else the title."""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.tokens import Doc

from ingest.annotations import sections

_TARGET = re.compile(
    "力争|确保|实现|达到|不低于|不少于|不超过|控制在|至少|年底前|月底前|日前|年内|到20[0-9]{2}年|底前|提升至|提高到|力求|保持在|目标|必须|要求|以内|压缩至|不发生|底,"
)
_RESULT = re.compile(
    "已|(?<!公)共(?![享同建治])|累计|先后|全年共|截至|今年以来|今年来|上半年|去年|上年|较|同比|未发生|查处|破获|全部完成|完成整改|得到|了[0-9]|占比|荣获|获"
)
_PLAN_WORDS = re.compile("打算|计划|安排|下一步|目标|要点|方案|通知|规划|任务|措施|部署|意见|要求|步骤|分工|职责|解读")
_REPORT_WORDS = re.compile("总结|情况|回顾|成效|成绩|报告|述职|小结|纪实|做法|亮点|汇报|特点")


class Context:
    """The headings of one document, as far as they tell plan from report."""

    def __init__(self, doc: Doc, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._kinds: list[str] = []
        title = next((text[z.start : z.end] for z in doc._.zones if z.kind == "title"), text[:60])
        # A report that goes on to next year's plans is a report; the plans stand under a heading of their own.
        reports = _REPORT_WORDS.search(title) or re.search("了|累计|同比", text[:1500])
        self._default = _kind(title) or ("result" if reports else "target")
        for section in sections(doc):
            kind = _kind(text[section.start : section.end])
            if kind and section.level <= 2:
                self._starts.append(section.start)
                self._kinds.append(kind)

    def kind_at(self, start: int, end: int) -> str:
        """target or result for the number at ``start``-``end``."""
        clause = self._text[max(0, start - 12) : end + 2]
        target, result = bool(_TARGET.search(clause)), bool(_RESULT.search(clause))
        heading = self._heading(start)
        if target != result and (heading is None or not (result and heading == "target" and "同比" in clause)):
            return (
                "target"
                if target and (heading or self._default) == "target"
                else "result"
                if result
                else self._plain(start)
            )
        return heading or self._default

    def _plain(self, start: int) -> str:
        return self._heading(start) or self._default

    def _heading(self, at: int) -> str | None:
        index = bisect_right(self._starts, at) - 1
        return self._kinds[index] if index >= 0 else None


def _kind(heading: str) -> str:
    report, plan = bool(_REPORT_WORDS.search(heading)), bool(_PLAN_WORDS.search(heading))
    return "result" if report and not plan else "target" if plan and not report else ""
