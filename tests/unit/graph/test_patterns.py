"""Patterns made of word lists."""

from __future__ import annotations

import re

from graph.patterns import any_of


def test_words_are_matched_longest_first() -> None:
    """索 引 号 with blanks when asked; the longer of two words wins."""
    found = re.match(any_of(["总结", "工作总结"]), "工作总结")
    assert found
    assert found.group() == "工作总结"
    assert re.match(any_of(["索引号"], spaced=True), "索 引 号")
