"""Every error is one sentence in both languages, and survives a process boundary."""

from __future__ import annotations

import pickle
import re
import string
from collections.abc import Iterator

import pytest

from graph import errors
from graph.errors import ZhizeError
from graph.stores.wire import error_from_json


def tree(kind: type[ZhizeError]) -> Iterator[type[ZhizeError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from tree(child)


KINDS = [kind for kind in tree(ZhizeError) if kind.__module__ == "graph.errors"]


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_say_the_same_things(kind: type[ZhizeError]) -> None:
    assert fields(kind.en) == fields(kind.zh)
    data = {name: {"zh": "值", "en": "value"} for name in fields(kind.en)}
    error = kind(**data)
    assert "值" in error.message("zh")
    assert "value" in error.message("en") == str(error)
    assert 400 <= kind.status < 600
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_pickling_and_the_wire(kind: type[ZhizeError]) -> None:
    error = kind(**dict.fromkeys(fields(kind.en), "x"))
    for again in (pickle.loads(pickle.dumps(error)), error_from_json({"class": kind.__name__, "data": error.data})):
        assert type(again) is kind
        assert (str(again), again.data) == (str(error), error.data)


def test_an_error_of_another_version_is_still_an_error() -> None:
    assert "Unheard" in str(error_from_json({"class": "Unheard", "data": {}}))


def test_the_drawing_shows_the_tree() -> None:
    """The module's docstring names every class, each under its parent's indentation."""
    drawing = errors.__doc__ or ""
    for kind in KINDS:
        assert re.search(rf"\b{kind.__name__}\b", drawing), kind.__name__


def test_codes_are_not_shared() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(codes) == len(set(codes))
