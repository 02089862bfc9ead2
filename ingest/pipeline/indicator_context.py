"""Is a number a target or a result? By the words of its clause and sentence, the heading it stands under, the title."""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.tokens import Doc

from ingest.annotations import sections, sentence_at

_AIM = re.compile(
    "力争|争取|力求|不低于|不少于|不高于|至少|必须|(?<!根据)目标是|年底前|月底前|底前|不发生|"
    "到20[0-9]{2}年|不得[高低多少超]|[^重需主]要(?:在|达|实|将|开|确|完|按|每|求)"
)
"""Words of an aim, in a report too."""
_WISH = re.compile("确保|实现|达到|不超过|控制在|日前|年内|提升至|提高到|保持在|以内|压缩至|目标|底,")
"""Words of an aim, unless the document reports."""
_DONE = re.compile(
    r"已(?!经?公)|(?<!公)共(?![享同建治性])|累计|先后|截至|今年以来|今年来|去年|上年|同比|环比|较(?![大重好多强高低长为])|"
    r"未发生|没有发生|未出现|破获|完成整改|得到|了[0-9]|占比|占总|荣获|据统计|造成[0-9]"
)
"""Words of what was done, in a plan too. 较 compares with another time, but 较大, 较高 are degrees."""
_WANTED = re.compile("(?:同比|较|比).{0,10}(?:下降|减少|降低|提高|提升)")
_PLAN_WORDS = re.compile("打算|计划|安排|下一步|目标|要点|方案|通知|规划|任务|措施|部署|意见|要求|步骤|分工|职责|解读")
_NEXT_WORDS = re.compile("打算|下一?步|下一?阶段|今后|明年|来年|工作计划|工作安排|工作思路|工作目标|努力方向")
_REPORT_WORDS = re.compile("总结|情况|回顾|成效|成绩|报告|述职|小结|纪实|做法|亮点|汇报|特点|现状|形势")
_SAMPLE = 20_000
"""A document without a telling title is judged by so much of its text."""


class Context:
    """What of one document tells plan from report."""

    def __init__(self, doc: Doc, text: str) -> None:
        self._doc, self._text = doc, text
        self._starts: list[int] = []
        self._kinds: list[str] = []
        title = next((text[z.start : z.end] for z in doc._.zones if z.kind == "title"), text[:60])
        self._default = _kind(title) or _tone(text[:_SAMPLE], title)
        for section in sections(doc):
            heading = text[section.start : section.end]
            kind = _kind(heading) if self._default == "target" or not _kind(title) else _turn(heading)
            if kind and section.level <= 2:
                self._starts.append(section.start)
                self._kinds.append(kind)

    def kind_at(self, start: int, end: int) -> str:
        """target or result for the number at ``start``-``end``."""
        base = self._heading(start) or self._default
        sentence = sentence_at(self._doc, start) or (start, end)
        said = _said(self._text[max(sentence[0], start - 12) : end + 3], base)
        return said or _said(self._text[max(sentence[0], start - 200) : start], base) or base

    def _heading(self, at: int) -> str | None:
        index = bisect_right(self._starts, at) - 1
        return self._kinds[index] if index >= 0 else None


def _said(words: str, base: str) -> str:
    """What the words around a number say it is, "" when they say nothing or both."""
    done, aim = bool(_DONE.search(words)), bool(_AIM.search(words))
    if base == "target":
        aim = aim or bool(_WISH.search(words))
        # 同比下降 or 较上年提高 under 目标 is the aim itself.
        done = done and not (aim or (_WANTED.search(words) and "已" not in words))
    if aim == done:
        return ""
    return "target" if aim else "result"


def _tone(text: str, title: str) -> str:
    if _REPORT_WORDS.search(title):
        return "result"
    done, aims = len(_DONE.findall(text)), len(_AIM.findall(text)) + len(_WISH.findall(text))
    return "result" if done > aims or (done == aims and "了" in text) else "target"


def _kind(heading: str) -> str:
    report, plan = bool(_REPORT_WORDS.search(heading)), bool(_PLAN_WORDS.search(heading))
    return "result" if report and not plan else "target" if plan and not report else ""


def _turn(heading: str) -> str:
    """What a heading of a report turns to: only words of what comes next make its numbers targets."""
    if _NEXT_WORDS.search(heading):
        return "target"
    return "result" if _REPORT_WORDS.search(heading) else ""
