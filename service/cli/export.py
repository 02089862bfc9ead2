"""``zhize export``: the graph, the duty list or an answer as a file."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import click

from graph.export.formats import FORMAT_NAMES
from service.cli.help import Command
from service.cli.options import shared_options, store_url, user_queries
from service.cli.speech import Say

if TYPE_CHECKING:
    from service.exports import Exported, Wanted

STDOUT = "-"


class Given(NamedTuple):
    """The command line as typed."""

    shape: str
    query: str | None
    pairs: Sequence[str]
    output: str | None
    force: bool
    include: str
    document: str | None
    unit: str | None
    campaign: str | None
    year: int | None


def command(say: Say) -> click.Command:
    """``zhize export --format F``."""
    return Command(
        "export",
        say=say,
        callback=lambda **given: export(say, Given(**given)),
        params=[click.Argument(["pairs"], nargs=-1, metavar=say("[键=值]…", "[KEY=VALUE]…")), *_options(say)],
        short_help=say("导出为文件：图、责任清单或查询结果。", "Write a file: the graph, the duty list or an answer."),
        help=say(
            """导出为文件。不带 --query 时，graphml、jsonld、csv、json、cypher 是整个图，xlsx、docx 是责任清单；
            带 --query 时是该查询的全部行。待审核与已驳回的不在内，除非 --include all。写完才改名，不会留下半个文件。

            例：
              zhize export --format xlsx --year 2024 -o 责任清单.xlsx
              zhize export --format docx --unit 教育局
              zhize export --format graphml
              zhize export --format xlsx --query units-owning-task task=一盔一带
              zhize export --format cypher -o - | cypher-shell -a neo4j://127.0.0.1:7687
            """,
            """Write a file. Without --query, graphml, jsonld, csv, json and cypher hold the whole graph, xlsx and docx
            the duty list; with it, all rows of that query. What is proposed or rejected is left out, unless --include
            all. The file is renamed when it is whole: nothing half-written stays.

            Examples:
              zhize export --format xlsx --year 2024 -o duties.xlsx
              zhize export --format docx --unit 教育局
              zhize export --format graphml
              zhize export --format xlsx --query units-owning-task task=一盔一带
              zhize export --format cypher -o - | cypher-shell -a neo4j://127.0.0.1:7687
            """,
        ),
    )


def _options(say: Say) -> list[click.Parameter]:
    part = say("责任清单只要这{}（编号或名称的一部分）。", "Duty list: only this {} (id or part of the name).")
    return [
        click.Option(
            ["--format", "shape"],
            type=click.Choice(FORMAT_NAMES),
            required=True,
            help=say("文件格式。", "File format."),
        ),
        click.Option(["--query"], metavar=say("名称", "NAME"), help=say("导出这个查询的行。", "Rows of this query.")),
        click.Option(
            ["-o", "--output"],
            metavar=say("文件", "FILE"),
            help=say(
                "写到哪里；- 为标准输出。默认按内容与日期命名。",
                "Where to; - is stdout. Default: named by content and day.",
            ),
        ),
        click.Option(["--force"], is_flag=True, help=say("覆盖已有的文件。", "Overwrite a file that is there.")),
        click.Option(
            ["--include"],
            type=click.Choice(["default", "all"]),
            default="default",
            show_default=True,
            help=say("all：含待审核与已驳回的。", "all: with what is proposed and rejected."),
        ),
        click.Option(["--document"], help=part.format(say("文件", "document"))),
        click.Option(["--unit"], help=part.format(say("单位", "unit"))),
        click.Option(["--campaign"], help=part.format(say("行动", "campaign"))),
        click.Option(
            ["--year"], type=click.IntRange(1, 9999), help=say("责任清单只要这一年度。", "Duty list: only this year.")
        ),
        *shared_options(say),
    ]


def export(say: Say, given: Given) -> int:
    """Write the file and say what is in it."""
    from graph.export.duties import Filters
    from queries.catalog import load_catalog
    from service.cli.query import pair
    from service.exports import file_name, wanted

    catalog = load_catalog(user_queries())
    if given.pairs and given.query is None:
        raise click.UsageError(
            say("键=值 是查询的参数，请加 --query。", "KEY=VALUE are parameters of a query: add --query."),
            click.get_current_context(),
        )
    raw = dict(pair(text, catalog.get(given.query), say) for text in given.pairs) if given.query is not None else {}
    what = wanted(
        given.shape,
        catalog,
        query=given.query,
        raw=raw,
        filters=Filters(given.document, given.unit, given.campaign, given.year),
        everything=given.include == "all",
        lang=say.lang,
    )
    name = given.output or file_name(what, dt.date.today())[1]
    if name == STDOUT:
        _to_stdout(say, what)
        return 0
    target = Path(name)
    _admit(target, given.force, say)
    found = _to_file(say, what, target, given.force)
    click.echo(_sentence(found, what, target, say), err=True)
    return 0


def _admit(target: Path, force: bool, say: Say) -> None:
    if target.exists() and not force:
        raise click.UsageError(
            say(f"{target} 已存在；要覆盖请加 --force", f"{target} exists already; overwrite it with --force"),
            click.get_current_context(),
        )


def _to_file(say: Say, what: Wanted, target: Path, force: bool) -> Exported:
    """Write beside the target, then rename: nothing half-written has its name."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        beside = Path(file.name)
        try:
            found = asyncio.run(_exported(say, what, file))
            file.flush()
            _admit(target, force, say)  # somebody may have made one meanwhile
            beside.chmod(0o644)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return found


def _to_stdout(say: Say, what: Wanted) -> None:
    with tempfile.TemporaryFile() as file:
        asyncio.run(_exported(say, what, file))
        file.seek(0)
        shutil.copyfileobj(file, sys.stdout.buffer)


async def _exported(say: Say, what: Wanted, file: IO[bytes]) -> Exported:
    from service.cli.output import progress_bar
    from service.cli.session import opened
    from service.exports import export as write

    async with opened(store_url(click.get_current_context())) as store:
        with progress_bar(say("导出", "Exporting")) as on_progress:
            return await write(store, what, file, on_progress=on_progress)


def _sentence(found: Exported, what: Wanted, target: Path, say: Say) -> str:
    kind = ("行", "rows") if what.query is not None else ("个节点与关系", "nodes and relations")
    if what.query is None and what.format in ("xlsx", "docx"):
        kind = ("项任务", "tasks")
    return say(f"{target}：{found.count} {kind[0]}。", f"{target}: {found.count} {kind[1]}.")
