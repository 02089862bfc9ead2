"""A library with names nobody should trust, and files of it."""

from __future__ import annotations

import io
from typing import Any

from graph.export.duties import Filters
from graph.export.formats import FORMAT_NAMES
from graph.models import Batch, Node
from graph.store import Store
from queries.catalog import Catalog
from service.exports import export, wanted
from tests.store.graphs import Writing, batch_of, shared

MARKUP = "<script>alert('澜川')</script>&amp;科"
FORMULA = "=cmd|' /C calc'!A0"
LINES = "他说\"是\"\n、'否'\\u0027"
SIGNS = "🚦\u202eحافلة大队"
NAMES = (MARKUP, FORMULA, LINES, SIGNS)
QUERY, RAW = "units-owning-task", {"task": "一盔一带"}


def hostile() -> Writing:
    """A withdrawn paper of 望岭县 whose units have hostile names; one quote holds a control character."""
    text = "望岭县交通方案\n" + "".join(f"（{n}）任务{n}\x0b。{name}负责。\n" for n, name in enumerate(NAMES, 1))
    w = Writing("wangling/=1.txt", text, "望岭县交通方案", "notice", "2021-01-01", 2021)
    w.node.properties["valid"] = "withdrawn"  # type: ignore[index]
    for n, name in enumerate(NAMES, 1):
        task = w.task(f"任务{n}", "item", w.node, deadline="2021-06-30", deadline_text="6月底前")
        unit: Node = shared("Unit", name, f"+{n}", kind="other")
        w.duty(unit, task, f"任务{n}\x0b。{name}负责", role_zh="负责", valid="withdrawn")
    rejected = shared("Campaign", "已驳回的行动", status="rejected")
    w.fact("CARRIES_OUT", task, rejected, "任务4")
    return w


def hostile_batch() -> Batch:
    return batch_of(hostile())


async def exported(store: Store, catalog: Catalog, format_: str, **more: Any) -> bytes:
    """The file of ``format_``; ``more`` as for ``service.exports.wanted``."""
    asked = {"query": None, "raw": {}, "filters": Filters(), "everything": False, "lang": "zh", **more}
    file = io.BytesIO()
    await export(store, wanted(format_, catalog, **asked), file)
    return file.getvalue()


async def all_files(store: Store, catalog: Catalog) -> dict[str, bytes]:
    """Every format of the whole and of a query, by ``FORMAT`` and ``FORMAT of rows``."""
    files = {name: await exported(store, catalog, name) for name in FORMAT_NAMES}
    files["json of everything"] = await exported(store, catalog, "json", everything=True)
    files["cypher of everything"] = await exported(store, catalog, "cypher", everything=True)
    for name in FORMAT_NAMES:
        if name != "cypher":
            files[f"{name} of rows"] = await exported(store, catalog, name, query=QUERY, raw=RAW)
    return files
