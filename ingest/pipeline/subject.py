"""Bodies that open a heading or item as its subject: （三）区公安局负责…, 公安部门：…, 各乡镇要…."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.pipeline.unit_find import find_units, heading_unit
from ingest.pipeline.unit_grammar import UnitSpan

_JOINT = re.compile(r"(?:[、和及与 \u3000]|以及)*")
_AFTER = re.compile(r"(?:等(?:相关|有关)?(?:部门|单位)?)?[ \u3000]*(?:[（(][^（）()\n]{1,30}[）)])?[ \u3000]*")
_TOLD = re.compile(r"(?:要|应当|应该|应|须|必须|需|将|主要负责|具体负责|负责|牵头|作为|依法)(?!求|用|急|对|运|来|该)")
_CHARGED = re.compile(
    r"[：:]?[ \u3000]*(?:(?:主要|具体|统一|统筹|全面)?负责(?!人|同志)|[：:]"
    r"|(?:要|应当|应该|应|须|必须|需|将)(?!求|用|急|对|运|来|该)(?:牵头)?)[ \u3000]*"
)
_BESIDE = re.compile(r"[、，,和及： :]|主要|工作|职责|责任|任务|分工")
WITHIN = 60
"""How far into a title its subject may reach, in characters."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Bodies at the start of a title; ``end`` is after the word that charges them, where what they do begins."""

    units: tuple[UnitSpan, ...]
    end: int


def opening_subject(text: str, start: int, end: int) -> Subject | None:
    """The subject that opens ``start``-``end`` with 负责, 要 or a colon after it; None when none does."""
    units: list[UnitSpan] = []
    at = start
    for span in find_units(text, start, min(end, start + 4 * WITHIN)):
        if span.start > at + WITHIN or not _JOINT.fullmatch(text, at, span.start):
            break
        units.append(span)
        after = _AFTER.match(text, span.end, end)
        at = after.end() if after else span.end
    charged = _CHARGED.match(text, at, end) if units else None
    if charged is None or end - charged.end() < 4:
        return None
    return Subject(tuple(units), charged.end())


def names_body(text: str, start: int, end: int) -> bool:
    """Is the stretch the name of a body and nothing else (公安部门, 各乡镇人民政府、街道办事处, 秩序科工作职责)?"""
    if not 2 <= end - start <= WITHIN:
        return False
    found = find_units(text, start, end)
    covered = sum(span.end - span.start for span in found)
    whole = bool(found) and covered >= len(_BESIDE.sub("", text[start:end]))
    return whole or heading_unit(text, start, end) is not None


def acting_body(text: str, low: int, high: int) -> int | None:
    """Where a body that is told to act (区交通局要…) begins in ``low``-``high``; four words or more before it."""
    first: int | None = None
    at = low
    for span in find_units(text, low, high):
        if span.start < low + 4:
            return None
        if re.search(r"[，。；：,;:]", text[at : span.start]):
            return None
        if first is None or not _JOINT.fullmatch(text, at, span.start):
            first = span.start
        after = _AFTER.match(text, span.end, high + WITHIN)
        at = after.end() if after else span.end
        if _TOLD.match(text, at):
            return first
    return None
