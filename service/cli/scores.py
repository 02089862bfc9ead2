"""Scores of extraction as tables, and its mistakes as lines with their surroundings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from graph.ontology import ontology
from ingest.evaluation.counts import Counts, share
from ingest.evaluation.mistakes import KINDS
from service.cli.output import print_table, print_text
from service.cli.speech import Say

if TYPE_CHECKING:
    from ingest.evaluation import Evaluation, Mistake

END = 30
"""Characters shown of either end of a long span."""
DUTIES = {"explicit": ("明示的职责", "stated duties"), "implicit": ("继承的职责", "inherited duties")}
KIND_NAMES = {
    "missed": ("漏报", "missed"),
    "false": ("误报", "false hits"),
    "edges": ("边界不同", "other edges"),
    "value": ("数值不同", "other value"),
    "name": ("规范名不同", "other full name"),
}


def print_scores(found: Evaluation, say: Say) -> None:
    """Tables of types and relations; below them what agrees beyond the spans."""
    click.echo(
        say(
            f"{found.documents} 份文本，{found.characters} 字",
            f"texts: {found.documents}, characters: {found.characters}",
        )
    )
    figures = ("P", "R", "F1")
    exact = [f"{say('严格', 'exact')} {figures[0]}", *figures[1:]]
    relaxed = [f"{say('宽松', 'relaxed')} {figures[0]}", *figures[1:]]
    click.echo()
    print_table(
        [say("类型", "Type"), say("标注", "Gold"), *exact, *relaxed],
        (
            (_titled(label, say), counts.gold, *_figures(counts), *_figures(found.relaxed[label]))
            for label, counts in found.exact.items()
        ),
    )
    annotated = [(_titled(label, say), counts) for label, counts in found.relations.items() if counts.gold]
    duties = [(say(*DUTIES[kind]), counts) for kind, counts in found.duties.items() if counts.gold]
    if annotated:
        click.echo()
        print_table(
            [say("关系", "Relation"), say("标注", "Gold"), *figures],
            ((title, counts.gold, *_figures(counts)) for title, counts in [*annotated, *duties]),
        )
    click.echo()
    for line in _beyond_spans(found, say):
        print_text(line)


def _beyond_spans(found: Evaluation, say: Say) -> Iterator[str]:
    numbers, names = found.figures, found.names
    if numbers.compared:
        same = [f"{share(part, numbers.compared):.3f}" for part in (numbers.value, numbers.op, numbers.unit)]
        f1 = f"{numbers.with_value.f1:.3f}"
        yield say(
            f"指标：比较 {numbers.compared} 个，数值相同 {same[0]}，比较符 {same[1]}，单位 {same[2]}；"
            f"重叠且数值相同的 F1 {f1}",
            f"Indicators: {numbers.compared} compared, value equal {same[0]}, operator {same[1]}, unit {same[2]}; "
            f"F1 of overlap with equal value {f1}",
        )
    if names.gold:
        right, complete = (f"{share(part, names.found):.3f}" for part in (names.right, names.complete))
        yield say(
            f"单位规范名：标注 {names.gold} 个，找到 {names.found} 个，其中正确 {right}（并列机构全部给出 {complete}）",
            f"Full names of units: {names.gold} annotated, {names.found} found, of these right {right} "
            f"(all bodies of a joint mention {complete})",
        )
    if unasked := [label for label, counts in found.relations.items() if not counts.gold]:
        listed = "、".join(unasked) if say.lang == "zh" else ", ".join(unasked)
        yield say(f"未标注、不列出的关系：{listed}", f"Relations found but not annotated, left out: {listed}")


def print_mistakes(mistakes: Sequence[Mistake], limit: int, say: Say) -> None:
    """By type and kind, in the order of the texts; ``limit`` lines each, and how many more there are."""
    ordered = sorted(mistakes, key=lambda m: (m.type, KINDS.index(m.kind)))
    for (label, kind), group in groupby(ordered, key=lambda m: (m.type, m.kind)):
        listed = list(group)
        click.echo()
        print_text(f"{_titled(label, say)} · {say(*KIND_NAMES[kind])} {len(listed)}")
        for mistake in listed[:limit]:
            print_text(_line(mistake, say), "  ")
        if len(listed) > limit:
            more = len(listed) - limit
            print_text(
                say(f"还有 {more} 条（--limit {len(listed)}）", f"{more} more (--limit {len(listed)})"), "  ", dim=True
            )


def _line(mistake: Mistake, say: Say) -> str:
    """``document start–end …before【text】after… · what differs · rule``, on one line."""
    context = f"{mistake.before}【{_shortened(mistake.text)}】{mistake.after}".replace("\r", "").replace("\n", "↵")
    parts = [f"{mistake.document} {mistake.start}–{mistake.end} {context}"]
    if mistake.head:
        parts.append(f"← {mistake.head}")
    if mistake.expected:
        parts.append(say(f"应为 {mistake.expected}", f"expected {mistake.expected}"))
    if mistake.found:
        parts.append(say(f"得到 {mistake.found}", f"found {mistake.found}"))
    if mistake.rule:
        parts.append(mistake.rule)
    return " · ".join(parts)


def _shortened(text: str) -> str:
    """The text, of a long one its two ends."""
    return text if len(text) <= 2 * END else f"{text[:END]}…{text[-END:]}"


def _titled(label: str, say: Say) -> str:
    """The name used in files, in Chinese with its meaning."""
    known = ontology().relations.get(label) or ontology().nodes.get(label)
    return say(f"{label} {known.zh}", label) if known else label


def _figures(counts: Counts) -> tuple[str, str, str]:
    return f"{counts.precision:.3f}", f"{counts.recall:.3f}", f"{counts.f1:.3f}"
