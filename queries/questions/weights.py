"""The learned weights: how much each feature of a question speaks for each query, or for none."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

NONE = "-"
"""What stands for no query."""
BIAS = "#bias"
BIAS_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Weights:
    """``of[feature]``: a weight for each of ``queries`` (NONE among them), in units of ``unit``."""

    queries: tuple[str, ...]
    of: Mapping[str, tuple[int, ...]]
    unit: float

    def shares(self, features: Mapping[str, float], able: Mapping[str, float]) -> dict[str, float]:
        """How likely each of ``able`` is, all together 1; its value is added to what the features say."""
        known = {name: weight for name, weight in features.items() if name in self.of}
        length = math.sqrt(sum(weight * weight for weight in known.values())) or 1.0
        heard = {name: weight / length for name, weight in known.items()} | {BIAS: BIAS_WEIGHT}
        total = {}
        for place, query in enumerate(self.queries):
            if query in able:
                said = math.fsum(weight * self.of[name][place] for name, weight in heard.items())
                total[query] = said * self.unit + able[query]
        most = max(total.values())
        shares = {query: math.exp(value - most) for query, value in total.items()}
        whole = math.fsum(shares.values())
        return {query: share / whole for query, share in shares.items()}


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The packaged weights, read once."""
    text = resources.files("queries.questions").joinpath("weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Weights(tuple(data["queries"]), {k: tuple(v) for k, v in data["features"].items()}, data["unit"])
