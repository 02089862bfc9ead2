"""What the commands of ``zhize review`` do and print."""

from __future__ import annotations

import getpass
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from graph.review.decide import Decision, decide
from graph.review.entries import Action
from graph.review.queue import Item, queue
from graph.review.transfer import export_log, import_log
from graph.store import Store
from service.cli.codes import FAILED
from service.cli.options import store_url
from service.cli.output import evidence, print_json, print_text
from service.cli.session import with_store
from service.cli.speech import Say
from service.reviews import decision as decision_of
from service.reviews import decisions as decisions_of

T = TypeVar("T")
ACTIONS = {
    "accept": ("采纳", "accept"),
    "reject": ("驳回", "reject"),
    "edit": ("更正", "edit"),
    "merge": ("合并", "merge"),
    "split": ("拆分", "split"),
    "different": ("判为不同", "different"),
    "undo": ("撤销", "undo"),
}
STANDINGS = {
    "in-force": ("有效", "in force"),
    "waiting": (
        "等待：所指事实现已不存在",
        "waiting: the fact no longer exists",
    ),
    "undone": ("已撤销", "undone"),
}
KINDS = {
    "proposed": ("候选待审", "only proposed"),
    "unsure": ("把握不大", "not sure"),
    "suspicious": ("数字可疑", "suspicious number"),
    "waiting": ("决定所指事实已不存在", "decision whose fact no longer exists"),
    "owners": ("牵头不一", "different leads"),
    "same-name": ("同名", "one name, two nodes"),
    "unknown": ("生词", "unknown term"),
    "alike": ("名称相近", "names nearly alike"),
}


def run_decision(
    say: Say, action: Action, target: str, reason: str, by: str | None, as_json: bool, **given: Any
) -> int:
    """Make a decision and say what it was."""
    asked = Decision(
        action=action,
        target=target,
        reason=reason,
        by=by or os.environ.get("ZHIZE_REVIEWER") or getpass.getuser(),
        into=given.get("into") or "",
        name=given.get("name") or "",
        other=given.get("other") or "",
        documents=tuple(given.get("documents") or ()),
        facts=tuple(given.get("facts") or ()),
        changes=dict(_pair(pair, say) for pair in given.get("pairs") or ()),
    )

    async def work(store: Store) -> dict[str, Any]:
        id_, _ = await decide(store, asked)
        return await decision_of(store, id_)

    made = _with_store(work)
    if as_json:
        print_json(made)
    else:
        _print(made, say)
    return 0


def _pair(pair: str, say: Say) -> tuple[str, str]:
    name, mark, value = pair.partition("=")
    if not mark:
        raise click.UsageError(
            say("更正要写成 名称=值。", "Write corrections as NAME=VALUE."), click.get_current_context()
        )
    return name, value


def run_queue(say: Say, kind: str | None, limit: int | None, as_json: bool) -> int:
    """Print the head of the queue."""
    items = _with_store(lambda store: queue(store, kind=kind, limit=limit or 20))
    if as_json:
        print_json({"items": items})
        return 0
    for number, item in enumerate(items, start=1):
        _print_item(number, item, say)
    if not items:
        click.echo(say("没有需要审核的内容。", "There is nothing to review."))
    return 0


def _print_item(number: int, item: Item, say: Say) -> None:
    targets = " ".join(part for part in (item.target, item.other) if part)
    print_text(f"{say(*KINDS[item.kind])} · {item.what} · {item.name} · {targets} · {item.score:g}", f"{number}. ")
    for text in (_why(item, say), evidence(_evidence_row(item), say)):
        if text:
            print_text(text, "   ", dim=True)


def _why(item: Item, say: Say) -> str:
    details = item.details
    if item.kind in ("proposed", "unsure"):
        confidence = f"{details['confidence']:g}"
        inherited = say("，继承", ", inherited") if details["implicit"] else ""
        return (
            say(f"把握 {confidence}，规则 {details['rule']}", f"confidence {confidence}, rule {details['rule']}")
            + inherited
        )
    if item.kind == "owners":
        return "、".join(details["units"]) + say("：", ": ") + " ".join(details["facts"])
    if item.kind == "same-name":
        return say(f"都被称为“{details['called']}”", f"both are called “{details['called']}”")
    if item.kind == "alike":
        return say(f"名称相似 {details['likeness']:.0%}", f"names {details['likeness']:.0%} alike")
    if item.kind == "waiting":
        return say(f"第 {details['number']} 条决定", f"decision {details['number']}")
    return str(details.get("suspicion") or "")


def _evidence_row(item: Item) -> Mapping[str, Any]:
    return {"quote": item.quote, "document": item.document, "start": item.start, "end": item.end}


def run_list(say: Say, waiting: bool, limit: int | None, as_json: bool) -> int:
    """Print the decisions that count."""
    found, damaged = _with_store(decisions_of)
    standings = ("waiting",) if waiting else ("in-force", "waiting")
    wanted = [one for one in found if one["standing"] in standings and one["action"] != "undo"]
    return _print_decisions(wanted[:limit], damaged, say, as_json)


def run_log(say: Say, limit: int | None, as_json: bool) -> int:
    """Print all decisions, newest first; 1 when a line is damaged."""
    found, damaged = _with_store(decisions_of)
    return _print_decisions(found[:limit], damaged, say, as_json)


def run_show(say: Say, target: str, as_json: bool) -> int:
    """Print one decision, or all about a fact or node."""

    async def work(store: Store) -> list[dict[str, Any]]:
        if (target.isdecimal() and len(target) < 20) or target.startswith("decision:"):
            return [await decision_of(store, target)]
        return (await decisions_of(store, target=target))[0]

    found = _with_store(work)
    if not found and not as_json:
        click.echo(say(f"没有关于 {target} 的决定。", f"Nothing was decided about {target}."))
        return 0
    return _print_decisions(found, [], say, as_json)


def run_export(say: Say) -> int:
    """Print the lines of the log."""
    for line in _with_store(export_log):
        click.echo(line)
    return 0


def run_import(say: Say, file: str) -> int:
    """Bring a log in; 1 when a line is damaged (the others are in)."""
    text = Path(file).read_text(encoding="utf-8", errors="backslashreplace")
    done = _with_store(lambda store: import_log(store, text))
    click.echo(say(f"已导入 {done.added} 条决定。", f"{done.added} decisions were imported."))
    for one in done.damaged:
        click.echo(f"✗ {one.message[say.lang]}", err=True)
    return FAILED if done.damaged else 0


def _print_decisions(found: Sequence[Mapping[str, Any]], damaged: Sequence[Any], say: Say, as_json: bool) -> int:
    if as_json:
        print_json({"decisions": found, "damaged": damaged})
    else:
        for one in found:
            _print(one, say)
        if not found and not damaged:
            click.echo(say("还没有审核决定。", "Nothing was decided yet."))
        for one in damaged:
            click.echo(f"✗ {one['message'][say.lang]}", err=True)
    return FAILED if damaged else 0


def _print(made: Mapping[str, Any], say: Say) -> None:
    standing = say(*STANDINGS[made["standing"]])
    if made["undone_by"]:
        standing += say(f"（第 {made['undone_by']} 条）", f" ({made['undone_by']})")
    head = f"{say(*ACTIONS[made['action']])} · {_about(made, say)} · {standing}"
    print_text(head, f"{made['seq']}. ")
    print_text(f"{made['by']} {made['at']}{say('：', ': ')}{made['reason']}", "   ", dim=True)


def _about(made: Mapping[str, Any], say: Say) -> str:
    if made["undoes"]:
        return say(f"第 {made['undoes']} 条", f"number {made['undoes']}")
    parts = [f"{fact['head']['name']} {fact['type']} {fact['tail']['name']} [{fact['key']}]" for fact in made["facts"]]
    parts += [f"{node['name']} [{node['id']}]" for name in ("node", "other", "into") if (node := made[name])]
    parts += made["documents"]
    parts += [f"{name}={value}" for name, value in made["changes"].items()]
    return " · ".join(parts)


def _with_store(work: Callable[[Store], Awaitable[T]]) -> T:
    return with_store(store_url(click.get_current_context()), work)
