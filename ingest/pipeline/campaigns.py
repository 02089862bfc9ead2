"""``zh_campaigns``: named actions: a quoted name with its head noun, an unquoted name with a head, known names.

    事故预防“减量控大”工作        a run before the quotes belongs to the name
    “三车”违法专项整治           from the opening quote to the head
    公路交通安全专项整治行动       cut on the left after the last verb; bare heads (专项整治) are no names

``core`` is the quoted part (else the name without its head), ``head`` the family of the head noun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import add, covering, mentions, readable, remove, text_of, within, zone_at
from ingest.extraction import Mention
from ingest.fold import fold
from ingest.lexicon import Knowledge, alternation, knowledge, longest_first
from ingest.pipeline.campaign_names import short_names
from ingest.pipeline.gazetteer import names_of
from ingest.pipeline.unit_words import HAN

LEFT = 24
_QUOTE = re.compile(r"[“\"]([^“”\"\n]{2,28})[”\"]")
_BRACKET = re.compile(r"\([^()\n]{1,40}\)")
_NOT_MIDDLE = re.compile("机制|模式|体系|平台|战略|措施|工作法|品牌|要求|目标|[的等了在对以]")
_RUN = re.compile(rf"[{HAN}0-9A-Za-z·“”]*\Z")
_CUT = re.compile(
    r"[的等了在对以为将把被从由向是使让其各该此每及]|简称:?为?|统称:?为?|得到|一项|[0-9]{4}年(?:度)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|(?:上|下)半年|(?:全|我|本)(?:省|市|县|区|国)"
)
_LEADING = re.compile(
    r"(?:(?:以|和|与|及|全国|系列|一系列|各类|各项|年度|新一轮|新(?!冠|能|型|媒|村|区|城|兴)|本轮|一轮|首次|道路上)+)"
)
_TITLE_PLACE = re.compile(f"[{HAN}]{{2,4}}?[省市县区州旗]")
"""《望岭县“护苗”行动方案》: a title begins with its place."""
_TRAILING = re.compile("(?:行动|工作)$")
_SHORT_CORES = frozenset({"夜查", "整顿", "练兵", "排查", "年", "宣传日"})
_PLAIN = re.compile("整治|整顿|治理")
_CARRIED_OUT = re.compile("(?:开展|推进|深化|启动|实施|部署)\\Z")
_WORK = re.compile("工作")


@dataclass(frozen=True, eq=False)
class Heads:
    """Head nouns of one state of the knowledge, compiled; ``family`` names the longest first."""

    pattern: re.Pattern[str]
    family: dict[str, str]
    verbs: re.Pattern[str]
    stop_cores: tuple[str, ...]
    quoted_only: frozenset[str]


@lru_cache(maxsize=2)
def _heads(known: Knowledge) -> Heads:
    kinds = {name: e.kind for e in known.entries("campaigns", "head") for name in e.names}
    family = {name: kinds[name] for name in longest_first(kinds)}
    guards = {name: e.not_before for e in known.entries("campaigns", "head") for name in e.names}
    afters = {name: e.not_after for e in known.entries("campaigns", "head") for name in e.names}
    head = alternation(family, afters, guards)
    return Heads(
        re.compile(f"{head}{head}*"),
        family,
        re.compile("|".join(map(re.escape, longest_first(known.words("verbs-campaign"))))),
        known.words("campaign-cores"),
        frozenset(n for e in known.entries("campaigns", "head") if e.needs == "quoted" for n in e.names),
    )


@Language.component("zh_campaigns")
def zh_campaigns(doc: Doc) -> Doc:
    """Mark campaigns in the readable text. A known name inside a longer one gives way to it."""
    text, heads = fold(text_of(doc)), _heads(knowledge())
    for low, high in readable(doc):
        for m in _QUOTE.finditer(text, low, high):
            _quoted(doc, text, heads, m, low, high)
        for m in heads.pattern.finditer(text, low, high):
            _unquoted(doc, text, heads, m, low)
    short_names(doc)
    _nest(doc)
    return doc


def _quoted(doc: Doc, text: str, heads: Heads, quote: re.Match[str], low: int, high: int) -> None:
    if quote.group(1) in knowledge().words("boilerplate") or text.endswith("称", low, quote.start()):
        return
    inner = heads.pattern.search(quote.group(1))
    whole = inner is not None and inner.end() == len(quote.group(1))
    # “春雷行动”、夏季整治 are two: a name that has its head goes on only without a mark between.
    listed = whole and text[quote.end() : quote.end() + 1] == "、"
    end = None if listed else _head_after(text, heads, quote.end(), high)
    known = names_of(knowledge()).get(("Campaign", quote.group(1)))
    if end is None and not whole and not (known and known.type == "known"):
        return
    start = _before_quote(doc, text, heads, quote.start(), low) if end or whole else quote.start()
    if end is None and start == quote.start():
        _add(doc, text, heads, quote.start(1), quote.end(1), quote.group(1), "campaign.quoted-whole", 0.8)
        return
    _add(doc, text, heads, start, end or quote.end(), quote.group(1), "campaign.quoted", 0.9)


def _head_after(text: str, heads: Heads, at: int, high: int) -> int | None:
    """End of the head noun that completes a quoted name, None when none follows in the same phrase."""
    if bracket := _BRACKET.match(text, at, high):
        at = bracket.end()
    stop = min(high, at + 20)
    if m := _WORK.match(text, at, stop):
        return (
            m.end()
            if not text.startswith(
                (
                    "方案",
                    "要点",
                    "总结",
                    "计划",
                    "模式",
                    "机制",
                    "法",
                    "措施",
                    "思路",
                    "方法",
                    "要求",
                    "室",
                    "专班",
                    "者",
                ),
                m.end(),
            )
            else None
        )
    m = heads.pattern.search(text, at, stop)
    if m is None:
        return None
    middle = text[at : m.start()]
    if not re.fullmatch(rf"[{HAN}、]*", middle) or _NOT_MIDDLE.search(middle) or heads.verbs.search(middle):
        return None
    return m.end()


def _before_quote(doc: Doc, text: str, heads: Heads, at: int, low: int) -> int:
    """Start of the words before the quotes that belong to the name (事故预防“减量控大”工作)."""
    start = _cut_left(doc, text, heads, at, low, 16)
    run = text[start:at]
    if len(run) < 2 or any(u.start <= start and u.end >= at for u in within(doc, "Unit", start, at)):
        return at
    if (
        (text[start - 1 : start] == "、" and text[start - 2 : start - 1] != "”")
        or run in {"公安交管", "公安交警", "公安", "交警", "交管", "公安交通管理"}
        or run[-1] in "和与及或、"
    ):
        return at
    return start


def _cut_left(doc: Doc, text: str, heads: Heads, at: int, low: int, reach: int) -> int:
    """Start of the run of name characters before ``at``, after the last verb, boundary or body."""
    run = _RUN.search(text, max(low, at - reach), at)
    start = run.start() if run else at
    start = max(start, text.rfind("”", start, at) + 1)
    start = max((m.end() for m in heads.verbs.finditer(text, start, at)), default=start)
    start = max((m.end() for m in _CUT.finditer(text, start, at)), default=start)
    start = max((u.end for u in within(doc, "Unit", start, at)), default=start)
    if text[start - 1 : start] == "《" and (m := _TITLE_PLACE.match(text, start, at)):
        start = m.end()
    if m := _LEADING.match(text, start, at):
        start = m.end()
    return start


def _unquoted(doc: Doc, text: str, heads: Heads, head: re.Match[str], low: int) -> None:
    end = head.end()
    if _first_head(heads, head.group()) in heads.quoted_only:
        return
    if any(u.start < head.start() < u.end for u in within(doc, "Unit", max(low, head.start() - 30), end + 30)):
        return  # 发展改革局 is a body
    start = _cut_left(doc, text, heads, head.start(), low, LEFT)
    start = _listed_classes(doc, text, start, low)
    if any(c.start <= head.start() and end <= c.end for c in within(doc, "Campaign", max(low, start - 40), end + 20)):
        return
    if _PLAIN.fullmatch(head.group()) and not _CARRIED_OUT.search(text, max(low, start - 4), start):
        return  # 强化校车安全整治 says what is done; a name says 专项整治, or is carried out (开展非法改装整治)
    if _names(heads, text[start : head.start()], head.group()):
        _add(doc, text, heads, start, end, "", "campaign.head", 0.8)


def _names(heads: Heads, core: str, head: str) -> bool:
    """May ``core`` be what a campaign with this head is about?"""
    least = 2 if heads.family[_first_head(heads, head)] in _SHORT_CORES else 3
    if len(core) < least or core.endswith(heads.stop_cores) or core[-1] in "、和与及":
        return False
    if "机制" in core or "“" in core or "”" in core:
        return False
    return not (core[0].isdigit() or re.fullmatch("[一二三四五六七八九十0-9]+[大项个类]?", core))


def _listed_classes(doc: Doc, text: str, start: int, low: int) -> int:
    """摩托车、电动车违法专项整治: vehicle classes listed before the name belong to it."""
    while text[start - 1 : start] == "、" and start > low:
        listed = next(
            (v for v in within(doc, "VehicleClass", max(low, start - 16), start - 1) if v.end == start - 1), None
        )
        if listed is None:
            break
        start = listed.start
    return start


def _add(doc: Doc, text: str, heads: Heads, start: int, end: int, quoted: str, rule: str, confidence: float) -> None:
    if covering(doc, "Regulation", start, end) and not _issued(doc, text, start):
        return
    name, core, family = name_parts(text[start:end], quoted)
    entry = names_of(knowledge()).get(("Campaign", name))
    if entry is not None:
        name = entry.name
    for old in list(within(doc, "Campaign", start, end)):
        remove(doc, old)
    extra: dict[str, Any] = {"scope": "document"} if entry is not None and entry.scope == "document" else {}
    if entry is not None:
        extra["entry"] = entry.id
    add(doc, "Campaign", start, end, rule=rule, confidence=confidence, canonical=name, core=core, head=family, **extra)


def _issued(doc: Doc, text: str, at: int) -> bool:
    """关于印发《…“护苗”行动方案》的通知 as the document's own title: its campaign is what the document is about."""
    zone = zone_at(doc, at)
    return zone is not None and zone.kind == "title" and "印发" in text[zone.start : at]


def name_parts(span: str, quoted: str = "") -> tuple[str, str, str]:
    """(canonical name, core, head family) of a campaign's name as written.

    The canonical name has no quotes or brackets, and no 行动 or 工作 after another head (集中整治行动 = 集中整治).
    """
    heads = _heads(knowledge())
    core_entry = names_of(knowledge()).get(("Campaign", quoted)) if quoted else None
    if core_entry is not None and re.search(r"[”\"](?:工作)?$", span):
        return core_entry.name, quoted, ""
    plain = re.sub(r"[“”\"]", "", _BRACKET.sub("", fold(span)))
    shorter = _TRAILING.sub("", plain)
    # 行动 after 整治 and 工作 after a quoted core add nothing to the name; 三年行动 and 主题活动 do.
    ends = [m for m in heads.pattern.finditer(shorter) if m.end() == len(shorter)]
    work = plain.endswith("工作")
    if (
        (ends and heads.family.get(_last_head(heads, shorter)) in {"整治", "创建", "整顿", "攻坚战"})
        or (work and shorter == quoted)
        or (work and quoted and plain.endswith(quoted + "工作"))
    ):
        plain = shorter
    family = heads.family.get(_last_head(heads, plain), "")
    known = names_of(knowledge()).get(("Campaign", plain))
    core = quoted or plain[: len(plain) - len(_last_head(heads, plain))] or plain
    return (known.name if known else plain), core, family


def _first_head(heads: Heads, run: str) -> str:
    return next(h for h in heads.family if run.startswith(h))


def _last_head(heads: Heads, name: str) -> str:
    return next((h for h in heads.family if name.endswith(h)), "")


def _nest(doc: Doc) -> None:
    """Drop a name inside a longer campaign that the lexicon alone found, or that is the same campaign."""
    last: list[Mention] = []
    for mention in mentions(doc, "Campaign"):
        last = [o for o in last if o.end > mention.start]
        outer = next((o for o in last if mention.end <= o.end), None)
        if outer is not None and (mention.rule == "campaign.lexicon" or mention.canonical == outer.canonical):
            remove(doc, mention)
        else:
            last.append(mention)
