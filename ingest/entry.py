"""The entries of the knowledge files: what each field means, which file takes what, and all of them together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

LABELS: Mapping[str, str] = {
    "campaigns": "Campaign",
    "vehicles": "VehicleClass",
    "violations": "Violation",
    "mechanisms": "Mechanism",
    "platforms": "Platform",
    "persongroups": "PersonGroup",
    "regulations": "Regulation",
    "roads": "Road",
    "units": "Unit",
    "abbreviations": "",
    "roles": "",
    "stop": "",
    "review": "",
}
"""Knowledge files and the label their entries stand for ("": the entry says it, or it is grammar)."""

TYPES: Mapping[str, frozenset[str]] = {
    "campaigns": frozenset({"head", "known"}),
    "vehicles": frozenset({"", "abstract"}),
    "units": frozenset({"suffix", "stem", "role", "body", "word"}),
    "abbreviations": frozenset(LABELS.values()) - {"", "Unit"},
    "roles": frozenset({"label", "predicate", "before", "time"}),
    "review": frozenset({"quoted", "suffix", "opening", "ending", "ignored"}),
}
"""What ``type`` may be in a file; in the others it is empty."""

WORDS = frozenset({"roles", "stop", "review"})
"""Files of words that stand beside names: no span shows them."""

PARENTED = ("campaigns", "vehicles", "violations")
"""Files whose entries may have a ``parent``: the ontology knows KIND_OF and VARIANT_OF for these labels only."""

ADDED = ("aliases", "members", "not_before", "not_after", "only")
"""Fields that ``extend`` adds to; it replaces the others."""


class Entry(BaseModel):
    """One entry of a knowledge file. The descriptions of the fields are the documentation of the files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(
        pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$", description="name of the entry, for `extend` and `disable`"
    )
    name: str = Field(min_length=1, description="canonical name; it is matched in texts like the aliases")
    aliases: tuple[str, ...] = Field((), description="other ways to write it")
    type: str = Field("", description="part of the file it belongs to (head, known, suffix …); see the file's opening")
    members: tuple[str, ...] = Field(
        (), description="names of what it comprises (COMPRISES); only where that is certain"
    )
    parent: str = Field("", description="name of the class it is a kind of (KIND_OF, VARIANT_OF); the class must exist")
    sure: bool = Field(
        True, description="false: the reading depends on place or year; matched, but nothing is derived from it"
    )
    source: str = Field(
        min_length=1, description="where the entry comes from; shown with every fact that follows from it"
    )
    scope: Literal["global", "document"] = Field(
        "global", description="document: every document means something else by it, so it never merges across documents"
    )
    not_before: tuple[str, ...] = Field((), description="texts that cancel a match when they follow it")
    not_after: tuple[str, ...] = Field((), description="texts that cancel a match when they stand before it")
    kind: str = Field("", description="kind of the node (Unit, Regulation, Road), or family of a campaign's head")
    level: str = Field("", description="administrative level of a body (国家 省 市 县 乡 村 派出)")
    domain: str = Field("", description="field of work of a body (公安交管, 教育 …)")
    canonical: str = Field("", description="name of the node where it is not `name`")
    short: str = Field("", description="form of a stem before 部门")
    code: str = Field("", description="code of a violation")
    number: str = Field("", description="文号 of a regulation")
    issuer: str = Field("", description="who issued a regulation")
    needs: Literal["", "none", "prefix", "stem", "level", "unit", "inner", "name", "quoted"] = Field(
        "", description="what must stand before a suffix (or around a campaign's name) for it to count"
    )
    subtype: str = Field("", description="coordination_body: a body that other bodies are members of")
    relation: str = Field("", description="relation that a word of roles.yaml states")
    role_zh: str = Field("", description="the role as answers show it (牵头, 配合 …)")
    only: tuple[str, ...] = Field((), description="a stem counts only before one of these")
    open: bool = Field(False, description="a proper name of unknown words may stand before the suffix")
    generic: bool = Field(False, description="names a class of bodies, never one body")
    inner: bool = Field(False, description="a section inside a body")
    place: bool = Field(False, description="a kind of area, not a field of work")
    distinct: bool = Field(False, description="units: the aliases are different things, none stands for another")
    charged: str = Field(
        "",
        description="with a level before it the suffix may follow a field that no stem names, but not these characters",
    )

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name first, then the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, eq=False)
class Knowledge:
    """All entries in force, by file, in file order; ``version`` is a hash of them."""

    files: Mapping[str, tuple[Entry, ...]]

    def entries(self, file: str, type: str | None = None) -> tuple[Entry, ...]:
        """Entries of ``file`` (name without .yaml), all or of one type."""
        return tuple(e for e in self.files[file] if type is None or e.type == type)

    def words(self, id: str, file: str = "stop") -> tuple[str, ...]:
        """Name and aliases of the entry ``id``; none when it is disabled."""
        return next((e.names for e in self.files[file] if e.id == id), ())

    @cached_property
    def version(self) -> str:
        """Hash of the knowledge in force: changes when, and only when, an entry does."""
        digest = hashlib.sha256()
        for file in sorted(self.files):
            for entry in self.files[file]:
                digest.update(f"{file}\n{entry.model_dump_json()}\n".encode())
        return digest.hexdigest()[:20]
