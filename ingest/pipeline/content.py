"""What a task is about: campaigns, targets, means, rules cited, indicators; and what an indicator measures.

Read clause by clause: a class of vehicle is the target of the task whose clause names it, and of the campaign of that
sentence that stands last before it; an indicator measures what stands before it in its own clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from ingest.annotations import links, sentences, text_of, within
from ingest.extraction import Link, Mention
from ingest.pipeline.ownership.regions import Offsets, Region, regions_of, sentences_in

_TARGETS = ("VehicleClass", "Violation", "PersonGroup", "Road", "Region")
_MEANS = ("Platform", "Mechanism")
_CLAUSE_END = re.compile(r"[，,；;。！？!?：:\n]")
_CONTEXT = re.compile(r"(?:以|根据|按照|依照|依据|结合|紧扣|对照|为贯彻|为落实)[^，,；;。]*$")
_OCCASION = re.compile(r"(?:围绕|结合|利用|借助)[^，,；;。]*$")
"""What is only the occasion of a task (围绕…整治工作, 利用…契机) is not carried out by it."""
CONFIDENCE = 0.85


def find_content(doc: Doc) -> None:
    """Add content links of every task."""
    for region in regions_of(doc):
        if region.task is not None:
            for sentence in sentences_in(doc, region.start, region.end):
                links(doc).extend(_of_sentence(doc, region.task, sentence))
    for sentence in sentences(doc):
        links(doc).extend(_of_campaigns(doc, sentence))
        links(doc).extend(_of_indicators(doc, sentence))


def _of_sentence(doc: Doc, task: Mention, sentence: Offsets) -> Iterator[Link]:
    text = text_of(doc)

    def link(rel: str, tail: Mention) -> Link:
        return Link(rel, task, tail, *sentence, f"content.{rel.lower().replace('_', '-')}", CONFIDENCE)

    for mention in within(doc, None, *sentence):
        if mention.type == "Campaign":
            first = _clause_start(text, sentence[0], mention.start)
            if _OCCASION.search(text[first : mention.start]) is None:
                yield link("CARRIES_OUT", mention)
        elif mention.type in _TARGETS and not _in_context(text, sentence[0], mention):
            yield link("TARGETS", mention)
        elif mention.type in _MEANS:
            yield link("USES", mention)
        elif mention.type == "Regulation":
            yield link("CITES", mention)
        elif mention.type == "Indicator":
            yield link("AIMS_AT", mention)


def _in_context(text: str, start: int, mention: Mention) -> bool:
    """Does the mention stand in a clause that gives a reason or a basis, not an object?"""
    first = _clause_start(text, start, mention.start)
    if mention.type == "Region":
        # A place is a target when something is done there, not when it only names a body or a rule, and 全市 is no
        # place apart from the document's own.
        return mention.text[0] in "全我本各" or text[max(first, mention.start - 1) : mention.start] not in (
            "在",
            "对",
            "于",
        )
    return mention.type != "Road" and _CONTEXT.search(text[first : mention.start]) is not None


def _clause_start(text: str, start: int, at: int) -> int:
    first = start
    for match in _CLAUSE_END.finditer(text, start, at):
        first = match.end()
    return first


def _of_campaigns(doc: Doc, sentence: Offsets) -> Iterator[Link]:
    """Targets and indicators of campaigns: what the name itself holds, and what follows it up to the next campaign."""
    campaigns = within(doc, "Campaign", *sentence)
    if not campaigns:
        return
    text = text_of(doc)
    for mention in within(doc, None, *sentence):
        if mention.type not in ("VehicleClass", "Violation", "PersonGroup", "Road", "Indicator"):
            continue
        campaign = _campaign_of(text, campaigns, mention)
        if campaign is not None:
            rel = "AIMS_AT" if mention.type == "Indicator" else "TARGETS"
            yield Link(
                rel, campaign, mention, *sentence, f"content.campaign-{rel.lower().replace('_', '-')}", CONFIDENCE
            )


def _campaign_of(text: str, campaigns: list[Mention], mention: Mention) -> Mention | None:
    before = None
    for campaign in campaigns:
        if campaign.start <= mention.start and mention.end <= campaign.end:
            return campaign
        if campaign.end <= mention.start:
            before = campaign
        elif _CLAUSE_END.search(text, mention.end, campaign.start) is None and mention.type != "Indicator":
            # 开展面包车、三轮车专项整治: the class stands in the campaign's own clause, before its name.
            return campaign
    return before


def _of_indicators(doc: Doc, sentence: Offsets) -> Iterator[Link]:
    """What an indicator measures: the classes before it in its clause, the nearest list of them."""
    text = text_of(doc)
    position = sentence[0]
    for indicator in within(doc, "Indicator", *sentence):
        first = max(position, _clause_start(text, sentence[0], indicator.start))
        position = indicator.end
        for mention in within(doc, None, first, indicator.start):
            if mention.type in ("VehicleClass", "PersonGroup", "Violation", "Road"):
                yield Link("MEASURES", indicator, mention, *sentence, "content.measures", CONFIDENCE)
        for mention in within(doc, None, indicator.start, indicator.end):
            if mention.type in ("VehicleClass", "Violation", "PersonGroup"):
                yield Link("MEASURES", indicator, mention, *sentence, "content.measures-inside", CONFIDENCE)


def find_structure(doc: Doc, regions: list[Region]) -> None:
    """PART_OF between tasks that headings state: the nearest heading above that is a task."""
    by_section = {r.section: r.task for r in regions if r.section is not None and r.task is not None}
    sections = doc._.sections
    for region in regions:
        if region.section is None or region.task is None:
            continue
        parent = sections[region.section].parent
        while parent is not None and parent not in by_section:
            parent = sections[parent].parent
        if parent is not None:
            task = region.task
            links(doc).append(Link("PART_OF", task, by_section[parent], task.start, task.end, "structure.part-of"))
