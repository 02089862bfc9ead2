"""What ``analyses.yaml`` says of each analysis, checked."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from graph.analytics.findings import FACTS


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(_Strict):
    """One text in both languages."""

    zh: str
    en: str

    def get(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


class Column(_Strict):
    """One column. ``evidence`` marks columns that prove a row rather than answer."""

    name: str
    zh: str
    en: str
    evidence: bool = False


class Description(_Strict):
    """Title, what it tells, how it counts; the names of its columns and of its figures about the whole."""

    title: Bilingual
    summary: Bilingual
    method: Bilingual
    columns: dict[str, Bilingual]
    figures: dict[str, Bilingual]

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
