"""A bookmark outside the graph is one opaque word; nothing else passes for one (``graph.bookmarks``)."""

from __future__ import annotations

import base64
import json

import pytest

from graph.bookmarks import LONGEST, MOST, at_least, read, wanted, written
from graph.errors import InvalidParameter

MARK = "FB:kcwQbY3vnQ4eSWe3Y1lYzYoYzwDIkA=="


@pytest.mark.parametrize("bookmark", [(), (MARK,), (MARK, "FB:x")])
def test_a_bookmark_comes_back_as_it_was(bookmark: tuple[str, ...]) -> None:
    """Through a header: letters, digits, hyphen and underscore only."""
    word = written(bookmark)
    assert read(word) == bookmark
    assert word.replace("-", "").replace("_", "").isalnum()


def word(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "given",
    [
        "x",
        "FB:abc",
        "été",
        "a b",
        "",
        "W" * (LONGEST + 1),
        word("FB:x"),
        word({}),
        word([1]),
        word([None]),
        word(["neo4j"]),
        word(["FB:" + "a" * 300]),
        word(["FB:a\nb"]),
        word([MARK] * (MOST + 1)),
    ],
)
def test_what_was_never_given_out_is_refused(given: str) -> None:
    """Noise, other values, too many or too long marks."""
    with pytest.raises(InvalidParameter, match="Zhize-Bookmark"):
        read(given)


def test_it_is_wanted_within_and_not_after() -> None:
    """Also when one is within another."""
    with at_least((MARK,)):
        with at_least(("FB:x",)):
            assert wanted() == ("FB:x",)
        assert wanted() == (MARK,)
    assert wanted() == ()
