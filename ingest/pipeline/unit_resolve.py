"""Which body a Unit mention is: anaphora and short names resolved by the issuer and the place of the document."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.extraction import Mention
from ingest.fold import fold
from ingest.lexicon import Entry
from ingest.pipeline.police_units import branch_of, bureau_of, own_office, proper_team, traffic_team
from ingest.pipeline.setting import Setting, rank
from ingest.pipeline.unit_grammar import UnitSpan
from ingest.pipeline.unit_names import FORCE, TEAM_LEVEL, Unit, formal_core, place_level, police_of, units

_INTERNAL = frozenset(
    {
        "suffix.section",
        "suffix.division",
        "suffix.share",
        "suffix.room",
        "suffix.vehicle-office",
        "suffix.squad",
        "suffix.centre",
        "word.army-committee",
        "suffix.discipline",
    }
)
_PARTS = frozenset(
    f"suffix.{part}"
    for part in ("section", "share", "room", "office", "vehicle-office", "squad", "squadron", "brigade")
) | {"word.squadron"}
"""What the traffic police is made of: offices, squadrons, direct brigades."""
_REDACTED = re.compile("[X×*]|某[省市县区]")
_COUNTIES = {"区": "县", "旗": "县", "州": "市"}
_TOWNS = ("乡镇", "镇街", "街镇")
_CLASSES = re.compile("自治区|直辖市|自治州|省|市|县|区|州|盟|旗|乡|镇|街道|村")


def resolve_unit(mention: Mention, setting: Setting) -> Unit:
    """The body that ``mention`` names in ``setting``."""
    span = mention.attributes.get("span")
    if not isinstance(span, UnitSpan):
        return Unit(mention.name, (), "", "", str(mention.attributes.get("kind", "other")), scope="document")
    if span.redacted or _REDACTED.search(fold(span.text)):
        return _redacted(span)
    entry = units().get(span.entry)
    if span.rule == "unit.proper" and span.entry == "word.squadron":
        return _bare(span, setting)
    special = _by_entry(entry, span, setting) if entry is not None else None
    if special is not None:
        return special
    return _by_name(span, setting)


def _redacted(span: UnitSpan) -> Unit:
    """X县公安局交通警察大队 is X县交警大队: known in its document only, there by one name."""
    text, core = fold(span.text), fold(span.core)
    hidden = text.removesuffix(core) if text.endswith(core) else ""
    level = next((_COUNTIES.get(c, c) for c in _CLASSES.findall(hidden)[-1:]), "")
    if not level:  # X交警大队: of what kind of place is hidden too
        return _unit(span, span.text, (), span.rank, scope="document")
    core = re.sub("^公安[局厅](?=交警)", "", formal_core(span))
    return _unit(span, hidden + core, (), span.rank or level, scope="document")


def _by_name(span: UnitSpan, setting: Setting) -> Unit:
    """A class, or a body told by its places, its level or the document's place."""
    if span.generic:
        return _generic(span, setting)
    if span.regions:
        return _with_regions(span, setting)
    return _with_level(span, setting) if span.level else _bare(span, setting)


def _by_entry(entry: Entry, span: UnitSpan, setting: Setting) -> Unit | None:
    """Roles, bodies of the whole country and classes: what the entry itself settles."""
    if entry.type == "role":
        return _role(entry, span, setting)
    if entry.type == "body" and not span.regions and not span.level:
        if entry.sure or setting.level in {"", "国家"}:
            return Unit(entry.name, (), entry.domain, "国家", entry.kind, _subtype(entry.kind))
        return _local(span, setting)
    return _generic(span, setting) if entry.generic else None


def _subtype(kind: str) -> str:
    return "coordination_body" if kind in {"coordination_body", "group"} else ""


def _unit(
    span: UnitSpan, name: str, path: tuple[str, ...], level: str, *, scope: str = "", generic: bool = False
) -> Unit:
    # 市支队, 省总队: a team of no other domain is the traffic police.
    domain = span.domain or ("公安交管" if fold(span.core).removeprefix("辖区") in TEAM_LEVEL else "")
    return Unit(name, path, domain, level, span.kind, span.subtype, generic, scope)


def _role(entry: Entry, span: UnitSpan, setting: Setting) -> Unit:
    """省厅, 支队, 我局: the issuer if its level is the role's, else the body of that level above."""
    issuer = setting.issuer
    if entry.id in {"role.ministry-bureau", "role.ministry"}:
        name = "公安部交通管理局" if entry.id == "role.ministry-bureau" else "公安部"
        return Unit(name, (), entry.domain, "国家", "police")
    if (known := _by_issuer(entry, span, setting) or _own_bureau(entry, setting)) is not None:
        return known
    below = issuer is not None and issuer.domain in FORCE and rank(entry.level) > rank(setting.level)
    if below:
        return _unit(
            span, "交警" + span.text if entry.domain == "公安交管" else span.text, (), entry.level, generic=True
        )
    core = {"省": "公安厅", "市": "公安局", "县": "公安局"}[entry.level]
    core = "公安分局" if entry.id == "role.subbureau" else core
    core += {"role.general-team": "交警总队", "role.detachment": "交警支队", "role.brigade": "交警大队"}.get(
        entry.id, ""
    )
    path = setting.place(entry.level)
    if path is None:
        return _unnamed(Unit(entry.level + core, (), entry.domain, entry.level, "police"), setting)
    return Unit(path[-1] + core, path, entry.domain, entry.level, "police")


def _own_bureau(entry: Entry, setting: Setting) -> Unit | None:
    """市局 in a city within another, or in one directly under the state, is its own: the level is not that of 市."""
    own = setting.named("市") if entry.id == "role.city-bureau" else None
    level = setting.level_of(own) if own is not None else "市"
    return Unit(own[-1] + "公安局", own, entry.domain, level, "police") if own is not None and level != "市" else None


def _unnamed(unit: Unit, setting: Setting) -> Unit:
    """The body of a place above the document's that nobody names: told by the place beneath, else by its document."""
    beneath = setting.beneath(unit.level)
    if not beneath:
        return replace(unit, scope="document")
    return replace(unit, name=f"{beneath.rpartition('/')[2]}上级{unit.name}", beneath=beneath)


def _by_issuer(entry: Entry, span: UnitSpan, setting: Setting) -> Unit | None:
    """What the issuer settles: itself, a team told by its name, the bureau it belongs to."""
    issuer = setting.issuer
    if entry.id == "role.self":
        return issuer or _unit(span, span.text, (), "", scope="document")
    if span.rule == "unit.proper" and (team := proper_team(span, setting, entry)):
        return team  # 高速支队 in a paper of the city's 支队 is another
    if issuer is not None and issuer.level == entry.level and issuer.domain == entry.domain:
        return issuer
    if issuer is not None and entry.domain == "公安" and entry.level == issuer.level:
        return bureau_of(issuer)
    return None


def _generic(span: UnitSpan, setting: Setting) -> Unit:
    """A class of bodies: one node for the class, with the place where the text or the document gives one."""
    name = span.canonical or re.sub(r"^(?:全[市县区省])", "", fold(span.text))
    name = re.sub(r"(?<!人民)政府$", "人民政府", name)
    if not span.canonical and span.core and span.entry not in ("vague", "collective", "force"):
        name = _class_of(span.level, formal_core(span))
    path: tuple[str, ...] = setting.path_of(span.regions) if span.regions else ()
    if span.entry == "suffix.member-unit" and span.stems and not path:
        path = (setting.named(span.level) if span.level else None) or setting.path
        name = (path[-1] if path else "") + formal_core(span)
        return replace(_unit(span, name, path, "", generic=True), kind="department", subtype="")
    if (
        span.level.startswith(("各县", "各区", "各市", "各乡", "各镇", "各街", "全", "市、", "各辖区", "各"))
        and setting.path
    ):
        path = setting.path
        name = path[-1] + name
    elif path and not name.startswith(path[-1]):
        name = path[-1] + name
    low = "乡" if span.level.startswith(("各乡", "各镇", "各街")) else ""
    level = "县" if span.level.startswith(("各县", "各区", "各旗")) else low
    if span.level.startswith(("各市", "各州", "各盟")):
        level = "市" if setting.level in ("国家", "省") else "县"
    return _unit(span, name, path, span.rank or level, generic=True)


def _class_of(level: str, core: str) -> str:
    """One name of a class of bodies: 各辖区中队 is 各中队, 各县（市、区）公安局交警大队 各大队, 市乡政府 市、乡政府."""
    level, core = re.sub("[一两二三四五]级$", "", fold(level)), core.removeprefix("辖区")
    if level.startswith("各") and (team := re.fullmatch("(?:公安局)?(?:交警|交巡警|交通警察)?([支大中]队)", core)):
        return f"各{team.group(1)}"
    if re.fullmatch("[省市县区乡镇]{2,3}", level) and level not in ("乡镇", "县区", "市区"):
        level = "、".join(level)
    return level + core


def _with_regions(span: UnitSpan, setting: Setting) -> Unit:
    issuer = setting.issuer
    if issuer is not None and place_level(span) and issuer.domain == span.domain and span.regions[-1] in issuer.name:
        bare = span.regions[-1] == fold(span.text)[: len(span.regions[-1])] and "公安" not in span.text
        if bare and issuer.name[-2:] == span.text[-2:]:
            return issuer
    path = setting.path_of(span.regions)
    place = setting.level_of(path)
    if span.entry == "force":
        return replace(_unit(span, path[-1] + police_of(place), path, place), domain="公安交管")
    if span.level:  # 聊城市各县(市、区)…, 岳阳市县级…: the words stay
        return _unit(
            span,
            path[-1] + span.level + formal_core(span),
            path,
            span.rank or place,
            generic=len(span.level) > 1,
        )
    return _unit(span, path[-1] + formal_core(span), path, span.rank or place)


def _with_level(span: UnitSpan, setting: Setting) -> Unit:
    """县公安局: the document's county; several levels at once (市、县两级) are a class."""
    classes = _CLASSES.findall(re.sub(r"\(.*?\)", "", fold(span.level)))
    core = formal_core(span)
    if (
        len(classes) != 1
        or span.level.startswith(("各", "全", "地方", "有关", "辖区", "属地"))
        or fold(span.level).endswith(")")
    ):
        path = setting.path_of(span.regions) if span.regions else setting.path
        name = (path[-1] if path else "") + _class_of(span.level, core)
        return _unit(span, name, path, span.rank, generic=True, scope="" if path else "document")
    word = classes[0]
    if word in {"乡", "镇", "街道", "村"} or "属" in span.level:
        path = setting.path
        generic = "属" not in span.level
        return _unit(
            span, fold(span.level) + core, path, span.rank or "乡", generic=generic, scope="" if path else "document"
        )
    if (branch := branch_of(span, setting.issuer)) is not None:
        return branch
    team = traffic_team(setting.issuer, setting.path, setting.level)
    if team is not None and span.entry == "suffix.vehicle-office" and word == team.level:
        return replace(team, name=team.name + formal_core(span))
    found = setting.named(word)
    level = _COUNTIES.get(word, word)
    if place_level(span) == "市" and found is not None and setting.level_of(found) == "县":
        found = setting.place("市")  # 市交警支队 in a city within another is the other's
    if found is None:
        return _unnamed(_unit(span, word + formal_core(span), (), span.rank or level), setting)
    level = setting.level_of(found) or level
    return _unit(span, found[-1] + formal_core(span), found, span.rank or level)


def _part(span: UnitSpan, setting: Setting) -> Unit | None:
    """An office of the traffic police or of the issuer, or a team told by a name of its own; else None."""
    issuer = setting.issuer
    team = traffic_team(issuer, setting.path, setting.level)
    if team is not None and span.entry in _PARTS and (office := own_office(span, team)):
        return office
    if span.entry in _INTERNAL:
        if issuer is None:
            return _unit(span, span.text, (), span.rank, scope="document")
        return replace(_unit(span, issuer.name + formal_core(span), issuer.path, issuer.level), scope=issuer.scope)
    return proper_team(span, setting, units().get(span.entry)) if place_level(span) else None


def _bare(span: UnitSpan, setting: Setting) -> Unit:
    """No place in the name: an internal section belongs to the issuer, a team or department to the document's place."""
    part = _part(span, setting)
    if part is not None:
        return part
    if span.entry == "suffix.police-station" or span.entry in {"suffix.squadron", "word.squadron"}:
        return _unit(span, span.canonical or span.text, (), "派出", generic=True)
    ad_hoc = re.search("专班|领导小组|指挥部", span.core) is not None
    if ad_hoc:
        return _unit(span, span.text, setting.path, span.rank, scope="document")
    if span.rule in {"unit.proper", "unit.listed"} or span.kind in {"group", "enterprise", "other"}:
        path = setting.path
        return _unit(span, span.text, path, span.rank, scope="document" if span.kind == "group" or not path else "")
    return _local(span, setting)


def _local(span: UnitSpan, setting: Setting) -> Unit:
    """道安委, 交警大队, 财政局: of the document's place, at the level that the name or the issuer gives."""
    if fold(span.core).startswith(_TOWNS):
        return _unit(span, formal_core(span), (), "乡", generic=True)  # 乡镇道安委办: what towns have, wherever
    team = place_level(span)
    issuer = setting.issuer
    if team and issuer is not None and issuer.domain == span.domain and issuer.level == team and "交警" in span.text:
        return issuer
    if (
        team
        and setting.level
        and rank(team) > rank(setting.level)
        and issuer is not None
        and issuer.domain == span.domain
    ):
        return _unit(span, span.text, (), team, generic=True)
    path = setting.place(team) if team else setting.path
    level = team or (setting.level_of(path) if path else setting.level if setting.level != "国家" else "")
    core = formal_core(span)
    if not path:
        level = level or (setting.level if setting.level in {"省", "市", "县"} else "")
        return _unnamed(_unit(span, level + core, (), span.rank or level), setting)
    return _unit(span, path[-1] + core, path, span.rank or level)
