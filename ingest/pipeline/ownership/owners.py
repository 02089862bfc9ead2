"""Every duty of a document as links: statements first, then running text, then headings, then the issuer.

What is inherited says so: a task that nobody is named for belongs to the issuer with ``implicit=True``, its evidence
the task's title, its ``basis`` the place where the issuer is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from ingest.annotations import add, links, profile, sections, text_of
from ingest.extraction import Link, Mention
from ingest.pipeline.issuer import later_issuers
from ingest.pipeline.ownership.clauses import MEASURE_LENGTH, Finding, Group, read_sentence
from ingest.pipeline.ownership.duties import Duty, duties_of
from ingest.pipeline.ownership.regions import Offsets, Region, regions_of, sentences_in
from ingest.pipeline.ownership.statements import Assignment, Statement, find_declarations, find_statements

_SEMICOLON = re.compile(r"[；;]")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_STATED, _READ, _ABOVE, _INHERITED = 0.98, 0.85, 0.8, 0.6


class Owners:
    """Links of one document, gathered region by region."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.profile = profile(doc)
        self.statements = find_statements(doc)
        self.declarations = find_declarations(doc, self.statements)
        self.signers = later_issuers(doc)
        self.owned: set[tuple[int, int]] = set()
        self.of_sections: dict[int, tuple[tuple[Assignment, ...], Offsets]] = {}
        """Leads that a statement gives a whole section, with the statement: they lead what stands beneath it, too."""
        self.measures = 0

    def read(self) -> None:
        """Add all duty links of the document."""
        found = regions_of(self.doc)
        for region in found:
            self._region(region)
        for region in found:
            if region.task is not None and region.task.attributes["level"] == "item" and not region.row:
                self._inherit(region, region.task)

    def _region(self, region: Region) -> None:
        first = bisect_left(self.statements, region.start, key=lambda s: s.start)
        last = bisect_left(self.statements, region.end, key=lambda s: s.start)
        inside = [s for s in self.statements[first:last] if bool(s.cell) == region.row]
        duties = duties_of(self.doc, inside, self.declarations)
        self._stated(region, duties)
        if region.row:
            return
        if region.heading and not duties:
            if region.task is not None:
                self._headed(region, region.task)
            elif region.names_itself:
                self._headed_sentences(region)
                return
        self._running(region, inside, stated=bool(duties))

    # Statements

    def _stated(self, region: Region, duties: list[Duty]) -> None:
        position = region.title_end
        for duty in duties:
            roles, extent = duty.roles, duty.extent
            if region.task is not None and len(duties) == 1:
                task: Mention | None = region.task
                leads = tuple(role for role in roles if role.relation == "LEADS")
                if region.section is not None and leads:
                    self.of_sections[region.section] = (leads, extent)
            else:
                task = self._measure(region, self._first_sentence(position, extent[0]))
            if task is not None:
                start = region.start if region.row else extent[0]
                for role in roles:
                    self._link(
                        role.relation,
                        role.unit,
                        task,
                        (start, extent[1]),
                        role.rule,
                        _STATED,
                        role_zh=role.role_zh,
                        joint=role.joint,
                        basis=duty.basis if role.rule.endswith("declared") else None,
                    )
            position = extent[1]

    def _first_sentence(self, start: int, end: int) -> Offsets | None:
        while start < end and self.text[start] in "。；;，,：: \u3000\t\r\n）)":
            start += 1
        closing = _SENTENCE_END.search(self.text, start, end)
        stop = closing.start() if closing else end
        return (start, stop) if stop - start >= MEASURE_LENGTH else None

    # Headings

    def _headed(self, region: Region, task: Mention) -> None:
        for unit in region.heading:
            self._link(
                "LEADS",
                unit,
                task,
                (task.start, task.end),
                "owner.heading",
                _STATED,
                role_zh="责任",
                joint=len(region.heading) > 1,
                basis=region.basis,
            )

    def _headed_sentences(self, region: Region) -> None:
        """A department's duties that are not numbered: every sentence beneath its heading is one."""
        for start, end in sentences_in(self.doc, region.title_end, region.end):
            span = self._first_sentence(start, end)
            task = self._measure(region, span)
            if task is None or span is None:
                continue
            below = Region(*span, span[1], task, region.heading, region.basis)
            self._headed(below, task)
            self._findings(below, list(read_sentence(self.doc, *span, title=True)), stated=False)

    # Running text

    def _running(self, region: Region, inside: list[Statement], *, stated: bool) -> None:
        acting = region.section is not None and self.profile.kind != "regulation"
        for start, end in sentences_in(self.doc, region.start, region.end):
            parts = list(self._parts(region, start, end, inside))
            read = [
                list(
                    read_sentence(
                        self.doc, *p, title=region.task is not None and p[1] <= region.title_end, acting=acting
                    )
                )
                for p in parts
            ]
            # A；B；C each with a body of its own: each has its part.
            parted = sum(any(f.rule == "owner.subject" for f in findings) for findings in read) > 1
            for findings in read:
                self._findings(region, findings, stated=stated or parted)
            if any(f.rule == "owner.subject" for findings in read for f in findings):
                stated = True  # whoever acts in a later sentence has a part of the task

    def _parts(self, region: Region, start: int, end: int, inside: list[Statement]) -> Iterator[Offsets]:
        """A sentence cut after the task's title and at semicolons, statements left out."""
        stretches = [(start, end)]
        for s in inside:
            if s.start < end and start < s.end:
                last = stretches.pop()
                stretches += [(last[0], min(last[1], s.start)), (max(last[0], s.end), last[1])]
        for first, final in stretches:
            cut = region.title_end if first < region.title_end < final else final
            for a, b in ((first, cut), (cut, final)):
                position = a
                for match in _SEMICOLON.finditer(self.text, a, b):
                    yield position, match.start()
                    position = match.end()
                if position < b:
                    yield position, b

    def _findings(self, region: Region, findings: list[Finding], *, stated: bool) -> None:
        for finding in findings:
            task = region.task
            to_measure = finding.measure is not None
            if finding.rule == "owner.subject":
                whole = task is not None and not stated and (finding.title or task.attributes["level"] != "section")
                if task is not None:
                    # Its bodies are named, each for a part: the issuer does not own the item.
                    self.owned.add((task.start, task.end))
                to_measure = not whole and to_measure
                if not whole and not to_measure:
                    continue
            if to_measure:
                task = self._measure(region, finding.measure)
            if task is None:
                continue
            if stated and task is region.task and finding.relation == "LEADS":
                continue
            self._roles(finding.relation, finding.role_zh, finding.group, task, finding)
            if finding.counterpart and (to_measure or finding.subject is not None):
                self._counterpart(region, finding, task, stated=stated)

    def _roles(self, relation: str, role_zh: str, group: Group, task: Mention, finding: Finding) -> None:
        for unit in group.units:
            joint = relation == "LEADS" and len(group.units) > 1
            self._link(relation, unit, task, finding.evidence, finding.rule, _READ, role_zh=role_zh, joint=joint)

    def _counterpart(self, region: Region, finding: Finding, task: Mention, *, stated: bool) -> None:
        """The subject of 配合X or 会同X: written, named by the heading, or the issuer."""
        role_zh = "配合" if finding.counterpart == "COOPERATES" else "负责"
        units: Iterable[Mention] = finding.subject.units if finding.subject else region.heading
        for unit in units:
            self._link(finding.counterpart, unit, task, finding.evidence, finding.rule, _READ, role_zh=role_zh)
        if not units and not stated:
            self._inherited(finding.counterpart, task, finding.evidence, f"{finding.rule}-issuer", role_zh)

    def _measure(self, region: Region, span: Offsets | None) -> Mention | None:
        """A task of level measure at ``span``, part of the region's task; the task that is there already, if any."""
        if span is None:
            return None
        start, end = span
        while end > start and self.text[end - 1] in " \u3000\t\r\n，,、：:；;。！？!?":
            end -= 1
        if end - start < MEASURE_LENGTH:
            return None
        self.measures += 1
        above = (
            region.task.attributes["path"]
            if region.task
            else "opening"
            if region.section is None
            else sections(self.doc)[region.section].path
        )
        measure = add(
            self.doc,
            "Task",
            start,
            end,
            rule="task.measure",
            level="measure",
            kind="measure",
            order=self.measures,
            path=f"{above}/{self.measures}",
            body_start=start,
            body_end=end,
        )
        if region.task is not None and measure.attributes["level"] == "measure" and measure != region.task:
            self._link("PART_OF", measure, region.task, (measure.start, measure.end), "structure.measure", 1.0)
        return measure

    # The issuer

    def _inherit(self, region: Region, task: Mention) -> None:
        """A task without owner: whom a statement names for the section above it, else the issuer."""
        if (task.start, task.end) in self.owned:
            return
        index = region.section
        while index is not None and index not in self.of_sections:
            index = sections(self.doc)[index].parent
        if index is None:
            self._inherited("LEADS", task, (task.start, task.end), "owner.issuer", "负责")
            return
        roles, basis = self.of_sections[index]
        for role in roles:
            self._link(
                "LEADS",
                role.unit,
                task,
                (task.start, task.end),
                "owner.section",
                _ABOVE,
                implicit=True,
                role_zh=role.role_zh,
                joint=role.joint,
                basis=basis,
            )

    def _inherited(self, rel: str, task: Mention, evidence: Offsets, rule: str, role_zh: str) -> None:
        """Link the issuer: of several texts in one file the body that signs this one, else the document's."""
        issuer, basis = self.profile.issuer, self.profile.issuer_basis
        signer = next((m for m in self.signers if m.start > task.start), None)
        if signer is not None:
            issuer, basis = signer, (signer.start, signer.end)
        if issuer is not None:
            self._link(rel, issuer, task, evidence, rule, _INHERITED, implicit=True, role_zh=role_zh, basis=basis)

    def _link(
        self, rel: str, head: Mention, tail: Mention, evidence: Offsets, rule: str, confidence: float, **rest: object
    ) -> None:
        if rel == "LEADS":
            self.owned.add((tail.start, tail.end))
        links(self.doc).append(Link(rel, head, tail, *evidence, rule, confidence, **rest))  # type: ignore[arg-type]


def find_owners(doc: Doc) -> None:
    """Add every duty link of ``doc``."""
    Owners(doc).read()
