"""``zhize review``: decide about facts, see what is worth deciding, read and move the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from service.cli.help import Command, Group
from service.cli.options import json_option, limit_option, shared_options
from service.cli.speech import Say

KINDS = ("proposed", "unsure", "suspicious", "waiting", "owners", "same-name", "unknown", "alike")
"""Those of ``graph.review.queue``, which takes longer to load than help may."""


def command(say: Say) -> click.Command:
    """``zhize review COMMAND …``."""
    group = Group(
        "review",
        say=say,
        subcommand_metavar=say("命令 …", "COMMAND …"),
        no_args_is_help=True,
        params=shared_options(say),
        short_help=say(
            "审核事实：采纳、驳回、更正、合并、拆分、撤销。", "Review facts: accept, reject, edit, merge, split, undo."
        ),
        help=say(
            """审核事实。每个决定都有署名、日期和理由，只追加、可撤销，重新载入后仍然有效。

            例：
              zhize review queue
              zhize review reject 8f0a6cb6ad6f13589e62 --reason 原文未提该单位
              zhize review undo 3 --reason 看错了
            """,
            """Review facts. Every decision has a name, a date and a reason, is only ever added, can be undone,
            and still holds when documents are loaded again.

            Examples:
              zhize review queue
              zhize review reject 8f0a6cb6ad6f13589e62 --reason "the text does not name it"
              zhize review undo 3 --reason "misread"
            """,
        ),
    )
    for made in (*_reading(say), *_verdicts(say), *_identity(say), *_moving(say)):
        group.add_command(made)
    return group


def _reading(say: Say) -> list[click.Command]:
    return [
        _command(
            say,
            "queue",
            "run_queue",
            say("最值得审核的内容，按价值排序。", "What is most worth deciding."),
            [
                click.Option(["--kind"], type=click.Choice(KINDS), help=say("只看一类。", "Only this kind.")),
                limit_option(say),
                json_option(say),
            ],
            "zhize review queue --kind unsure --limit 5",
        ),
        _command(
            say,
            "list",
            "run_list",
            say(
                "现在有效的决定；--waiting 只看所指事实已不存在的。",
                "Decisions in force; --waiting: those whose fact is not there.",
            ),
            [
                click.Option(["--waiting"], is_flag=True, help=say("只看找不到所指事实的。", "Only those that wait.")),
                limit_option(say),
                json_option(say),
            ],
            "zhize review list",
        ),
        _command(
            say,
            "log",
            "run_log",
            say("全部决定，含已撤销的和损坏的记录。", "All decisions, with those undone and damaged lines."),
            [limit_option(say), json_option(say)],
            "zhize review log --limit 20",
        ),
        _command(
            say,
            "show",
            "run_show",
            say("一条决定，或关于一条事实、一个节点的全部决定。", "One decision, or all about a fact or node."),
            [_argument(["target"], say("编号|KEY|ID", "NUMBER|KEY|ID")), json_option(say)],
            "zhize review show 3",
        ),
    ]


def _verdicts(say: Say) -> list[click.Command]:
    target = _argument(["target"], say("KEY|ID", "KEY|ID"))
    return [
        _decision(
            say,
            "accept",
            say("采纳一条事实（关系的 KEY）或一个节点（ID）。", "Accept a fact (key of a relation) or a node (id)."),
            [target],
            "zhize review accept 8f0a6cb6ad6f13589e62 --reason 与原文一致",
        ),
        _decision(
            say,
            "reject",
            say(
                "驳回一条事实，或一个节点及依赖它的全部事实；此后不再提出。",
                "Reject a fact, or a node with every fact that rests on it; it is not proposed again.",
            ),
            [target],
            "zhize review reject campaign:2dfc32173180ad87a6da --reason 不是专项行动",
        ),
        _decision(
            say,
            "edit",
            say("更正属性，原值仍可见；role 是关系的类型。", "Correct properties; what was extracted stays visible."),
            [target, click.Argument(["pairs"], nargs=-1, required=True, metavar=say("名称=值…", "NAME=VALUE…"))],
            "zhize review edit 8f0a6cb6ad6f13589e62 role=COOPERATES role_zh=配合 --reason 原文为配合单位",
        ),
        _decision(
            say,
            "undo",
            say("撤销一条决定（撤销本身也可撤销）。", "Undo a decision (an undo can be undone too)."),
            [_argument(["target"], say("编号", "NUMBER"))],
            "zhize review undo 3 --reason 看错了",
        ),
    ]


def _identity(say: Say) -> list[click.Command]:
    return [
        _decision(
            say,
            "merge",
            say("把一个节点并入另一个：名称、别名和事实都归后者。", "Merge a node into another: names and facts too."),
            [_argument(["target"], "ID"), _argument(["into"], "INTO_ID")],
            "zhize review merge unit:ad27e370846bdb2d02d3 unit:d440cffd77cfa9b69334 --reason 同一单位",
        ),
        _decision(
            say,
            "split",
            say("把一些文件或事实里的一个节点改为另一个节点。", "Make a node another one in some documents or facts."),
            [
                _argument(["target"], "ID"),
                click.Option(["--into"], help=say("已有的另一个节点。", "Another node that exists.")),
                click.Option(["--name"], help=say("新节点的名称。", "Name of a new node.")),
                click.Option(
                    ["--document", "documents"],
                    multiple=True,
                    help=say("文件的来源或 ID。", "Source or id of a document."),
                ),
                click.Option(["--fact", "facts"], multiple=True, help=say("事实的 KEY。", "Key of a fact.")),
            ],
            "zhize review split unit:ad27e370846bdb2d02d3 --document 方案.txt --name 城区交警大队 --reason 另一单位",
        ),
        _decision(
            say,
            "different",
            say("两个节点不是一回事，不再建议合并。", "Two nodes are not one; it is not suggested again."),
            [_argument(["target"], "ID"), _argument(["other"], "OTHER_ID")],
            "zhize review different unit:ad27e370846bdb2d02d3 unit:d440cffd77cfa9b69334 --reason 一县一市",
        ),
    ]


def _moving(say: Say) -> list[click.Command]:
    return [
        _command(
            say,
            "export",
            "run_export",
            say("审核记录写到标准输出，每条一行。", "The log on stdout, one line a decision."),
            [],
            "zhize review export > reviews.jsonl",
        ),
        _command(
            say,
            "import",
            "run_import",
            say(
                "导入 export 写出的记录；损坏的行保留并说明，其余生效。",
                "Bring in an exported log; damaged lines are kept and said.",
            ),
            [click.Argument(["file"], type=click.Path(exists=True, dir_okay=False), metavar=say("文件", "FILE"))],
            "zhize review import reviews.jsonl",
        ),
    ]


def _argument(names: list[str], metavar: str) -> click.Argument:
    return click.Argument(names, metavar=metavar)


def _decision(say: Say, action: str, help_: str, params: list[click.Parameter], example: str) -> click.Command:
    reason = click.Option(["--reason"], required=True, help=say("理由，必填。", "Why; required."))
    by = click.Option(
        ["--by"],
        help=say(
            "署名，默认取 ZHIZE_REVIEWER，否则为系统用户名。", "Who; default ZHIZE_REVIEWER, else the system's user."
        ),
    )
    return _command(say, action, "run_decision", help_, [*params, reason, by, json_option(say)], example, action=action)


def _command(
    say: Say, name: str, run: str, help_: str, params: list[click.Parameter], example: str, **fixed: Any
) -> click.Command:
    return Command(
        name,
        say=say,
        callback=_callback(say, run, fixed),
        params=[*params, *shared_options(say)],
        short_help=help_,
        help=f"{help_}\n\n{say('例：', 'Example:')}\n  {example}",
    )


def _callback(say: Say, run: str, fixed: dict[str, Any]) -> Callable[..., int]:
    def callback(**given: Any) -> int:
        # What a command does is loaded when it is run: help must be quick.
        from service.cli import review_actions

        result: int = getattr(review_actions, run)(say, **fixed, **given)
        return result

    return callback
