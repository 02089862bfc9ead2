"""The documents that a command reads without a store; what cannot be read is said on stderr."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.speech import Say

if TYPE_CHECKING:
    from graph.errors import ZhizeError
    from ingest.texts import SourceText


def read_texts(say: Say, paths: Iterable[Path]) -> tuple[list[SourceText], bool]:
    """The documents under ``paths``, and whether all could be read."""
    from ingest.limits import Limits
    from ingest.texts import texts_of

    errors: list[ZhizeError] = []

    def tell(error: ZhizeError) -> None:
        errors.append(error)
        click.echo(error.message(say.lang), err=True)

    return list(texts_of(paths, Limits(), tell)), not errors
