"""``zh_region``: full names of places (汨罗市). Bare names and 我市 wait for the profile: see ``resolve``."""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest import regions
from ingest.annotations import add, readable, text_of
from ingest.fold import fold
from ingest.pipeline.unit_places import source, whole_place
from ingest.pipeline.unit_words import words


@lru_cache(maxsize=2)
def _matcher(vocab: Vocab, areas: frozenset[str]) -> PhraseMatcher:
    matcher = PhraseMatcher(vocab, attr="ORTH")
    matcher.add("Region", [Doc(vocab, words=list(name)) for name in regions.by_name() if name not in areas])
    return matcher


@Language.component("zh_region")
def zh_region(doc: Doc) -> Doc:
    """Mark full place names, the longest of overlapping ones; a two-character name only where it stands free."""
    text = fold(text_of(doc))
    boundaries, matcher = words().boundaries, _matcher(doc.vocab, words().region_areas)
    for low, high in readable(doc):
        last = low
        hits = sorted(matcher(doc[low:high]), key=lambda h: (h[1], -h[2]))
        for _, start, end in hits:
            if start < last or (end - start == 2 and not _free(text, start, low, boundaries)):
                continue
            if not whole_place(text, start, end):
                continue
            if any(text[start - n : end] in source(text_of(doc)).places for n in (1, 2)):
                continue  # 丰县 within 禾丰县
            add(doc, "Region", start, end, rule="region.full")
            last = end
    return doc


def _free(text: str, start: int, low: int, boundaries: frozenset[str]) -> bool:
    before = text[start - 1] if start > low else ""
    return not ("\u4e00" <= before <= "\u9fff") or (before in boundaries and text[start] not in boundaries)
