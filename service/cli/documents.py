"""``zhize documents``: what is loaded."""

from __future__ import annotations

import click

from service.cli.help import Command
from service.cli.options import json_option, limit_option, shared_options, store_url
from service.cli.speech import Say


def command(say: Say) -> click.Command:
    """``zhize documents``."""
    return Command(
        "documents",
        say=say,
        callback=lambda **given: documents(say, **given),
        params=[
            click.Option(
                ["--kind"],
                help=say("只要这一类（plan、summary、notice…）。", "Only this kind (plan, summary, notice…)."),
            ),
            click.Option(["--year"], type=click.IntRange(1, 9999), help=say("只要这一年。", "Only this year.")),
            limit_option(say),
            json_option(say),
            *shared_options(say),
        ],
        short_help=say("列出已载入的文件。", "List the loaded documents."),
        help=say(
            """列出已载入的文件，新的在前。

            例：
              zhize documents
              zhize documents --kind plan --year 2024
            """,
            """List the loaded documents, newest first.

            Examples:
              zhize documents
              zhize documents --kind plan --year 2024
            """,
        ),
    )


def documents(say: Say, kind: str | None, year: int | None, limit: int | None, as_json: bool) -> int:
    """Print the list."""
    from graph.ontology import ontology
    from queries.documents import list_documents
    from service.cli.output import print_json, print_table
    from service.cli.session import with_store

    page = with_store(
        store_url(click.get_current_context()),
        lambda store: list_documents(store, kind=kind, year=year, limit=limit or 100),
    )
    if as_json:
        print_json(page)
        return 0
    kinds = ontology().node("Document").kinds
    headers = [say("文件", "Document"), say("类型", "Kind"), say("日期", "Date"), say("来源", "Source")]
    rows = [
        (d["name"], say(kinds.get(d["kind"], ""), d["kind"] or ""), d["issued_on"] or d["year"] or "", d["source"])
        for d in page["documents"]
    ]
    print_table(headers, rows)
    click.echo(say(f"共 {page['total']} 份", f"{page['total']} in all"), err=True)
    return 0
