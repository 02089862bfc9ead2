"""The documents that a command reads without a store; what cannot be read is said on stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.speech import Say

if TYPE_CHECKING:
    from graph.errors import ZhizeError
    from ingest.texts import SourceText


class Texts:
    """The documents under ``paths``, one at a time. ``complete``: could all be read so far?"""

    def __init__(self, say: Say, paths: Iterable[Path]) -> None:
        self._say = say
        self._paths = paths
        self.complete = True

    def __iter__(self) -> Iterator[SourceText]:
        from ingest.limits import Limits
        from ingest.texts import texts_of

        return texts_of(self._paths, Limits(), self._tell)

    def _tell(self, error: ZhizeError) -> None:
        self.complete = False
        click.echo(error.message(self._say.lang), err=True)
