"""Bookmarks: how far a reader must at least see, across processes and the members of a cluster.

A store names the state after its last write (``Store.bookmark``); who hands that name to another process reads there
``at_least`` that state. Only Neo4j has several readers; the embedded store's readers always see every commit, and its
bookmark is empty. Outside the graph a bookmark is one opaque word (``written``, ``read``).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

from graph.errors import InvalidParameter

Bookmark: TypeAlias = tuple[str, ...]
"""The engine's own marks; empty when there is nothing to wait for."""

NAME = "Zhize-Bookmark"
"""The header it travels in."""
LONGEST = 2048
MOST = 8
"""Marks one word may hold: the newest state is one mark, two when writes overlapped."""
_MARK = re.compile(r"FB:[A-Za-z0-9+/=_-]{1,256}")
_WORD = re.compile(r"[A-Za-z0-9_-]+")

_wanted: ContextVar[Bookmark] = ContextVar("wanted", default=())


def wanted() -> Bookmark:
    """What reads of this task must at least see."""
    return _wanted.get()


@contextmanager
def at_least(bookmark: Bookmark) -> Iterator[None]:
    """Reads within see ``bookmark`` and all before it."""
    token = _wanted.set(bookmark)
    try:
        yield
    finally:
        _wanted.reset(token)


def written(bookmark: Bookmark) -> str:
    """The bookmark as one word of letters, digits, ``-`` and ``_``."""
    return base64.urlsafe_b64encode(json.dumps(bookmark[:MOST], separators=(",", ":")).encode()).decode().rstrip("=")


def read(word: str) -> Bookmark:
    """The bookmark a word stands for; raises InvalidParameter for what ``written`` never gave."""
    try:
        if len(word) > LONGEST or not _WORD.fullmatch(word):
            raise ValueError(word)
        marks = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        if isinstance(marks, list) and len(marks) <= MOST and all(_MARK.fullmatch(mark) for mark in marks):
            return tuple(marks)
    except (binascii.Error, ValueError, TypeError):
        pass
    raise unusable()


def unusable() -> InvalidParameter:
    """The error for a bookmark that this store did not give."""
    return InvalidParameter(
        name=NAME,
        reason={
            "zh": "不是本服务给出的书签；请原样发回最近一次修改的响应头，或不发送",
            "en": "is no bookmark of this service; send back the header of your last change as it was, or none",
        },
    )
