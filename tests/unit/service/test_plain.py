"""Values as JSON (``service.plain``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest

from graph.columns import Bilingual
from graph.errors import NotFound
from service.plain import to_json


@dataclass
class Leaf:
    name: str
    in_: int


def test_our_values_are_written_by_their_fields() -> None:
    """Dataclasses, models, read-only mappings, sets and paths, however nested; Chinese stays readable."""
    value = {
        "leaves": (Leaf("叶", 1),),
        "map": MappingProxyType({"a": Leaf("b", 2)}),
        "set": frozenset({"b", "a"}),
        "path": Path("x"),
        "title": Bilingual(zh="题", en="title"),
    }
    assert to_json(value).decode() == (
        '{"leaves":[{"name":"叶","in":1}],"map":{"a":{"name":"b","in":2}},"set":["a","b"],"path":"x",'
        '"title":{"zh":"题","en":"title"}}'
    )


def test_an_error_is_written_with_its_code_and_both_sentences() -> None:
    """Reports in JSON carry failures programs can tell apart."""
    written = json.loads(to_json(NotFound(what={"zh": "节点", "en": "node"}, name="x")))
    assert written == {"code": "not-found", "zh": "没有名为 x 的节点。", "en": "No node named x."}


def test_a_lone_surrogate_survives_the_way_to_the_client() -> None:
    """Half of a pair, as a broken file can hold it, is escaped rather than refused."""
    assert json.loads(to_json({"text": "前\ud800后"})) == {"text": "前\ud800后"}


@pytest.mark.parametrize("value", [object(), Leaf, float("nan")])
def test_what_has_no_json_form_is_refused(value: object) -> None:
    """Nothing is guessed into a string; a NaN would be no JSON."""
    with pytest.raises((TypeError, ValueError)):
        to_json(value)
