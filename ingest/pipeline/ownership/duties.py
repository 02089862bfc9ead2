"""Statements that belong together as one duty: 牵头单位 and 配合单位 lines, the cells of a row."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from ingest.pipeline.ownership.statements import Assignment, Declaration, Statement, read_statement

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Duty:
    """Who has which role, from where to where it is said, and the declaration that gives the order its meaning."""

    roles: tuple[Assignment, ...]
    extent: Offsets
    basis: Offsets | None


def duties_of(doc: Doc, inside: list[Statement], declarations: list[Declaration]) -> list[Duty]:
    """The duties that the statements of one region make, in order; a label that comes again begins another."""
    duties: list[Duty] = []
    open_labels: set[str] = set()
    for statement in inside:
        declaration = _declaration(statement, declarations)
        roles = tuple(read_statement(doc, statement, declaration is not None))
        if not roles:
            continue
        basis = (declaration.start, declaration.end) if declaration and len(roles) > 1 else None
        follows = bool(statement.label) and bool(open_labels) and statement.label not in open_labels
        if duties and (follows or statement.cell):
            last = duties[-1]
            duties[-1] = Duty((*last.roles, *roles), (last.extent[0], statement.end), last.basis or basis)
        else:
            duties.append(Duty(roles, (statement.start, statement.end), basis))
            open_labels = set()
        if statement.label:
            open_labels.add(statement.label)
    return duties


def _declaration(statement: Statement, declarations: list[Declaration]) -> Declaration | None:
    """The declaration in force for ``statement``: its own, or the last that holds onwards."""
    for d in reversed(declarations):
        if statement.start <= d.start < statement.end or (d.onwards and d.since <= statement.start):
            return d
    return None
