"""``zhize analytics``: figures about the whole graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from service.cli.help import Command, Group
from service.cli.options import format_option, limit_option, shared_options, store_url
from service.cli.speech import Say

if TYPE_CHECKING:
    from graph.analytics.description import Description
    from graph.analytics.run import Result
    from graph.store import Store


class Analytics(Group):
    """A command for each analysis; its help is its description."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from graph.analytics.description import descriptions

        return list(descriptions())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from graph.analytics.description import described

        return _analysis_command(cmd_name, described(cmd_name), self.say)


def command(say: Say) -> click.Command:
    """``zhize analytics NAME``."""
    return Analytics(
        "analytics",
        say=say,
        subcommand_metavar=say("名称 [选项]…", "NAME [OPTIONS]…"),
        params=shared_options(say),
        short_help=say(
            "统计全图：负担、协作、空白、重叠。", "Figures about the whole graph: load, cooperation, gaps, overlap."
        ),
        help=say(
            """统计全图。只计现行文件中未被驳回的事实；每行附关系 key 作依据。

            没有责任单位、有多个牵头单位的任务：zhize query tasks-without-lead、tasks-with-several-leads。

            例：
              zhize analytics unit-load
              zhize analytics overlapping-campaigns --year 2024 --format csv > 重叠.csv
            """,
            """Figures about the whole graph. Only facts in force count; each row names facts that prove it, by key.

            Tasks without a lead or with several: zhize query tasks-without-lead, tasks-with-several-leads.

            Examples:
              zhize analytics unit-load
              zhize analytics overlapping-campaigns --year 2024 --format csv > overlap.csv
            """,
        ),
    )


def _analysis_command(name: str, found: Description, say: Say) -> click.Command:
    shown = [column.zh if say.lang == "zh" else column.en for column in found.shown if not column.evidence]
    listed = say(f"给出：{'、'.join(shown)}", f"Gives: {', '.join(shown)}")
    return Command(
        name,
        say=say,
        callback=lambda year, shape, limit: run_analysis(say, name, year, shape, limit),
        params=[
            click.Option(
                ["--year"], type=click.IntRange(1, 9999), help=say("只看这一年的文件。", "Only documents of this year.")
            ),
            format_option(say),
            limit_option(say),
            *shared_options(say),
        ],
        short_help=found.title.get(say.lang),
        help="\n\n".join((found.title.get(say.lang), found.summary.get(say.lang), found.method.get(say.lang), listed)),
    )


def run_analysis(say: Say, name: str, year: int | None, shape: str, limit: int | None) -> int:
    """Run and print one analysis."""
    from graph.analytics.run import analyse
    from service.cli.output import print_csv, print_json, print_rows, progress_bar
    from service.cli.session import with_store

    async def work(store: Store) -> Result:
        with progress_bar(say("读取", "Reading")) as on_progress:
            return await analyse(store, name, year=year, on_progress=on_progress)

    result = with_store(store_url(click.get_current_context()), work)
    rows = result.rows[:limit]
    if shape == "json":
        print_json({**_head(result), "rows": rows, "total": len(result.rows)})
    elif shape == "csv":
        print_csv(result.columns, rows)
    else:
        print_rows(result.columns, rows, say)
        click.echo(_figures(result, len(rows), say), err=True)
    return 0


def _head(result: Result) -> dict[str, object]:
    columns = [column.model_dump() for column in result.columns]
    return {"analysis": result.analysis, "params": result.params, "figures": result.figures, "columns": columns}


def _figures(result: Result, shown: int, say: Say) -> str:
    from graph.analytics.description import described
    from service.cli.output import cell

    figures = described(result.analysis).figures
    parts = [say(f"{shown} 行，共 {len(result.rows)} 行", f"{shown} rows of {len(result.rows)}")]
    for name, value in result.figures.items():
        parts.append(f"{figures[name].get(say.lang)} {cell(name, value, say)}")
    return say("；", "; ").join(parts)
