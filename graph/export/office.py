"""Tables for an office: what stands in each column of the duty list, whatever file it goes into, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.errors import Lang
from graph.export.duties import Entry, Fact
from graph.ontology import ontology

Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, and its width in characters of the table's text (two for a Han character)."""

    text: str
    width: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed: ``name`` is that of a sheet, ``note`` stands below the title."""

    name: str
    title: str
    note: str
    headings: Sequence[Heading]


_MARKS = {
    "EXECUTES": ("执行", "executes"),
    "ASSIGNS": ("部署", "assigns"),
    "SUPERVISES": ("督办", "supervises"),
    "proposed": ("待审核", "proposed"),
    "rejected": ("已驳回", "rejected"),
    "superseded": ("已被代替", "superseded"),
    "withdrawn": ("已废止", "withdrawn"),
}
_LEAD = ("牵头", "主责")
_STATUSES = {"extracted": ("提取", "extracted"), "confirmed": ("已确认", "confirmed")}


class DutyTable:
    """The duty list in one language."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    @property
    def table(self) -> Table:
        """The list: one row a task."""
        say = self._say
        return Table(
            say("责任清单", "Duties"),
            say("道路交通安全工作责任清单", "Duties in road traffic safety"),
            say(
                "标（继承）的，原文没有写明责任单位，按发文单位或上级条目推定；依据逐条见“依据”。",
                "Marked (inherited): the text names no owner; it follows from the issuer or the item above.",
            ),
            (
                Heading(say("序号", "No."), 6, True),
                Heading(say("任务", "Task"), 32),
                Heading(say("牵头单位", "Lead"), 18),
                Heading(say("责任单位", "Responsible"), 20),
                Heading(say("配合单位", "Support"), 20),
                Heading(say("完成时限", "Deadline"), 14, True),
                Heading(say("目标", "Target"), 18),
                Heading(say("依据原文", "Quoted text"), 44),
                Heading(say("文件", "Document"), 24),
            ),
        )

    @property
    def evidence(self) -> Table:
        """The facts behind it: one row a duty or target."""
        say = self._say
        headings = (
            (say("序号", "No."), 6),
            (say("任务", "Task"), 28),
            (say("关系", "Relation"), 10),
            (say("单位或目标", "Unit or target"), 22),
            (say("继承", "Inherited"), 8),
            (say("文件", "Document"), 24),
            (say("文件编号", "Document id"), 30),
            (say("起", "Start"), 8),
            (say("止", "End"), 8),
            (say("原文", "Quote"), 44),
            (say("规则", "Rule"), 20),
            (say("置信度", "Confidence"), 8),
            (say("状态", "Status"), 8),
            (say("效力", "In force"), 10),
            (say("事实编号", "Fact"), 24),
        )
        return Table(
            say("依据", "Evidence"),
            say("责任清单的依据", "Evidence of the list"),
            say(
                "起、止为原文中的字符位置（从 0 起，含起不含止）。",
                "Start and end are code points of the document's text, from 0, the end not included.",
            ),
            tuple(Heading(text, width) for text, width in headings),
        )

    def row(self, number: int, entry: Entry, *, rules: bool = False) -> list[Cell]:
        """Cells of ``table``; ``rules``: with rule and confidence of each quote, where no other table has them."""
        places: dict[str, list[Fact]] = {"lead": [], "support": [], "responsible": []}
        for fact in entry.duties:
            places[_place(fact)].append(fact)
        return [
            number,
            self._marked(f"{entry.number}{entry.name}", entry.status),
            *("\n".join(self._names(places[place])) for place in ("lead", "responsible", "support")),
            self._deadline(entry),
            "\n".join(self._names(entry.targets)),
            "\n".join(self._quotes(entry, rules)),
            self._marked(entry.document_name, entry.valid),
        ]

    def evidence_rows(self, number: int, entry: Entry) -> Iterator[list[Cell]]:
        """Cells of ``evidence``."""
        for fact in (*entry.duties, *entry.targets):
            yield [
                number,
                f"{entry.number}{entry.name}",
                fact.role_zh or ontology().relation(fact.role).zh if self._lang == "zh" else fact.role,
                fact.name,
                self._say("是", "yes") if fact.implicit else self._say("否", "no"),
                entry.document_name,
                entry.document,
                fact.start,
                fact.end,
                fact.quote,
                fact.rule,
                fact.confidence,
                self._word(fact.status),
                self._say("有效", "current") if fact.valid == "current" else self._word(fact.valid),
                fact.key,
            ]

    def _quotes(self, entry: Entry, rules: bool) -> Iterator[str]:
        """Every sentence that states a duty or target of the entry, with its place; the task's own when none does."""
        proofs: dict[tuple[int | None, int | None, str], dict[str, None]] = {}
        for fact in (*entry.duties, *entry.targets):
            if fact.quote:
                behind = proofs.setdefault((fact.start, fact.end, fact.quote), {})
                behind[f"{fact.rule} {'' if fact.confidence is None else f'{fact.confidence:g}'}".strip()] = None
        for (start, end, quote), behind in (proofs or {(entry.start, entry.end, entry.quote): {}}).items():
            shown = f"“{quote}”[{start}–{end}]"
            yield f"{shown} {', '.join(behind)}" if rules and behind else shown

    def _names(self, facts: Sequence[Fact]) -> Iterator[str]:
        """Each name once, marked where it is not simply stated; stated before inherited."""
        seen: set[str] = set()
        for fact in sorted(facts, key=lambda fact: fact.implicit):
            if fact.id not in seen:
                seen.add(fact.id)
                marked = self._marked(fact.name, fact.role, fact.status)
                yield self._bracketed(marked, self._say("继承", "inherited")) if fact.implicit else marked

    def _marked(self, text: str, *codes: str) -> str:
        for code in codes:
            if code in _MARKS:
                text = self._bracketed(text, self._word(code))
        return text

    def _bracketed(self, text: str, mark: str) -> str:
        return text + self._say(f"（{mark}）", f" ({mark})")

    def _deadline(self, entry: Entry) -> str:
        written = entry.deadline_text or entry.deadline
        if entry.deadline and entry.deadline != written:
            written = self._bracketed(written, entry.deadline)
        return "\n".join(part for part in (written, entry.recurrence) if part)

    def _word(self, code: str) -> str:
        return self._say(*{**_STATUSES, **_MARKS}[code])

    def _say(self, zh: str, en: str) -> str:
        return zh if self._lang == "zh" else en


def _place(fact: Fact) -> str:
    if fact.role_zh in _LEAD:
        return "lead"
    return "support" if fact.role == "COOPERATES" else "responsible"
