"""``zhize extract``: what would be read from a file, without any store."""

from __future__ import annotations

import json
from pathlib import Path

import click

from service.cli.help import Command
from service.cli.options import candidates_option, chosen_candidates, lang_option
from service.cli.speech import Say


def command(say: Say) -> click.Command:
    """``zhize extract FILE… --format jsonl``."""
    return Command(
        "extract",
        say=say,
        callback=lambda **given: extract(say, **given),
        params=[
            click.Argument(
                ["files"], nargs=-1, required=True, metavar=say("文件…", "FILE…"), type=click.Path(path_type=Path)
            ),
            click.Option(
                ["--format", "shape"],
                type=click.Choice(["jsonl"]),
                default="jsonl",
                show_default=True,
                help=say("输出格式。", "Output format."),
            ),
            candidates_option(say),
            lang_option(say),
        ],
        short_help=say("只抽取，不入库。", "Extract only, without a store."),
        help=say(
            """从文件中抽取实体与关系，逐行输出 JSON；不需要存储。

            例：
              zhize extract 通知.docx > 通知.jsonl
            """,
            """Extract entities and relations from files, one JSON a line; needs no store.

            Example:
              zhize extract notice.docx > notice.jsonl
            """,
        ),
    )


def extract(say: Say, files: tuple[Path, ...], shape: str, candidates: str | None) -> int:
    """Print every file's spans and relations; 1 when a file could not be read (the others were)."""
    from graph.errors import ZhizeError
    from ingest.assemble import to_jsonl
    from ingest.candidates import source_of
    from ingest.limits import Limits
    from ingest.loaders import load_file
    from ingest.pipeline import extract as read

    failed, source = False, source_of(chosen_candidates(say, candidates))
    for path in files:
        try:
            loaded = load_file(path, limits=Limits())
        except ZhizeError as error:
            click.echo(error.message(say.lang), err=True)
            failed = True
            continue
        found = read(loaded.text, source)
        if source and not found.candidates:
            click.echo(f"{path.name}: {found.notes[-1]}", err=True)
        for line in to_jsonl(found):
            named = {"file": path.name, **line} if len(files) > 1 else line
            click.echo(json.dumps(named, ensure_ascii=False))
    return int(failed)
