"""Who is under whom and who belongs to what, where the document says it.

    在澜川市公安局交警支队的指导下               the issuer SUBORDINATE_TO it: its own force, one level up
    成员单位包括县教育局、县公安局                MEMBER_OF the committee or group named last before
    由县教育局、县公安局组成的校车安全领导小组      MEMBER_OF the group named after

Nothing is said of members that no document names. What follows from names alone is in ``ingest.shared``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from ingest.annotations import add, links, mentions, profile, sentences, text_of, within
from ingest.annotations import replace as put
from ingest.extraction import Link, Mention
from ingest.pipeline.parents import directs
from ingest.pipeline.setting import rank
from ingest.pipeline.unit_names import Unit, region_level

_GROUPS = frozenset({"coordination_body", "group"})
_FOLLOW = re.compile("成员(?:单位)?(?:包括|有|由|为|分别为|分别是|是|[:：])")
_BEFORE = re.compile("(?:等(?:部门|单位)?)?(?:为|是|作为|任|担任)(?:主要)?成员(?:单位)?")
_MADE_OF = re.compile("(?:等(?:部门|单位)?)?(?:共同)?组成(?P<of>的)?")
_LIST = re.compile("[、,，和及与以 　]{0,2}")
_OPENS_LIST = re.compile("(?:由|以|将)$")
CONFIDENCE = 0.8


def find_hierarchy(doc: Doc) -> None:
    """Add the links that the document states."""
    links(doc).extend(_directed(doc))
    for sentence in sentences(doc):
        links(doc).extend(_members(doc, sentence))


def _directed(doc: Doc) -> Iterator[Link]:
    """The issuer and the body of its own force that directs it."""
    issuer, places = profile(doc).issuer, profile(doc).jurisdiction
    if issuer is None or not issuer.identity or issuer.attributes.get("scope"):
        return
    own, told = Unit.of(issuer.identity), set[str]()
    for mention in mentions(doc, "Unit"):
        if not mention.identity or mention.attributes.get("scope"):
            continue
        above = Unit.of(mention.identity)
        over = above.domain == own.domain and rank(above.level) == rank(own.level) - 1 and not above.generic
        named = bool(above.path) and above.path[-1] in places and above.name not in told
        if over and named and directs(text_of(doc), mention):
            told.add(above.name)
            start, end = _sentence(doc, mention)
            yield Link("SUBORDINATE_TO", issuer, mention, start, end, "unit.directed-by", CONFIDENCE)


def _sentence(doc: Doc, mention: Mention) -> tuple[int, int]:
    found = (s for s in sentences(doc) if s[0] <= mention.start and mention.end <= s[1])
    return next(found, (mention.start, mention.end))


def _members(doc: Doc, sentence: tuple[int, int]) -> Iterator[Link]:
    """The bodies that a sentence lists as members, and the group they are members of."""
    text, low, high = text_of(doc), *sentence
    if "成员" not in text[low:high] and "组成" not in text[low:high]:
        return
    for m in _FOLLOW.finditer(text, low, high):
        group = _group_of_class(doc, m.start()) or _group_before(doc, low, m.start())
        yield from _linked(doc, sentence, _listed_after(doc, m.end(), high), group)
    for m in _BEFORE.finditer(text, low, high):
        yield from _linked(doc, sentence, _listed_before(doc, low, m.start()), _group_before(doc, low, m.start()))
    for m in _MADE_OF.finditer(text, low, high):
        listed = _listed_before(doc, low, m.start())
        opened = listed and _OPENS_LIST.search(text, low, listed[-1].start)
        if opened:
            group = _group_after(doc, m.end(), high) if m["of"] else _group_before(doc, low, listed[-1].start)
            yield from _linked(doc, sentence, listed, group)


def _linked(doc: Doc, sentence: tuple[int, int], listed: list[Mention], group: Mention | None) -> Iterator[Link]:
    if group is None or len(listed) < 2:
        return  # one body is no list: 为领导小组成员 may be said of a person
    inside = sentence[0] <= group.start and group.end <= sentence[1]
    basis = None if inside else (group.start, group.end)
    for member in listed:
        if member is not group and not member.attributes.get("generic"):
            yield Link("MEMBER_OF", member, group, *sentence, "unit.member-of", CONFIDENCE, basis=basis)


def _listed_after(doc: Doc, at: int, high: int) -> list[Mention]:
    """Bodies joined by 、 from ``at`` on."""
    found: list[Mention] = []
    for mention in within(doc, "Unit", at, high):
        if _LIST.fullmatch(text_of(doc), at, mention.start) is None:
            break
        found.append(mention)
        at = mention.end
    return found


def _listed_before(doc: Doc, low: int, at: int) -> list[Mention]:
    """Bodies joined by 、 up to ``at``, the last one first."""
    found: list[Mention] = []
    for mention in reversed(within(doc, "Unit", low, at)):
        if _LIST.fullmatch(text_of(doc), mention.end, at) is None:
            break
        found.append(mention)
        at = mention.start
    return found


def _group_before(doc: Doc, low: int, at: int) -> Mention | None:
    """The committee or group named last before ``at`` in its sentence, else the one whose paper this is."""
    named = [m for m in within(doc, "Unit", low, at) if _is_group(m)]
    issuer = profile(doc).issuer
    if named or issuer is None:
        return named[-1] if named else None
    committee = issuer.name.removesuffix("办公室")
    return next((m for m in mentions(doc, "Unit") if m.name == committee and _is_group(m)), None)


def _group_of_class(doc: Doc, at: int) -> Mention | None:
    """The committee in 县交安委成员单位, read as one name: its mention elsewhere, else a new one."""
    named = [m for m in within(doc, "Unit", max(0, at - 30), at + 4) if m.start <= at < m.end]
    if not named or not named[0].identity:
        return None
    class_, name = Unit.of(named[0].identity), named[0].name.removesuffix("成员单位")
    if name == class_.name or named[0].attributes.get("scope"):
        return None
    known = next((m for m in mentions(doc, "Unit") if m.name == name and _is_group(m)), None)
    if known is not None or not class_.path or named[0].start == at:
        return known
    level = region_level(class_.path[-1], class_.path[:-1])
    body = replace(class_, name=name, kind="coordination_body", subtype="coordination_body", generic=False, level=level)
    found = add(
        doc, "Unit", named[0].start, at, rule="unit.commission", canonical=name, kind=body.kind, subtype=body.subtype,
        domain=body.domain, level=level, jurisdiction="/".join(body.path),
    )  # fmt: skip
    return put(doc, found, replace(found, identity=body.identity))


def _group_after(doc: Doc, at: int, high: int) -> Mention | None:
    return next((m for m in within(doc, "Unit", at, high) if _is_group(m) and m.start == at), None)


def _is_group(mention: Mention) -> bool:
    body = mention.attributes.get("subtype") == "coordination_body" or mention.attributes.get("kind") in _GROUPS
    return body and not mention.attributes.get("generic") and not mention.name.endswith(("办公室", "成员单位"))
