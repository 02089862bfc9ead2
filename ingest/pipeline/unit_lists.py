"""Units named together: shared heads (A、B等部门), collectives (各乡镇), the force itself, items of owner lists."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import replace

from ingest.intervals import Intervals
from ingest.lexicon import Entry
from ingest.pipeline.unit_grammar import Left, UnitSpan, read_left
from ingest.pipeline.unit_places import Source, proper_start
from ingest.pipeline.unit_words import HAN, words

_SHARED = re.compile(
    r"等(?:相关|有关|多个|职能|主管|成员|行业)*(?:部门|单位|各方|部委)|(?<=[一-鿿])[两二三四五六七八九十]个?部门|(?<=[一-鿿])部门"
)
_FIELD = re.compile(rf"[、,]([{HAN}]{{2,6}})\Z")
_SEPARATOR = re.compile(r"[、,和及与]\Z")
_COLLECTIVE = re.compile(
    r"各?(?:有关|相关)?(?:乡镇|镇街|街道|县|市|区|镇|乡|旗|村)(?:\([^()\n]{1,8}\))?"
    r"(?:[、/]?(?:乡镇|街道|县|市|区|镇|乡|州|村|社区)(?:\([^()\n]{1,8}\))?)*"
    r"(?![一-鿿]{0,6}(?:场|域|级|人民政府|政府|委员会|公安|办事处|交|道安|类|种|直)|民|庄|委|务|规|里|口|组)"
)
_COLLECTIVE_SIGN = re.compile("各|有关|相关")
_FORCE = re.compile(
    r"(?:公安交警|公安交管|公安交通管理|交警|交管|公安)(?=[、,;。)]|职责|要|应|会同|牵头|负责|和|与|工作(?:要点|总结|计划|安排))"
)
_VAGUE = re.compile(
    r"(?:市|县|区|省|局|全市|全县|全区)?(?:直属?|属)?(?:各)?(?:有关|相关|责任|成员|主管|职能|各)(?:职能|成员|责任|主管)?(?:部门|单位|方面|企业)(?:和单位)?"
)
_NAME = "一-叉友-咋咍-鿿"
"""Chinese characters but 及 and 和, which part one name of a list from the next."""
_LISTED = re.compile(
    rf"(?:^|(?<=[^{HAN}A-Za-z0-9]))([{_NAME}]{{1,10}}(局|委|办|中心|总站|支队|大队|中队|分公司|公司|集团|委员会|医院|银行|法院|检察院|管理处|管理所))"
    r"(?=[、,;。:()\n和及与等]|要|应|负责|牵头|配合|参加|参与|按|$)",
    re.M,
)
_SUBBUREAU = re.compile(
    rf"(?P<name>[{HAN}]{{2,4}}?)(?:公安)?分局(?P<team>(?:交通警察|交巡警|交警|公安交通管理|交管)大队)?"
)
_SQUAD_OF = re.compile(rf"[{HAN}]{{2,3}}中队")
_TEAM_ROLES = frozenset({"role.brigade", "role.detachment"})
_CLASS = re.compile(
    r"(?<!等)(?<![的其])(?:国务院|中央|[省市县区州]直?(?:属|级)?)?(?:各(?:有关|相关)?|有关|相关)(?:行业|职能|主管|责任|成员|监管|业务){0,2}(?:部门|单位)(?![一-鿿]{0,2}(?:人员|负责人|领导))"
)
_ITEM = re.compile(rf"[{HAN}A-Za-z0-9〇“”·<>()]+")
_NOT_A_NAME = re.compile(
    r"[。:;!?]|^(?:等|下同|以上|按|其他|其它|无|长期|全年|年底|列|第)|负责$|职责|[0-9]+[月日年%]|时限|完成"
)


def shared_heads(src: Source, known: list[UnitSpan], low: int, high: int) -> list[UnitSpan]:
    """The parts of a list before one shared head: 工业和信息化 | 市场监管 from 工业和信息化、市场监管等部门."""
    found: list[UnitSpan] = []
    ends = {span.end: span for span in known}
    walked: set[tuple[int, bool]] = set()
    for m in _SHARED.finditer(src.folded, low, high):
        at = m.start()
        if m.group() == "部门":
            head = ends.get(m.end())
            if head is None:
                continue
            at = head.start
            if not _SEPARATOR.search(src.folded, max(low, at - 1), at):
                continue
            at -= 1
        found.extend(_chain(src, at, low, ends, walked))
    return found


def _chain(
    src: Source, at: int, low: int, known: Mapping[int, UnitSpan], walked: set[tuple[int, bool]]
) -> list[UnitSpan]:
    """Stem-only items that end at ``at``, walking left over separators and whole units; unknown fields count too.

    ``walked``: steps of the chains before, which are not taken twice (A部门、B部门、C部门 is three chains).
    """
    found: list[UnitSpan] = []
    while at > low and (at, bool(found)) not in walked:
        walked.add((at, bool(found)))
        if at in known:
            start = known[at].start
        else:
            left = read_left(src, at, low, "部门")
            if left.stems and _departmental(left.stems[-1]):
                found.append(_part(src, left, at))
                start = left.start
            elif (start := _field(src, at, low)) < at and found:
                found.append(
                    UnitSpan(
                        start, at, src.text[start:at], "unit.shared-field", 0.7, "department",
                        core=src.text[start:at], entry="suffix.department", canonical=src.folded[start:at] + "部门",
                    )
                )  # fmt: skip
            else:
                break
        at = start
        if not _SEPARATOR.search(src.folded, max(low, at - 1), at):
            break
        at -= 1
    return found


def _part(src: Source, left: Left, at: int) -> UnitSpan:
    stem = left.stems[-1]
    return UnitSpan(
        left.start,
        at,
        src.text[left.start : at],
        "unit.shared-head",
        0.9,
        stem.kind,
        stem.domain,
        regions=left.regions,
        level=left.level,
        core=src.text[left.core : at],
        stems=(stem.id,),
        entry="suffix.department",
        canonical=(stem.short or src.folded[left.core : at]) + "部门",
    )


def _field(src: Source, at: int, low: int) -> int:
    """Start of a whole list item without verb (交通与建设) that ends at ``at``; ``at`` when there is none."""
    match = _FIELD.search(src.folded, max(low, at - 8), at)
    return match.start(1) if match and words().names_field(match.group(1)) else at


def _departmental(stem: Entry) -> bool:
    """Can 部门 stand after this stem? 公安, 交通运输: yes; a place, a committee's domain or an internal section: no."""
    return not (stem.place or stem.only or stem.kind == "coordination_body" or (stem.inner and not stem.open))


def neighbours(src: Source, known: list[UnitSpan], low: int, high: int) -> list[UnitSpan]:
    """Names beside a known body in a list that end as bodies do: 区财政局、社会事业局、闽港集团."""
    found: list[UnitSpan] = []
    taken = {(s.start, s.end) for s in known}
    ends, starts = {s.end for s in known}, {s.start for s in known}
    for match in _LISTED.finditer(src.folded, low, high):
        start, end = match.span(1)
        if (start, end) in taken or any(s.end != end for s in _across(known, start, end)):
            continue
        after = start - 1 in ends and src.folded[start - 1] not in "。:!?"
        beside = after or (src.folded[end : end + 1] == "、" and end + 1 in starts)
        field = src.folded[start : match.start(2)]
        v = words()
        named = v.names_field(field) and field not in v.adjectives and field[0] != "含"
        if beside and named and not v.verb_ends.match(field):
            ends.add(end)
            text = src.text[start:end]
            found.append(UnitSpan(start, end, text, "unit.neighbour", 0.7, "department", core=text, entry="listed"))
    return found


def subbureaus(src: Source, known: list[UnitSpan], high: int) -> list[UnitSpan]:
    """东屿分局 after its bureau's name, its brigade (衡泽市公安局东屿分局交警大队), 城关中队 after its brigade's."""
    found: list[UnitSpan] = []
    for bureau in known:
        squad = _SQUAD_OF.match(src.folded, bureau.end, high) if bureau.entry in _TEAM_ROLES else None
        if squad is not None:
            text = src.text[bureau.start : squad.end()]
            found.append(
                replace(bureau, end=squad.end(), text=text, rule="unit.squad-of", core=text, entry="suffix.squadron")
            )
        if bureau.entry != "suffix.bureau" or not bureau.core.endswith("公安局"):
            continue
        match = _SUBBUREAU.match(src.folded, bureau.end, high)
        if match is None:
            continue
        team = "交警大队" if match.group("team") else ""
        found.append(
            replace(
                bureau,
                end=match.end(),
                text=src.text[bureau.start : match.end()],
                rule="unit.subbureau",
                domain="公安交管" if team else bureau.domain,
                rank="县",
                core=bureau.core + match.group("name") + "分局" + team,
                entry="suffix.brigade" if team else "suffix.subbureau",
            )
        )
    return found


def _across(known: list[UnitSpan], start: int, end: int) -> list[UnitSpan]:
    """Those of ``known`` (in order, none overlapping) that share a character with ``start``-``end``."""
    first = bisect_right(known, start, key=lambda s: s.end)
    return known[first : bisect_left(known, end, first, key=lambda s: s.start)]


def collectives(src: Source, low: int, high: int) -> list[UnitSpan]:
    """各乡镇（街道）, 各镇街, 各县(市、区) as owners."""
    return [
        UnitSpan(
            m.start(),
            m.end(),
            src.text[m.start() : m.end()],
            "unit.collective",
            0.8,
            "government",
            rank="乡" if re.search("[乡镇街]", m.group()) else "县",
            level=m.group(),
            entry="collective",
            generic=True,
        )
        for m in _COLLECTIVE.finditer(src.folded, low, high)
        if _COLLECTIVE_SIGN.match(m.group())
    ]


def forces(src: Source, known: list[UnitSpan], low: int, high: int) -> list[UnitSpan]:
    """公安交警, 公安 as a force: in a list of units, as a subject, or with a place before a document title word."""
    found: list[UnitSpan] = []
    starts, ends = {s.start for s in known}, {s.end for s in known}
    text, vocabulary = src.folded, words()
    for m in _FORCE.finditer(text, low, high):
        start, end = m.span()
        if _across(known, start, start + 1):
            continue
        left = read_left(src, end, low, "部门")
        place = left.start if left.regions else None
        bare = next(iter(vocabulary.bare_regions.endings(text, start, max(low, start - 6))), None)
        title = text.startswith(("工作要点", "工作总结", "工作计划", "工作安排"), end)
        listed = (text[end : end + 1] in "、和与" and end + 1 in starts) or (
            text[start - 1 : start] in "、和与" and start - 1 in ends
        )
        duty = text.startswith("职责", end)
        if title and (place is not None or bare is not None):
            start = place if place is not None else bare if bare is not None else start
            regions = left.regions or (text[start : m.start()],)
            found.append(_force(src, start, end, m.group(), regions, "unit.force-title"))
        elif not title and (listed or duty):
            found.append(_force(src, start, end, m.group(), (), "unit.force"))
    return found


def _force(src: Source, start: int, end: int, core: str, regions: tuple[str, ...], rule: str) -> UnitSpan:
    stem = words().stems[core]
    return UnitSpan(
        start,
        end,
        src.text[start:end],
        rule,
        0.8,
        "police",
        stem.domain,
        regions=regions,
        core=core,
        stems=(stem.id,),
        entry="force",
        canonical="" if regions else f"{core}部门",
        generic=not regions,
    )


def vague(src: Source, low: int, high: int) -> list[UnitSpan]:
    """各单位, 有关部门 as bodies that act; 等有关部门 only closes a list."""
    return [
        UnitSpan(
            m.start(), m.end(), src.text[m.start() : m.end()], "unit.class", 0.7, "department", core=m.group(),
            entry="vague", generic=True,
        )
        for m in _CLASS.finditer(src.folded, low, high)
    ]  # fmt: skip


def listed_items(src: Source, known: list[UnitSpan], low: int, high: int) -> list[UnitSpan]:
    """Items of an owner list that the grammar does not know: names whole, vague owners as classes."""
    found = [
        UnitSpan(
            m.start(), m.end(), src.text[m.start() : m.end()], "unit.vague", 0.7, "department", core=m.group(),
            entry="vague", generic=True,
        )
        for m in _VAGUE.finditer(src.folded, low, high)
    ]  # fmt: skip
    taken = Intervals((s.start, s.end) for s in [*known, *found])
    for start, end in _items(src, low, high):
        if taken.overlaps(start, end) or not 2 <= end - start <= 20:
            continue
        text = src.folded[start:end]
        if _NOT_A_NAME.search(text) or proper_start(src, end, start, 20) > start:
            continue
        found.append(UnitSpan(start, end, src.text[start:end], "unit.listed", 0.6, "other", core=text, entry="listed"))
    return found


def _items(src: Source, low: int, high: int) -> list[tuple[int, int]]:
    return [m.span() for m in _ITEM.finditer(src.folded, low, high)]
