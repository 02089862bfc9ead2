"""``zhize lexicon check``: is the knowledge sound, and what does an overlay change?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.codes import FAILED
from service.cli.help import Command
from service.cli.options import json_option, lang_option
from service.cli.speech import Say

if TYPE_CHECKING:
    from ingest.lexicon_change import Change, Example, TypeChange
    from ingest.lexicon_check import Examined

LISTED = 20
"""Names without a span that are listed; JSON has all."""


def command(say: Say) -> click.Command:
    """``zhize lexicon check [FOLDER] [--texts PATH…]``."""
    return Command(
        "check",
        say=say,
        callback=lambda **given: check(say, **given),
        params=[
            click.Argument(
                ["folder"], required=False, metavar=say("[文件夹]", "[FOLDER]"), type=click.Path(path_type=Path)
            ),
            click.Option(
                ["--texts"],
                multiple=True,
                metavar=say("路径", "PATH"),
                type=click.Path(path_type=Path),
                help=say(
                    "用这些文件或文件夹比较改动前后的抽取结果，可多次。",
                    "Compare what is found in these files or folders before and after; repeatable.",
                ),
            ),
            json_option(say),
            lang_option(say),
        ],
        short_help=say("检查知识文件及改动的影响。", "Check knowledge files and what a change does."),
        help=say(
            """检查自带的知识文件和文件夹中的补充；不给文件夹时取 ZHIZE_KNOWLEDGE。

            错误：文件读不了、同类重名、上级不存在。警告：单字词、不存在的成员、不起作用的成员。
            给出 --texts 时，还列出补充使哪些片段增加、减少或改名，以及哪些新词一次也没有出现。
            有错误时退出码为 1，只有警告时为 0。

            例：
              zhize lexicon check
              zhize lexicon check 我的词表
              zhize lexicon check 我的词表 --texts 文件夹 --json
            """,
            """Check the packaged knowledge files and the overlay in FOLDER; without one, in ZHIZE_KNOWLEDGE.

            Errors: what cannot be read, one name under two entries of a type, parents that do not exist.
            Warnings: terms of one character, members that do not exist or have no effect.
            With --texts: spans that the overlay adds, removes or renames, and new terms that never show.
            Exit code 1 with errors, 0 with warnings only.

            Examples:
              zhize lexicon check
              zhize lexicon check MY_WORDS
              zhize lexicon check MY_WORDS --texts FOLDER --json
            """,
        ),
    )


def check(say: Say, folder: Path | None, texts: tuple[Path, ...], as_json: bool) -> int:
    """Print findings and, with texts, the change; 1 when there are errors or a text could not be read."""
    from ingest.lexicon_change import compare
    from ingest.lexicon_check import examine
    from ingest.lexicon_files import OVERLAY_VARIABLE
    from service.cli.output import print_json
    from service.cli.texts import Texts

    if folder is None and os.environ.get(OVERLAY_VARIABLE):
        folder = Path(os.environ[OVERLAY_VARIABLE])
    found = examine(folder)
    documents = Texts(say, texts)
    change = compare(found.packaged, found.known, list(documents)) if texts else None
    if as_json:
        entries = {file: len(listed) for file, listed in found.known.files.items()}
        about = {"ok": found.ok, "folder": folder, "version": found.known.version, "entries": entries}
        print_json({**about, "findings": found.findings, "change": change})
    else:
        _print_findings(found, say)
        if change is not None:
            _print_change(change, say, compared=found.known is not found.packaged)
    return 0 if found.ok and documents.complete else FAILED


def _print_findings(found: Examined, say: Say) -> None:
    entries = [entry for listed in found.known.files.values() for entry in listed]
    names = sum(len(entry.names) for entry in entries)
    click.echo(
        say(
            f"{len(entries)} 个条目，{names} 个名称，版本 {found.known.version}。",
            f"{len(entries)} entries, {names} names, version {found.known.version}.",
        )
    )
    for finding in found.findings:
        mark = "✗" if finding.level == "error" else "!"
        message = finding.message[say.lang]
        where = "" if finding.code == "invalid" else f"{finding.file} {finding.entry}{say('：', ': ')}"
        click.echo(f"{mark} {where}{message}")
    if not found.findings:
        click.echo(say("✓ 未发现问题。", "✓ Nothing is wrong."))


def _print_change(change: Change, say: Say, *, compared: bool) -> None:
    from service.cli.output import print_table

    many = "" if change.texts == 1 else "s"
    click.echo(say(f"\n{change.texts} 份文本中：", f"\nIn {change.texts} text{many}:"))
    if change.types:
        headers = ["类型", "之前", "之后", "增加", "减少", "改名"]
        if say.lang == "en":
            headers = ["type", "before", "after", "added", "removed", "renamed"]
        print_table(headers, [_row(change_of_type) for change_of_type in change.types])
        for change_of_type in change.types:
            _print_examples(change_of_type)
    elif compared:
        click.echo(say("抽取结果没有变化。", "What is found does not change."))
    _print_unmatched(change, say)


def _row(change: TypeChange) -> list[object]:
    return [change.type, change.before, change.after, change.added, change.removed, change.renamed]


def _print_examples(change: TypeChange) -> None:
    kinds = (("+", change.examples_added), ("-", change.examples_removed), ("~", change.examples_renamed))
    for mark, examples in kinds:
        for example in examples:
            click.echo(f"  {mark} {change.type} {_shown(example)}")


def _shown(example: Example) -> str:
    name = "" if example.name == example.text else f" → {example.name}"
    was = f" ({example.was})" if example.was else ""
    return f"{example.text}{name}{was}  {example.source} [{example.start}–{example.end}]"


def _print_unmatched(change: Change, say: Say) -> None:
    if not change.unmatched:
        return
    count = len(change.unmatched)
    click.echo(
        say(f"{change.terms} 个名称中有 {count} 个没有出现：", f"{count} of {change.terms} names do not show in them:")
    )
    shown = change.unmatched[:LISTED]
    click.echo("  " + say("、", ", ").join(f"{term.name} ({term.file} {term.entry})" for term in shown))
    if count > LISTED:
        click.echo(
            "  " + say(f"… 另有 {count - LISTED} 个（--json 列出全部）", f"… and {count - LISTED} more (--json)")
        )
