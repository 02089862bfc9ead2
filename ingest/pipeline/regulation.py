"""``zh_regulation``: laws, policies and instruments: 《》 with nesting, titles without marks, quoted rules, 文号.

Short names that the document defines (以下简称《实施方案》) are marked here and resolved to
the full name wherever they occur.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace as replace_fields
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import add, mentions, readable, remove, replace, text_of, within, zone_at
from ingest.fold import fold
from ingest.intervals import Intervals
from ingest.lexicon import Knowledge, knowledge
from ingest.pipeline.unit_words import HAN

LONGEST = 120
_OPEN = re.compile("[《》\n]")
_NESTED = re.compile(r"[<《]([^<>《》\n]{3,60})[>》]")
_LAW = re.compile(r"(?:法|条例|规定|办法|细则|决定|准则|规则|规程|守则|章程|解释)(?:\((?:试行|暂行|修订|草案)\))?$")
_TITLE_WORDS = (
    "通知|意见|方案|办法|条例|规定|细则|规划|计划|要点|纲要|通告|公告|决定|批复|函|报告|标准|规范|指南|制度|准则|法"
    "|清单|总结|措施|机制|规则|指引|预案"
)
_BARE_TITLE = re.compile(f"(?:实施|工作|行动|整治|指导|管理)?(?:{_TITLE_WORDS})")
_TITLE_END = re.compile(
    rf"(?P<whole>(?:实施|工作|行动|整治|指导|管理)?(?P<word>{_TITLE_WORDS}))(?:\([^()\n]{{1,14}}\))?$"
)
_UNCLOSED = re.compile(rf"[^。;,\n《》]{{3,60}}?(?:{_TITLE_WORDS})(?=[。;,、\n)要的]|$)")
_ABOUT = re.compile(
    r"关于(?:印发|转发)?[^。;,!?\n《》:]{3,60}?的(?:通知|意见|决定|批复|通告|公告|复函|函|指导意见|实施意见|若干意见)"
    r"(?![一-鿿]{0,2}(?:要求|精神)的)"
)
_BARE = re.compile(
    r"(?:三年行动计划|行动计划|实施方案|工作方案|行动方案|整治方案|实施意见|指导意见|管理办法|管理条例|实施办法|管理规定|发展规划|安全条例|工作规范)(?:\([^()\n]{1,16}\))?"
)
_QUOTED_RULE = re.compile(
    r"“((?:[一二三四五六七八九十百0-9]{1,3}(?:条铁规|项规定|条禁令|条规定|个严禁|个不准|项纪律|条纪律|项禁令|条铁律|号检察建议|条措施|项铁规|个不得|个规定))|[一二三四五六七八九十]{1,3}严禁)”"
)
_SHORT = re.compile(r"\((?:以下|下)?(?:统)?简称:?[为]?[《“]?([^》”)\n]{1,20})[》”]?\)")
_NUMBER = re.compile(rf"[{HAN}X×*]{{1,10}}(?P<year>[〔\[【(](?:19|20)[0-9]{{2}}[〕\]】)]?)[ ]?第?[0-9]{{1,4}}号")
_OWN_NUMBER = re.compile(
    rf"(?:文 ?号|字 ?号)[:：]? ?([{HAN}X×*]{{1,10}}[〔\[【(](?:19|20)[0-9]{{2}}[〕\]】)]?[ ]?第?[0-9]{{1,4}}号)"
)
_RULE = re.compile(
    rf"(?:{_TITLE_WORDS}|条件|建议|守则|规程|公约|修正案|令|指示|批示|要求|责任制|体系|程序|大纲|部署|法典|目录|倡议|责任分工|任务分工|分工|分解表|分工表|议定书|决议)"
    r"(?:\([^()\n]{1,14}\))?[”’]?(?: ?第[0-9一二三四五六七八九十]{1,2}部分.{0,30})?$"
)
"""What titles of rules and plans end in; 《酒驾之殇》 and 《责任书》 are none, unless they say 关于 what they are."""
_NO_RULE = re.compile(
    "(?:证|证件|证书|执照|公告栏|名单|[日晚时周]报|公安报|警察报|杂志|告知书|通知书|承诺书|责任书|认定书|记录书|决定书|倡议书|保证书|一封信|手册|登记表|统计表|台账|明白纸|通知单)$"
)
_INNER = ("VehicleClass", "Violation", "Mechanism", "Platform", "PersonGroup", "Campaign", "Road", "Region")


@Language.component("zh_regulation")
def zh_regulation(doc: Doc) -> Doc:
    """Mark regulations and take lexicon matches inside their titles away."""
    text = fold(text_of(doc))
    for low, high in readable(doc):
        for start, end in title_marks(text, low, high):
            _mark_title(doc, text, start, end)
        _mark_quoted(doc, text, low, high)
        _mark_unmarked(doc, text, low, high)
        _numbers(doc, text, low, high)
    _call_bare(doc, text)
    for title in mentions(doc, "Regulation"):
        for label in _INNER:
            for inside in within(doc, label, title.start, title.end):
                remove(doc, inside)
    return doc


def title_marks(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Inside offsets of outermost 《…》 pairs; an unclosed one ends after its title word in the same clause."""
    depth, begin = 0, -1
    for m in _OPEN.finditer(text, low, high):
        char = m.group()
        if char == "《":
            if depth == 0:
                begin = m.end()
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0 and 0 < m.start() - begin <= LONGEST:
                yield begin, m.start()
        # A hard wrap inside a title is possible, a title over a blank line is not.
        elif depth and (text.startswith("\n", m.end()) or m.start() - begin > LONGEST):
            depth = 0
            yield from _unclosed(text, begin, m.start())
    if depth:
        yield from _unclosed(text, begin, min(high, begin + LONGEST))


def _unclosed(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    if m := _UNCLOSED.match(text, begin, stop):
        yield begin, m.end()


def kind_of(title: str) -> str:
    """law or policy, by the last word of the title."""
    return "law" if _LAW.search(title) else "policy"


def _mark_title(doc: Doc, text: str, start: int, end: int) -> None:
    title = text[start:end]
    entry = _known(knowledge()).get(normal(title))
    if entry is None and (_NO_RULE.search(title) or not (_RULE.search(title) or "关于" in title)):
        return
    for old in list(within(doc, "Regulation", start, end)):
        remove(doc, old)
    canonical, kind = (entry[0], entry[1]) if entry else ("", kind_of(title))
    add(doc, "Regulation", start, end, rule="regulation.marks", canonical=canonical, kind=kind)
    for m in _NESTED.finditer(text, start, end):
        name = normal(m.group(1))
        entry = _known(knowledge()).get(name)
        add(
            doc,
            "Regulation",
            m.start(1),
            m.end(1),
            rule="regulation.nested",
            canonical=entry[0] if entry else "",
            kind=entry[1] if entry else kind_of(name),
            nested=True,
        )
    if short := _SHORT.match(text, end + 1):
        full = canonical or text_of(doc)[start:end]
        add(doc, "Regulation", *short.span(1), rule="regulation.short", canonical=full, kind=kind, alias_def=True)


def _call_bare(doc: Doc, text: str) -> None:
    """Give a bare 《办法》 the name of the title before it that ends so, when there is just one."""
    names: dict[str, set[str]] = {}
    for title in list(mentions(doc, "Regulation")):
        written = text[title.start : title.end]
        if _BARE_TITLE.fullmatch(written):
            if title.rule == "regulation.marks" and len(names.get(written, ())) == 1:
                replace(doc, title, replace_fields(title, canonical=next(iter(names[written]))))
        elif m := _TITLE_END.search(written):
            for ending in {m["word"], m["whole"]}:
                names.setdefault(ending, set()).add(title.name)


def normal(title: str) -> str:
    """A title for comparison: no blanks or line breaks, full-width folded."""
    return re.sub(r"\s", "", fold(title))


@lru_cache(maxsize=2)
def _known(known: Knowledge) -> dict[str, tuple[str, str]]:
    return {normal(name): (e.name, e.kind) for e in known.entries("regulations") for name in e.names}


def _mark_quoted(doc: Doc, text: str, low: int, high: int) -> None:
    """“八条铁规”: an instrument of the body named before it."""
    for m in _QUOTED_RULE.finditer(text, low, high):
        if (m.start(1), m.end(1)) not in {(r.start, r.end) for r in within(doc, "Regulation", m.start(1), m.end(1))}:
            add(doc, "Regulation", m.start(1), m.end(1), rule="regulation.quoted", kind="instrument")


def _mark_unmarked(doc: Doc, text: str, low: int, high: int) -> None:
    """关于…的通知, and names of plans and rules long enough to be names, without marks."""
    taken = Intervals((r.start, r.end) for r in mentions(doc, "Regulation"))
    for m in _ABOUT.finditer(text, low, high):
        zone = zone_at(doc, m.start())
        if (zone and zone.kind == "title") or taken.overlaps(*m.span()):
            continue
        add(doc, "Regulation", m.start(), m.end(), rule="regulation.about", confidence=0.8, kind="policy")
        taken.add(*m.span())
    for m in _BARE.finditer(text, low, high):
        start = _bare_start(doc, text, m.start(), low)
        zone = zone_at(doc, start)
        if (
            m.start() - start < 6
            or not _CITED.search(text, max(low, start - 4), start)
            or (zone and zone.kind == "title")
            or taken.overlaps(start, m.end())
        ):
            continue
        add(doc, "Regulation", start, m.end(), rule="regulation.unmarked", confidence=0.6, kind=kind_of(m.group()))


_STOP_LEFT = re.compile(
    "落实|制定|出台|按照|根据|围绕|结合|实施|印发|下发|贯彻|执行|修订|推动|依据|依照|严格|编制|符合|违反|公布|纳入|参照|对照|负责|[好了的将由和及与以对等]"
)
_CITED = re.compile("(?:落实|贯彻|按照|依照|根据|依据|执行|围绕|对照|参照|印发|下发|结合|好)$")
_RUN = re.compile(rf"[{HAN}0-9A-Za-z“”+]*$")


def _bare_start(doc: Doc, text: str, at: int, low: int) -> int:
    run = _RUN.search(text, max(low, at - 30), at)
    start = run.start() if run else at
    return max((m.end() for m in _STOP_LEFT.finditer(text, start, at)), default=start)


def _numbers(doc: Doc, text: str, low: int, high: int) -> None:
    """A 文号 beside a title is another name of it; one in running text stands for the document it numbers."""
    titles = {m.end: m for m in within(doc, "Regulation", low, high)}
    own = {normal_number(m.group(1)) for m in _OWN_NUMBER.finditer(text, low, high)}
    for m in _NUMBER.finditer(text, low, high):
        start = max((s.end() for s in _STOP_LEFT.finditer(text, m.start(), m.start("year"))), default=m.start())
        before = text[max(low, start - 2) : start]
        alone = text[start - 1 : start] in {"", "\n"} and text[m.end() : m.end() + 1] in {"", "\n", "\r"}
        number = normal_number(text[start : m.end()])
        if alone or start == m.start("year") or number in own:
            continue  # on a line of its own, or in its field, it is the document's own number
        title = titles.get(start - 2) if before == "》(" else None
        if title is not None:
            replace(doc, title, replace_fields(title, attributes={**title.attributes, "aliases": (number,)}))
            continue
        name = _numbered(knowledge()).get(number, number)
        add(doc, "Regulation", start, m.end(), rule="regulation.number", confidence=0.7, canonical=name, kind="policy")


def normal_number(number: str) -> str:
    """A 文号 in one spelling: 国发[2012] 第30号 → 国发〔2012〕30号."""
    return re.sub(r"[〔\[【(](\d{4})[〕\]】)]?\s*第?(\d+)号", r"〔\1〕\2号", number)


@lru_cache(maxsize=2)
def _numbered(known: Knowledge) -> dict[str, str]:
    return {e.number: e.name for e in known.entries("regulations") if e.number}
