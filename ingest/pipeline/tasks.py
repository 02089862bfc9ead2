"""zh_tasks: which headings and items are tasks, with level, extent, deadline and recurrence.

A heading is a task unless it names a matter (主要工作情况), asks a question, names a body, stands beneath such a matter
(存在的问题) or is an article of a regulation. Level ``section`` when it has numbered children, else ``item``.
"""

from __future__ import annotations

import re
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from graph.patterns import any_of
from ingest.annotations import add, mentions, sections, text_of, within
from ingest.extraction import Mention, SectionSpan
from ingest.genre import genre
from ingest.pipeline.lines import end_without_blanks
from ingest.pipeline.ownership.statements import register
from ingest.pipeline.subject import names_body, opening_subject
from ingest.pipeline.tables import Offsets, Row, table_rows

_HEADINGS = genre().headings
_ACTION = re.compile(any_of(genre().actions))
_STRONG = re.compile(any_of(set(genre().actions) - set(_HEADINGS.compounds)))
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BRACKET_END = re.compile(r"[（(][^（）()]{1,40}[）)]$")
_ARTICLE = re.compile(r"第.{1,8}[条章节编]")
_ACHIEVED = re.compile(r"(?:有|见|显|出|取得)[\u4e00-\u9fff]{2}$")
_NO_DUTY = re.compile(r"^本[\u4e00-\u9fff]{2,4}所称|，?是指")
"""Definitions ask nothing of anybody."""
_COMPARED = re.compile("同比|环比")
_SO_FAR = re.compile(r"今年以来|今年来|截至|截止|已(?!经?公)|了|上半年|(?:前?[一二三]|第[一二三])季度(?!末?前|底前)")
_PHASES = re.compile(r"步骤|阶段|进度|安排")
_TIME_LABEL = re.compile(r"(?:完成时限|完成时间|时限|时间节点|办结时限|整改时限|时限要求)[：:][ \u3000]{0,4}")
_CHARGED = re.compile(r"(?:主要|具体|统一|统筹|全面)?负责(?!人|同志)")
_LISTED_MATTER = re.compile(r"(?<=[\u4e00-\u9fff]{4})[：:].*$", re.DOTALL)
"""重点区域：… names a matter and lists what belongs to it."""
SHORT_HEADING = 8
ARTICLES = 3
"""So many articles make a statute: its headings order rules, not work. What it lays on a body is read as measures."""


@Language.component("zh_tasks")
def zh_tasks(doc: Doc) -> Doc:
    """Add Task mentions for headings, items and table rows, and the bodies that duty statements name."""
    statute = sum(s.number.startswith("第") and s.number.endswith("条") for s in sections(doc)) >= ARTICLES
    for index, section in enumerate(sections(doc)):
        if not statute and is_task(doc, section):
            _add_section_task(doc, section, index)
    for row in table_rows(doc):
        _add_row_task(doc, row)
    register(doc)
    return doc


def is_task(doc: Doc, section: SectionSpan) -> bool:
    """Does the heading name something to be done?"""
    text, all_sections = text_of(doc), sections(doc)
    title = text[task_start(text, section) : section.end]
    told = len(title) < section.end - section.start
    if _ARTICLE.match(section.number) or text[section.end : section.end + 1] in ("？", "?"):
        return False
    if (
        len(_HAN.findall(title)) < 2
        or _NO_DUTY.search(title)
        or _tells_result(doc, section)
        or (is_nominal(title) and not told)
        or names_body(text, section.start, section.end)
    ):
        return False
    for ancestor in ancestors(all_sections, section):
        if _ARTICLE.match(ancestor.number) and ancestor.number.endswith("条"):
            return False
        heading = text[ancestor.start : ancestor.end]
        if is_nominal(heading) and heading.endswith(_HEADINGS.background):
            return False
    return True


def _tells_result(doc: Doc, section: SectionSpan) -> bool:
    """Does the heading compare a result with that of another time (事故同比下降8%)?

    同比 belongs to the figure it stands in: in a target (确保事故同比下降8%以上) it says how much is asked.
    """
    text = text_of(doc)
    compared = _COMPARED.search(text, section.start, section.end)
    if compared is None:
        return False
    figures = within(doc, "Indicator", section.start, section.end)
    asked = any(m.attributes["kind"] == "target" and m.start <= compared.start() < m.end for m in figures)
    return not asked or _SO_FAR.search(text, section.start, section.end) is not None


def is_nominal(title: str) -> bool:
    """Does the heading name a matter (工作要求) and not an action (压实责任)?"""
    whole = _BRACKET_END.sub("", title)
    bare = _LISTED_MATTER.sub("", whole)
    if bare in _HEADINGS.standard:
        return True
    if bare.endswith("阶段") and len(bare) > 4:
        return False  # 动员部署阶段: what is done in it
    if bare.endswith(_HEADINGS.listed):
        return bare != whole or _ACTION.match(bare) is None
    if not bare.endswith(_HEADINGS.nominal) or _STRONG.match(bare) or _ACHIEVED.search(bare):
        return False
    return len(bare) <= SHORT_HEADING or _ACTION.match(bare) is None


def ancestors(all_sections: list[SectionSpan], section: SectionSpan) -> list[SectionSpan]:
    """The sections above, nearest first."""
    found = []
    while section.parent is not None:
        section = all_sections[section.parent]
        found.append(section)
    return found


def own_end(doc: Doc, index: int) -> int:
    """Where the section's own text ends: at its first numbered child (the number not included), else with its body."""
    text, all_sections = text_of(doc), sections(doc)
    section = all_sections[index]
    end = section.body_end
    if has_children(all_sections, index):
        child = all_sections[index + 1]
        end = text.rfind(child.number, section.end, child.start) if child.number else child.start
    return end_without_blanks(text, section.end, end)


def has_children(all_sections: list[SectionSpan], index: int) -> bool:
    """Does the next section stand beneath this one?"""
    return index + 1 < len(all_sections) and all_sections[index + 1].parent == index


def _add_section_task(doc: Doc, section: SectionSpan, index: int) -> None:
    text = text_of(doc)
    end = own_end(doc, index)
    named = task_start(text, section)
    level = "section" if has_children(sections(doc), index) else "item"
    parent = next(iter(ancestors(sections(doc), section)), None)
    attributes: dict[str, Any] = {"number": section.number} if section.number else {}
    if parent is not None and _PHASES.search(text, parent.start, parent.end) and level == "item":
        attributes["phase"] = _BRACKET_END.sub("", text[section.start : section.end])
    attributes |= times(doc, section.start, end)
    add(
        doc,
        "Task",
        section.start,
        section.end,
        rule="task.heading" if level == "section" else "task.item",
        canonical=text[named : section.end] if named > section.start else "",
        level=level,
        kind=level,
        order=index,
        path=section.path,
        body_start=section.start,
        body_end=end,
        **attributes,
    )


def task_start(text: str, section: SectionSpan) -> int:
    """Where in its heading the words of the task begin: after a subject with 负责, 要 or a colon, or after 负责."""
    subject = opening_subject(text, section.start, section.end)
    at = subject.end if subject is not None else section.start
    charged = _CHARGED.match(text, at, section.end)
    return charged.end() if charged and section.end - charged.end() >= 4 else at


def _add_row_task(doc: Doc, row: Row) -> None:
    if row.task is None:
        return
    order = len(mentions(doc, "Task"))
    attributes: dict[str, Any] = dict(times(doc, row.start, row.end, row.time))
    add(
        doc,
        "Task",
        *row.task,
        rule="task.table-row",
        level="item",
        kind="item",
        order=order,
        path=f"table:{order}",
        body_start=row.task[0],
        body_end=row.end,
        **attributes,
    )


def times(doc: Doc, start: int, end: int, cell: Offsets | None = None) -> dict[str, str]:
    """``deadline`` (ISO), ``deadline_text`` and ``recurrence`` of the stretch, what is known of them.

    A time given in a labelled line or table cell is the deadline whatever its form; else the first 前, 底 or 年内.
    """
    text = text_of(doc)
    label = _TIME_LABEL.search(text, start, end)
    if cell is None and label is not None:
        line_end = text.find("\n", label.end(), end)
        cell = (label.end(), line_end if line_end >= 0 else end)
    found: dict[str, str] = {}
    periods = within(doc, "Period", start, end)
    if cell is not None:
        stated = next((m for m in within(doc, "Period", *cell)), None)
        written = text[cell[0] : cell[1]].strip(" \u3000\r\n。；;）)")
        if stated is not None and stated.attributes["kind"] not in ("lasting", "recurrence"):
            found["deadline_text"] = written
            _set_deadline(found, stated)
        elif written:
            found["recurrence"] = written
    else:
        stated = next((m for m in periods if m.attributes["kind"] == "deadline"), None)
        if stated is not None:
            found["deadline_text"] = stated.text
            _set_deadline(found, stated)
    recurring = next((m for m in periods if m.attributes["kind"] in ("recurrence", "lasting")), None)
    if recurring is not None:
        found.setdefault("recurrence", recurring.text)
    return found


def _set_deadline(found: dict[str, str], stated: Mention) -> None:
    if stated.attributes["date_to"]:
        found["deadline"] = str(stated.attributes["date_to"])
