"""Formal names and identities of units: one body, one name, whatever a document calls it.

An identity is (name, jurisdiction, domain, level, kind, subtype, generic, beneath): all of a Unit node's properties are
in it, so that two documents can never disagree about a shared unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest import regions
from ingest.fold import fold
from ingest.lexicon import Entry, Knowledge, knowledge, longest_first
from ingest.pipeline.unit_grammar import UnitSpan

_POLICE_BUREAU = {"省": "公安厅", "市": "公安局", "县": "公安局"}
FORCE = frozenset({"公安", "公安交管"})
"""Domains of the police, whose levels direct one another."""
TEAM_LEVEL = {"总队": "省", "支队": "市", "大队": "县"}
_COMMITTEE = re.compile(r"(?<!员)委(?=$|办)")
_LEVEL_OF_CLASS = {
    "省": "省",
    "自治区": "省",
    "直辖市": "省",
    "市": "市",
    "州": "市",
    "盟": "市",
    "县": "县",
    "区": "县",
    "旗": "县",
}
_DISTINCT = re.compile("[省市县旗州盟]$|自治区$|地区$|特别行政区$")
"""Classes of places whose names are given once in the country: in the table only districts share theirs (鼓楼区)."""
_LOW = {"乡": "乡", "镇": "乡", "街道": "乡", "乡镇": "乡", "镇街": "乡", "村": "村"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A resolved body: what the node of a Unit mention is made of. ``scope`` "document": it never merges.

    ``beneath``: of the body of a place that nobody names, a place that lies in it: 支队 in a paper of 望岭县 is that of
    the city that 望岭县 is in, whichever that may be. ``path`` is empty then.
    """

    name: str
    path: tuple[str, ...]
    domain: str
    level: str
    kind: str
    subtype: str = ""
    generic: bool = False
    scope: str = ""
    beneath: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        return (
            self.name,
            "/".join(self.path),
            self.domain,
            self.level,
            self.kind,
            self.subtype,
            "generic" if self.generic else "",
            self.beneath,
        )

    @classmethod
    def of(cls, identity: Sequence[str]) -> Unit:
        """The unit with this identity (the inverse of ``identity``)."""
        name, path, domain, level, kind, subtype, generic, beneath = identity
        places = tuple(path.split("/")) if path else ()
        return cls(name, places, domain, level, kind, subtype, bool(generic), beneath=beneath)

    @property
    def shared(self) -> Unit:
        """The unit as every document knows it: its place by the path that any of them can give, else its own.

        A county or city goes by its own name (no two of them share one), a district or township by those above it; a
        district whose city nobody names is known in its document only.
        """
        scope = self.scope or ("" if shareable(self.path) else "document")
        return replace(self, path=own_path(self.path), scope=scope)


def own_path(path: tuple[str, ...]) -> tuple[str, ...]:
    """``path`` from the last place that its own name tells from all others; the table's places keep its path."""
    for index in range(len(path) - 1, -1, -1):
        distinct = _DISTINCT.search(path[index]) is not None
        region = regions.lookup(path[index], path[:index] if index and not distinct else None)
        if region is not None:
            return (*region.path, *path[index + 1 :])
        if distinct:
            return path[index:]
    return path


def shareable(path: tuple[str, ...]) -> bool:
    """Does ``path`` mean the same place in every document? 鼓楼区 or 石桥镇 alone does not; no place at all does."""
    first = own_path(path)[:1]
    return not first or regions.lookup(first[0]) is not None or _DISTINCT.search(first[0]) is not None


def region_level(name: str, path: tuple[str, ...] = ()) -> str:
    """省, 市 or 县 of a place: by the table, else by the last word of its name (市 below a city is a county)."""
    known = regions.lookup(name, path or None) or regions.lookup(name)
    if known is not None:
        return known.level
    for size in (3, 2, 1):
        level = _LEVEL_OF_CLASS.get(name[-size:]) or _LOW.get(name[-size:])
        if level:
            return level
    return ""


def units() -> Mapping[str, Entry]:
    """Entries of the units file by id."""
    return _units(knowledge())


@lru_cache(maxsize=2)
def _units(known: Knowledge) -> Mapping[str, Entry]:
    return {entry.id: entry for entry in known.entries("units")}


def formal_core(span: UnitSpan) -> str:
    """The body's own words in full: 住建局 → 住房和城乡建设局, 道安委 → 道路交通安全委员会."""
    core, at = fold(span.core), 0
    for stem_id in span.stems:
        entry = units()[stem_id]
        if entry.place or entry.inner:
            continue
        form = next((f for f in longest_first(entry.names) if f in core[at:]), "")
        if not form:
            continue
        name = form if entry.distinct else entry.name
        begin = core.index(form, at)
        core = core[:begin] + name + core[begin + len(form) :]
        at = begin + len(name)
    core = _formal_suffix(core, span)
    if team := re.match("交警(总队|支队|大队)", core):
        core = _POLICE_BUREAU[TEAM_LEVEL[team.group(1)]] + core
    elif core in TEAM_LEVEL and span.level:
        core = f"{_POLICE_BUREAU[TEAM_LEVEL[core]]}交警{core}"
    return core


def _formal_suffix(core: str, span: UnitSpan) -> str:
    entry = units().get(span.entry)
    if entry is not None and entry.type == "suffix" and entry.domain:
        ending = next((n for n in longest_first(entry.names) if core.endswith(n)), "")
        return core.removesuffix(ending) + entry.name
    core = re.sub("管委会$", "管理委员会", core)
    core = re.sub("(?<!人民)政府(?=$|办)", "人民政府", core)
    if span.entry == "suffix.street-office":
        core = re.sub("办$", "办事处", core)
    if span.subtype == "coordination_body" or span.entry == "suffix.commission":
        core = _COMMITTEE.sub("委员会", core)
    if span.entry in {"suffix.small-office", "suffix.government-office"} and core.endswith("办"):
        if core.endswith("道路交通安全办"):
            core = core[:-1] + "委员会办"
        core += "公室"
    return core


def police_of(level: str) -> str:
    """The traffic police of a place by its level: 公安局交警大队 of a county."""
    return {"省": "公安厅交警总队", "市": "公安局交警支队"}.get(level, "公安局交警大队")


def place_level(span: UnitSpan) -> str:
    """The level a team stands for by its name: 支队 市, 大队 县; "" for other bodies."""
    return next((level for team, level in TEAM_LEVEL.items() if span.text.endswith(team)), "")
