"""``zh_resolve``: canonical names and identities; bare place names and 我市; aliases the document defines.

Everything a shared node shows is a function of the identity set here and of the knowledge files (``unit_names``,
``entities``): two documents that mean the same thing say the same about it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace as changed
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ingest import regions
from ingest.annotations import add, mentions, profile, readable, remove, replace, text_of, within
from ingest.extraction import Mention, Profile
from ingest.fold import fold
from ingest.intervals import Intervals
from ingest.lexicon import Entry, Knowledge, knowledge
from ingest.pipeline.campaign_names import fuller_names
from ingest.pipeline.campaigns import name_parts
from ingest.pipeline.gazetteer import entry_properties, names_of
from ingest.pipeline.parents import find_parents
from ingest.pipeline.police_units import district_of
from ingest.pipeline.regulation import kind_of, normal
from ingest.pipeline.setting import Setting
from ingest.pipeline.unit_context import units_in_context
from ingest.pipeline.unit_names import Unit, own_path, region_level, shareable
from ingest.pipeline.unit_resolve import resolve_unit
from ingest.pipeline.unit_words import words

_OUR = re.compile(r"(?:我|全|本)(?P<class>省|市|县|区|州)(?![一-鿿]{0,1}(?:局|委|级|属|域|场|容))")
_LEXICAL = ("VehicleClass", "Violation", "Mechanism", "Platform", "PersonGroup")
_KINDS = {"省": "province", "市": "city", "县": "county", "乡": "township"}


@Language.component("zh_resolve")
def zh_resolve(doc: Doc) -> Doc:
    """Give every mention of a shared entity its canonical name, identity and the properties that follow from them."""
    found = profile(doc)
    setting = _setting(doc, found)
    doc._.profile = found = changed(found, jurisdiction=setting.path)
    _bare_regions(doc, setting)
    for mention, unit in list(units_in_context(doc, setting, found)):
        _put_unit(doc, mention, unit)
    for mention in list(mentions(doc, "Region")):
        _put_region(doc, mention, setting)
    fuller = fuller_names(doc)
    for mention in list(mentions(doc, "Campaign")):
        _put_campaign(doc, mention, found, fuller)
    for mention in list(mentions(doc, "Regulation")):
        _put_regulation(doc, mention, found, setting)
    for mention in list(mentions(doc, "Road")):
        _put_road(doc, mention, setting)
    for label in _LEXICAL:
        for mention in list(mentions(doc, label)):
            entry = names_of(knowledge()).get((label, mention.name))
            properties: dict[str, Any] = dict(entry_properties(label, entry)) if entry is not None else {}
            _put(doc, mention, mention.name, (mention.name,), properties)
    return doc


def _setting(doc: Doc, found: Profile) -> Setting:
    """The document's place and issuer. The issuer is resolved first: everything else is seen from it."""
    setting = Setting(text_of(doc), found.jurisdiction)
    if found.issuer is None:
        return setting
    issuer = resolve_unit(found.issuer, setting)
    path = (
        issuer.path
        if len(issuer.path) > len(setting.path) and issuer.path[: len(setting.path)] == setting.path
        else setting.path
    )
    if district := district_of(issuer, setting.text):
        path = (*path, district) if path and path[-1] != district else path
    setting = Setting(setting.text, path, issuer)
    parents = find_parents(doc, setting).path
    return changed(setting, path=(*parents, *path)) if parents else setting


def _put(
    doc: Doc,
    mention: Mention,
    canonical: str,
    identity: tuple[str, ...],
    properties: dict[str, Any],
    *,
    scope: str = "",
) -> Mention:
    """Replace a mention by its resolved form. ``properties`` replace what it carried under those names."""
    attributes = {k: v for k, v in {**mention.attributes, **properties}.items() if v not in ("", None, False)}
    if scope:
        attributes["scope"] = scope
    return replace(doc, mention, changed(mention, canonical=canonical, identity=identity, attributes=attributes))


def _put_unit(doc: Doc, mention: Mention, unit: Unit) -> None:
    unit = unit.shared
    properties = {
        "kind": unit.kind,
        "domain": unit.domain,
        "level": unit.level,
        "jurisdiction": "/".join(unit.path),
        "subtype": unit.subtype,
        "generic": unit.generic,
        "beneath": unit.beneath,
        "inferred": bool(unit.beneath),
        "span": None,
        "redacted": None,
    }
    _put(doc, mention, unit.name, unit.identity, properties, scope=unit.scope)


def _put_region(doc: Doc, mention: Mention, setting: Setting) -> None:
    name = mention.canonical or mention.text
    region = regions.lookup(name, setting.path[:1] or None) or regions.lookup(name)
    if region is not None:
        properties = {"code": region.code, "level": region.level, "kind": _KINDS[region.level]}
        _put(doc, mention, region.name, (region.code,), properties)
        return
    path = setting.path[: setting.path.index(name) + 1] if name in setting.path else (name,)
    level = region_level(name)
    scope = "" if shareable(path) else "document"
    _put(doc, mention, name, own_path(path), {"level": level, "kind": _KINDS.get(level, "")}, scope=scope)


def _put_campaign(doc: Doc, mention: Mention, found: Profile, fuller: Mapping[str, str]) -> None:
    short = fold(mention.text).strip('“”"')
    name = mention.canonical or mention.text
    if short in found.aliases and mention.rule != "campaign.short":
        name = name_parts(found.aliases[short])[0]
    name = fuller.get(name, name)
    entry = names_of(knowledge()).get(("Campaign", name))
    canonical, core, head = name_parts(name_parts(name)[0])
    scope = "document" if entry is not None and entry.scope == "document" else ""
    _put(doc, mention, canonical, (canonical,), {"core": core, "head": head}, scope=scope)


def _put_regulation(doc: Doc, mention: Mention, found: Profile, setting: Setting) -> None:
    name = normal(mention.canonical or mention.text)
    name = normal(found.aliases.get(mention.text, name))
    entry = _regulations(knowledge()).get(name)
    if entry is not None:
        _put(doc, mention, entry.name, (entry.name,), {"kind": entry.kind, **entry_properties("Regulation", entry)})
        return
    kind = str(mention.attributes.get("kind", "")) if mention.attributes.get("kind") == "instrument" else kind_of(name)
    scope = ""
    if mention.rule == "regulation.quoted":
        owner = next(
            (u for u in within(doc, "Unit", max(0, mention.start - 20), mention.start) if mention.start - u.end <= 1),
            None,
        )
        if owner is not None:
            name, scope = owner.name + name, str(owner.attributes.get("scope", ""))
        else:
            scope = "document"
    elif len(name) < 6 and mention.rule != "regulation.number":
        scope = "document"  # 《条例》, 《方案》: which one, only this document knows
    _put(doc, mention, name, (name, kind), {"kind": kind}, scope=scope)


@lru_cache(maxsize=2)
def _regulations(known: Knowledge) -> dict[str, Entry]:
    return {normal(name): e for e in known.entries("regulations") for name in e.names}


def _put_road(doc: Doc, mention: Mention, setting: Setting) -> None:
    kind, code = str(mention.attributes.get("kind", "")), str(mention.attributes.get("code", ""))
    name = mention.name
    area: tuple[str, ...] = ()
    if kind == "named" and code[:1] != "G":
        # S240 of one province is not S240 of another; a street is known in its county only.
        size = 1 if code.startswith("S") else len(setting.path)
        area = setting.path[:size]
    if kind == "section":
        area = setting.path
    scope = "document" if kind in {"named", "section"} and code[:1] != "G" and not area else ""
    _put(doc, mention, name, (name, code, kind, "/".join(area)), {"kind": kind, "code": code}, scope=scope)


def _bare_regions(doc: Doc, setting: Setting) -> None:
    """Places of the document by bare name (汨罗), a bare name after its parent (长沙浏阳), and 我市, 全县."""
    text = fold(text_of(doc))
    for label in ("Unit", "Regulation"):
        for outer in mentions(doc, label):
            for inside in within(doc, "Region", outer.start, outer.end):
                remove(doc, inside)
    taken = Intervals(
        (m.start, m.end) for label in ("Unit", "Regulation", "Region", "Campaign", "Road") for m in mentions(doc, label)
    )
    own = {
        regions.bare(name): name for name in setting.path if regions.bare(name) != name and len(regions.bare(name)) > 1
    }
    own |= {name[:-1]: name for name in setting.path if len(name) > 2 and name[:-1] not in own}
    names = [n for n in own if n not in words().region_words]
    patterns = [_OUR] + ([re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))] if names else [])
    for low, high in readable(doc):
        for pattern in patterns:
            for m in pattern.finditer(text, low, high):
                _add_region(doc, setting, own, m, taken)


def _add_region(doc: Doc, setting: Setting, own: dict[str, str], m: re.Match[str], taken: Intervals) -> None:
    if taken.overlaps(*m.span()):
        return
    if m.re is _OUR:
        path = setting.named(m["class"])
        canonical = path[-1] if path else ""
        if canonical:
            add(doc, "Region", m.start(), m.end(), rule="region.own", canonical=canonical)
        return
    add(doc, "Region", m.start(), m.end(), rule="region.bare", canonical=own[m.group()])
