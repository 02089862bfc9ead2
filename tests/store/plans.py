"""What Neo4j would do for a query: its plan, examined for what does not end well on a large graph.

Plans follow the statistics of the graph they are made on: the tests ask an all but empty server, ``benchmarks.rest``
asks one of 100,000 nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from neo4j import AsyncDriver

from queries.header import QueryDefinition
from queries.parameters import statement_parameters, validate

Operator = dict[str, Any]

BIG = ("Document", "Section", "Task", "Indicator", "Unit", "Entity")
"""Labels of which there are as many as there are documents, or more."""
_WRITES = ("Create", "Merge", "Delete", "Detach", "Set", "Remove", "Foreach", "LoadCSV")
_PASSING = frozenset({"Filter", "Projection", "Distinct", "Union", "CacheProperties", "CartesianProduct", "Argument"})


async def faults(driver: AsyncDriver, definition: QueryDefinition, raw: Mapping[str, object]) -> list[str]:
    """What is wrong with the plan of ``definition`` for ``raw`` parameters; empty when nothing is.

    Wrong is: a scan of all nodes, whatever their label; a product of two sides that may both have several rows;
    anything that writes; in an anchored query, which begins at full text or an id, a scan of a BIG label or of all
    relations.
    """
    values = statement_parameters(definition, validate(definition, raw))
    found = await driver.execute_query(f"EXPLAIN {definition.cypher}", {**values, "skip": 0, "limit": 101})
    assert found.summary.plan is not None
    anchored = definition.class_ == "anchored"
    return [fault for operator in _operators(found.summary.plan) if (fault := _fault(operator, anchored))]


def _operators(plan: Operator) -> Iterator[Operator]:
    yield plan
    for child in _below(plan):
        yield from _operators(child)


def _below(operator: Operator) -> list[Operator]:
    return list(operator.get("children", ()))


def _name(operator: Operator) -> str:
    return str(operator["operatorType"]).split("@")[0]


def _details(operator: Operator) -> str:
    return str(operator["args"].get("Details", ""))


def _fault(operator: Operator, anchored: bool) -> str:
    name, details = _name(operator), _details(operator)
    wrong = name.endswith("AllNodesScan") or name.startswith(_WRITES)
    wrong |= name == "CartesianProduct" and not any(_single(child) for child in _below(operator))
    if anchored:
        wrong |= "AllRelationshipsScan" in name
        wrong |= "ByLabel" in name and any(label in details for label in BIG)
    return f"{name} {details}".strip() if wrong else ""


def _single(operator: Operator) -> bool:
    """Is it one row at most: nodes found by their ids, the first of a list, an aggregate of everything?"""
    name, details = _name(operator), _details(operator)
    if "UniqueIndexSeek" in name or (name in ("Top", "Limit") and details.endswith("LIMIT 1")):
        return True
    if name == "EagerAggregation":
        return details.startswith(("collect(", "count("))
    return name in _PASSING and bool(_below(operator)) and all(map(_single, _below(operator)))
