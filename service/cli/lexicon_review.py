"""``zhize lexicon review``: terms of your texts that the lexicon does not know, ready to be added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.codes import FAILED
from service.cli.help import Command
from service.cli.options import json_option, lang_option
from service.cli.speech import Say

if TYPE_CHECKING:
    from ingest.lexicon_review import Candidate, Fields, Review

MIN_COUNT = 2
SHOWN = 60
"""Characters of the example sentence that are shown around the term."""

WHY = {
    "quoted": ("引号中的词", "in quotes"),
    "unsure": ("低把握读出的机构", "a body read with low confidence"),
    "refused": ("像机构而未读出", "like a body, and not read"),
}


def command(say: Say) -> click.Command:
    """``zhize lexicon review PATH… [--min-count N] [--only FILE] [--yaml | --json]``."""
    return Command(
        "review",
        say=say,
        callback=lambda **given: review(say, **given),
        params=[
            click.Argument(
                ["paths"], nargs=-1, required=True, metavar=say("路径…", "PATH…"), type=click.Path(path_type=Path)
            ),
            click.Option(
                ["--min-count"],
                type=click.IntRange(min=1),
                default=MIN_COUNT,
                show_default=True,
                help=say("至少出现几次才列出。", "List what occurs this often."),
            ),
            click.Option(
                ["--only"],
                multiple=True,
                metavar=say("知识文件", "FILE"),
                callback=lambda _ctx, _param, given: tuple(_known_file(name, say) for name in given),
                help=say(
                    "只列归入这个知识文件的词（units、campaigns…），可多次。",
                    "Only terms that would go to this knowledge file (units, campaigns…); repeatable.",
                ),
            ),
            click.Option(
                ["--yaml", "as_yaml"],
                is_flag=True,
                help=say("输出可直接用作补充文件的 YAML。", "Print YAML that can be used as overlay files."),
            ),
            json_option(say),
            lang_option(say),
        ],
        short_help=say("列出词表之外的词。", "List terms the lexicon does not know."),
        help=say(
            """列出文件中词表不认识的词：行动、机制等之前引号中的词，像机构名称而没有（或没有把握）读出的词。

            每个词附次数、一处出处，和一行可粘贴的条目（sure: false，即只识别，不推出任何事实）。
            看过而不需要的词，写进 review.yaml 的 ignored，以后不再列出。

            例：
              zhize lexicon review 文件夹
              zhize lexicon review 文件夹 --only units --yaml > 我的词表/units.yaml
              zhize lexicon check 我的词表 --texts 文件夹
            """,
            """List terms of the files that the lexicon does not know: what stands in quotes before 行动, 机制 and the
            like, and what looks like a body and was not read, or not for sure.

            Each with its count, one place, and an entry to paste (sure: false: it is found, nothing follows from it).
            What you have seen and do not want goes under `ignored` in review.yaml, and does not come again.

            Examples:
              zhize lexicon review FOLDER
              zhize lexicon review FOLDER --only units --yaml > MY_WORDS/units.yaml
              zhize lexicon check MY_WORDS --texts FOLDER
            """,
        ),
    )


def _known_file(given: str, say: Say) -> str:
    from ingest.entry import LABELS, WORDS

    name = given.removesuffix(".yaml")
    files = [file for file in LABELS if file not in WORDS]
    if name in files:
        return name
    known = ", ".join(files)
    raise click.BadParameter(say(f"没有知识文件 {given}（可用：{known}）", f"no knowledge file {given} ({known})"))


def review(
    say: Say, paths: tuple[Path, ...], min_count: int, only: tuple[str, ...], as_yaml: bool, as_json: bool
) -> int:
    """Print the list; 1 when a file could not be read."""
    from ingest.lexicon_review import Review, overlay_text, suggestions
    from service.cli.output import print_json
    from service.cli.texts import Texts

    if as_yaml and as_json:
        raise click.UsageError(say("--yaml 与 --json 只能用一个", "either --yaml or --json"))
    documents = Texts(say, paths)
    collected = Review()
    for document in documents:
        collected.add(document)
    candidates = collected.candidates(min_count, only)
    suggested = suggestions(candidates)
    if as_yaml:
        click.echo(overlay_text(suggested), nl=False)
    elif as_json:
        terms = [_row(candidate, fields) for candidate, fields in _with_entries(candidates, suggested)]
        print_json({"documents": collected.documents, "truncated": collected.truncated, "terms": terms})
    else:
        _print(collected, candidates, suggested, say)
    return 0 if documents.complete else FAILED


def _print(
    collected: Review,
    candidates: list[Candidate],
    suggested: dict[str, list[tuple[Candidate, Fields]]],
    say: Say,
) -> None:
    from ingest.lexicon_review import written

    for candidate, fields in _with_entries(candidates, suggested):
        found = candidate.found
        click.echo(_heading(candidate, say))
        click.echo(f"    {_context(candidate)}  {candidate.source} [{found.start}–{found.end}]")
        if fields:
            click.echo(f"    {found.file}.yaml: - {written(fields)}")
    if not candidates:
        click.echo(say("没有词表之外的词达到这个次数。", "No unknown term occurs that often."))
    if collected.truncated:
        click.echo(
            say("不同的词太多，只看了先出现的。", "Too many distinct terms: only the first were kept."), err=True
        )


def _heading(candidate: Candidate, say: Say) -> str:
    """How often, what, why, and what it is today."""
    found, many = candidate.found, "" if candidate.documents == 1 else "s"
    read = say(f"，现读作 {found.read}", f", read as {found.read}") if found.read else ""
    return say(
        f"{candidate.count} 次（{candidate.documents} 份文件）{found.term}：{WHY[found.why][0]}{read}",
        f"{candidate.count} × in {candidate.documents} document{many}, {found.term}: {WHY[found.why][1]}{read}",
    )


def _with_entries(
    candidates: list[Candidate], suggested: dict[str, list[tuple[Candidate, Fields]]]
) -> Iterator[tuple[Candidate, Fields]]:
    """Each term with its entry; with none where an entry before it serves for both."""
    entries = {(c.found.file, c.found.term): fields for listed in suggested.values() for c, fields in listed}
    for candidate in candidates:
        yield candidate, entries.get((candidate.found.file, candidate.found.term), {})


def _row(candidate: Candidate, fields: Fields) -> dict[str, object]:
    found = candidate.found
    return {
        "term": found.term,
        "why": found.why,
        "read": found.read,
        "count": candidate.count,
        "documents": candidate.documents,
        "source": candidate.source,
        "start": found.start,
        "end": found.end,
        "sentence": candidate.sentence,
        "file": found.file,
        "entry": fields,
    }


def _context(candidate: Candidate) -> str:
    """The example sentence around the term, on one line."""
    sentence = " ".join(candidate.sentence.split())
    at = max(sentence.find(candidate.found.term), 0)
    first = max(at - SHOWN // 3, 0)
    last = first + SHOWN
    return f"{'…' if first else ''}{sentence[first:last]}{'…' if last < len(sentence) else ''}"
