"""Which body a Unit mention is: anaphora and short names resolved by the issuer and the place of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from ingest import regions
from ingest.extraction import Mention
from ingest.fold import fold
from ingest.lexicon import Entry
from ingest.pipeline.police_units import branch_of, bureau_of, own_office, proper_team, traffic_team
from ingest.pipeline.unit_grammar import UnitSpan
from ingest.pipeline.unit_names import Unit, formal_core, place_level, police_of, region_level, units
from ingest.pipeline.unit_places import source

_ORDER = ("国家", "省", "市", "县", "乡", "村", "派出")
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
_COUNTY_CITY = re.compile("([一-鿿]{2,4}市)公安局(?:交通警察|交巡警|交警|公安交通管理|交管)大队")
_OWN_SQUADS = re.compile("(?<![一-鿿]支队)大队(?:秩序|宣传|车管|事故|城关|法制|[一-鿿]{2}中队)")
"""Squads of a brigade: where a bureau's own paper speaks of them its traffic police is a brigade."""
_CLASSES = re.compile("自治区|直辖市|自治州|省|市|县|区|州|盟|旗|乡|镇|街道|村")


@dataclass(frozen=True)
class Setting:
    """What the document tells about itself: its text, its place (province down) and its issuer, once resolved."""

    text: str
    path: tuple[str, ...]
    issuer: Unit | None = None

    @property
    def level(self) -> str:
        if self.issuer is not None and self.issuer.level:
            return self.issuer.level
        return self.level_of(self.path) if self.path else ""

    @cached_property
    def _county_cities(self) -> frozenset[str]:
        """Cities whose traffic police is a brigade, as the text says: counties by rank (砚溪市公安局交警大队)."""
        text = fold(self.text)
        named = {m.group(1) for m in _COUNTY_CITY.finditer(text)}
        if self.path and _OWN_SQUADS.search(text) and "各大队" not in text:
            named.add(self.path[-1])
        return frozenset(named)

    def level_of(self, path: tuple[str, ...]) -> str:
        """Level of the place at the end of ``path``; a city of counties' rank by what the text says of its police."""
        if path[-1] in self._county_cities and regions.lookup(path[-1]) is None:
            return "县"
        return region_level(path[-1], path[:-1])

    def place(self, level: str) -> tuple[str, ...] | None:
        """The document's own place at ``level``, as a path; None when unknown."""
        for index in range(len(self.path)):
            if self.level_of(self.path[: index + 1]) == level:
                return self.path[: index + 1]
        return None

    def named(self, word: str) -> tuple[str, ...] | None:
        """The place that 市, 县, 区, 省 means here: the nearest whose name ends so, else the one of that level."""
        for index in range(len(self.path) - 1, -1, -1):
            if self.path[index].endswith(word):
                return self.path[: index + 1]
        return self.place({"区": "县", "旗": "县", "州": "市", "盟": "市", "自治区": "省"}.get(word, word))


def resolve_unit(mention: Mention, setting: Setting) -> Unit:
    """The body that ``mention`` names in ``setting``."""
    span = mention.attributes.get("span")
    if not isinstance(span, UnitSpan):
        return Unit(mention.name, (), "", "", str(mention.attributes.get("kind", "other")), scope="document")
    if span.redacted or _REDACTED.search(fold(span.text)):
        return _unit(span, span.text, (), span.rank, scope="document")
    entry = units().get(span.entry)
    if span.rule == "unit.proper" and span.entry == "word.squadron":
        return _bare(span, setting)
    special = _by_entry(entry, span, setting) if entry is not None else None
    if special is not None:
        return special
    return _by_name(span, setting)


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
    return Unit(name, path, span.domain, level, span.kind, span.subtype, generic, scope)


def _role(entry: Entry, span: UnitSpan, setting: Setting) -> Unit:
    """省厅, 支队, 我局: the issuer if its level is the role's, else the body of that level above."""
    issuer = setting.issuer
    if entry.id in {"role.ministry-bureau", "role.ministry"}:
        name = "公安部交通管理局" if entry.id == "role.ministry-bureau" else "公安部"
        return Unit(name, (), entry.domain, "国家", "police")
    if (known := _by_issuer(entry, span, setting)) is not None:
        return known
    below = (
        issuer is not None
        and issuer.domain in {"公安", "公安交管"}
        and _ORDER.index(entry.level) > _rank(setting.level)
    )
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
        return Unit(entry.level + core, (), entry.domain, entry.level, "police", scope="document")
    return Unit(path[-1] + core, path, entry.domain, entry.level, "police")


def _by_issuer(entry: Entry, span: UnitSpan, setting: Setting) -> Unit | None:
    """What the issuer settles: itself, a team told by its name, the bureau it belongs to."""
    issuer = setting.issuer
    if entry.id == "role.self":
        return issuer or _unit(span, span.text, (), "", scope="document")
    if issuer is not None and issuer.level == entry.level and issuer.domain == entry.domain:
        return issuer
    if span.rule == "unit.proper" and (team := proper_team(span, issuer, setting.path, entry)):
        return team
    if issuer is not None and entry.domain == "公安" and entry.level == issuer.level:
        return bureau_of(issuer)
    return None


def _rank(level: str) -> int:
    return _ORDER.index(level) if level in _ORDER else len(_ORDER)


def _generic(span: UnitSpan, setting: Setting) -> Unit:
    """A class of bodies: one node for the class, with the place where the text or the document gives one."""
    name = span.canonical or re.sub(r"^(?:全[市县区省])", "", fold(span.text))
    name = re.sub(r"(?<!人民)政府$", "人民政府", name)
    path: tuple[str, ...] = _path_of(span, setting) if span.regions else ()
    if (
        span.level.startswith(("各县", "各区", "各市", "各乡", "各镇", "各街", "全", "市、", "各辖区", "各"))
        and setting.path
    ):
        path = setting.path
        name = path[-1] + name
    elif path and not name.startswith(path[-1]):
        name = path[-1] + name
    return _unit(span, name, path, span.rank, generic=True)


def _path_of(span: UnitSpan, setting: Setting) -> tuple[str, ...]:
    """Full path of the places in the name, the document's place and the table filling what is above them."""
    path: tuple[str, ...] = ()
    for written in span.regions:
        name = _full(written, setting)
        region = regions.lookup(name, path) if path else regions.lookup(name, _within(setting)) or regions.lookup(name)
        if region is not None:
            path = region.path
        elif name in setting.path:
            path = setting.path[: setting.path.index(name) + 1]
        elif path:
            path = (*path, name)
        else:
            path = (*_above(name, setting), name)
    return path


def _within(setting: Setting) -> tuple[str, ...] | None:
    return setting.path[:1] or None


def _above(name: str, setting: Setting) -> tuple[str, ...]:
    """What a place outside the table lies in: the document's place, up to the level above its own."""
    own = _rank(region_level(name))
    return tuple(p for i, p in enumerate(setting.path) if _rank(region_level(p, setting.path[:i])) < own)


def _full(name: str, setting: Setting) -> str:
    """汨罗 → 汨罗市, 东屿 → 东屿区: by the document's place, the places it names, then the table."""
    for candidate in (*reversed(setting.path), *sorted(source(setting.text).places)):
        if candidate != name and candidate[:-1] == name:
            return candidate
    found = regions.lookup(name, _within(setting)) or regions.lookup(name)
    return found.name if found is not None else name


def _with_regions(span: UnitSpan, setting: Setting) -> Unit:
    issuer = setting.issuer
    if issuer is not None and place_level(span) and issuer.domain == span.domain and span.regions[-1] in issuer.name:
        bare = span.regions[-1] == fold(span.text)[: len(span.regions[-1])] and "公安" not in span.text
        if bare and issuer.name[-2:] == span.text[-2:]:
            return issuer
    path = _path_of(span, setting)
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
        path = setting.path
        name = (path[-1] if path else "") + fold(span.level) + core
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
    level = {"区": "县", "旗": "县", "州": "市"}.get(word, word)
    if found is None:
        return _unit(span, word + formal_core(span), (), span.rank or level, scope="document")
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
    return proper_team(span, issuer, setting.path, units().get(span.entry)) if place_level(span) else None


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
    team = place_level(span)
    issuer = setting.issuer
    if team and issuer is not None and issuer.domain == span.domain and issuer.level == team and "交警" in span.text:
        return issuer
    if (
        team
        and setting.level
        and _rank(team) > _rank(setting.level)
        and issuer is not None
        and issuer.domain == span.domain
    ):
        return _unit(span, span.text, (), team, generic=True)
    path = setting.place(team) if team else setting.path
    level = team or (setting.level_of(path) if path else setting.level if setting.level != "国家" else "")
    core = formal_core(span)
    if not path:
        level = level or (setting.level if setting.level in {"省", "市", "县"} else "")
        return _unit(span, level + core, (), span.rank or level, scope="document")
    return _unit(span, path[-1] + core, path, span.rank or level)
