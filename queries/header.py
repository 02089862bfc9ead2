"""What a query file says about its question: the schema of the YAML header, and the definition made from a file.

The header is the contract of REST route, command line, form, question patterns, MCP tool and documentation, so every
word in it is checked. ``header_schema()`` is its JSON Schema.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from graph.columns import Bilingual, Column, Identifier, NonEmpty
from graph.ontology import ontology
from queries.questions.cues import parse_cue

ParamType = Literal["search", "string", "integer", "boolean", "date", "id", "enum"]
Scalar = str | int | bool

SUPPLIED = frozenset({"skip", "limit"})
"""Parameters the runner gives to every statement; a search parameter ``x`` adds ``x_terms`` and ``x_query``."""
TAKEN = frozenset({"cursor", "lang"})
"""Names that mean something else wherever a query is asked."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Param(_Strict):
    """One parameter. ``search``: free text that finds nodes of ``labels`` (or one node's id).

    ``values``: allowed values of an enum. ``example`` is a value that makes sense on its own: forms show it and tests
    run it. ``words``: what people say for a value of an enum or boolean (牵头 for LEADS), in questions; ``…`` in a word
    stands for a few characters (未…完成). ``not_before``: the parameter, of the same type, that this one ends.
    """

    name: Identifier
    type: ParamType
    title: Bilingual
    required: bool = False
    default: Scalar | None = None
    example: Scalar | None = None
    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    words: dict[str, tuple[NonEmpty, ...]] = {}
    not_before: Identifier | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Param:
        if (self.type == "enum") != bool(self.values):
            raise ValueError("an enum, and only an enum, lists its values")
        if self.labels and self.type not in ("search", "id"):
            raise ValueError("only a search or id parameter has labels")
        if unknown := set(self.labels) - {"Entity", *ontology().nodes}:
            raise ValueError(f"labels not in the ontology: {sorted(unknown)}")
        if unknown := set(self.words) - {*self.values, *(("true", "false") if self.type == "boolean" else ())}:
            raise ValueError(f"words for what is no value: {sorted(unknown)}")
        if self.required and (self.default is not None or self.example is None):
            raise ValueError("a required parameter has an example and no default")
        if self.not_before and self.type not in ("date", "integer"):
            raise ValueError("only a date or an integer has a parameter it may not be before")
        return self


class Header(_Strict):
    """The YAML header of a query file.

    ``questions``: patterns with ``{slots}``, see ``queries.patterns``; ``cues``: groups of words to be heard in any
    order, see ``queries.questions.cues``. ``answer`` and ``empty``: sentences for
    ``ask``, filled by ``queries.answers``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    class_: Literal["anchored", "global"] = Field(alias="class")
    title: Bilingual
    summary: Bilingual
    questions: tuple[NonEmpty, ...] = ()
    cues: tuple[NonEmpty, ...] = ()
    params: tuple[Param, ...] = ()
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    answer: Bilingual | None = None
    empty: Bilingual | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Header:
        names = [p.name for p in self.params]
        columns = [c.name for c in self.columns]
        if len(set(names)) != len(names) or len(set(columns)) != len(columns):
            raise ValueError("a parameter or column name occurs twice")
        taken = (
            SUPPLIED
            | TAKEN
            | {f"{p.name}_{part}" for p in self.params if p.type == "search" for part in ("terms", "query")}
        )
        if clash := taken & set(names):
            raise ValueError(f"parameter names the runner supplies or that are taken: {sorted(clash)}")
        types = {p.name: p.type for p in self.params}
        if wrong := [p.name for p in self.params if p.not_before and types.get(p.not_before) != p.type]:
            raise ValueError(f"not_before names no parameter of the same type: {sorted(wrong)}")
        for pattern in self.questions:
            if unknown := set(re.findall(r"\{(\w+)\}", pattern)) - set(names):
                raise ValueError(f"question pattern {pattern} has slots that are no parameters: {sorted(unknown)}")
        for line in self.cues:
            if unknown := set(parse_cue(line).slots) - {p.name for p in self.params if p.type in ("search", "id")}:
                raise ValueError(f"cue {line} has slots that are no search or id parameters: {sorted(unknown)}")
            if unknown := set(parse_cue(line).values) - {p.name for p in self.params if p.words}:
                raise ValueError(f"cue {line} names what are no parameters with words: {sorted(unknown)}")
        return self

    def param(self, name: str) -> Param | None:
        return next((p for p in self.params if p.name == name), None)


class QueryDefinition(Header):
    """One question of the catalog: the header, the Cypher statement and the file it came from."""

    cypher: str
    path: str

    @property
    def examples(self) -> dict[str, Scalar]:
        """Parameter values that make sense together: the examples of the required parameters."""
        return {p.name: p.example for p in self.params if p.required and p.example is not None}


def header_schema() -> dict[str, Any]:
    """JSON Schema of the header, for editors and the documentation."""
    return Header.model_json_schema(by_alias=True)
