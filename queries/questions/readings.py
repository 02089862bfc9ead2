"""One way to understand a question: a query, its parameters, and what its slots were found to name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from queries.header import QueryDefinition
from queries.questions.names import Names, distance
from queries.search import Hit


@dataclass(frozen=True, slots=True)
class Reading:
    """``literal``: characters of the question that the query itself explains; ``hits``: slot → what it names."""

    definition: QueryDefinition
    params: dict[str, Any]
    literal: int
    hits: dict[str, tuple[Hit, ...]] = field(default_factory=dict)

    @property
    def distance(self) -> int:
        """How far the slots are from naming the thing itself."""
        return distance(self.hits.values())


async def resolved(names: Names, reading: Reading) -> Reading | None:
    """The reading with every slot found in the graph, None when one is not."""
    params, hits = dict(reading.params), dict(reading.hits)
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
