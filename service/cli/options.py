"""Options several commands share, and the state they leave for the command's body."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from service.cli.speech import Say

if TYPE_CHECKING:
    from ingest.candidates import CandidateSettings

DEFAULT_STORE = "embedded:./zhize-data"


@dataclass(slots=True)
class State:
    """What the options before and after the command's name have set. ``store`` is None when neither did."""

    store: str | None = None


def store_option(say: Say) -> click.Option:
    """``--store``, allowed before and after the command's name."""
    return click.Option(
        ["--store"],
        metavar="URL",
        expose_value=False,
        callback=_keep_store,
        help=say(
            f"存储：embedded:路径、neo4j://主机:7687 或 neo4j+s://主机。默认取 ZHIZE_STORE，否则 {DEFAULT_STORE}。",
            f"Store: embedded:PATH, neo4j://host:7687 or neo4j+s://host. Default: ZHIZE_STORE, else {DEFAULT_STORE}.",
        ),
    )


def lang_option(say: Say) -> click.Option:
    """``--lang``. Its effect comes before parsing (``speech.chosen``); here it is only checked."""
    return click.Option(
        ["--lang"],
        type=click.Choice(["zh", "en"]),
        expose_value=False,
        help=say("消息用中文还是英文。默认看 LANG。", "Messages in Chinese or English. Default: by LANG."),
    )


def json_option(say: Say) -> click.Option:
    """``--json``: the result for programs."""
    return click.Option(["--json", "as_json"], is_flag=True, help=say("输出 JSON。", "Print JSON."))


def format_option(say: Say) -> click.Option:
    """``--format``: rows as a table, as JSON or as CSV."""
    return click.Option(
        ["--format", "shape"],
        type=click.Choice(["table", "json", "csv"]),
        default="table",
        show_default=True,
        help=say("输出格式。", "Output format."),
    )


def jobs_option(say: Say) -> click.Option:
    """``--jobs N``: processes that read documents at once."""
    return click.Option(
        ["--jobs"],
        type=click.IntRange(min=1),
        help=say("并行进程数。默认等于处理器核数。", "Processes at once. Default: as many as processors."),
    )


def limit_option(say: Say) -> click.Option:
    """``--limit N``: rows at most."""
    return click.Option(["--limit"], type=click.IntRange(min=1), help=say("最多多少行。", "Rows at most."))


def candidates_option(say: Say) -> click.Option:
    """``--candidates``: which candidate source is asked beside the rules."""
    return click.Option(
        ["--candidates"],
        type=click.Choice(["none", "lac", "llm"]),
        help=say(
            "规则之外的候选来源，结果只作待审核的建议；llm 会把文件正文发送到 ZHIZE_LLM_URL。"
            "默认取 ZHIZE_CANDIDATES，否则不用。",
            "Candidate source beside the rules; what it finds is only proposed. llm sends document text to "
            "ZHIZE_LLM_URL. Default: ZHIZE_CANDIDATES, else none.",
        ),
    )


def chosen_candidates(say: Say, choice: str | None) -> CandidateSettings:
    """Settings of the candidate source, after saying on stderr where document text goes if it leaves the machine.

    Raises InvalidSetting when the source cannot be used.
    """
    from ingest.candidates import candidate_settings, source_of

    settings = candidate_settings(candidates=choice)
    source_of(settings)
    if settings.candidates == "llm":
        url, model = settings.llm_url, settings.llm_model
        click.echo(
            say(
                f"候选来源 llm：文件正文将发送到 {url}（模型 {model}）。",
                f"Candidate source llm: document text is sent to {url} (model {model}).",
            ),
            err=True,
        )
    return settings


def shared_options(say: Say) -> list[click.Parameter]:
    """What every command that opens a store takes."""
    return [store_option(say), lang_option(say)]


def store_url(ctx: click.Context) -> str:
    """The store this command works on: option, environment, default, in this order."""
    state = ctx.find_object(State)
    given = state.store if state else None
    return given or os.environ.get("ZHIZE_STORE") or DEFAULT_STORE


def user_queries() -> list[Path]:
    """The folders of the user's own catalog files (ZHIZE_QUERIES), as the catalog loader takes them."""
    from queries.catalog import folders_of

    return folders_of(os.environ.get("ZHIZE_QUERIES", ""))


def _keep_store(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    state = ctx.ensure_object(State)
    if value is not None:
        state.store = value
