"""The words of ``wording.yaml``, parsed once, and comparison of short texts by what is rare in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib import resources
from math import log

import yaml
from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TitleWords(_Frozen):
    bodies: dict[str, str]
    kinds: tuple[str, ...]
    general: tuple[str, ...]


class MetricWords(_Frozen):
    doing: tuple[str, ...]
    counting: tuple[str, ...]
    rates: tuple[str, ...]
    units: dict[str, str]


class Wording(_Frozen):
    titles: TitleWords
    metrics: MetricWords
    scopes: tuple[str, ...]


@cache
def wording() -> Wording:
    """The packaged word lists."""
    text = resources.files("graph.across").joinpath("wording.yaml").read_text(encoding="utf-8")
    return Wording.model_validate(yaml.safe_load(text))


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) + ")"


class Rarity:
    """Weights of features by how few of the compared items have them: ``log(1 + items / holders)``.

    A feature no item has weighs as if one had it.
    """

    def __init__(self, items: Iterable[Collection[str]]) -> None:
        sets = [set(item) for item in items]
        self._count = max(len(sets), 1)
        self._holders: Mapping[str, int] = Counter(feature for item in sets for feature in item)

    def weight(self, feature: str) -> float:
        return log(1 + self._count / self._holders.get(feature, 1))

    def overlap(self, one: Collection[str], other: Collection[str]) -> float:
        """Weighted Dice coefficient, 0 to 1; sorted sums, so that no set order shows in the last digit."""
        total = self._sum(one) + self._sum(other)
        return 2 * self._sum(set(one) & set(other)) / total if total else 0.0

    def contained(self, part: Collection[str], whole: Collection[str]) -> float:
        """Weighted share of ``part`` that ``whole`` has."""
        total = self._sum(part)
        return self._sum(set(part) & set(whole)) / total if total else 0.0

    def _sum(self, features: Iterable[str]) -> float:
        return sum(self.weight(feature) for feature in sorted(features))
