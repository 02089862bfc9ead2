"""Duty statements: label lines (牵头单位：A、B), closing brackets（A牵头，B、C配合）and what they declare (下同).

A statement is found by its form; its bodies are the Unit mentions inside it, recorded before resolution by ``register``
because a list of owners may name a body that the grammar would not take in running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from ingest.annotations import once, remove, text_of, within
from ingest.extraction import Mention
from ingest.intervals import Intervals
from ingest.pipeline.lines import without_blanks
from ingest.pipeline.ownership.words import role_words
from ingest.pipeline.tables import table_rows
from ingest.pipeline.unit_find import find_units
from ingest.pipeline.units import add_unit

_BRACKET = re.compile(r"[（(【\[〔［]((?:[^（()）【】\[\]〔〕［］\n]|[（(][^（()）\n]{0,40}[)）]){2,300})[)）】\]〕］]")
_SEGMENT = re.compile(r"[^，,；;。]+")
_DECLARED = re.compile(
    r"(?:列|排|排在|居|列在|位列)?(?:在)?(?:第一位?|首位|第一个|首个|第一)(?:者|的)?(?:部门|单位|责任单位)?(?:的)?(?:为|是)(?:牵头|主要|主责|总牵头)(?:责任)?(?:单位|部门|者)?"
)
_ONWARDS = re.compile(r"下同|以下同|后同")
_JOINED = re.compile(r"会同|联合|协同")
_LEADS_ALONE = re.compile(r"[（(](?:总?牵头|主责|主办)(?:单位|部门)?[）)]")
_SHORT_NAME = re.compile(r"[（(](?:以下)?(?:统称|简称)[为：:]?[“\"「]?$")
_WITHIN_LIST = re.compile(r"[、和及与 \u3000]|以及|等|有关|相关|部门|单位|方面")
_LINE = re.compile(r"^[ \u3000\t]{0,8}(?:由)?([^\n\r。：:（(]{4,300}?)[。；;]?[ \u3000\t]{0,4}\r?$", re.M)
_NEXT_LINE = re.compile(r"[ \u3000\t]{0,4}\r?\n[ \u3000\t]{0,8}(?=\S)")
_LIST_REST = re.compile(r"[^；;。\n\r：:]{2,60}")
_CLOSERS = "）)】]〕］"
_OUTSIDE = re.compile(r"[（(][^）)]{0,300}[）)]")


@dataclass(frozen=True, slots=True)
class Assignment:
    """One body with the role that a statement gives it."""

    unit: Mention
    relation: str
    role_zh: str
    joint: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A duty statement at ``start``-``end`` (brackets or label included).

    ``label``: the label word of a label line, "" for a bracket. ``inner``: the stretch that holds the bodies.
    """

    start: int
    end: int
    inner: tuple[int, int]
    label: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """列第一位的为牵头单位 at ``start``-``end``.

    In force from ``since`` on, only in its own bracket unless ``onwards``. The note under a table holds for all of it:
    its ``since`` is 0.
    """

    since: int
    start: int
    end: int
    onwards: bool


def register(doc: Doc) -> None:
    """Record every body of every statement as a Unit mention, the whole item of a list before a part of it."""
    text = text_of(doc)
    for statement in find_statements(doc):
        for start, end in _lists(text, statement):
            for span in find_units(text, start, end, listed=True):
                for part in within(doc, "Unit", span.start, span.end):
                    if (part.start, part.end) != (span.start, span.end):
                        remove(doc, part)
                add_unit(doc, span)


def _lists(text: str, statement: Statement) -> Iterator[tuple[int, int]]:
    """Stretches of a statement that are lists of bodies: its segments without their predicate."""
    for start, end in segments(text, *statement.inner):
        if _DECLARED.search(text, start, end) or _ONWARDS.search(text, start, end):
            continue
        predicate = role_words().predicate.search(text, start, end)
        stop = predicate.start() if predicate else end
        joined = _JOINED.search(text, start, stop)
        if joined:
            yield start, joined.start()
            yield joined.end(), stop
        elif start < stop:
            yield start, stop


def find_statements(doc: Doc) -> list[Statement]:
    """All statements in order: label lines, brackets, table cells."""
    return once(doc, find_statements, lambda: _statements(doc))


def _statements(doc: Doc) -> list[Statement]:
    text = text_of(doc)
    found: list[Statement] = []
    for zone in doc._.zones:
        if zone.kind in ("body", "table"):
            found.extend(_labelled(text, zone.start, zone.end))
            found.extend(_brackets(text, zone.start, zone.end))
            found.extend(_owner_lines(text, zone.start, zone.end))
    for row in table_rows(doc):
        found.extend(Statement(start, end, (start, end), cell=role) for role, (start, end) in row.owners)
    return sorted(found, key=lambda s: (s.start, s.end))


def _labelled(text: str, low: int, high: int) -> Iterator[Statement]:
    labels = list(role_words().label.finditer(text, low, high))
    for n, match in enumerate(labels):
        group = "label" if match["label"] else "bare"
        start = _value_start(text, match.end(), high)
        stop = min(_value_end(text, start, high), labels[n + 1].start() if n + 1 < len(labels) else high)
        stop = start + len(text[start:stop].rstrip("，,、 \u3000\t"))
        if stop > start:
            yield Statement(match.start(group), stop, (start, stop), match[group])


def _value_start(text: str, at: int, high: int) -> int:
    """Where a label's value begins: behind it, or on the next line when nothing else stands on its own."""
    following = _NEXT_LINE.match(text, at, high)
    if following is None:
        return at
    line_end = text.find("\n", following.end(), high)
    end = line_end if line_end >= 0 else high
    return following.end() if end - following.end() <= 400 and _is_list(text, following.end(), end) else at


def _value_end(text: str, start: int, high: int) -> int:
    """End of a label's value: line end, full stop, a semicolon that no list goes on after, or the enclosing bracket."""
    depth = 0
    for i in range(start, min(high, start + 400)):
        c = text[i]
        if c in "（(【[〔［":
            depth += 1
        elif c in _CLOSERS:
            if depth == 0:
                return i
            depth -= 1
        elif c in "\n\r。" and depth == 0:
            return i
        elif c in "；;" and depth == 0:
            rest = _LIST_REST.match(text, i + 1, high)
            if rest is None or not _is_list(text, *rest.span()):
                return i
    return min(high, start + 400)


def _brackets(text: str, low: int, high: int) -> Iterator[Statement]:
    words = role_words()
    for match in _BRACKET.finditer(text, low, high):
        start, end = match.span(1)
        if words.label.search(text, start, end):
            continue
        if any(words.predicate.search(text, a, b) for a, b in segments(text, start, end)):
            named = [s for a, b in segments(text, start, end) for s in find_units(text, a, b, listed=True)]
            if any(s.rule != "unit.listed" for s in named) or _DECLARED.search(text, start, end):
                yield Statement(match.start(), match.end(), (start, end))
        elif _is_list(text, start, end) and _closes(text, match.end(), high):
            yield Statement(match.start(), match.end(), (start, end))


def _owner_lines(text: str, low: int, high: int) -> Iterator[Statement]:
    """Lines that say nothing but who (A、B按职责分工负责): they close the paragraph above."""
    for match in _LINE.finditer(text, low, high):
        start, end = match.span(1)
        parts = [(a, b, role_words().predicate.search(text, a, b)) for a, b in segments(text, start, end)]
        lists = [(a, found.start() if found else b) for a, b, found in parts]
        if any(found for _, _, found in parts) and all(_is_list(text, a, b) for a, b in lists if a < b):
            yield Statement(start - (text[start - 1 : start] == "由"), end, (start, end))


def _is_list(text: str, start: int, end: int) -> bool:
    """Is the stretch nothing but a list of bodies?"""
    found = find_units(text, start, end)
    rest = len(_WITHIN_LIST.sub("", _OUTSIDE.sub("", text[start:end]))) - sum(s.end - s.start for s in found)
    return bool(found) and found[0].start == start and rest <= 0.2 * (end - start)


def _closes(text: str, at: int, high: int) -> bool:
    """Does the bracket close its paragraph?"""
    return not text[at : min(high, at + 3)].strip("。；; \u3000\t\r\n") or text[at : at + 1] in ("\n", "\r", "")


def segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Comma-separated parts, commas inside brackets not counted, outer blanks left out."""
    flat = _OUTSIDE.sub(lambda m: "　" * len(m.group()), text[start:end])
    found = []
    for match in _SEGMENT.finditer(flat):
        a, b = without_blanks(text, start + match.start(), start + match.end())
        if a < b:
            found.append((a, b))
    return found


def find_declarations(doc: Doc, statements: list[Statement]) -> list[Declaration]:
    """Every 第一位…为牵头单位; it holds onwards when it says 下同 or stands outside a bracket (a note, a preface)."""
    text = text_of(doc)
    inside = Intervals((s.start + 1, s.end) for s in statements if s.start + 1 < s.end)
    found: list[Declaration] = []
    for zone in doc._.zones:
        if zone.kind not in ("body", "table"):
            continue
        for match in _DECLARED.finditer(text, zone.start, zone.end):
            line_end = text.find("\n", match.end())
            rest = text[match.end() : min(match.end() + 12, line_end if line_end >= 0 else len(text))]
            bracketed = inside.overlaps(match.start(), match.start() + 1)
            since = 0 if zone.kind == "table" else match.start()
            onwards = bool(_ONWARDS.search(rest)) or not bracketed
            found.append(Declaration(since, match.start(), match.end(), onwards))
    return found


def read_statement(doc: Doc, statement: Statement, declared: bool) -> list[Assignment]:
    """The roles a statement gives. ``declared``: the order is the role here (first leads, the rest cooperate)."""
    text, words = text_of(doc), role_words()
    default = words.entry("label", statement.label) if statement.label else None
    if statement.cell:
        default = words.entry("label", {"lead": "牵头单位", "support": "配合单位"}.get(statement.cell, "责任单位"))
    parts: list[tuple[list[Mention], str, str]] = []
    pending: list[Mention] = []
    for start, end in segments(text, *statement.inner):
        if _DECLARED.search(text, start, end) or _ONWARDS.fullmatch(text[start:end]):
            continue
        predicate = words.predicate.search(text, start, end)
        joined = _JOINED.search(text, start, predicate.start() if predicate else end)
        units = [u for u in outermost(within(doc, "Unit", start, end)) if not _vague_rest(text, u)]
        if joined and units:
            parts.append(([*pending, *(u for u in units if u.end <= joined.start())], "LEADS", "负责"))
            parts.append(([u for u in units if u.start >= joined.end()], "COOPERATES", "配合"))
            pending = []
        elif predicate:
            entry = words.entry("predicate", predicate["word"])
            parts.append(([*pending, *units], entry.relation, entry.role_zh))
            pending = []
        else:
            # A（牵头）、B: the bracket behind a name is its role.
            parts.append(([u for u in units if _LEADS_ALONE.match(text, u.end)], "LEADS", "牵头"))
            pending += [u for u in units if not _LEADS_ALONE.match(text, u.end)]
    if pending:
        parts.append((pending, default.relation if default else "LEADS", default.role_zh if default else "责任"))
    rule = f"owner.{'cell' if statement.cell else 'label' if statement.label else 'bracket'}"
    return _assigned(parts, declared, rule)


def _vague_rest(text: str, unit: Mention) -> bool:
    """等有关部门和单位 only closes a list, （以下简称X） only gives a short name: neither adds an owner."""
    if unit.rule == "unit.vague" and text.endswith("等", 0, unit.start):
        return True
    return _SHORT_NAME.search(text, max(0, unit.start - 8), unit.start) is not None


def _assigned(parts: list[tuple[list[Mention], str, str]], declared: bool, rule: str) -> list[Assignment]:
    named_lead = any(role == "牵头" for units, _, role in parts if units)
    in_order = declared and not named_lead
    owners = [u for units, relation, _ in parts for u in units if relation == "LEADS"]
    found: list[Assignment] = []
    for units, relation, role in parts:
        for unit in units:
            if relation == "LEADS" and in_order and len(owners) > 1:
                first = unit is owners[0]
                found.append(
                    Assignment(
                        unit, "LEADS" if first else "COOPERATES", "牵头" if first else "配合", False, f"{rule}-declared"
                    )
                )
            elif relation == "LEADS" and named_lead and role != "牵头":
                found.append(Assignment(unit, "COOPERATES", role, False, rule))
            else:
                found.append(Assignment(unit, relation, role, relation == "LEADS" and len(units) > 1, rule))
    return found


def outermost(units: list[Mention]) -> list[Mention]:
    """Units that lie in no other of the list."""
    kept: list[Mention] = []
    for unit in units:
        if not kept or unit.end > kept[-1].end:
            kept.append(unit)
    return kept
