"""Making a decision: what a person asks for, checked against what is there and what was decided, into the log.

One transaction holds the new line and every document it touches. Whoever decides at the same time waits and is checked
against the other's decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from graph.errors import DECISION, DecisionRefused, InvalidParameter, NotFound, WriteConflict
from graph.ids import node_id
from graph.models import Batch, Value
from graph.ontology import ontology
from graph.review.corrections import check_node_changes, check_relation_changes, node_types, typed_changes
from graph.review.entries import ACTIONS, Action, Description, Entry, Fact, Link, Named, Place, Subject
from graph.review.log import Log, appended, read_log, write_line
from graph.review.lookup import Found, Lookup, shared
from graph.review.state import State, fold, not_undone
from graph.store import Store

ATTEMPTS = 8
"""Tries while others decide at the same time."""
STRUCTURE = frozenset({"HAS_SECTION", "STATES", "PART_OF"})
"""Relations that follow from headings and numbers: the task is decided about, not its place."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person asks for.

    ``target``: key of a relation or id of a node (undo: id or number of an entry). ``into``: merge, split: the other
    node. ``name``: split: what the other node is called when it is new. ``other``: different. ``documents`` (ids or
    sources) and ``facts`` (keys): split. ``changes``: edit: property → value. ``by`` and ``reason`` are required.
    """

    action: Action
    target: str
    reason: str
    by: str
    into: str = ""
    name: str = ""
    other: str = ""
    documents: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    changes: Mapping[str, Value] = field(default_factory=dict)


async def decide(store: Store, decision: Decision) -> Named:
    """Record ``decision`` and apply it; the entry with its id.

    Raises NotFound (no such fact, node, document or entry), InvalidParameter (it cannot be decided so) or
    DecisionRefused (what was decided before stands against it).
    """
    for name, text in (("reason", decision.reason), ("by", decision.by), ("target", decision.target)):
        if not text.strip():
            raise InvalidParameter(name=name, reason={"zh": "不能为空", "en": "must not be empty"})
    if decision.action not in ACTIONS:
        raise InvalidParameter.one_of("action", ACTIONS)
    for attempt in range(ATTEMPTS):
        log = await read_log(store)
        entry = await _Making(store, log, decision).entry()
        line = write_line(entry, log.head)
        try:
            await store.write(Batch(decisions=(line,), decisions_after=log.head))
        except WriteConflict:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return line.id, entry
    raise AssertionError("unreachable")


class _Making:
    def __init__(self, store: Store, log: Log, decision: Decision) -> None:
        self._log = log
        self._asked = decision
        self._state = fold(log.entries)
        self._lookup = Lookup(store, self._state)

    async def entry(self) -> Entry:
        asked = self._asked
        make = {
            "accept": self._verdict,
            "reject": self._verdict,
            "edit": self._edit,
            "merge": self._merge,
            "split": self._split,
            "different": self._different,
            "undo": self._undo,
        }[asked.action]
        content: dict[str, Any] = await make()
        return Entry(
            seq=self._log.next_seq,
            at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            by=asked.by.strip(),
            reason=asked.reason.strip(),
            action=asked.action,
            **content,
        )

    async def _verdict(self) -> dict[str, Any]:
        if ":" not in self._asked.target:
            found = await self._lookup.about(self._asked.target)
            return {"link": found} if isinstance(found, Link) else {"facts": self._facts(found)}
        subject = await self._present(self._asked.target)
        if "status" not in ontology().node(subject.label).properties:
            raise self._cannot(f"{subject.label} 不能单独审核", f"a {subject.label} is not reviewed as such")
        return {"node": subject}

    def _facts(self, found: Found) -> tuple[Fact, ...]:
        if found.type in STRUCTURE:
            raise self._cannot("结构关系随原文而定，请审核任务", "structure follows the text; decide about the task")
        return found.facts

    async def _edit(self) -> dict[str, Any]:
        changes = dict(self._asked.changes)
        if not changes:
            raise InvalidParameter(
                name="changes", reason={"zh": "至少给出一项 名称=值", "en": "give one NAME=VALUE or more"}
            )
        if ":" in self._asked.target:
            subject = await self._present(self._asked.target)
            changes = typed_changes(node_types(subject.label), changes)
            check_node_changes(subject.label, changes)
            return {"node": subject, "changes": changes}
        found = await self._lookup.fact(self._asked.target)
        changes = typed_changes(ontology().relation_properties, changes)
        check_relation_changes(found.type, *found.labels, changes, shared=found.shared)
        return {"facts": found.facts, "changes": changes}

    async def _merge(self) -> dict[str, Any]:
        node, into = await self._pair(self._asked.into, "into")
        if named := self._state.different.get(frozenset((node.id, into.id))):
            raise self._stands(named, "两者已被判定为不同", "they were decided to be different")
        return {"node": node, "into": await self._lookup.description(into.id)}

    async def _different(self) -> dict[str, Any]:
        node, other = await self._pair(self._asked.other, "other")
        return {"node": node, "other": other}

    async def _pair(self, other: str, parameter: str) -> tuple[Subject, Subject]:
        """The target and the other node: shared, of one label, both there, not the same."""
        first = shared(await self._present(self._asked.target), "target")
        second = shared(await self._present(other), parameter)
        if first.id == second.id or first.label != second.label:
            reason = {"zh": "须是同一类的另一个节点", "en": "must be another node of the same label"}
            raise InvalidParameter(name=parameter, reason=reason)
        return first, second

    async def _split(self) -> dict[str, Any]:
        asked = self._asked
        node = shared(await self._present(asked.target), "target")
        if bool(asked.into) == bool(asked.name) or not (asked.documents or asked.facts):
            reason = {
                "zh": "给出 into 或 name 之一，并给出 documents 或 facts",
                "en": "give one of into and name, and documents or facts",
            }
            raise InvalidParameter(name="into", reason=reason)
        if asked.into:
            into = await self._lookup.description((await self._pair(asked.into, "into"))[1].id)
        else:
            into = await self._named(node)
        places = tuple([await self._place(name, node) for name in asked.documents])
        facts = tuple([fact for key in asked.facts for fact in await self._fact_with(key, node)])
        return {"node": node, "into": into, "places": places, "facts": facts}

    async def _named(self, node: Subject) -> Description:
        """A new node: like ``node``, but for its name."""
        name = self._asked.name.strip()
        check_node_changes(node.label, {"name": name})
        like = await self._lookup.description(node.id)
        return like.model_copy(update={"id": node_id(node.label, "split", node.id, name), "name": name})

    async def _place(self, name: str, node: Subject) -> Place:
        place, spoken_of = await self._lookup.place(name)
        if node.id not in spoken_of:
            reason = {"zh": f"{name} 没有提到它", "en": f"{name} does not speak of it"}
            raise DecisionRefused(what=node.id, reason=reason)
        return place

    async def _fact_with(self, key: str, node: Subject) -> tuple[Fact, ...]:
        found = await self._lookup.fact(key)
        if found.shared or node.id not in (found.head, found.tail):
            reason = {"zh": f"{key} 不是关于它的原文事实", "en": f"{key} is not a stated fact about it"}
            raise DecisionRefused(what=node.id, reason=reason)
        return found.facts

    async def _undo(self) -> dict[str, Any]:
        named = self._log.find(self._asked.target)
        if named is None:
            raise NotFound(what=DECISION, name=self._asked.target)
        if named[0] not in not_undone(self._log.entries):
            later = next(n for n in reversed(self._log.entries) if n[1].undoes == named[0])
            raise self._stands(later, "它已被撤销", "it is undone already")
        self._check_undo(named[0])
        return {"undoes": named[0]}

    def _check_undo(self, id_: str) -> None:
        """An undo may not bring back a merge that goes against one made since."""
        undo = Entry(seq=self._log.next_seq, at="", by="-", reason="-", action="undo", undoes=id_)
        after = fold(appended(self._log, [write_line(undo, self._log.head)]).entries)
        if _idle_merges(after) - _idle_merges(self._state):
            raise self._cannot("后来的合并与之相反", "a merge made since goes the other way; undo that first")

    async def _present(self, node: str) -> Subject:
        """What is to be kept of a node that is there; where it went when it is merged away."""
        if (merge := self._state.merged.get(node)) is not None:
            raise self._stands(merge, f"{node} 已被合并", f"{node} is merged away")
        return await self._lookup.subject(node)

    def _stands(self, named: Named, zh: str, en: str) -> DecisionRefused:
        seq = named[1].seq
        return self._cannot(
            f"{zh}（第 {seq} 条），如需改变请先撤销该条", f"{en} (number {seq}); to change that, undo it"
        )

    def _cannot(self, zh: str, en: str) -> DecisionRefused:
        return DecisionRefused(what=self._asked.target, reason={"zh": zh, "en": en})


def _idle_merges(state: State) -> set[str]:
    """Merges that are not undone and yet do not count, as another stands against them."""
    counting = {id_ for id_, _ in state.merged.values()}
    return {id_ for id_, entry in state.active if entry.action == "merge"} - counting
