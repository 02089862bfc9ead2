"""What could not be read of a document, for the per-file report: in Chinese, one sentence each."""

from __future__ import annotations

import re

from ingest.extraction import Extraction

_DAMAGE = {
    "hidden_text": "原文有隐去的内容，隐去处前后的条目不相连",
    "redacted": "原文有遮盖的名称或数字，未作推断",
    "truncated": "正文在句中断开，可能不完整",
    "numbering_restarts": "编号在文中重新开始，各部分不相连",
    "attachment_missing": "列出的附件不在本文中",
}
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_BROKEN = re.compile("[\ufffd\ud800-\udfff]")
_BRACKET = re.compile(r"[（(【〔\[［]|[）)】〕\]］]")
_CLOSING = frozenset("）)】〕]］")
DEEP = 8
"""Brackets within brackets to this depth are no writing of people; statements within them are not read."""


def notes_of(found: Extraction) -> tuple[str, ...]:
    """What ``found`` lacks, and why as far as the text shows it."""
    notes = [_DAMAGE[name] for name in found.profile.damage]
    notes += _of_characters(found.text)
    regulation = found.profile.kind == "regulation"
    if not found.text.strip():
        notes.append("文件没有文字")
    elif not regulation and not any(m.type == "Task" for m in found.mentions):
        notes.append("没有读出任务" if found.sections else "没有读出编号条目，也没有读出任务")
    suspicious = sum(1 for m in found.mentions if m.type == "Indicator" and m.attributes.get("suspicious"))
    if suspicious:
        notes.append(f"{suspicious} 个数字不可信（分项大于总数），已标出")
    if found.profile.issuer is None and not regulation:
        notes.append("没有读出发文单位，未写明责任的任务没有归属")
    return tuple(notes)


def _of_characters(text: str) -> list[str]:
    notes: list[str] = []
    if text.strip() and _HAN.search(text) is None:
        notes.append("全文没有汉字，没有可读的内容")
    if private := sum(1 for _ in _PRIVATE.finditer(text)):
        notes.append(f"{private} 个私用区字符（造字或图标）无法识读")
    if broken := sum(1 for _ in _BROKEN.finditer(text)):
        notes.append(f"{broken} 个字符已损坏，无法识读")
    if (depth := _depth(text)) >= DEEP:
        notes.append(f"括号嵌套达 {depth} 层，括号内的责任分工没有读出")
    return notes


def _depth(text: str) -> int:
    """How deep brackets stand in one another."""
    depth = deepest = 0
    for match in _BRACKET.finditer(text):
        depth = max(0, depth - 1) if match.group() in _CLOSING else depth + 1
        deepest = max(deepest, depth)
    return deepest
