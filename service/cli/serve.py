"""``zhize serve``: REST and the page."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import click

from service.cli.help import Command
from service.cli.options import shared_options, store_url
from service.cli.speech import Say

if TYPE_CHECKING:
    from service.settings import Settings


def command(say: Say) -> click.Command:
    """``zhize serve``."""
    return Command(
        "serve",
        say=say,
        callback=lambda **given: serve(say, **given),
        params=[
            click.Option(
                ["--host"],
                help=say(
                    "监听地址。默认 127.0.0.1（仅本机）。",
                    "Address to listen on. Default 127.0.0.1 (this machine only).",
                ),
            ),
            click.Option(
                ["--port"],
                type=click.IntRange(0, 65535),
                help=say("端口。默认 8000；0 为任意空闲端口。", "Port. Default 8000; 0 takes a free one."),
            ),
            click.Option(
                ["--workers"],
                type=click.IntRange(min=1),
                default=1,
                show_default=True,
                help=say("进程数（仅 Neo4j 可大于 1）。", "Processes (more than one only on Neo4j)."),
            ),
            *shared_options(say),
        ],
        short_help=say("启动网页与接口服务。", "Serve the page and the REST API."),
        help=say(
            """启动网页与接口服务。本机访问无需密钥；监听其他地址须设置 ZHIZE_API_KEY（至少 32 个字符）。

            例：
              zhize serve
              zhize serve --port 8080
              ZHIZE_API_KEY=… zhize serve --host 0.0.0.0 --store neo4j://127.0.0.1:7687 --workers 4
            """,
            """Serve the page and the REST API. No key is needed on this machine; any other address needs
            ZHIZE_API_KEY (32 characters or more).

            Examples:
              zhize serve
              zhize serve --port 8080
              ZHIZE_API_KEY=… zhize serve --host 0.0.0.0 --store neo4j://127.0.0.1:7687 --workers 4
            """,
        ),
    )


def serve(say: Say, host: str | None, port: int | None, workers: int) -> int:
    """Serve until stopped; everything that would not work is said before the port is opened to anyone."""
    from service.announcement import own_address
    from service.server import refuse_workers, run, run_workers
    from service.settings import load_settings

    settings = load_settings(store=store_url(click.get_current_context()), host=host, port=port)
    settings.check()
    if workers > 1:
        refuse_workers(settings, workers)
    listener = _listen(settings, say)
    settings = settings.model_copy(update={"port": listener.getsockname()[1]})

    def ready() -> None:
        address = own_address(settings)
        click.echo(say(f"zhize 已启动：{address}  （Ctrl+C 停止）", f"zhize is serving {address}  (Ctrl+C stops it)"))

    if workers > 1:
        # The address is free and valid; the workers' supervisor binds it itself.
        listener.close()
        run_workers(settings, workers, ready)
        return 0
    with listener:
        run(settings, listener, ready)
    return 0


def _listen(settings: Settings, say: Say) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host.strip("[]"), settings.port), family=family, backlog=2048)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        # Python adds the address to the system's words; a name that cannot be resolved has no number of theirs.
        number = error.errno or 0
        reason = os.strerror(number) if number > 0 else error.strerror
        raise click.ClickException(
            say(
                f"无法监听 {where}：{reason}。请换一个端口（--port），或停止占用它的程序。",
                f"Cannot listen on {where}: {reason}. Take another port (--port), or stop what uses it.",
            )
        ) from None
