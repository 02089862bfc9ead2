"""One way to understand a question: a query, its parameters, and what its slots were found to name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from queries.header import QueryDefinition
from queries.questions.names import ORDER, Names, distance
from queries.questions.times import year_of
from queries.search import Hit


@dataclass(frozen=True, slots=True)
class Reading:
    """``literal``: characters of the question that the query itself explains; ``hits``: slot → what it names.

    ``share``: how likely it is among all queries, where that was weighed.
    """

    definition: QueryDefinition
    params: dict[str, Any]
    literal: int
    hits: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    share: float = 1.0

    @property
    def certain(self) -> bool:
        """Whether every slot is what search finds by name or by part of it, not a description."""
        return self.distance < ORDER.index("described")

    @property
    def distance(self) -> int:
        """How far the slots are from naming the thing itself."""
        return distance(self.hits.values())


def _newest_first(reading: Reading) -> dict[str, Any]:
    """The parameters; of two documents that are compared the one of the later year stands first."""
    params = dict(reading.params)
    papers = [p.name for p in reading.definition.params if p.labels == ("Document",) and p.name in params]
    years = [year_of(str(params[name])) for name in papers]
    if len(papers) == 2 and all(years) and str(years[0]) < str(years[1]):
        params[papers[0]], params[papers[1]] = params[papers[1]], params[papers[0]]
    return params


async def resolved(names: Names, reading: Reading) -> Reading | None:
    """The reading with every slot found in the graph, None when one is not."""
    params, hits = _newest_first(reading), dict(reading.hits)
    for param in reading.definition.params:
        text = params.get(param.name)
        if param.type not in ("search", "id") or not isinstance(text, str):
            continue
        found = await names.named(reading.definition, param, text)
        if found is None:
            return None
        hits[param.name] = found.hits
        params = {**found.filters, **params, param.name: found.value}
    return replace(reading, params=params, hits=hits)
