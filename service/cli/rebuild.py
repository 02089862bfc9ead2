"""``zhize rebuild``: the graph made anew from the stored texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from service.cli.codes import FAILED, INTERRUPTED
from service.cli.help import Command
from service.cli.options import (
    candidates_option,
    chosen_candidates,
    jobs_option,
    json_option,
    shared_options,
    store_url,
)
from service.cli.speech import Say

if TYPE_CHECKING:
    from graph.store import Store
    from ingest.rebuild import Rebuilt


def command(say: Say) -> click.Command:
    """``zhize rebuild``."""
    return Command(
        "rebuild",
        say=say,
        callback=lambda jobs, candidates, as_json: rebuild(say, jobs, candidates, as_json),
        params=[jobs_option(say), candidates_option(say), json_option(say), *shared_options(say)],
        short_help=say("用已存的原文重建图。", "Make the graph anew from the stored texts."),
        help=say(
            """用存储中的原文、现行规则与知识重建图，逐份写入，期间照常可查；中断后存储完好，再运行一次即可。

            规则和知识没有变，图也没有被别的程序改过时，指纹不变。不重新读取原始文件：请用 zhize ingest。

            例：
              zhize rebuild
            """,
            """Make the graph anew from the texts in the store, with the rules and knowledge in force. Documents are
            written one by one and questions are answered meanwhile. An interrupted run
            leaves a whole store: run it again.

            When neither rules nor knowledge changed, nor any other program the graph, its hash stays. Original files
            are not loaded again: that is zhize ingest.

            Example:
              zhize rebuild
            """,
        ),
    )


def rebuild(say: Say, jobs: int | None, candidates: str | None, as_json: bool) -> int:
    """Rebuild and print both hashes; 1 when a document failed, 130 when Ctrl-C ended the run early."""
    from ingest.rebuild import rebuild as rebuild_graph
    from service.cli.output import print_json, progress_bar
    from service.cli.session import with_store

    chosen = chosen_candidates(say, candidates)

    async def work(store: Store) -> Rebuilt:
        with progress_bar(say("重建", "Rebuilding")) as on_progress:
            return await rebuild_graph(store, jobs=jobs, candidates=chosen, on_progress=on_progress)

    found = with_store(store_url(click.get_current_context()), work)
    if as_json:
        failed = {source: error.message(say.lang) for source, error in found.failed.items()}
        print_json(
            {
                "before": found.before,
                "after": found.after,
                "same": found.same,
                "documents": found.documents,
                "total": found.total,
                "failed": failed,
                "stopped": found.stopped,
                "seconds": found.seconds,
            }
        )
    else:
        _print(found, say)
    if found.stopped:
        return INTERRUPTED
    return FAILED if found.failed else 0


def _print(found: Rebuilt, say: Say) -> None:
    for source, error in found.failed.items():
        click.echo(f"✗ {source}{say('：', ': ')}{error.message(say.lang)}")
    click.echo(say(f"原指纹 {found.before}", f"Hash before {found.before}"))
    click.echo(say(f"现指纹 {found.after}", f"Hash after  {found.after}"))
    seconds = f"{found.seconds:.1f}"
    click.echo(
        say(
            f"重建 {found.documents} / {found.total} 份文件，用时 {seconds} 秒。{_meaning(found, say)}",
            f"{found.documents} of {found.total} documents made anew in {seconds} s. {_meaning(found, say)}",
        )
    )


def _meaning(found: Rebuilt, say: Say) -> str:
    if found.stopped:
        return say("已中止，存储完好；再次运行即可完成。", "Stopped; the store is whole. Run it again to finish.")
    if found.same:
        return say("图没有变化。", "The graph is the same.")
    if found.new_rules:
        return say("规则或知识有更新，图随之改变。", "Rules or knowledge had changed, and the graph with them.")
    return say(
        "规则和知识没有变：图曾被别的程序改动，现已复原。",
        "Neither rules nor knowledge had changed: another program had altered the graph, and that is undone.",
    )
