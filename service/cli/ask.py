"""``zhize ask``: a question in words."""

from __future__ import annotations

import click

from service.cli.help import Command
from service.cli.options import json_option, limit_option, shared_options, store_url, user_queries
from service.cli.speech import Say


def command(say: Say) -> click.Command:
    """``zhize ask "问题"``."""
    return Command(
        "ask",
        say=say,
        callback=lambda **given: ask(say, **given),
        params=[
            click.Argument(["question"], metavar=say("问题", "QUESTION")),
            json_option(say),
            limit_option(say),
            *shared_options(say),
        ],
        short_help=say("用一句话提问。", "Ask in plain words."),
        help=say(
            """用一句话提问：先给答案，再给每一行的原文依据。

            例：
              zhize ask "一盔一带由哪些单位负责？"
              zhize ask "交警大队要做哪些事？" --json
            """,
            """Ask in plain words: the answer first, then every row with the sentence that proves it.

            Examples:
              zhize ask "一盔一带由哪些单位负责？"
              zhize ask "交警大队要做哪些事？" --json
            """,
        ),
    )


def ask(say: Say, question: str, as_json: bool, limit: int | None) -> int:
    """Print the answer. 0 also when nothing was found: that is an answer."""
    from queries.ask import ask as answer_question
    from queries.catalog import load_catalog
    from service.cli.output import print_json, print_rows, print_text
    from service.cli.session import with_store

    catalog = load_catalog(user_queries())
    answer = with_store(
        store_url(click.get_current_context()),
        lambda store: answer_question(store, catalog, question, lang=say.lang, limit=limit),
    )
    if as_json:
        print_json(answer)
        return 0
    print_text(answer.answer)
    if answer.rows:
        click.echo()
        print_rows(answer.columns, answer.rows, say)
    if answer.truncated:
        click.echo(
            say(
                f"只显示前 {len(answer.rows)} 行，更多用 --limit。",
                f"Only {len(answer.rows)} rows shown; --limit gives more.",
            )
        )
    if answer.alternatives:
        click.echo()
        click.echo(say("也可以问：", "You can also ask:"))
        for other in answer.alternatives:
            click.echo(f'  zhize ask "{other["question"]}"')
    return 0
