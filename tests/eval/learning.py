"""Learn the weights of ``queries/questions/weights.json`` from the questions of ``tests/data/questions/learned``.

``python -m tests.eval.learning`` writes them. ``--without NAME`` leaves the file NAME out, writes nothing and says how
many of its questions are understood all the same: what to expect of wordings nobody has seen.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.connect import open_store
from graph.store import Store
from ingest.load import ingest
from queries.catalog import Catalog, load_catalog
from queries.patterns import normalise
from queries.questions import likely
from queries.questions.english import in_plain_words
from queries.questions.frames import features, frame
from queries.questions.mentions import apart, mentions
from queries.questions.weights import BIAS, BIAS_WEIGHT, NONE, Weights
from tests.conftest import ROOT
from tests.eval.questions import OWN, Expected, outcome, read_questions, scores

LEARNED = OWN / "learned"
WEIGHTS = ROOT / "queries/questions/weights.json"
LEAST = 2
"""Questions a feature must stand in."""
NONE_WEIGHT = 0.5
"""What a question nobody can answer counts beside others: there are many, and the words of most say so themselves."""
STEPS = 250
STEP = 0.15
DECAY = 3e-5
UNIT = 1 / 16

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """A question's features, and what it asks for."""

    features: dict[str, float]
    query: str


async def examples(store: Store, catalog: Catalog, questions: Iterable[Expected]) -> list[Example]:
    """What is learned from: each question as ``ask`` would look at it."""
    found = []
    for expected in questions:
        text = await in_plain_words(store, normalise(expected.q))
        seen = apart(await mentions(store, text))
        found.append(Example(features(frame(text, seen), catalog), expected.query or NONE))
    return found


def learned(given: Sequence[Example]) -> Weights:
    """Softmax regression with a little decay; the same for the same examples on one machine."""
    queries = sorted({example.query for example in given})
    counts = Counter(name for example in given for name in example.features)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    place = {name: number for number, name in enumerate(names)}
    inputs = np.zeros((len(given), len(names) + 1), np.float32)
    wanted = np.zeros((len(given), len(queries)), np.float32)
    importance = np.ones((len(given), 1), np.float32)
    for row, example in enumerate(given):
        for name, weight in example.features.items():
            if name in place:
                inputs[row, place[name]] = weight
        inputs[row] /= np.linalg.norm(inputs[row]) or 1
        inputs[row, -1] = BIAS_WEIGHT
        wanted[row, queries.index(example.query)] = 1
        importance[row] = NONE_WEIGHT if example.query == NONE else 1
    whole = np.rint(_fitted(inputs, wanted, importance) / UNIT).astype(int).tolist()
    rows = zip([*names, BIAS], whole, strict=True)
    return Weights(
        tuple(queries), {name: tuple(row) for name, row in rows if name == BIAS or any(abs(x) > 1 for x in row)}, UNIT
    )


def _fitted(inputs: Matrix, wanted: Matrix, importance: Matrix) -> Matrix:
    """The weights, by Adam on all examples at once."""
    found = np.zeros((inputs.shape[1], wanted.shape[1]), np.float32)
    mean, square = np.zeros_like(found), np.zeros_like(found)
    for step in range(1, STEPS + 1):
        shares = inputs @ found
        shares = np.exp(shares - shares.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        slope = inputs.T @ (importance * (shares - wanted)) / len(inputs) + DECAY * found
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        found -= STEP * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return found


def files(without: str | None = None) -> list[Path]:
    """The files that are learned from."""
    return [path for path in (OWN / "own.yaml", *sorted(LEARNED.glob("*.yaml"))) if path.stem != without]


def digest(paths: Iterable[Path]) -> str:
    """What the weights belong to."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def written(found: Weights, paths: Sequence[Path]) -> str:
    """The file of the weights, a feature a line."""
    lines = [f"{json.dumps(n, ensure_ascii=False)}:{json.dumps(w, separators=(',', ':'))}" for n, w in found.of.items()]
    head: dict[str, Any] = {"learned_from": digest(paths), "unit": found.unit, "queries": found.queries}
    return json.dumps(head)[:-1] + ',"features":{\n' + ",\n".join(lines) + "\n}}\n"


async def _left_out(store: Store, catalog: Catalog, name: str, loud: bool) -> None:
    paths = files(name)
    questions = [expected for path in paths for expected in read_questions(path)]
    found = learned(await examples(store, catalog, questions))
    likely.weights = lambda: found  # type: ignore[assignment] (the one asking of these questions is to use these)
    outcomes = [await outcome(store, catalog, e) for e in read_questions(LEARNED / f"{name}.yaml")]
    sys.stdout.write(f"{name} {scores(outcomes)}\n")
    for o in outcomes if loud else ():
        if not o.right_params:
            sys.stdout.write(f"  ✗ {o.expected.q}\n      got  {o.query} {o.params}\n")
            sys.stdout.write(f"      want {o.expected.query} {o.expected.params}\n")


async def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.eval.learning", description=__doc__)
    parser.add_argument("--without", action="append", default=[], help="name of a file to leave out and to ask")
    parser.add_argument("--store", help="URL of a store that holds the examples")
    parser.add_argument("--loud", action="store_true", help="print what was misunderstood")
    given = parser.parse_args(arguments)
    catalog = load_catalog()
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(given.store or f"embedded:{folder}")
        try:
            if not given.store:
                await ingest(store, [ROOT / "examples"], jobs=1)
            for name in given.without:
                await _left_out(store, catalog, name, given.loud)
            if not given.without:
                questions = [expected for path in files() for expected in read_questions(path)]
                found = learned(await examples(store, catalog, questions))
                WEIGHTS.write_text(written(found, files()), encoding="utf-8")
        finally:
            await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
