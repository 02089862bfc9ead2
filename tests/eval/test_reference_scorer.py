"""``zhize evaluate`` counts as the scorer that came with the annotations does."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from ingest.assemble import to_jsonl
from ingest.evaluation import Counts
from ingest.evaluation.evaluate import cases, score
from ingest.pipeline import extract

# The reference scorer leaves its files to the garbage collector; that is not ours to mend.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def reference(shared: Path) -> ModuleType:
    """``gold/score.py`` as a module."""
    spec = importlib.util.spec_from_file_location("gold_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def numbers(counts: Counts) -> list[int]:
    return [counts.tp, counts.fp, counts.fn]


@pytest.mark.parametrize(("gold", "texts"), [("gold", "seeds"), ("gold/owners", "corpus/real")])
def test_counts_are_those_of_the_reference_scorer(shared: Path, reference: ModuleType, gold: str, texts: str) -> None:
    """Number for number: every type exact and relaxed, every relation, with ends by place and by body."""
    read = list(cases(shared / gold, shared / texts))
    pairs = []
    for case in read:
        lines = list(to_jsonl(extract(case.text)))
        split = ([x for x in lines if "rel" not in x], [x for x in lines if "rel" in x])
        pairs.append((str(shared / gold / f"{case.name}.jsonl"), split))
    types, *_ = reference.score(pairs)
    assert types
    for coref in (False, True):
        reference.COREF = coref
        ours = score(read, coref=coref)
        assert {label: [*numbers(ours.exact[label]), *numbers(ours.relaxed[label])] for label in ours.exact} == types
        assert {label: numbers(counts) for label, counts in ours.relations.items()} == reference.relscore(pairs)
