"""What a document tells about itself: its text, its place with what lies above it, its issuer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ingest import regions
from ingest.fold import fold
from ingest.pipeline.unit_names import Unit, own_path, region_level, shareable
from ingest.pipeline.unit_places import source

ORDER = ("国家", "省", "市", "县", "乡", "村", "派出")
_COUNTY_CITY = re.compile("([一-鿿]{2,4}市)公安局(?:交通警察|交巡警|交警|公安交通管理|交管)大队")
_OWN_SQUADS = re.compile("(?<![一-鿿]支队)大队(?:秩序|宣传|车管|事故|城关|法制|[一-鿿]{2}中队)")
"""Squads of a brigade: where a bureau's own paper speaks of them its traffic police is a brigade."""
_CLASSES = {"区": "县", "旗": "县", "州": "市", "盟": "市", "自治区": "省"}


def rank(level: str) -> int:
    """Place of a level in ``ORDER``; an unknown one comes last."""
    return ORDER.index(level) if level in ORDER else len(ORDER)


@dataclass(frozen=True)
class Setting:
    """What the document tells about itself: its text, its place (province down) and its issuer, once resolved."""

    text: str
    path: tuple[str, ...]
    issuer: Unit | None = None

    @property
    def level(self) -> str:
        if self.issuer is not None and self.issuer.level:
            return self.issuer.level
        return self.level_of(self.path) if self.path else ""

    @cached_property
    def _county_cities(self) -> frozenset[str]:
        """Cities whose traffic police is a brigade, as the text says: counties by rank (砚溪市公安局交警大队)."""
        text = fold(self.text)
        named = {m.group(1) for m in _COUNTY_CITY.finditer(text)}
        if self.path and _OWN_SQUADS.search(text) and "各大队" not in text:
            named.add(self.path[-1])
        return frozenset(named)

    def level_of(self, path: tuple[str, ...]) -> str:
        """Level of the place at the end of ``path``; a city of counties' rank by what the text says of its police."""
        if path[-1] in self._county_cities and regions.lookup(path[-1]) is None:
            return "县"
        return region_level(path[-1], path[:-1])

    def place(self, level: str) -> tuple[str, ...] | None:
        """The document's own place at ``level``, as a path; None when unknown."""
        for index in range(len(self.path)):
            if self.level_of(self.path[: index + 1]) == level:
                return self.path[: index + 1]
        return None

    def named(self, word: str) -> tuple[str, ...] | None:
        """The place that 市, 县, 区, 省 means here: the nearest whose name ends so, else the one of that level."""
        for index in range(len(self.path) - 1, -1, -1):
            if self.path[index].endswith(word):
                return self.path[: index + 1]
        return self.place(_CLASSES.get(word, word))

    def beneath(self, level: str) -> str:
        """The document's place, where a place of ``level`` is meant that it lies in and nobody names; "" when unknown.

        望岭县 where 支队 stands in a paper of 望岭县 that does not say of which city. The highest place known counts.
        """
        for index in range(len(self.path)):
            path = self.path[: index + 1]
            if rank(self.level_of(path)) > rank(level):
                return "/".join(own_path(path)) if shareable(path) else ""
        return ""

    def full(self, name: str) -> str:
        """汨罗 → 汨罗市, 东屿 → 东屿区: by the document's place, the places the text names, then the table."""
        for candidate in (*reversed(self.path), *sorted(source(self.text).places)):
            if candidate != name and candidate[:-1] == name:
                return candidate
        found = regions.lookup(name, self.within) or regions.lookup(name)
        return found.name if found is not None else name

    def called(self, bare: str) -> list[str]:
        """Places by the bare name ``bare``: those the document lies in, then those its text names in full, in order."""
        known = [name for name in self.path if name[:-1] == bare]
        written = re.findall(rf"{re.escape(bare)}[省市县区旗州盟]", fold(self.text))
        return [*known, *dict.fromkeys(written)]

    @property
    def within(self) -> tuple[str, ...] | None:
        """The province, by which the table tells places of one name apart."""
        return self.path[:1] or None

    def path_of(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Full path of ``names`` (widest first), the document's place and the table filling what is above them."""
        path: tuple[str, ...] = ()
        for written in names:
            name = self.full(written)
            region = regions.lookup(name, path) if path else regions.lookup(name, self.within) or regions.lookup(name)
            if region is not None:
                path = region.path
            elif name in self.path:
                path = self.path[: self.path.index(name) + 1]
            elif path:
                path = (*path, name)
            else:
                path = (*self._above(name), name)
        return path

    def _above(self, name: str) -> tuple[str, ...]:
        """What a place outside the table lies in: the document's place, up to the level above its own."""
        own = rank(region_level(name))
        return tuple(p for i, p in enumerate(self.path) if rank(self.level_of(self.path[: i + 1])) < own)
