"""What a candidate source adds, on texts annotated by hand: the rules alone, and with every proposal taken as true.

    python -m benchmarks.candidates lac GOLD_DIR TEXT_DIR
    ZHIZE_LLM_URL=… ZHIZE_LLM_MODEL=… python -m benchmarks.candidates llm GOLD_DIR TEXT_DIR

With the proposals, a name that is longer than one of the rules' stands in its place. Each type is scored as by
``zhize evaluate``; then what was proposed and refused, by reason, and the time with and without the source.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.candidates import CandidateSource, candidate_settings, source_of
from ingest.candidates.accept import candidate_types, consult
from ingest.candidates.port import Proposed
from ingest.evaluation import rows
from ingest.evaluation.evaluate import cases, score
from ingest.evaluation.gold import Annotation, Case, Span
from ingest.evaluation.matching import overlap
from ingest.extraction import Proposal
from ingest.pipeline import annotated, extract
from ingest.pipeline.reading_view import reading_view


def main() -> None:
    """Print both scores and what was proposed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", choices=["lac", "llm"])
    parser.add_argument("gold", type=Path)
    parser.add_argument("texts", type=Path)
    asked = parser.parse_args()
    chosen = source_of(candidate_settings(candidates=asked.source))
    assert chosen is not None
    source = Once(chosen)
    source.propose("预热。", [(0, 3)])
    plain, more, seconds = [], [], [0.0, 0.0]
    outcomes: Counter[str] = Counter()
    for case in cases(asked.gold, asked.texts):
        started = time.perf_counter()
        extract(case.text)
        between = time.perf_counter()
        extraction = extract(case.text, source)
        seconds = [seconds[0] + between - started, seconds[1] + time.perf_counter() - between]
        plain.append(case)
        more.append(replace(case, predicted=with_proposals(case.predicted, extraction.proposals)))
        outcomes += refused(case.text, source)
        outcomes["proposed"] += len(extraction.proposals)
        for found in new(case, extraction.proposals):
            print(f"  {case.name}: {found}")
    report(plain, more)
    print(dict(outcomes))
    speed = [sum(len(case.text) for case in plain) / each for each in seconds]
    print(f"characters a second: {speed[0]:.0f} without, {speed[1]:.0f} with")


class Once:
    """A source that is asked about a text once and then says what it said: a model may answer otherwise next time."""

    def __init__(self, source: CandidateSource) -> None:
        self.name, self.version, self.suffixed = source.name, source.version, source.suffixed
        self._source = source
        self._said: dict[tuple[str, tuple[tuple[int, int], ...]], Proposed] = {}

    def propose(self, text: str, zones: Sequence[tuple[int, int]]) -> Proposed:
        asked = (text, tuple(zones))
        if asked not in self._said:
            self._said[asked] = self._source.propose(text, zones)
        return self._said[asked]


def with_proposals(rules: Annotation, proposals: Iterable[Proposal]) -> Annotation:
    """The rules' spans but those inside a longer proposed one of their type, and the proposed ones."""
    added = spans(proposals)
    kept = [
        s for s in rules.spans if not any(s.type == a.type and a.start <= s.start and s.end <= a.end for a in added)
    ]
    return replace(rules, spans=tuple(sorted([*kept, *added], key=lambda s: (s.start, s.end, s.type))))


def refused(text: str, source: CandidateSource) -> Counter[str]:
    """How many candidates were not taken, by reason."""
    return Counter(dict(consult(annotated(reading_view(text).text), source).refused))


def spans(proposals: Iterable[Proposal]) -> list[Span]:
    """The proposed names as spans of an annotation."""
    return [Span(m.type, m.start, m.end, m.text) for m in (p.mention for p in proposals)]


def new(case: Case, proposals: Iterable[Proposal]) -> Iterable[str]:
    """Each proposed name, and whether the annotation has it."""
    for m in spans(proposals):
        same = [s for s in case.gold.of_type(m.type) if overlap(s, m)]
        exact = any((s.start, s.end) == (m.start, m.end) for s in same)
        yield f"{m.type} {m.text} {'exact' if exact else 'overlap' if same else 'no'}"


def report(plain: list[Case], more: list[Case]) -> None:
    """A line for each type a candidate may have and anybody annotated."""
    before, after = rows(score(plain)), rows(score(more))
    print(f"{'':24}{'P':>8}{'R':>7}{'F1':>7}   with P{'R':>7}{'F1':>7}")
    for label in sorted(candidate_types()):
        for row in (f"{label} exact", f"{label} relaxed"):
            if row in before:
                figures = [f"{x[k]:7.3f}" for x in (before[row], after[row]) for k in ("precision", "recall", "f1")]
                print(f"{row:24} {''.join(figures[:3])}  {''.join(figures[3:])}")


if __name__ == "__main__":
    main()
