"""``zhize doctor``: is the store sound?"""

from __future__ import annotations

import click

from service.cli.help import Command
from service.cli.options import json_option, shared_options, store_url
from service.cli.speech import Say


def command(say: Say) -> click.Command:
    """``zhize doctor``."""
    return Command(
        "doctor",
        say=say,
        callback=lambda as_json: doctor(say, as_json),
        params=[json_option(say), *shared_options(say)],
        short_help=say("检查存储是否完好。", "Check the store."),
        help=say(
            """检查存储：结构版本、各类数量、图的指纹、每条事实是否有原文。有问题时退出码为 1。

            例：
              zhize doctor
              zhize doctor --json
            """,
            """Check the store: schema version, counts, the graph's hash, evidence of every fact. Exit code 1 on a problem.

            Examples:
              zhize doctor
              zhize doctor --json
            """,
        ),
    )
