"""``zhize worker``: load uploads beside a server, on Neo4j."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

import click

from service.cli.help import Command
from service.cli.options import shared_options, store_url
from service.cli.speech import Say

if TYPE_CHECKING:
    from service.settings import Settings


def command(say: Say) -> click.Command:
    """``zhize worker``."""
    return Command(
        "worker",
        say=say,
        callback=lambda **given: worker(say, **given),
        params=[
            click.Option(
                ["--jobs"],
                type=click.IntRange(1, 64),
                default=1,
                show_default=True,
                help=say("同时处理多少个任务。", "Jobs at once."),
            ),
            *shared_options(say),
        ],
        short_help=say("载入上传的文件（与服务分开的进程，仅 Neo4j）。", "Load uploads beside the server (Neo4j)."),
        help=say(
            """载入上传的文件，直到被停止。可在多台机器上同时运行；服务本身用 ZHIZE_JOBS_WORKERS=0 只接收、不载入。
            嵌入式存储由服务自己载入，不需要这个命令。

            例：
              zhize worker --store neo4j://127.0.0.1:7687 --jobs 2
            """,
            """Load what is uploaded until it is stopped. Several may run, on several machines; a server with
            ZHIZE_JOBS_WORKERS=0 only accepts. An embedded store is loaded by its server: this is not needed there.

            Example:
              zhize worker --store neo4j://127.0.0.1:7687 --jobs 2
            """,
        ),
    )


def worker(say: Say, jobs: int) -> int:
    """Work until SIGINT or SIGTERM; the job at hand is given back."""
    from graph.connect import EMBEDDED
    from graph.errors import InvalidSetting
    from service.settings import load_settings

    url = store_url(click.get_current_context())
    if url.startswith(EMBEDDED):
        reason = {
            "zh": "嵌入式存储由 zhize serve 自己载入上传的文件；单独的处理进程需要 Neo4j",
            "en": "the uploads of an embedded store are loaded by zhize serve itself; a worker needs Neo4j",
        }
        raise InvalidSetting(setting="--store / ZHIZE_STORE", reason=reason)
    settings = load_settings(store=url, jobs_workers=jobs)
    asyncio.run(_work(settings, say))
    return 0


async def _work(settings: Settings, say: Say) -> None:
    from graph.connect import open_store
    from service.job_board import JobBoard
    from service.workers import at_work

    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    store = await open_store(settings.store, settings)
    try:
        async with at_work(store, settings, JobBoard(limit=0, poll=settings.jobs_poll)):
            url = settings.store
            click.echo(
                say(f"正在处理 {url} 的上传任务（Ctrl+C 停止）", f"Working on uploads of {url} (Ctrl+C stops it)")
            )
            await stop.wait()
    finally:
        await store.close()
