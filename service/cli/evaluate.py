"""``zhize evaluate``: how good extraction is on annotated texts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from service.cli.help import Command
from service.cli.options import json_option, lang_option
from service.cli.speech import Say

SHOWN = 10
"""Mistakes of one kind and type that are listed unless --limit says otherwise."""


def command(say: Say) -> click.Command:
    """``zhize evaluate GOLD_DIR TEXT_DIR``."""
    folder = click.Path(path_type=Path)
    return Command(
        "evaluate",
        say=say,
        callback=lambda errors, only, limit, **given: evaluate(say, listing=Listing(errors, only, limit), **given),
        params=[
            click.Argument(["gold"], metavar=say("标注目录", "GOLD_DIR"), type=folder),
            click.Argument(["texts"], metavar=say("文本目录", "TEXT_DIR"), type=folder),
            *_options(say),
            json_option(say),
            lang_option(say),
        ],
        short_help=say("对照标注评测抽取质量。", "Score extraction against annotated texts."),
        help=say(
            """对照人工标注评测抽取质量：各类实体与关系的准确率、召回率与 F1。

            标注目录中的每个 .jsonl 对应文本目录中同名的 .txt，格式同 zhize extract 的输出。
            严格：起止位置完全一致。宽松：类型相同且有重叠，一一对应。关系要求两端都有重叠。

            例：
              zhize evaluate 标注 文本
              zhize evaluate 标注 文本 --errors --only Unit --limit 50
              zhize evaluate 标注 文本 --partial --json
            """,
            """Score extraction against texts annotated by hand: precision, recall and F1 per type and relation.

            Each .jsonl in GOLD_DIR belongs to the .txt of the same name in TEXT_DIR,
            in the format that zhize extract writes.
            Exact: the same offsets. Relaxed: the same type and any overlap, one to one.
            Relations need overlap at both ends.

            Examples:
              zhize evaluate GOLD TEXTS
              zhize evaluate GOLD TEXTS --errors --only Unit --limit 50
              zhize evaluate GOLD TEXTS --partial --json
            """,
        ),
    )


def _options(say: Say) -> list[click.Parameter]:
    return [
        click.Option(
            ["--partial"],
            is_flag=True,
            help=say(
                "标注不完整：没有标注之处的抽取结果不计（不算误报）。",
                "The annotation leaves things out: what is found where nothing is annotated is not counted.",
            ),
        ),
        click.Option(
            ["--coref"],
            is_flag=True,
            help=say(
                "关系中的单位可以是同一机构在标注中的任何一处提及。",
                "The unit of a relation may be any annotated mention of the same body.",
            ),
        ),
        click.Option(
            ["--errors"],
            is_flag=True,
            help=say("列出漏报、误报和不一致之处及其上下文。", "List misses, false hits and differences, in context."),
        ),
        click.Option(
            ["--only"],
            multiple=True,
            callback=lambda _ctx, _param, given: tuple(_known_type(name, say) for name in given),
            metavar=say("类型", "TYPE"),
            help=say(
                "只列这一类的错误（Unit、LEADS…），可多次。", "Errors of this type only (Unit, LEADS…); repeatable."
            ),
        ),
        click.Option(
            ["--limit"],
            type=click.IntRange(min=1),
            default=SHOWN,
            show_default=True,
            help=say("每类每种错误最多列多少条（JSON 中全列）。", "Errors of one kind and type at most; JSON has all."),
        ),
    ]


def _known_type(given: str, say: Say) -> str:
    """A span or relation type, upper or lower case. Period is a span that becomes no node."""
    from graph.ontology import ontology

    for name in (*ontology().nodes, "Period", *ontology().relations):
        if name.lower() == given.lower():
            return name
    raise click.BadParameter(say(f"没有类型 {given}（如 Unit、Task、LEADS）", f"no type {given} (Unit, Task, LEADS…)"))


@dataclass(frozen=True, slots=True)
class Listing:
    """Which mistakes are shown: with ``errors`` those of the types ``only`` (all when empty), ``limit`` of a kind."""

    errors: bool
    only: tuple[str, ...]
    limit: int


def evaluate(say: Say, gold: Path, texts: Path, partial: bool, coref: bool, as_json: bool, listing: Listing) -> int:
    """Print the scores and the mistakes asked for; 0 whatever they are."""
    from ingest.evaluation import evaluate as score
    from ingest.evaluation import figures
    from service.cli.output import print_json
    from service.cli.scores import print_mistakes, print_scores

    found = score(gold, texts, coref=coref, partial=partial)
    listed = [mistake for mistake in found.mistakes if not listing.only or mistake.type in listing.only]
    if as_json:
        asked = {"gold": gold, "texts": texts, "partial": partial, "coref": coref}
        print_json({**asked, **figures(found), **({"errors": listed} if listing.errors else {})})
        return 0
    print_scores(found, say)
    if listing.errors:
        print_mistakes(listed, listing.limit, say)
    return 0
