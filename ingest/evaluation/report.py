"""An evaluation as plain figures, for JSON and files: shares to four decimals."""

from __future__ import annotations

from typing import Any

from ingest.evaluation.attributes import FigureScore, NameScore
from ingest.evaluation.counts import Counts, share
from ingest.evaluation.evaluate import Evaluation


def figures(evaluation: Evaluation) -> dict[str, Any]:
    """All scores by name, without the mistakes."""
    return {
        "documents": evaluation.documents,
        "characters": evaluation.characters,
        "types": {
            label: {"exact": counted(exact), "relaxed": counted(evaluation.relaxed[label])}
            for label, exact in evaluation.exact.items()
        },
        "relations": {label: counted(counts) for label, counts in evaluation.relations.items()},
        "duties": {kind: counted(counts) for kind, counts in evaluation.duties.items()},
        "indicators": compared(evaluation.figures),
        "canonical": named(evaluation.names),
    }


def counted(counts: Counts) -> dict[str, int | float]:
    """Counts and their figures."""
    return {
        "gold": counts.gold,
        "tp": counts.tp,
        "fp": counts.fp,
        "fn": counts.fn,
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f1": round(counts.f1, 4),
    }


def compared(score: FigureScore) -> dict[str, Any]:
    """How many of the compared indicators agree, and the F1 that wants the value too."""
    return {
        "compared": score.compared,
        **{name: round(share(getattr(score, name), score.compared), 4) for name in ("value", "op", "unit")},
        "with_value": counted(score.with_value),
    }


def named(score: NameScore) -> dict[str, int | float]:
    """Full names: ``accuracy`` and ``complete`` are shares of the units that were found."""
    return {
        "gold": score.gold,
        "found": score.found,
        "accuracy": round(share(score.right, score.found), 4),
        "complete": round(share(score.complete, score.found), 4),
    }


def rows(evaluation: Evaluation) -> dict[str, dict[str, int | float]]:
    """All scores in one list, each with ``gold`` and ``f1``: types (``Unit exact``, ``Unit relaxed``), ``Indicator
    value`` (overlap and the right value), ``Unit canonical`` (found and the right name), relations by their name,
    ``explicit duties``, ``implicit duties``. What nobody annotated is left out."""
    listed: dict[str, Counts] = {}
    for label, exact in evaluation.exact.items():
        listed |= {f"{label} exact": exact, f"{label} relaxed": evaluation.relaxed[label]}
    if evaluation.figures.compared:
        listed["Indicator value"] = evaluation.figures.with_value
    listed |= evaluation.relations
    listed |= {f"{kind} duties": counts for kind, counts in evaluation.duties.items()}
    names = evaluation.names
    listed["Unit canonical"] = Counts(names.right, names.found - names.right, names.gold - names.right)
    return {name: counted(counts) for name, counts in listed.items() if counts.gold}
