"""Automatic numbering of .docx as text: what Word draws before a paragraph is not in the paragraph.

From ECMA-376 part 1, 17.9: a ``num`` points to an ``abstractNum`` with up to nine levels; a level has a number format,
a text with ``%1`` … ``%9``, a start and a restart rule; a ``num`` may override start or level. Counters belong to the
abstractNum, and begin again where a ``num`` overrides the start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from ingest.loaders.numerals import render

_PLACE = re.compile(r"%([1-9])")
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written and where it starts."""

    style: str
    text: str
    start: int
    restart: int | None
    legal: bool
    paragraph_style: str


@dataclass(slots=True)
class _List:
    """A ``num``: its levels after overrides, whose counters it uses, and the starts it still has to set."""

    counters: str
    levels: dict[int, Level]
    overrides: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document; ``label`` is called once for each numbered paragraph, in document order."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstracts = {_attribute(a, "abstractNumId"): a for a in root.findall(qn("w:abstractNum"))}
        linked = {_child(a, "styleLink"): a for a in abstracts.values() if _child(a, "styleLink")}
        for num in root.findall(qn("w:num")):
            abstract = abstracts.get(_child(num, "abstractNumId"))
            if abstract is not None:
                # A list that only names a list style has its levels where that style is defined.
                abstract = linked.get(_child(abstract, "numStyleLink"), abstract)
                self._lists[_attribute(num, "numId")] = _read_list(num, abstract)

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level that the paragraph style ``style`` stands for in the list, 0 when none is named."""
        levels = self._lists[num_id].levels if num_id in self._lists else {}
        return next((i for i, level in levels.items() if level.paragraph_style == style), 0)

    def label(self, num_id: str, ilvl: int) -> str:
        """What is drawn before the next paragraph of this list and level, "" for an unknown list."""
        found = self._lists.get(num_id)
        if found is None or ilvl not in found.levels:
            return ""
        counters = self._counters.setdefault(found.counters, {})
        level = found.levels[ilvl]
        if ilvl in found.overrides:
            counters[ilvl] = found.overrides.pop(ilvl)
        else:
            counters[ilvl] = counters[ilvl] + 1 if ilvl in counters else level.start
        for deeper in [d for d in counters if d > ilvl]:
            rule = found.levels[deeper].restart if deeper in found.levels else None
            # 0: never begins again; n: only after level n (counted from 1) or a higher one.
            if rule is None or (rule and ilvl < rule):
                del counters[deeper]
        if level.style == "bullet":
            return BULLET
        return _PLACE.sub(lambda m: self._number(found, counters, int(m[1]) - 1, level.legal), level.text)

    def _number(self, found: _List, counters: dict[int, int], ilvl: int, legal: bool) -> str:
        level = found.levels.get(ilvl)
        if level is None:
            return ""
        return render(counters.get(ilvl, level.start), "decimal" if legal else level.style)


def _read_list(num: Any, abstract: Any) -> _List:
    levels = {_level_index(e): _read_level(e) for e in abstract.findall(qn("w:lvl"))}
    overrides: dict[int, int] = {}
    for override in num.findall(qn("w:lvlOverride")):
        index = _level_index(override)
        if (own := override.find(qn("w:lvl"))) is not None:
            levels[index] = _read_level(own)
        if (start := _child(override, "startOverride")) != "":
            overrides[index] = _integer(start, 1)
    return _List(_attribute(abstract, "abstractNumId"), levels, overrides)


def _read_level(element: Any) -> Level:
    restart = _child(element, "lvlRestart")
    # Word 2010 and later keep newer formats inside an alternative: the first one is the format proper.
    style = _attribute(element.find(f".//{qn('w:numFmt')}"), "val") or "decimal"
    return Level(
        style=style,
        text=_child(element, "lvlText"),
        start=_integer(_child(element, "start"), 0 if style == "decimalZero" else 1),
        restart=_integer(restart, 0) if restart else None,
        legal=element.find(qn("w:isLgl")) is not None,
        paragraph_style=_child(element, "pStyle"),
    )


def _level_index(element: Any) -> int:
    return _integer(_attribute(element, "ilvl"), 0)


def _child(element: Any, name: str) -> str:
    return _attribute(element.find(qn(f"w:{name}")), "val")


def _attribute(element: Any | None, name: str) -> str:
    return "" if element is None else str(element.get(qn(f"w:{name}"), ""))


def _integer(text: str, default: int) -> int:
    """Damaged numbers count as the default: a list without its start is better than no document."""
    try:
        return int(text)
    except ValueError:
        return default
