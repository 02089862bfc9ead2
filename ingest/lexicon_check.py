"""What is wrong, or probably not meant, in the knowledge in force: the findings of ``zhize lexicon check``.

Errors are what the reader refuses, and names that lead to two things. Warnings are what has no effect as written:
terms too short to be matched, members that are no entry, members of an unsure entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.errors import KnowledgeError, Sentence
from ingest.entry import LABELS, WORDS, Entry, Knowledge
from ingest.lexicon_files import read_knowledge
from ingest.pipeline.gazetteer import lexicon_entries, unquoted

CLASSES = frozenset({"VehicleClass", "Violation", "PersonGroup", "Road", "Platform"})
"""Labels whose members are entries; a campaign or a method may comprise things that have no entry (简政放权)."""

_GRAMMAR = {"units": ("stem", "role", "word", "body"), "roles": ("label", "predicate", "before", "time")}
"""Parts of the grammar where a word has one meaning. Of a suffix the grammar weighs several (委)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding on ``entry`` (an id, or what stands in its place) of ``file``."""

    level: Literal["error", "warning"]
    code: str
    file: str
    entry: str
    message: Sentence


@dataclass(frozen=True, slots=True)
class Examined:
    """The packaged knowledge, the knowledge with the overlay as far as it can be read, and what was found."""

    packaged: Knowledge
    known: Knowledge
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return all(finding.level != "error" for finding in self.findings)


def examine(folder: Path | None) -> Examined:
    """Examine the packaged knowledge with the overlay in ``folder`` (None: the packaged knowledge alone)."""
    mistakes: list[KnowledgeError] = []
    known = read_knowledge(folder, mistakes.append)
    found = [_refused(error) for error in mistakes]
    found += [*_duplicates(known), *_short(known), *_members(known)]
    return Examined(read_knowledge(None) if folder else known, known, tuple(found))


def _refused(error: KnowledgeError) -> Finding:
    message = {"zh": error.message("zh"), "en": error.message("en")}
    return Finding("error", "invalid", str(error.data["path"]), str(error.data["entry"]), message)


def _duplicates(known: Knowledge) -> Iterator[Finding]:
    """Names under two entries of one type: which of them a mention speaks of would be a matter of order."""
    owners: dict[tuple[str, str], tuple[str, Entry]] = {}
    for group, file, entry in _grouped(known):
        for name in dict.fromkeys(map(unquoted, entry.names)):
            first_file, first = owners.setdefault((group, name), (file, entry))
            if first is not entry:
                message = {
                    "zh": f"“{name}”也在 {first_file} 的 {first.id} 中",
                    "en": f"“{name}” is also in {first.id} of {first_file}",
                }
                yield Finding("error", "duplicate-name", file, entry.id, message)


def _grouped(known: Knowledge) -> Iterator[tuple[str, str, Entry]]:
    """(what a name must be unique in, file, entry)."""
    for file, label in LABELS.items():
        for entry in known.entries(file):
            if entry.type in _GRAMMAR.get(file, ()) or entry.type == "head":
                yield f"{file} {entry.type}", f"{file}.yaml", entry
            elif file != "units" and file not in WORDS:
                yield label or entry.type, f"{file}.yaml", entry


def _short(known: Knowledge) -> Iterator[Finding]:
    """Terms of one character: as names they are never matched, as stems they would be matched everywhere."""
    for group, file, entry in _grouped(known):
        if group.startswith("roles ") or (group == "units stem" and entry.only):
            continue
        for name in entry.names:
            if len(unquoted(name)) == 1:
                message = {"zh": f"“{name}”只有一个字，不会被匹配", "en": f"“{name}” is one character: never matched"}
                if group == "units stem":
                    message = {
                        "zh": f"“{name}”只有一个字，须用 only 限定",
                        "en": f"“{name}” is one character: set `only`",
                    }
                yield Finding("warning", "one-character", file, entry.id, message)


def _members(known: Knowledge) -> Iterator[Finding]:
    """Members that are no entry (a slip makes a class that nothing else names), or that are not used."""
    names = {entry.name for _, entry in lexicon_entries(known)}
    names |= {entry.name for entry in known.entries("vehicles", "abstract")}
    for group, file, entry in _grouped(known):
        if entry.members and (not entry.sure or entry.scope == "document"):
            message = {
                "zh": "未定或限于本文件的条目，其 members 不起作用",
                "en": "members of an unsure or document-scoped entry are not used",
            }
            yield Finding("warning", "unused-members", file, entry.id, message)
        for member in entry.members if group in CLASSES else ():
            if member not in names:
                message = {
                    "zh": f"成员“{member}”不是任何条目的名称",
                    "en": f"the member “{member}” is the name of no entry",
                }
                yield Finding("warning", "unknown-member", file, entry.id, message)
