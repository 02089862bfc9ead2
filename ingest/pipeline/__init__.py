"""The extraction pipeline: a blank Chinese spaCy pipeline of rule components, one job each, in the order below.

``extract`` is the whole interface. Components read and write through ``ingest.annotations`` only; every rule speaks
of the language and the genre (numbering, label lines, brackets, verbs), never of one file.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from importlib import import_module

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ingest import annotations as layer
from ingest.candidates.port import CandidateSource
from ingest.extraction import Extraction
from ingest.lexicon import held
from ingest.pipeline.long_text import read_long
from ingest.pipeline.notes import notes_of
from ingest.pipeline.pieces import LONGEST
from ingest.pipeline.reading_view import reading_view, restored

ORDER = (
    "source",
    "structure",
    "period",
    "gazetteer",
    "regulation",
    "road",
    "region",
    "units",
    "campaigns",
    "indicator",
    "tasks",
    "profile",
    "resolve",
    "roles",
    "check",
)
"""Modules of this package; module ``name`` registers the factory ``zh_name``."""


@cache
def pipeline() -> Language:
    """The assembled pipeline, built once per process."""
    nlp = spacy.blank("zh")
    for name in ORDER:
        import_module(f"{__name__}.{name}")
        nlp.add_pipe(f"zh_{name}")
    return nlp


def extract(text: str, source: CandidateSource | None = None) -> Extraction:
    """Read ``text``: same text, same Extraction, on every machine. Any Unicode text is accepted.

    A candidate ``source`` adds proposals and notes; everything else is as without it.
    """
    with held():
        read = partial(_read, source=source)
        found = read_long(text, read) if len(text) > LONGEST else read(text)
    return replace(found, notes=(*notes_of(found), *found.notes))


def annotated(text: str) -> Doc:
    """``text`` as the components leave it: a reading view, read whole."""
    nlp = pipeline()
    doc = layer.document(nlp.vocab, text)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def _read(text: str, source: CandidateSource | None) -> Extraction:
    """What the components read in ``text``; ``notes`` are those of the candidate source."""
    view = reading_view(text)
    doc = annotated(view.text)
    read = Extraction(
        text=view.text,
        profile=layer.profile(doc),
        sections=tuple(layer.sections(doc)),
        mentions=tuple(layer.mentions(doc)),
        links=tuple(layer.links(doc)),
    )
    return restored(_with_candidates(read, doc, source) if source else read, view, text)


def _with_candidates(read: Extraction, doc: Doc, source: CandidateSource) -> Extraction:
    from ingest.candidates import tag_of
    from ingest.candidates.accept import consult

    outcome = consult(doc, source)
    tag = tag_of(source) if outcome.complete else ""
    return replace(read, notes=outcome.notes, proposals=outcome.proposals, candidates=tag)
