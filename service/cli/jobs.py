"""``zhize jobs``: what becomes of uploads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import click

from service.cli.help import Command, Group
from service.cli.options import json_option, limit_option, shared_options, store_url
from service.cli.speech import Say

if TYPE_CHECKING:
    from graph.jobs.record import Job
    from graph.store import Store

STATES = ("queued", "running", "done", "failed", "cancelled")
"""Those of ``graph.jobs.record``, which takes longer to load than help may."""


def command(say: Say) -> click.Command:
    """``zhize jobs [COMMAND]``."""
    group = Group(
        "jobs",
        say=say,
        subcommand_metavar=say("[命令] …", "[COMMAND] …"),
        invoke_without_command=True,
        callback=lambda: _list_alone(say),
        params=shared_options(say),
        short_help=say(
            "上传文件的载入任务：列出、查看、取消、重试。", "Uploads being loaded: list, show, cancel, retry."
        ),
        help=say(
            """通过网页或接口上传的文件各是一个任务：等待（queued）、处理中（running）、完成（done）、失败（failed）、
            已取消（cancelled）。不带命令时列出最近的任务。

            例：
              zhize jobs
              zhize jobs list --state failed
              zhize jobs retry job:3f1c9a0b77e2d4516c08
            """,
            """Each file sent over the page or REST is a job: queued, running, done, failed or cancelled. Without a
            command, the latest jobs are listed.

            Examples:
              zhize jobs
              zhize jobs list --state failed
              zhize jobs retry job:3f1c9a0b77e2d4516c08
            """,
        ),
    )
    for made in (_list(say), *_about_one(say)):
        group.add_command(made)
    return group


def _list(say: Say) -> click.Command:
    help_ = say("列出任务，新的在前。", "List jobs, newest first.")
    return Command(
        "list",
        say=say,
        callback=lambda **given: run_list(say, **given),
        params=[
            click.Option(["--state"], type=click.Choice(STATES), help=say("只看这一状态的。", "Only of this state.")),
            limit_option(say),
            json_option(say),
            *shared_options(say),
        ],
        short_help=help_,
        help=f"{help_}\n\n{say('例：', 'Example:')}\n  zhize jobs list --state failed --limit 20",
    )


def _about_one(say: Say) -> list[click.Command]:
    return [
        _command(
            say,
            "show",
            run_show,
            say(
                "查看一个任务：进度、每个文件的结果、失败原因。",
                "One job: progress, what became of each file, why it failed.",
            ),
        ),
        _command(
            say,
            "cancel",
            run_cancel,
            say(
                "取消等待或处理中的任务；压缩包中已载入的文件保留。",
                "Cancel a job that waits or runs; files of a zip that were loaded stay.",
            ),
        ),
        _command(
            say,
            "retry",
            run_retry,
            say("让失败或已取消的任务重新开始。", "Begin again a job that failed or was cancelled."),
        ),
    ]


def _command(say: Say, name: str, run: Callable[..., int], help_: str) -> click.Command:
    return Command(
        name,
        say=say,
        callback=lambda **given: run(say, **given),
        params=[click.Argument(["id_"], metavar="ID"), json_option(say), *shared_options(say)],
        short_help=help_,
        help=f"{help_}\n\n{say('例：', 'Example:')}\n  zhize jobs {name} job:3f1c9a0b77e2d4516c08",
    )


def _list_alone(say: Say) -> int:
    if click.get_current_context().invoked_subcommand is not None:
        return 0
    return run_list(say, state=None, limit=None, as_json=False)


def run_list(say: Say, state: str | None, limit: int | None, as_json: bool) -> int:
    """Print the list."""
    from graph.jobs.reading import list_jobs
    from service.cli.output import print_json, print_table
    from service.cli.session import with_store
    from service.jobs import listed

    async def work(store: Store) -> tuple[list[Job], int]:
        return await list_jobs(store, state=state, limit=limit or 50)

    found, total = with_store(store_url(click.get_current_context()), work)
    if as_json:
        print_json({"jobs": [listed(job) for job in found], "total": total})
        return 0
    headers = [say("任务", "Job"), say("状态", "State"), say("来源", "Source"), say("说明", "Note")]
    if found:
        print_table(headers, [(job.id, _state(job, say), job.source, _note(job, say)) for job in found])
    click.echo(say(f"共 {total} 个任务", f"{total} jobs in all"), err=True)
    return 0


def run_show(say: Say, id_: str, as_json: bool) -> int:
    """Print one job."""
    from graph.jobs.reading import get_job

    return _print(say, lambda store: get_job(store, id_), as_json)


def run_cancel(say: Say, id_: str, as_json: bool) -> int:
    """Cancel it and print what it is then."""
    from graph.jobs.changes import Cancel
    from graph.jobs.record import stamp, utc_now

    return _print(say, lambda store: _required(store.job(Cancel(id_, stamp(utc_now())))), as_json)


def run_retry(say: Say, id_: str, as_json: bool) -> int:
    """Queue it again and print what it is then."""
    from graph.jobs.changes import Retry
    from graph.jobs.record import stamp, utc_now

    return _print(say, lambda store: _required(store.job(Retry(id_, stamp(utc_now())))), as_json)


async def _required(change: Awaitable[Job | None]) -> Job:
    job = await change
    assert job is not None
    return job


def _print(say: Say, work: Callable[[Store], Awaitable[Job]], as_json: bool) -> int:
    from service.cli.output import print_json, print_text
    from service.cli.session import with_store
    from service.jobs import shown

    job = with_store(store_url(click.get_current_context()), work)
    told = shown(job)
    if as_json:
        print_json(told)
        return 0
    print_text(f"{job.id}  {_state(job, say)}  {job.source}")
    times = (
        (say("收到", "sent"), told["created_at"]),
        (say("开始", "started"), told["started_at"]),
        (say("结束", "ended"), told["finished_at"]),
        (say("下次尝试", "next attempt"), told["not_before"] if job.attempts else None),
    )
    print_text(" · ".join(f"{word} {time}" for word, time in times if time), "  ")
    if note := _note(job, say):
        print_text(note, "  ")
    for file in told["files"]:
        print_text(f"{file['source']}  {_outcome(file, say)}", "  - ")
    return 0


def _outcome(file: dict[str, Any], say: Say) -> str:
    from service.cli.ingest import STATUS

    word = say(*STATUS[file["status"]])
    return f"{word}{say('：', ': ')}{file['error'][say.lang]}" if file["error"] else f"{word} {file['document']}"


def _state(job: Job, say: Say) -> str:
    from service.jobs import STATE_WORDS

    return say(*STATE_WORDS[job.state])


def _note(job: Job, say: Say) -> str:
    if job.error is not None:
        tried = say(f"第 {job.attempts} 次尝试：", f"attempt {job.attempts}: ") if job.open else ""
        return tried + job.error[say.lang]
    if job.state == "running" and job.total > 1:
        return say(f"{job.done}/{job.total} 个文件", f"{job.done} of {job.total} files")
    return ""
