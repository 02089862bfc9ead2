"""zh_roles: all links of a document: structure, duties, content, hierarchy."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from ingest.annotations import links, mentions, profile
from ingest.extraction import Link
from ingest.pipeline.content import find_content, find_structure
from ingest.pipeline.hierarchy import find_hierarchy
from ingest.pipeline.ownership.owners import find_owners
from ingest.pipeline.ownership.regions import regions_of


@Language.component("zh_roles")
def zh_roles(doc: Doc) -> Doc:
    """Fill ``doc._.links``, in text order and without repetition."""
    _refresh_issuer(doc)
    find_structure(doc, regions_of(doc))
    find_owners(doc)
    find_content(doc)
    find_hierarchy(doc)
    doc._.links = _distinct(links(doc))
    return doc


def _refresh_issuer(doc: Doc) -> None:
    """The profile's issuer as resolution left it (canonical name, identity)."""
    issuer = profile(doc).issuer
    if issuer is not None:
        resolved = next((m for m in mentions(doc, "Unit") if (m.start, m.end) == (issuer.start, issuer.end)), issuer)
        doc._.profile = replace(profile(doc), issuer=resolved)


def _distinct(found: list[Link]) -> list[Link]:
    """Links in order; of several that say the same of the same spans, the surest."""
    best: dict[tuple[object, ...], Link] = {}
    for link in found:
        key = (link.rel, link.head.type, link.head.start, link.head.end, link.tail.type, link.tail.start, link.tail.end)
        if key not in best or link.confidence > best[key].confidence:
            best[key] = link
    return sorted(
        best.values(), key=lambda k: (k.tail.start, k.tail.end, k.rel, k.head.start, k.head.end, k.head.type, k.rule)
    )
