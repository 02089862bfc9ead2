"""What ``analyses.yaml`` says of each analysis, checked."""

from __future__ import annotations

import difflib
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from graph.analytics.findings import FACTS
from graph.columns import Bilingual, Column
from graph.errors import NotFound
from graph.models import Row


class Description(BaseModel):
    """Title, what it tells, how it counts; the names of its columns and of its figures about the whole; a row."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Bilingual
    summary: Bilingual
    method: Bilingual
    columns: dict[str, Bilingual]
    figures: dict[str, Bilingual]
    example: Row

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns of its rows, in order, with that of the facts."""
        named = (Column(name=name, zh=said.zh, en=said.en) for name, said in self.columns.items())
        return (*named, Column(name=FACTS, zh="依据", en="facts", evidence=True))


@cache
def descriptions() -> dict[str, Description]:
    """By name of the analysis, in the order of the file."""
    text = resources.files("graph.analytics").joinpath("analyses.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Description]).validate_python(yaml.safe_load(text))


def described(name: str) -> Description:
    """The analysis of that name; raises NotFound, naming the nearest there is."""
    try:
        return descriptions()[name]
    except KeyError:
        near = difflib.get_close_matches(name, descriptions(), n=3, cutoff=0.5)
        raise NotFound(what={"zh": "分析", "en": "analysis"}, name=name, near=near) from None
