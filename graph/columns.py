"""How queries and analyses describe what they answer: texts in both languages, and columns."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
NonEmpty = Annotated[str, StringConstraints(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(_Strict):
    """One text in both languages."""

    zh: NonEmpty
    en: NonEmpty

    def get(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


class Column(_Strict):
    """One column of the answer. ``evidence`` marks columns that prove a row rather than answer."""

    name: Identifier
    zh: NonEmpty
    en: NonEmpty
    evidence: bool = False
