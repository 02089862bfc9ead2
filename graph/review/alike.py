"""Names that are nearly alike: two nodes that may be one, for the review queue. Proposed and never more than that.

Names are compared without the places in them, and only where the places agree as far as they are known: a county's
bureau in a document that does not say of which city may be that of another document that does. A number, a compass
point, a level or a sort that differs tells two things apart: 一大队 and 二大队, 市 and 县, 交通运输部 and
交通运输部门, a law and the rules for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.text import compact

LABELS = ("Unit", "Campaign", "Regulation", "Mechanism", "Platform", "Road")
"""Labels whose names are open: those of the others are listed in the knowledge files."""
LEAST = 85
"""Likeness (100: the same) from which a pair is worth a look; 城市管理局 and 城乡管理局 have 80."""
MOST = 1_500
"""Nodes of a label that are compared, those with most facts first: twice as many take four times as long."""
SHORTEST = 3
"""Characters of the shorter name: of less, one differing character is another word."""
_TELLING = re.compile(
    "[0-9一二三四五六七八九十百千]|[东西南北中上下左右前后甲乙丙丁男女]|[国省市州县区乡镇村各级]|部门|部|总|分|法|条例|办法|细则|规定|意见|标准"
)
_RELATIVE = re.compile("[全本我各该]?[国省市州盟县区旗乡镇村](?:$|人民政府|公安|交)")


@dataclass(frozen=True, slots=True)
class Named:
    """A node: its names, how many facts it has, where it is (path of places, "" when unknown)."""

    id: str
    name: str
    names: tuple[str, ...]
    degree: int
    at: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two nodes, by id, and how alike their names are (0 to 1)."""

    one: Named
    other: Named
    likeness: float


def alike(nodes: Sequence[Named]) -> list[Alike]:
    """Pairs among the ``MOST`` best connected of ``nodes`` whose names are nearly alike, in the order of their ids."""
    from rapidfuzz import fuzz, process

    chosen = sorted(sorted(nodes, key=lambda n: (-n.degree, n.id))[:MOST], key=lambda n: n.id)
    said = [_own(node) for node in chosen]
    if not said:
        return []
    table = process.cdist(said, said, scorer=fuzz.ratio, score_cutoff=LEAST)
    return [
        Alike(chosen[i], chosen[j], round(float(table[i, j]) / 100, 4))
        for i, j in zip(*table.nonzero(), strict=True)
        if i < j and _may_be_one(chosen[i], chosen[j], said[i], said[j])
    ]


def _own(node: Named) -> str:
    """The name without places: 禾丰县教育局 and 县教育局 are both 教育局."""
    name = node.name
    for place in reversed(node.at.split("/")):
        name = name.replace(place, "", 1) if place and name != place else name
    return re.sub("^[省市县区]", "", compact(name)) if node.at else compact(name)


def relative(name: str) -> bool:
    """Does the name mean another place, or its body, in every document (全市, 本省, 县人民政府, 市公安局)?"""
    return _RELATIVE.match(name) is not None


def apart(one: str, other: str) -> bool:
    """Are two places (paths from the province down, "" when unknown) not to be taken for one?

    One that says less of where it lies may be the other: 禾丰县 and 澜川市/禾丰县. Of one that says nothing nobody can
    tell.
    """
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return longer != shorter and not (shorter and longer.endswith(f"/{shorter}"))


def _may_be_one(one: Named, other: Named, said: str, said_other: str) -> bool:
    if min(len(said), len(said_other)) < SHORTEST or apart(one.at, other.at):
        return False
    if set(one.names) & set(other.names):
        return False  # called by one name already: the queue's kind same-name
    return _TELLING.findall(said) == _TELLING.findall(said_other)
