"""The genre's words (``knowledge/genre.yaml``) as typed, compiled data. One instance per process."""

from __future__ import annotations

from functools import cache, cached_property
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import KnowledgeError


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ZoneWords(_Frozen):
    header_fields: tuple[str, ...]
    issuer_fields: tuple[str, ...]
    date_fields: tuple[str, ...]
    number_fields: tuple[str, ...]
    navigation: tuple[str, ...]
    spam: tuple[str, ...]
    tail: tuple[str, ...]
    caption: tuple[str, ...]
    byline: tuple[str, ...]
    contact: tuple[str, ...]
    table_heads: tuple[str, ...]


class HeadingWords(_Frozen):
    nominal: tuple[str, ...]
    listed: tuple[str, ...]
    standard: tuple[str, ...]
    background: tuple[str, ...]
    compounds: tuple[str, ...]


class IndicatorWords(_Frozen):
    counters: tuple[str, ...]
    verbs: tuple[str, ...]
    happened: tuple[str, ...]


class Genre(_Frozen):
    zones: ZoneWords
    titles: dict[str, tuple[str, ...]]
    headings: HeadingWords
    actions: tuple[str, ...]
    indicators: IndicatorWords

    def kind_of_title(self, title: str) -> str:
        """Document kind by the longest title word that ``title`` ends in, "" when none does."""
        kinds, longest = self._title_words
        return next((kinds[title[-size:]] for size in range(longest, 0, -1) if title[-size:] in kinds), "")

    @cached_property
    def _title_words(self) -> tuple[dict[str, str], int]:
        """Kind by title word, and the length of the longest."""
        kinds = {word: kind for kind, words in sorted(self.titles.items()) for word in words}
        return kinds, max(map(len, kinds))


@cache
def genre() -> Genre:
    """The packaged word lists; KnowledgeError names the entry that is wrong."""
    path = "knowledge/genre.yaml"
    text = resources.files("ingest").joinpath(path).read_text(encoding="utf-8")
    try:
        return Genre.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        first = error.errors()[0]
        entry = ".".join(map(str, first["loc"]))
        raise KnowledgeError(path=path, entry=entry, reason=first["msg"]) from None
