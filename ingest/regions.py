"""The administrative divisions of China: provinces, cities and counties, looked up by full or bare name.

Source of the table and how it is made: ``tools/make_regions.py``. A name ending in 市 does not tell the level
(汨罗市 is a county), so every level comes from here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

_BARE = re.compile(
    r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|自治县|自治旗|地区|林区|省|市|县|区|盟|旗)$"
)
_PEOPLES = re.compile(
    r"(?:土家族|苗族|侗族|瑶族|壮族|回族|藏族|彝族|羌族|傣族|景颇族|白族|哈尼族|蒙古族?|朝鲜族|哈萨克|布依族|满族|黎族|畲族|仡佬族|水族"
    r"|拉祜族|佤族|傈僳族|独龙族|怒族|纳西族|普米族|布朗族|仫佬族|毛南族|土族|撒拉族|东乡族|保安族|裕固族|各族|达斡尔族|锡伯|塔吉克|柯尔克孜)+$"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A division. ``level`` is 省, 市 or 县; ``parents`` are names from the province down, itself not among them."""

    code: str
    name: str
    level: str
    parents: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """Canonical names from the province down to this one: (湖南省, 岳阳市, 汨罗市)."""
        return (*self.parents, self.name)


def bare(name: str) -> str:
    """The name without class word and peoples: 汨罗市 → 汨罗, 湘西土家族苗族自治州 → 湘西; two characters stay."""
    short = _BARE.sub("", name)
    for form in (_PEOPLES.sub("", short), short):
        if len(form) > 1:
            return form
    return name


@cache
def table() -> tuple[Region, ...]:
    """All regions in the order of their codes' hierarchy, parents first."""
    text = resources.files("ingest").joinpath("knowledge", "regions.csv").read_text(encoding="utf-8")
    by_code: dict[str, Region] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        parent = by_code.get(row["parent"])
        by_code[row["code"]] = Region(row["code"], row["name"], row["level"], parent.path if parent else ())
    return tuple(by_code.values())


@cache
def by_name() -> Mapping[str, tuple[Region, ...]]:
    """Regions by full name; several where the name occurs in more than one place (鼓楼区)."""
    return _index({region: region.name for region in table()})


@cache
def by_code() -> Mapping[str, Region]:
    """Regions by their six-digit code."""
    return {region.code: region for region in table()}


@cache
def by_bare() -> Mapping[str, tuple[Region, ...]]:
    """Regions by bare name, higher levels first."""
    return _index({region: bare(region.name) for region in table()})


def _index(names: Mapping[Region, str]) -> dict[str, tuple[Region, ...]]:
    found: dict[str, tuple[Region, ...]] = {}
    for region, name in names.items():
        found[name] = (*found.get(name, ()), region)
    return found


def lookup(name: str, within: str | Sequence[str] | Region | None = None) -> Region | None:
    """The one region called ``name`` (full form, else bare form), or None when there is none or several.

    ``within`` (a name, a path or a region) settles which of several is meant; with it, only a region that lies in it,
    or is it, counts.
    """
    candidates = by_name().get(name) or by_bare().get(name, ())
    if within is not None:
        area = within.path if isinstance(within, Region) else (within,) if isinstance(within, str) else tuple(within)
        candidates = tuple(r for r in candidates if area and area[-1] in r.path)
    if len(candidates) > 1:
        # 吉林 is the province and its city, 朝阳 a city and several districts: the highest, if it is alone there.
        top = candidates[0].level
        candidates = tuple(r for r in candidates if r.level == top)
    return candidates[0] if len(candidates) == 1 else None
