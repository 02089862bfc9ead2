"""The words of ``wording.yaml``, parsed once, and comparison of short texts by what is rare in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Set
from functools import cache
from importlib import resources
from math import fsum, log

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
    grades: dict[str, str]
    harms: tuple[str, ...]
    handling: tuple[str, ...]
    general: tuple[str, ...]
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


class Rarity:
    """Weights of features by how few of the compared items have them: ``log(1 + items / holders)``.

    A feature no item has weighs as if one had it. Sums are exactly rounded, so that no set order shows in a score.
    """

    def __init__(self, items: Iterable[Collection[str]]) -> None:
        sets = [set(item) for item in items]
        count = max(len(sets), 1)
        self._rarest = log(1 + count)
        holders = Counter(feature for item in sets for feature in item)
        self._weights = {feature: log(1 + count / times) for feature, times in holders.items()}

    def overlap(self, one: Set[str], other: Set[str]) -> float:
        """Weighted Dice coefficient, 0 to 1."""
        total = self.total(one) + self.total(other)
        return 2 * self.total(one & other) / total if total else 0.0

    def contained(self, part: Set[str], whole: Set[str]) -> float:
        """Weighted share of ``part`` that ``whole`` has."""
        total = self.total(part)
        return self.total(part & whole) / total if total else 0.0

    def share(self, feature: str) -> float:
        """How rare ``feature`` is, 1 for the rarest that can be."""
        return self._weights.get(feature, self._rarest) / self._rarest

    def total(self, features: Iterable[str]) -> float:
        """Sum of the weights of ``features``."""
        return fsum(self._weights.get(feature, self._rarest) for feature in features)
