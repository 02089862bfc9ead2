"""Plain text and Markdown: decoded, nothing else."""

from __future__ import annotations

from ingest.limits import Limits
from ingest.loaders.base import LoadedFile, finish
from ingest.loaders.encoding import decode


def load_text(data: bytes, name: str, limits: Limits) -> LoadedFile:
    """The text as decoded, newlines and blanks untouched."""
    text, encoding = decode(data, name)
    return finish(text, data, name, f"text/plain; charset={encoding}", (), limits)
