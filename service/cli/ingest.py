"""``zhize ingest``: files and folders into the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import Interrupted
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
    from ingest.report import FileReport, LoadReport

STATUS = {
    "loaded": ("载入", "loaded"),
    "replaced": ("替换", "replaced"),
    "unchanged": ("未变", "unchanged"),
    "duplicate": ("重复", "duplicate"),
    "failed": ("失败", "failed"),
}


class _GivenPath(click.Path):
    """A path that is not empty: ``""`` (a variable that was not set) would mean the current folder."""

    def __init__(self, say: Say) -> None:
        super().__init__(path_type=Path)
        self._empty = say("路径是空的；当前文件夹请写作 .", "the path is empty; this folder is written .")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            raise click.BadParameter(self._empty, ctx, param)
        return super().convert(value, param, ctx)


def command(say: Say) -> click.Command:
    """``zhize ingest PATH…``."""
    return Command(
        "ingest",
        say=say,
        callback=lambda **given: ingest(say, **given),
        params=[
            click.Argument(["paths"], nargs=-1, required=True, metavar=say("路径…", "PATH…"), type=_GivenPath(say)),
            jobs_option(say),
            click.Option(
                ["--source"],
                help=say("单个文件的来源名，默认用文件名。", "Source name of a single file; default its file name."),
            ),
            click.Option(
                ["--dry-run"], is_flag=True, help=say("只读取和检查，不写入。", "Read and check only, write nothing.")
            ),
            candidates_option(say),
            json_option(say),
            *shared_options(say),
        ],
        short_help=say("把文件或文件夹载入存储。", "Load files or folders into the store."),
        help=say(
            """把文件或文件夹（txt、html、docx、pdf、zip）载入存储。

            再次载入同一文件不会改变什么；文件改了，只替换它自己的内容。
            个别文件失败不影响其余文件，此时退出码为 1。

            例：
              zhize ingest 文件夹
              zhize ingest 通知.docx 附件.zip --jobs 4
              zhize ingest 文件夹 --store neo4j://127.0.0.1:7687
            """,
            """Load files or folders (txt, html, docx, pdf, zip) into the store.

            Loading a file again changes nothing; a changed file replaces its own facts and nothing else.
            A file that fails does not stop the others; the exit code is then 1.

            Examples:
              zhize ingest FOLDER
              zhize ingest notice.docx annex.zip --jobs 4
              zhize ingest FOLDER --store neo4j://127.0.0.1:7687
            """,
        ),
    )


def ingest(
    say: Say,
    paths: tuple[Path, ...],
    jobs: int | None,
    source: str | None,
    dry_run: bool,
    candidates: str | None,
    as_json: bool,
) -> int:
    """Load, report every file, say what it came to; 1 when a file failed, 130 when Ctrl-C ended the run early."""
    from service.cli.output import print_json
    from service.cli.session import with_store

    chosen = chosen_candidates(say, candidates)

    async def work(store: Store) -> LoadReport:
        return await _load(say, store, paths, jobs=jobs, source=source, dry_run=dry_run, candidates=chosen)

    report = with_store(store_url(click.get_current_context()), work, create=True)
    if as_json:
        print_json(report.to_json())
    else:
        _print(report, say)
    if any(isinstance(file.error, Interrupted) for file in report.files):
        return INTERRUPTED
    return 0 if report.ok else FAILED


async def _load(say: Say, store: Store, paths: tuple[Path, ...], **given: Any) -> LoadReport:
    from ingest.load import ingest as load
    from service.cli.output import progress_bar

    with progress_bar(say("载入", "Loading")) as on_progress:
        return await load(store, list(paths), on_progress=on_progress, **given)


def _print(report: LoadReport, say: Say) -> None:
    from service.cli.output import on_wide_screen, print_table, print_text

    rows = [(file.source, say(*STATUS[file.status]), _note(file, say)) for file in report.files]
    rows += [(skipped.source, say("跳过", "skipped"), skipped.reason.message(say.lang)) for skipped in report.skipped]
    if on_wide_screen() and rows:
        print_table([say("文件", "File"), say("结果", "Result"), say("说明", "Note")], rows)
    else:
        for source, status, note in rows:
            print_text(source, f"{status}  ")
            if note:
                print_text(note, "      ", dim=True)
    if rows:
        click.echo()
    click.echo(summary(report, say))


def _note(file: FileReport, say: Say) -> str:
    if file.error is not None:
        return file.error.message(say.lang)
    twin = say(f"与 {file.same_as} 内容相同", f"the same text as {file.same_as}") if file.same_as else ""
    tasks, duties = file.counts.get("task", 0), file.counts.get("duties", 0)
    found = say(f"{tasks} 项任务，{duties} 条职责", f"{tasks} tasks, {duties} duties") if file.counts else ""
    return say("；", "; ").join(part for part in (twin, found, *file.notes) if part)


def summary(report: LoadReport, say: Say) -> str:
    """How many files became what, in one sentence."""
    counts = report.by_status()
    parts = [say(f"{zh} {counts[key]}", f"{counts[key]} {en}") for key, (zh, en) in STATUS.items() if counts.get(key)]
    if report.skipped:
        parts.append(say(f"跳过 {len(report.skipped)}", f"{len(report.skipped)} skipped"))
    if not parts:
        return say("没有可载入的文件。", "There was nothing to load.")
    said = say(f"{'，'.join(parts)}，用时 {report.seconds:.1f} 秒。", f"{', '.join(parts)}, in {report.seconds:.1f} s.")
    if report.refreshed:
        said += say(
            f"另有 {report.refreshed} 份已存文件按新的规则或设置重读。", f" {report.refreshed} stored were read anew."
        )
    if report.unanswered:
        said += say(
            f"其中 {report.unanswered} 份未取得候选，下次再试。",
            f" {report.unanswered} of these without candidates; the next run tries again.",
        )
    if report.dry_run:
        said += say("（试运行，未写入。）", " (Dry run: nothing was written.)")
    return said
