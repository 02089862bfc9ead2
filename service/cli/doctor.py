"""``zhize doctor``: is the store sound?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from service.cli.codes import FAILED
from service.cli.help import Command
from service.cli.options import json_option, shared_options, store_url
from service.cli.speech import Say

if TYPE_CHECKING:
    from graph.doctor import Examination
    from graph.errors import Sentence
    from graph.store import Store


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
            开启临时 Cypher（ZHIZE_ADHOC_CYPHER）时，还会指出 Neo4j 应改的设置。

            例：
              zhize doctor
              zhize doctor --json
            """,
            """Check the store: schema version, counts, the graph's hash, the evidence of every fact.
            Exit code 1 when something is wrong. While ad hoc Cypher is on (ZHIZE_ADHOC_CYPHER), settings of Neo4j that
            should be changed are named too.

            Examples:
              zhize doctor
              zhize doctor --json
            """,
        ),
    )


def doctor(say: Say, as_json: bool) -> int:
    """Print the examination; 1 when the store is down or something in it is wrong."""
    from graph.adhoc.server import advice
    from graph.doctor import examine
    from service.cli.output import print_json
    from service.cli.session import with_store
    from service.settings import load_settings

    adhoc = load_settings().adhoc_cypher

    async def work(store: Store) -> tuple[str, Examination, list[Sentence]]:
        examined = await examine(store)
        return store.url, examined, await advice(store) if adhoc and examined.health.ok else []

    url, found, advised = with_store(store_url(click.get_current_context()), work)
    if as_json:
        print_json({"ok": found.ok, "store": url, "examination": found, "advice": advised})
    else:
        _print(url, found, say)
        for sentence in advised:
            click.echo(f"! {say('临时 Cypher', 'Ad hoc Cypher')}{say('：', ': ')}{sentence[say.lang]}")
    return 0 if found.ok else FAILED


def _print(url: str, found: Examination, say: Say) -> None:
    health = found.health
    lines = [
        (say("存储", "Store"), f"{url} ({health.engine} {health.version})"),
        (say("结构版本", "Schema"), f"{health.schema_version} ({say('本程序', 'known')} {found.schema_known})"),
        (say("修订号", "Revision"), str(health.revision)),
        (say("规则与知识", "Rules and knowledge"), found.knowledge or "-"),
        (say("图的指纹", "Graph hash"), found.graph_hash),
        (say("节点", "Nodes"), _counts(found.nodes)),
        (say("关系", "Relations"), _counts(found.relations)),
    ]
    for name, value in lines:
        click.echo(f"{name}{say('：', ': ')}{value}")
    for problem in found.problems:
        said = f"{problem.message[say.lang]} ({problem.count}){say('：', ': ')}{'、'.join(problem.examples)}"
        click.echo(f"✗ {said}\n  {problem.remedy[say.lang]}")
    if not health.ok:
        click.echo(f"✗ {health.detail}")
    if found.ok:
        click.echo(say("✓ 未发现问题。", "✓ Nothing is wrong."))


def _counts(counts: Mapping[str, Any]) -> str:
    listed = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"{sum(counts.values())}" + (f" ({listed})" if listed else "")
