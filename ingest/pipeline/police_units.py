"""Teams, sub-bureaus and offices of the traffic police, seen from the document's issuer.

秩序中队 and 大队秩序中队 in a paper of a county's brigade are one office, 城关中队 is a squadron of that brigade;
直属一大队 in a paper of a city's detachment is a part of it. A name before a team (禾丰交警大队) tells it from others.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest import regions
from ingest.fold import fold
from ingest.lexicon import Entry
from ingest.pipeline.parents import KINDS
from ingest.pipeline.setting import Setting
from ingest.pipeline.unit_grammar import UnitSpan
from ingest.pipeline.unit_names import TEAM_LEVEL, Unit, formal_core, police_of

_TEAM_BEFORE = re.compile(r"(?:我|本)?(?:公安[局厅])?(?:交警|交巡警)?(总队|支队|大队)(?=.)")
_SQUADRON = re.compile("[一-鿿0-9]{1,8}中队")
_OWN_BRIGADE = re.compile(
    "(?:[一-鿿]{0,4}直属|第?[一二三四五六七八九十]{1,2}|特勤|机动|高速|城区|事故)[一-鿿0-9]{0,6}大队"
)
_TRAFFIC = "公安交管"
_ISSUERS = frozenset({"police", "coordination_body", "government"})
"""Bodies whose papers speak of the parts of the traffic police without saying of which place."""
_LAST = {"省": "省", "市": "市州盟", "县": "县市旗"}
"""What names of places with police of a level end in. 东屿大队 of a district is not called by 东屿区公安局."""
_DISTRICT = re.compile("[全我本]区(?!域|间|别)|(?<![一-鿿])区(?:公安|教育|交通|城管|城市管理|交警|委|政府|人民政府)")


def traffic_team(issuer: Unit | None, path: tuple[str, ...], level: str) -> Unit | None:
    """The traffic police whose parts a document names by their own names: its issuer, else that of the issuer's place.

    城关中队 in a paper of a county's committee or government is a squadron of the county's brigade too.
    """
    if issuer is not None and issuer.domain == _TRAFFIC and not issuer.generic:
        return issuer
    if issuer is None or issuer.kind not in _ISSUERS or not path or level not in ("省", "市", "县"):
        return None
    if issuer.name.endswith("分局"):
        return replace(issuer, name=issuer.name + "交警大队", domain=_TRAFFIC)
    return Unit(path[-1] + police_of(level), path, _TRAFFIC, level, "police", scope=issuer.scope)


def own_office(span: UnitSpan, team: Unit) -> Unit | None:
    """The office, squadron or direct brigade of ``team`` that ``span`` names; None when it names no part of a team."""
    core = formal_core(span)
    before = _TEAM_BEFORE.match(core)
    if before is not None and TEAM_LEVEL[before.group(1)] == team.level:
        core = core[before.end() :]
    elif before is not None and span.entry != "suffix.brigade":
        return None
    if span.entry == "suffix.office" and before is None:
        return None
    if span.entry in ("suffix.squadron", "word.squadron") and not _SQUADRON.fullmatch(core):
        return None
    if span.entry == "suffix.brigade" and not (team.level == "市" and _OWN_BRIGADE.fullmatch(core)):
        return None
    return replace(team, name=team.name + core)


def bureau_of(issuer: Unit) -> Unit | None:
    """The bureau that a brigade of the police belongs to, by its name: 东屿分局交警大队 → 东屿分局."""
    hidden = re.match("(?:[X×*]{1,3}|某)(?:省|市|县|区)", fold(issuer.name))
    if hidden and issuer.domain == _TRAFFIC:
        return replace(issuer, name=hidden.group() + "公安局", domain="公安")
    bureau = re.fullmatch("(.+(?:公安局|公安厅|分局))交警(?:总队|支队|大队)", issuer.name)
    return replace(issuer, name=bureau.group(1), domain="公安") if bureau else None


def district_of(issuer: Unit, text: str) -> str:
    """东屿区, where 衡泽市公安局东屿分局 or its brigade writes and the text speaks of a district; else ""."""
    bureau = re.search("公安局([一-鿿]{2,4})分局", issuer.name)
    if bureau is None or bureau[1].endswith("区"):
        return bureau[1] if bureau else ""
    district = bureau[1] + "区"
    return district if district in text or _DISTRICT.search(text) else ""


def branch_of(span: UnitSpan, issuer: Unit | None) -> Unit | None:
    """区公安分局, 区交警大队 in a paper of a sub-bureau or its brigade: that very body."""
    if issuer is None or "分局" not in issuer.name:
        return None
    bureau = issuer if issuer.name.endswith("分局") else bureau_of(issuer)
    if bureau is None or not bureau.name.endswith("分局"):
        return None
    if span.core.endswith("分局"):
        return bureau
    brigade = span.domain == _TRAFFIC and span.text.endswith("大队")
    return replace(bureau, name=bureau.name + "交警大队", domain=_TRAFFIC) if brigade else None


def proper_team(span: UnitSpan, setting: Setting, entry: Entry | None) -> Unit | None:
    """禾丰交警大队, 东屿大队: the issuer when its name says so, else the traffic police of the place so called.

    Where the text names no place so called, a team of its own beneath the document's place.
    """
    text, core = fold(span.text), fold(span.core)
    proper = text[: len(text) - len(core)] if text.endswith(core) and text != core else ""
    if not proper and span.rule == "unit.proper" and entry is not None and entry.type == "role":
        proper = text[: -len(entry.name)]
    if not proper or span.regions or span.level:
        return None
    issuer, path = setting.issuer, setting.path
    if issuer is not None and proper in issuer.name and issuer.name[-2:] == text[-2:]:
        return issuer
    if span.domain == _TRAFFIC and (police := _police_of_place(proper, TEAM_LEVEL.get(text[-2:], ""), setting)):
        return police
    team = re.sub("^.*?(?=(?:总队|支队|大队)$)", "交警", text[len(proper) :]) if span.domain == _TRAFFIC else core
    return Unit(proper + team, path, span.domain, span.rank, span.kind, span.subtype, scope="" if path else "document")


def _police_of_place(bare: str, level: str, setting: Setting) -> Unit | None:
    """澜川支队 is the traffic police of 澜川市 where the document lies in it or names it."""
    if level not in _LAST or bare in KINDS:
        return None
    known = regions.lookup(bare, setting.path) if setting.path else None
    called = [*setting.called(bare), *([known.name] if known is not None and known.level == level else [])]
    place = next((p for p in called if p[-1] in _LAST[level]), None)
    if place is None:
        return None
    path = setting.path_of((place,))
    return Unit(place + police_of(level), path, _TRAFFIC, level, "police")
