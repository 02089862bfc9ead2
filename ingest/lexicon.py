"""The knowledge files (``ingest/knowledge/*.yaml``) as checked, typed data, with the user's overlay on top.

A file holds ``defaults`` (fields for every entry) and ``entries``. A folder named by ``ZHIZE_KNOWLEDGE`` may hold files
of the same names with ``add`` (entries), ``extend`` (id → aliases and members to add, other fields to replace) and
``disable`` (ids). ``knowledge()`` gives what is in force; a mistake raises KnowledgeError naming file and entry.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import KnowledgeError

OVERLAY_VARIABLE = "ZHIZE_KNOWLEDGE"

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
}
"""Knowledge files and the label their entries stand for ("": the entry says it, or it is grammar)."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Entry(BaseModel):
    """One entry. ``name`` is the canonical name; ``members`` are names it comprises, ``parent`` what it is a kind of.

    ``sure`` false: the reading depends on the place or year, so it is matched but nothing is derived from it.
    ``scope`` document: the name means something else in every document, so its node never merges across documents.
    ``distinct``: the aliases are names of different things under one heading, none stands for another.
    ``charged``: with a level before it the suffix may follow a field that no stem names, but not these characters.
    ``not_before`` and ``not_after``: texts that cancel a match when they follow or precede it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    type: str = ""
    members: tuple[str, ...] = ()
    parent: str = ""
    sure: bool = True
    source: str = Field(min_length=1)
    scope: Literal["global", "document"] = "global"
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    kind: str = ""
    level: str = ""
    domain: str = ""
    canonical: str = ""
    short: str = ""
    code: str = ""
    number: str = ""
    issuer: str = ""
    needs: str = ""
    subtype: str = ""
    relation: str = ""
    role_zh: str = ""
    only: tuple[str, ...] = ()
    open: bool = False
    generic: bool = False
    inner: bool = False
    place: bool = False
    distinct: bool = False
    charged: str = ""

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


def knowledge() -> Knowledge:
    """The packaged knowledge with the overlay of ``ZHIZE_KNOWLEDGE``; read once per process and overlay."""
    return _knowledge(os.environ.get(OVERLAY_VARIABLE, ""))


@lru_cache(maxsize=4)
def _knowledge(overlay: str) -> Knowledge:
    folder = Path(overlay) if overlay else None
    if folder is not None and not folder.is_dir():
        raise KnowledgeError(path=overlay, entry=OVERLAY_VARIABLE, reason="not a folder")
    files: dict[str, tuple[Entry, ...]] = {}
    for name in LABELS:
        path = f"{name}.yaml"
        raw = _parse(resources.files("ingest").joinpath("knowledge", path).read_text(encoding="utf-8"), path)
        entries = _entries(raw, "entries", path)
        if folder is not None and (folder / path).is_file():
            entries = _overlay(entries, folder / path)
        files[name] = tuple(entries.values())
    found = Knowledge(files)
    _check(found)
    return found


def _parse(text: str, path: str) -> dict[str, Any]:
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506 (CSafeLoader or SafeLoader)
    except yaml.YAMLError as error:
        raise KnowledgeError(path=path, entry="file", reason=str(error).replace("\n", " ")) from None
    if not isinstance(raw, dict):
        raise KnowledgeError(path=path, entry="file", reason="a mapping with entries is expected")
    return raw


def _entries(raw: Mapping[str, Any], key: str, path: str) -> dict[str, Entry]:
    if unknown := raw.keys() - {"defaults", key, "extend", "disable"}:
        raise KnowledgeError(path=path, entry=", ".join(sorted(map(str, unknown))), reason="unknown key")
    found: dict[str, Entry] = {}
    for item in raw.get(key) or ():
        entry = _entry({**(raw.get("defaults") or {}), **item}, path)
        if entry.id in found:
            raise KnowledgeError(path=path, entry=entry.id, reason="the id occurs twice")
        found[entry.id] = entry
    return found


def _entry(fields: Mapping[str, Any], path: str) -> Entry:
    try:
        return Entry.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        name = str(fields.get("id") or fields.get("name") or "entry")
        raise KnowledgeError(path=path, entry=name, reason=f"{place}: {first['msg']}") from None


def _overlay(entries: dict[str, Entry], path: Path) -> dict[str, Entry]:
    raw = _parse(path.read_text(encoding="utf-8"), str(path))
    result = dict(entries)
    for id, changes in (raw.get("extend") or {}).items():
        if id not in result:
            raise KnowledgeError(path=str(path), entry=str(id), reason="there is no such entry to extend")
        fields = result[id].model_dump()
        for name, value in changes.items():
            adds = name in {"aliases", "members", "not_before", "not_after", "only"}
            fields[name] = tuple(dict.fromkeys((*fields[name], *value))) if adds else value
        result[id] = _entry(fields, str(path))
    for id in raw.get("disable") or ():
        if result.pop(id, None) is None:
            raise KnowledgeError(path=str(path), entry=str(id), reason="there is no such entry to disable")
    added = _entries(raw, "add", str(path))
    if twice := added.keys() & result.keys():
        raise KnowledgeError(path=str(path), entry=min(twice), reason="the id is taken; use extend")
    return result | added


def _check(found: Knowledge) -> None:
    """Names that point to entries point to something: parents exist, and no kind is a kind of itself."""
    for file, label in LABELS.items():
        if not label or file == "units":
            continue
        names = {e.name: e for e in found.files[file]}
        for entry in found.files[file]:
            if entry.parent and entry.parent not in names:
                raise KnowledgeError(path=f"{file}.yaml", entry=entry.id, reason=f"unknown parent {entry.parent}")
            _check_parents(file, entry, names)


def _check_parents(file: str, entry: Entry, names: Mapping[str, Entry]) -> None:
    seen = {entry.name}
    while entry.parent:
        if entry.parent in seen:
            raise KnowledgeError(path=f"{file}.yaml", entry=entry.id, reason="its parents form a circle")
        seen.add(entry.parent)
        entry = names[entry.parent]


def longest_first(words: Iterable[str]) -> list[str]:
    """Distinct words, longest first, then in code-point order: the order an alternation must have."""
    return sorted(set(words), key=lambda w: (-len(w), w))
