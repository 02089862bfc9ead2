"""The texts under the paths a user named, for commands that read documents without a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ZhizeError
from ingest.limits import Limits
from ingest.loaders import Reader, discover, load_bytes


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document: its source (as ``discover`` names it) and its text as loaded."""

    source: str
    text: str


def texts_of(paths: Iterable[Path], limits: Limits, on_error: Callable[[ZhizeError], None]) -> Iterator[SourceText]:
    """The documents under ``paths`` in the order of discovery; what cannot be read goes to ``on_error``.

    Files that nobody asked for by name and that are no documents are passed over.
    """
    reader = Reader(limits)
    try:
        for found in discover(paths, limits):
            if found.skipped:
                continue
            try:
                loaded = load_bytes(reader.read(found), found.source, limits)
            except ZhizeError as error:
                on_error(error)
                continue
            yield SourceText(found.source, loaded.text)
    finally:
        reader.close()
