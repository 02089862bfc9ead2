"""What the text around a Unit mention says of it: the level its list gives, the group named before, its short name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from ingest.annotations import mentions, text_of
from ingest.extraction import Mention, Profile
from ingest.pipeline.setting import Setting
from ingest.pipeline.unit_find import find_units
from ingest.pipeline.unit_grammar import UnitSpan
from ingest.pipeline.unit_names import Unit
from ingest.pipeline.unit_resolve import resolve_unit

_MEMBERS = re.compile("各?(?:道安委|交安委|道交委)?成员单位")
_LOCAL = frozenset({"department", "police", "government", "institution"})


def units_in_context(doc: Doc, setting: Setting, found: Profile) -> Iterator[tuple[Mention, Unit]]:
    """Every Unit mention with the body it names, in order."""
    text = text_of(doc)
    before: tuple[Mention, UnitSpan] | None = None
    group: Unit | None = None
    committee: Unit | None = None
    for mention in list(mentions(doc, "Unit")):
        span = mention.attributes.get("span")
        if not isinstance(span, UnitSpan):
            yield mention, resolve_unit(mention, setting)
            continue
        if before is not None and text[before[0].end : mention.start] in ("、", "和", "及"):
            span = _levelled(span, before[1])
        span = _whole_body(span)
        short = _full(found.aliases.get(mention.text, ""))
        unit = resolve_unit(_with(mention, short or span), setting)
        if mention.rule == "unit.bare" and span.kind in ("group", "coordination_body") and group is not None:
            unit = _of_group(span, group)
        elif committee is not None and span.entry == "suffix.member-unit" and _MEMBERS.fullmatch(span.text):
            name = committee.name + "成员单位"
            unit = replace(committee, name=name, level="", kind="department", subtype="", generic=True)
        elif unit.kind in ("group", "coordination_body") and mention.rule == "unit.proper":
            group = unit
        elif unit.name.endswith("委员会") and not unit.generic:
            committee = unit
        before = (mention, span)
        yield mention, unit


def _levelled(span: UnitSpan, before: UnitSpan) -> UnitSpan:
    """县建设局、公安局: what a list says of its first body holds for those that say nothing of their own."""
    bare = not span.regions and not span.level and not span.redacted
    known = before.level in ("市", "县", "区", "州", "旗", "省") and not before.generic
    if bare and known and span.kind in _LOCAL and not span.generic and span.entry not in ("vague", "collective"):
        return replace(span, level=before.level, regions=before.regions)
    return span


def _whole_body(span: UnitSpan) -> UnitSpan:
    """县公安局党委 is the bureau under its leadership: the same body."""
    if span.entry != "suffix.party-group" or not span.text.endswith(("党委", "党组")):
        return span
    body = _full(span.text[:-2])
    return replace(body, start=span.start, end=span.end, text=span.text[:-2]) if body is not None else span


def _full(name: str) -> UnitSpan | None:
    """The body that a full name (以下简称…) is the name of."""
    return next((s for s in find_units(name) if s.start == 0 and s.end == len(name)), None) if name else None


def _of_group(span: UnitSpan, group: Unit) -> Unit:
    """领导小组 after “…专项整治领导小组”: that group; its office where the words go on."""
    office = "办公室" if span.text.endswith("办公室") and not group.name.endswith("办公室") else ""
    return replace(group, name=group.name + office)


def _with(mention: Mention, span: UnitSpan) -> Mention:
    return replace(mention, attributes={**mention.attributes, "span": span})
