"""From the specification to texts and truth: a pure function of the two YAML files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from tests.truth import model, redacted
from tests.truth.markup import plain, read
from tests.truth.papers import Writer
from tests.truth.specification import Duty, Specification

FLOOR = ("以上", "不低于", "不少于", "达到", "保持")


@dataclass
class Marked:
    """All spans of all documents by layer, as (reference, span) in document order."""

    texts: dict[str, str] = field(default_factory=dict)
    spans: dict[str, list[tuple[str, model.Span]]] = field(default_factory=dict)

    def add(self, doc: str, marked: str) -> None:
        text, marks = read(marked)
        self.texts[doc] = text
        for mark in marks:
            span = model.Span(doc, mark.start, mark.end, text[mark.start : mark.end])
            self.spans.setdefault(mark.layer, []).append((mark.reference, span))

    def by_key(self, layer: str) -> dict[str, model.Span]:
        """Spans of a layer whose references are unique."""
        found = dict(self.spans[layer])
        assert len(found) == len(self.spans[layer]), layer
        return found


def generate(spec: Specification | None = None) -> tuple[dict[str, str], model.Truth]:
    """Texts by document id, and what is true of them, checked."""
    spec = spec or Specification()
    writer = Writer(spec)
    marked = Marked()
    for paper in writer.papers.values():
        marked.add(paper.doc, writer.write(paper))
    for doc in sorted(spec.redacted):
        marked.add(doc, redacted.write(spec, doc))
    truth = _Truth(spec, writer, marked).build()
    model.check(truth, marked.texts)
    return marked.texts, truth


class _Truth:
    def __init__(self, spec: Specification, writer: Writer, marked: Marked) -> None:
        self.spec, self.writer, self.marked = spec, writer, marked
        self.duties = {duty.key: duty for duties in spec.duties.values() for duty in duties}
        self.tasks, self.deadlines = marked.by_key("task"), marked.by_key("deadline")
        self.target_spans, self.result_spans = marked.by_key("target"), marked.by_key("result")

    def build(self) -> model.Truth:
        judged = tuple(self.judged())
        mentioned = {unit for unit, _ in self.marked.spans["unit"]}
        crossed = redacted.units(self.spec)
        return model.Truth(
            documents=tuple(self.documents()),
            units=(*map(self.spec.unit, sorted(mentioned - {unit.id for unit in crossed})), *crossed),
            campaigns=tuple(
                model.Campaign(key, value["forms"][0], value["family"])
                for key, value in sorted(self.spec.campaigns.items())
            ),
            unit_mentions=tuple(model.UnitMention(span, unit) for unit, span in self.marked.spans["unit"]),
            campaign_mentions=tuple(model.CampaignMention(span, key) for key, span in self.marked.spans["campaign"]),
            tasks=tuple(self.task(key, span) for key, span in self.tasks.items()),
            targets=tuple(self.target(key, span) for key, span in self.target_spans.items()),
            results=tuple(self.result(key, span) for key, span in self.result_spans.items()),
            outcomes=tuple(self.outcome(key, span) for key, span in self.target_spans.items()),
            judged=judged,
            correspondences=tuple(self.correspondences(judged)),
            unmatched=tuple(self.unmatched(judged)),
            implements=tuple(self.links("implements")),
            supersedes=tuple(self.links("supersedes")),
        )

    def documents(self) -> Iterator[model.Document]:
        for paper in self.writer.papers.values():
            title = self.writer.notice(paper) if paper.campaign else self.writer.name(paper)
            issued = self.writer.issued(paper).isoformat()
            number = self.writer.number(paper)
            yield model.Document(
                paper.doc, plain(title), paper.kind, paper.place.id, paper.year, paper.issuer, issued, number
            )
        yield from (redacted.document(self.spec, doc, self.marked.texts[doc]) for doc in sorted(self.spec.redacted))

    def task(self, key: str, span: model.Span) -> model.Task:
        duty = self.duties[key]
        issuer = self.writer.papers[duty.doc].issuer
        by = date.fromisoformat(f"{self.writer.papers[duty.doc].year}-{duty.by}").isoformat() if duty.by else None
        written = self.deadlines.get(key)
        leads = (duty.lead or issuer,)
        return model.Task(
            key, span, leads, duty.support, duty.lead is None, by, written.text if written is not None else None
        )

    def target(self, key: str, span: model.Span) -> model.Figure:
        duty = self.duties[key]
        theme = self.spec.themes[duty.theme]
        op = theme.op if theme.op == "decrease" or any(word in span.text for word in FLOOR) else "="
        return model.Figure(key, span, "target", theme.metric, op, duty.number, theme.unit)

    def result(self, key: str, span: model.Span) -> model.Figure:
        duty = self.duties.get(key)
        if duty is None:  # a figure that answers no target
            digits = "".join(character for character in span.text if character.isdigit())
            return model.Figure(key, span, "result", "", "=", float(digits), span.text.split(digits)[-1])
        theme = self.spec.themes[duty.theme]
        unit = theme.other_unit if duty.basis == "other" else theme.unit
        op = "=" if theme.op != "decrease" else "increase" if duty.result < 0 else "decrease"
        return model.Figure(key, span, "result", theme.metric, op, abs(duty.result), unit)

    def outcome(self, key: str, span: model.Span) -> model.Outcome:
        duty = self.duties[key]
        if duty.basis == "none":
            return model.Outcome(span, None, "not_reported")
        result = self.result_spans[key]
        if duty.basis != "same":
            return model.Outcome(span, result, "not_comparable", "unit" if duty.basis == "other" else "scope")
        return model.Outcome(span, result, "met" if duty.result >= duty.number else "missed")

    def judged(self) -> Iterator[tuple[str, str]]:
        """Documents of one kind and place with their successors (schemes: of the same campaign), then levels."""
        papers = self.writer.papers.values()
        for kind in ("plan", "scheme", "assignment"):
            for one, other in combinations([paper for paper in papers if paper.kind == kind], 2):
                campaigns = [self.spec.campaigns[p.campaign]["family"] for p in (one, other) if p.campaign]
                next_year = other.year == one.year + 1 or self.spec.supersedes.get(other.doc) == one.doc
                if one.place == other.place and next_year and len(set(campaigns)) <= 1:
                    yield one.doc, other.doc
        yield from ((above, below) for below, above in self.spec.implements.items())

    def correspondences(self, judged: tuple[tuple[str, str], ...]) -> Iterator[model.Correspondence]:
        for one, other in judged:
            later = {duty.theme: duty for duty in self.spec.duties[other]}
            level = one.split("-")[0] != other.split("-")[0]
            for duty in self.spec.duties[one]:
                if match := later.get(duty.theme):
                    kinds: tuple[model.Change, ...] = ("level",) if level else changes(duty, match)
                    yield model.Correspondence(self.tasks[duty.key], self.tasks[match.key], kinds)

    def unmatched(self, judged: tuple[tuple[str, str], ...]) -> Iterator[model.Unmatched]:
        for one, other in judged:
            if one.split("-")[0] != other.split("-")[0]:
                continue
            before, after = ({duty.theme: duty.key for duty in self.spec.duties[doc]} for doc in (one, other))
            yield from (model.Unmatched(self.tasks[before[t]], "dropped", other) for t in before if t not in after)
            yield from (model.Unmatched(self.tasks[after[t]], "added", one) for t in after if t not in before)

    def links(self, layer: str) -> Iterator[model.DocumentLink]:
        """Where documents name the ones they implement or repeal. Each link of the specification is named once."""
        found = [model.DocumentLink(span.doc, of, span) for of, span in self.marked.spans[layer]]
        wanted = self.spec.implements if layer == "implements" else self.spec.supersedes
        assert sorted((link.doc, link.of) for link in found) == sorted(wanted.items())
        yield from found


def changes(before: Duty, after: Duty) -> tuple[model.Change, ...]:
    """What changed of a duty from one year to the next."""
    found: list[model.Change] = []
    if (before.wording, before.campaign) != (after.wording, after.campaign):
        found.append("reworded")
    if before.lead != after.lead:
        found.append("moved")
    if before.number != after.number:
        found.append("raised" if after.number > before.number else "lowered")
    return tuple(found) or ("kept",)
