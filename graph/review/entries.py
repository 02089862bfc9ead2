"""What a decision is: who decided what about which fact or node, why, and how the thing is found again.

Everything a decision needs is in its entry: places and quotes to find a fact after it was extracted anew, and the
description of a node that others are merged into, so that applying it is a pure function of a document's graph.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field

from graph.models import Node, Value

Action = Literal["accept", "reject", "edit", "merge", "split", "different", "undo"]
ACTIONS: tuple[Action, ...] = get_args(Action)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Place(_Frozen):
    """A document, by the source it came under and the text it had: the same text under another source is the same."""

    source: str
    sha256: str


class End(_Frozen):
    """One end of a fact as extracted. ``mention`` is how the text names it there, "" where it does not."""

    id: str
    label: str
    name: str
    mention: str = ""


class Fact(_Frozen):
    """A relation as extracted, before any decision: its key, and what it is found by when the key has changed.

    ``place`` is None for a relation that belongs to no document (knowledge, derived): there the key alone counts.
    """

    key: str
    type: str
    rule: str
    head: End
    tail: End
    place: Place | None = None
    start: int = -1
    end: int = -1
    quote: str = ""


class Subject(_Frozen):
    """A node. One that belongs to a document (Task, Indicator) is also found by its ``quote``."""

    id: str
    label: str
    name: str
    place: Place | None = None
    start: int = -1
    end: int = -1
    quote: str = ""


class Link(_Frozen):
    """A derived relation between documents. Both ends are found again, each in its own document.

    ``key`` is the one it had when it was decided about.
    """

    key: str
    type: str
    rule: str
    head: Subject
    tail: Subject


class Description(_Frozen):
    """All but the aliases of a node that others become."""

    id: str
    label: str
    name: str
    kind: str = ""
    properties: dict[str, Value] = {}

    @classmethod
    def of(cls, node: Node) -> Description:
        return cls(id=node.id, label=node.label, name=node.name, kind=node.kind, properties=dict(node.properties))

    def node(self, aliases: tuple[str, ...] = ()) -> Node:
        return Node(self.label, self.id, self.name, self.kind, aliases, dict(self.properties))


class Entry(_Frozen):
    """One decision. ``seq`` counts from 1; ``at`` is ISO 8601 in UTC and decides nothing.

    - accept, reject, edit: ``facts`` (usually one; several where extraction had the same fact twice), ``node`` or,
      not for edit, ``link``; edit has ``changes``: property → value.
    - merge: ``node`` is ``into``.
    - split: ``node``, in the documents ``places`` or as an end of ``facts``, is ``into``.
    - different: ``node`` is not ``other``, and that is not to be proposed again.
    - undo: the entry ``undoes`` does not count (an undo too may be undone).
    """

    seq: int = Field(ge=1)
    at: str
    by: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    action: Action
    facts: tuple[Fact, ...] = ()
    link: Link | None = None
    node: Subject | None = None
    other: Subject | None = None
    into: Description | None = None
    places: tuple[Place, ...] = ()
    changes: dict[str, Value] = {}
    undoes: str = ""


Named: TypeAlias = tuple[str, Entry]
"""An entry under its id."""
