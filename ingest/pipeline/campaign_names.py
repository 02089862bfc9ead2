"""Other names of a campaign within its document: defined in brackets, without its quotes, cut short.

“护苗”专项行动（以下简称“护苗行动”）      护苗行动 from there on
关于开展“护苗”专项整治行动的通知          整治行动 where a sentence begins with it: 整治行动由县局统一领导
夏季道路交通安全“百日会战”              “百日会战” alone, when no other campaign is called so
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spacy.tokens import Doc

from ingest.annotations import add, covering, mentions, readable, text_of, zone_at
from ingest.extraction import Mention
from ingest.fold import fold
from ingest.lexicon import knowledge
from ingest.pipeline.gazetteer import names_of

_DEFINED = re.compile(r"\((?:以下|下)?(?:统)?简称:?为?[“\"]?([^”\"\n)]{2,12})[”\"]?\)")
_QUOTES = re.compile('[“”"]')
_HEAD = re.compile("(?:专项整治|集中整治|专项|整治|攻坚|集中)行动$")
_SUBJECT = re.compile("由|分|自|从|要|将|期间|时间")
_TAIL = re.compile("(?:行动|工作)$")


def short_names(doc: Doc) -> None:
    """Mark the campaigns of the document where it calls them by another name that it has given them."""
    text = fold(text_of(doc))
    quoted = [m for m in mentions(doc, "Campaign") if _QUOTES.search(m.text)]
    for name, full in _first(quoted).items():
        _after(doc, text, full, _QUOTES.sub("", name), "campaign.unquoted-use")
    _defined(doc, text)
    for name, short in _first(m for m in mentions(doc, "Campaign") if m.rule == "campaign.short").items():
        _after(doc, text, short, name, "campaign.short-use")
    for full, head in _titled(doc):
        for start, end in _uses(doc, text, head):
            if text[start - 1 : start] in ("。", "\n") and _SUBJECT.match(text, end):
                _again(doc, full, start, end, "campaign.head-use")


def _first(found: Iterable[Mention]) -> dict[str, Mention]:
    """The first mention of each text: one search for each name, however often it stands."""
    first: dict[str, Mention] = {}
    for mention in found:
        first.setdefault(mention.text, mention)
    return first


def _defined(doc: Doc, text: str) -> None:
    """Short names in brackets after a campaign, whether the lexicon or the grammar found it, in quotes or not."""
    for full in list(mentions(doc, "Campaign")):
        m = _DEFINED.match(text, full.end + (text[full.end : full.end + 1] in ("”", '"')))
        if m is not None:
            add(
                doc,
                "Campaign",
                *m.span(1),
                rule="campaign.short",
                canonical=full.name,
                alias_def=True,
                **_carried(full),
            )


def _titled(doc: Doc) -> Iterator[tuple[Mention, str]]:
    """The one campaign that the title names, with the words that it ends in (整治行动, 专项行动)."""
    titled = [m for m in mentions(doc, "Campaign") if (zone := zone_at(doc, m.start)) and zone.kind == "title"]
    head = _HEAD.search(_QUOTES.sub("", fold(titled[0].text))) if titled else None
    if head is not None and len({m.name for m in titled}) == 1:
        yield titled[0], head.group()
        yield titled[0], head.group()[-4:]


def _uses(doc: Doc, text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where ``name`` stands in the readable text, outside every campaign."""
    for low, high in readable(doc):
        for m in re.finditer(re.escape(name), text[low:high]) if len(name) > 1 else ():
            start, end = low + m.start(), low + m.end()
            if not covering(doc, "Campaign", start, end):
                yield start, end


def _after(doc: Doc, text: str, full: Mention, name: str, rule: str) -> None:
    for start, end in _uses(doc, text, fold(name)):
        if start > full.end:
            _again(doc, full, start, end, rule)


def _again(doc: Doc, full: Mention, start: int, end: int, rule: str) -> None:
    add(doc, "Campaign", start, end, rule=rule, confidence=0.8, canonical=full.name, **_carried(full))


def _carried(full: Mention) -> dict[str, Any]:
    return {k: v for k, v in full.attributes.items() if k in ("core", "head", "scope", "entry")}


def fuller_names(doc: Doc) -> Mapping[str, str]:
    """百日会战 → 夏季道路交通安全百日会战: a quoted core alone, or with 行动, for the one campaign called by it.

    A name that the lexicon knows stays what it is (“一盔一带” beside “一盔一带”安全守护行动).
    """
    by_core: dict[str, set[str]] = defaultdict(set)
    for mention in mentions(doc, "Campaign"):
        core = str(mention.attributes.get("core", ""))
        if _QUOTES.search(text_of(doc)[mention.start - 1 : mention.end + 1]):
            by_core[core].add(mention.name)
    found = {}
    for core, names in by_core.items():
        short = {name for name in names if _TAIL.sub("", name) == core}
        if short and len(names - short) == 1 and ("Campaign", core) not in names_of(knowledge()):
            found.update(dict.fromkeys(short, next(iter(names - short))))
    return found
