"""A folder of annotations against a folder of texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import UnreadableFile
from ingest.evaluation.attributes import FigureScore, NameScore, score_figures, score_names
from ingest.evaluation.counts import Counts
from ingest.evaluation.gold import Case, predicted, read_gold
from ingest.evaluation.mistakes import Mistake, relation_mistakes, span_mistakes
from ingest.evaluation.relations import KINDS, score_duties, score_relations
from ingest.evaluation.spans import score_spans
from ingest.limits import Limits
from ingest.loaders import load_file, unreadable


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Sums over all documents. ``exact`` and ``relaxed`` hold the span types that are annotated, ``relations`` the
    relation types annotated or predicted, ``duties`` the keys explicit and implicit."""

    documents: int
    characters: int
    exact: dict[str, Counts]
    relaxed: dict[str, Counts]
    relations: dict[str, Counts]
    duties: dict[str, Counts]
    figures: FigureScore
    names: NameScore
    mistakes: tuple[Mistake, ...]


def evaluate(gold: Path, texts: Path, *, coref: bool = False, partial: bool = False) -> Evaluation:
    """Score every ``*.jsonl`` of the folder ``gold`` against what is read in the ``.txt`` of its name in ``texts``.

    ``coref`` and ``partial`` are those of ``score_relations`` and ``score_spans``. Raises UnreadableFile when there are
    no annotations, a text is missing, or an annotation does not fit its text; nothing is scored then.
    """
    return score(list(cases(gold, texts)), coref=coref, partial=partial)


def cases(gold: Path, texts: Path) -> Iterator[Case]:
    """The annotated texts of two folders, by name, each read once."""
    if not gold.is_dir():
        raise unreadable(str(gold), "missing")
    files = sorted(gold.glob("*.jsonl"))
    if not files:
        raise _missing(gold, "其中没有 .jsonl 标注文件", "no .jsonl annotations are in it", "目录", "folder")
    pairs = [(file, texts / f"{file.stem}.txt") for file in files]
    for file, written in pairs:
        if not written.is_file():
            raise _missing(
                written, f"没有 {file.name} 所标注的文本", f"the text of {file.name} is missing", "文本", "text"
            )
    for file, written in pairs:
        text = load_file(written, limits=Limits()).text
        yield Case(file.stem, text, read_gold(file, text), predicted(text))


def score(documents: Iterable[Case], *, coref: bool = False, partial: bool = False) -> Evaluation:
    """Score cases in their order."""
    exact: dict[str, Counts] = defaultdict(Counts)
    relaxed: dict[str, Counts] = defaultdict(Counts)
    relations: dict[str, Counts] = defaultdict(Counts)
    duties = dict.fromkeys(KINDS, Counts())
    figures, full_names = FigureScore(), NameScore()
    mistakes: list[Mistake] = []
    number = characters = 0
    for case in documents:
        number, characters = number + 1, characters + len(case.text)
        for label in sorted({span.type for span in case.gold.spans}):
            spans = score_spans(case.gold.of_type(label), case.predicted.of_type(label), partial=partial)
            exact[label] += spans.exact
            relaxed[label] += spans.relaxed
            figures += score_figures(spans) if label == "Indicator" else FigureScore()
            full_names += score_names(spans) if label == "Unit" else NameScore()
            mistakes += span_mistakes(case, spans)
        found = score_relations(case.gold, case.predicted.relations, coref=coref, partial=partial)
        for label, counts in found.counts.items():
            relations[label] += counts
        for kind, implicit in KINDS.items():
            duties[kind] += score_duties(
                case.gold, case.predicted.relations, implicit=implicit, coref=coref, partial=partial
            )
        mistakes += relation_mistakes(case, found)
    return Evaluation(
        documents=number,
        characters=characters,
        exact=dict(sorted(exact.items())),
        relaxed=dict(sorted(relaxed.items())),
        relations=dict(sorted(relations.items())),
        duties=duties,
        figures=figures,
        names=full_names,
        mistakes=tuple(mistakes),
    )


def _missing(path: Path, zh: str, en: str, what_zh: str, what_en: str) -> UnreadableFile:
    return UnreadableFile(
        path=path,
        reason={"zh": zh, "en": en},
        remedy={
            "zh": f"请检查{what_zh}路径：zhize evaluate 标注目录 文本目录",
            "en": f"Check the path of the {what_en}: zhize evaluate GOLD_DIR TEXT_DIR",
        },
    )
