"""zh_profile: what kind of document this is, its name, number, dates, issuer, place, recipients and own short names."""

from __future__ import annotations

import re
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from graph.patterns import any_of
from ingest.annotations import Zone, covering, readable, sections, sentence_at, text_of, within
from ingest.extraction import Mention, Profile
from ingest.fold import fold
from ingest.genre import genre
from ingest.pipeline.issuer import find_issuer, find_jurisdiction
from ingest.pipeline.lines import SENTENCE_END
from ingest.pipeline.numbering import chinese_number
from ingest.pipeline.period import document_year
from ingest.pipeline.source_head import title_core
from ingest.pipeline.validity import validity

_WORDS = genre().zones
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,15} ?[〔\[(【] ?(?:(?:19|20)[\dX×*]{2}) ?[〕\])】]? ?第? ?[\dX×*]{1,5} ?号|"
    + any_of(_WORDS.number_fields, spaced=True)
    + r" ?: ?([^ \n:]{4,30}号)"
)
_DATE = re.compile(
    r"((?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2}) ?[年\-/.]"
    r" ?(\d{1,2}|[一二三四五六七八九十]{1,2}) ?[月\-/.] ?(\d{1,2}|[一二三四五六七八九十]{1,3})"
)
_DATE_FIELD = re.compile(any_of(_WORDS.date_fields, spaced=True) + r" ?: ?")
_ISSUING = re.compile(r"印发[《]?(.{4,60}?)[》]?的(?:通知|函)")
_ALIAS = re.compile(
    r"[（(](?:以下)?(?:统称|简称)(?:为|[:：])? ?[“\"「《]?([^“”\"「」《》（）()，,。]{2,20})[”\"」》]?"
    r"(?:或者?[“\"「《]?([^“”\"「」《》（）()，,。]{2,20})[”\"」》]?)?[）)]"
)
_REDACTED = re.compile(r"[XＸ×]{1,3}(?=[省市县区镇乡街交公支大])|\*{2,}|[X×]{2,}|某(?=[省市县区镇])")
_SEPARATOR = re.compile(r"[，,、；;](?![^（(]{0,300}[）)])")
_COMMA = re.compile(r"[，,；;](?![^（(]{0,300}[）)])")
_INTERPRETS = re.compile(r"解读|答记者问")
_OPENING = 400


@Language.component("zh_profile")
def zh_profile(doc: Doc) -> Doc:
    """Fill ``doc._.profile``."""
    text = text_of(doc)
    found = find_issuer(doc)
    issuer, basis = found if found else (None, None)
    issued_on = _issued_on(doc)
    year = document_year(doc) or (int(issued_on[:4]) if issued_on else None)
    first, last = _period(doc)
    takes_effect, ends = validity(fold(text), issued_on)
    doc._.profile = Profile(
        name=_name(doc),
        kind=_kind(doc),
        number=_number(doc),
        issued_on=issued_on,
        year=year,
        period_start=first,
        period_end=last,
        valid_from=takes_effect,
        valid_until=ends,
        issuer=issuer,
        issuer_basis=basis,
        jurisdiction=find_jurisdiction(doc, issuer),
        recipients=_recipients(doc),
        aliases=_aliases(doc),
        damage=_damage(doc),
        redacted=_REDACTED.search(text) is not None,
    )
    return doc


def _zones(doc: Doc, *kinds: str) -> list[Zone]:
    return [zone for zone in doc._.zones if zone.kind in kinds]


def _name(doc: Doc) -> str:
    """The first title, its wrapped lines joined and the site's additions left out; "" when there is none."""
    text = text_of(doc)
    for zone in _zones(doc, "title"):
        written = text[zone.start : zone.end].strip()
        lines = [line.strip().lstrip("#").strip() for line in re.split(r"\r\n|\r|\n", written)]
        joined = re.sub(r" {2,}", " ", "".join(line or " " for line in lines)).strip()
        return title_core(joined) or joined
    return ""


def _kind(doc: Doc) -> str:
    name = _name(doc)
    text = text_of(doc)
    bylines = [text[zone.start : zone.end] for zone in _zones(doc, "byline")]
    if any("记者" in line for line in bylines):
        return "report"
    if _INTERPRETS.search(name):
        return "interpretation"
    if "总结" in name:
        return "summary"
    passed_on = _ISSUING.search(name)
    for title in (passed_on.group(1) if passed_on else "", name):
        bare = re.sub(r"[（(][^（）()]{0,12}[）)]$", "", title).rstrip("》”")
        if kind := genre().kind_of_title(bare):
            return kind
    return _kind_of_body(doc)


def _kind_of_body(doc: Doc) -> str:
    """The kind of a document without a telling title, from how it is built."""
    text, found = text_of(doc), sections(doc)
    if _zones(doc, "table"):
        return "assignment"
    if sum(s.number.endswith("条") for s in found) >= 3:
        return "regulation"
    headings = [text[s.start : s.end] for s in found]
    if any(heading.endswith(("职责", "分工")) for heading in headings):
        return "assignment"
    if any(heading.endswith(("工作情况", "工作成效", "存在的问题", "主要工作")) for heading in headings):
        return "summary"
    if any(heading.endswith(("打算", "工作思路")) for heading in headings):
        return "plan"
    return "notice" if found else ""


def _number(doc: Doc) -> str:
    """The document's own 文号: by the title, never one cited in the text."""
    folded = fold(text_of(doc))
    for zone in _zones(doc, "header"):
        for match in _NUMBER.finditer(folded, zone.start, zone.end):
            written = (match.group(1) or match.group()).replace(" ", "")
            return re.sub(r"[\[(【](\d{4})[\])】]?", r"〔\1〕", written)
    return ""


def _issued_on(doc: Doc) -> str:
    folded = fold(text_of(doc))
    for zone in _zones(doc, "signature"):
        if found := _iso(_DATE.search(folded, zone.start, zone.end)):
            return found
    headers = _zones(doc, "header")
    for zone in headers:
        for field in _DATE_FIELD.finditer(folded, zone.start, zone.end):
            if found := _iso(_DATE.match(folded, field.end())):
                return found
    # A statute's header lists its adoptions and amendments; the last is the text at hand.
    history = [
        iso for zone in headers for match in _DATE.finditer(folded, zone.start, zone.end) if (iso := _iso(match))
    ]
    return max(history, default="")


def _iso(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    parts = [int(part) if part.isdigit() else chinese_number(part) or 0 for part in match.groups()]
    try:
        return date(*parts).isoformat()
    except ValueError:
        return ""


def _period(doc: Doc) -> tuple[str, str]:
    """The span the document is about: named in its title, else a span of days or months in its opening."""
    for zone in _zones(doc, "title"):
        for m in within(doc, "Period", zone.start, zone.end):
            if m.attributes["date_from"]:
                return str(m.attributes["date_from"]), str(m.attributes["date_to"])
    body = _zones(doc, "body")
    if not body:
        return "", ""
    start = body[0].start
    for m in within(doc, "Period", start, start + _OPENING):
        first, last = m.attributes["date_from"], m.attributes["date_to"]
        cited = bool(covering(doc, "Regulation", m.start, m.start + 1))
        if m.attributes["kind"] == "range" and first and last and first != last and "年" in m.text[2:] and not cited:
            return str(first), str(last)
    return "", ""


def _recipients(doc: Doc) -> tuple[str, ...]:
    text = text_of(doc)
    found: list[str] = []
    for zone in _zones(doc, "recipients"):
        written = text[zone.start : zone.end].strip().rstrip("：:")
        # 各省、自治区、直辖市人民政府，国务院各部委: within a part, 、 joins what shares its last word.
        separator = _COMMA if _COMMA.search(written) else _SEPARATOR
        found.extend(part.strip() for part in separator.split(written) if part.strip())
    return tuple(dict.fromkeys(found))


def _aliases(doc: Doc) -> dict[str, str]:
    """以下简称…: the short name and the mention that ends where the bracket begins (or the title in 《》 before it)."""
    text = text_of(doc)
    found: dict[str, str] = {}
    for start, end in readable(doc):
        for match in _ALIAS.finditer(text, start, end):
            full = _named_before(doc, text, match.start())
            for short in match.groups():
                if short and full and short != full:
                    found.setdefault(short, full)
    return found


def _named_before(doc: Doc, text: str, at: int) -> str:
    while at > 0 and text[at - 1] in '”"」》':
        at -= 1
    sentence = sentence_at(doc, at - 1) if at else None
    low = sentence[0] if sentence else max(0, at - 80)
    ending = [m for m in mentions_before(doc, low, at) if m.end >= at]
    if ending:
        return max(ending, key=lambda m: m.end - m.start).name
    quoted = text.rfind("《", low, at)
    return text[quoted + 1 : at] if quoted >= 0 and "》" not in text[quoted:at] else ""


def mentions_before(doc: Doc, low: int, at: int) -> list[Mention]:
    """Mentions of every type but Period that begin in ``low``-``at`` and reach ``at`` or its closing quote."""
    return [m for m in within(doc, None, low, at + 1) if m.type not in ("Period", "Task") and m.start < at <= m.end]


def _damage(doc: Doc) -> tuple[str, ...]:
    """What is known to be missing or broken."""
    text = text_of(doc)
    found: set[str] = set()
    if _zones(doc, "hidden"):
        found.add("hidden_text")
    if _REDACTED.search(text):
        found.add("redacted")
    body = _zones(doc, "body")
    if body and not _zones(doc, "signature", "table") and _breaks_off(text[: body[-1].end].rstrip()):
        found.add("truncated")
    if any(":" in s.path for s in sections(doc)):
        found.add("numbering_restarts")
    attached = _zones(doc, "attachment")
    if attached and not any(z.kind in ("title", "table") and z.start > attached[-1].start for z in doc._.zones):
        found.add("attachment_missing")
    return tuple(sorted(found))


def _breaks_off(text: str) -> bool:
    last = text.rsplit("\n", 1)[-1].strip()
    return len(last) > 30 and last[-1] not in SENTENCE_END + "”）)；;:：】"
