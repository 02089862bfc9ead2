"""Optional candidate sources beside the rules: a tagger that ships its model (lac), a language model's endpoint (llm).

Off unless ``ZHIZE_CANDIDATES`` or ``--candidates`` names one. A source only makes candidates (``port``); what becomes
of them is decided here, by the same rules for all (``accept``): a name the text does not hold, a number or an owner in
a label line is never taken, and what is taken waits as ``proposed`` beside the rules' own result, which stands as it
is. Nothing of a source is imported before it is chosen.
"""

from __future__ import annotations

from functools import cache

from ingest.candidates.port import Candidate, CandidateSource, Proposed
from ingest.candidates.settings import CandidateSettings, candidate_settings

__all__ = ["Candidate", "CandidateSettings", "CandidateSource", "Proposed", "candidate_settings", "source_of", "tag_of"]


@cache
def source_of(settings: CandidateSettings) -> CandidateSource | None:
    """The chosen source, one a process; None when none is. Raises InvalidSetting when it cannot be used as set."""
    if settings.candidates == "lac":
        from ingest.candidates.lac import LacSource

        return LacSource()
    if settings.candidates == "llm":
        from ingest.candidates.llm import LlmSource

        return LlmSource(settings)
    return None


def tag_of(source: CandidateSource | None) -> str:
    """What a document says of the source it was read with (``Document.candidates``); "" without one."""
    return f"{source.name} {source.version}" if source else ""
