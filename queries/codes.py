"""How the codes that comparing queries answer with read, in answers and in tables."""

from __future__ import annotations

CODES = {
    "met": ("完成", "met"),
    "missed": ("未完成", "missed"),
    "not_comparable": ("不可比", "not comparable"),
    "not_reported": ("未报告", "not reported"),
    "added": ("新增", "added"),
    "dropped": ("取消", "dropped"),
    "moved": ("换责任单位", "moved"),
    "raised": ("要求提高", "asks more"),
    "lowered": ("要求降低", "asks less"),
    "reworded": ("改说法", "reworded"),
    "kept": ("未变", "kept"),
    "later": ("以后年度", "later"),
    "earlier": ("以前年度", "earlier"),
    "above": ("上级", "above"),
    "below": ("下级", "below"),
}
"""How the codes of comparisons read, (zh, en), in the columns of ``CODED``."""
CODED = frozenset({"verdict", "changes", "kind"})
