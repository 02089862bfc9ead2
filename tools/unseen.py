"""Score a folder of annotated texts that are not in the project, and write the figures into docs/data/unseen.yaml.

    python tools/unseen.py GOLD_DIR TEXT_DIR --set NAME --what "What was annotated, by whom, seen or not." [--partial]

An entry of the same name is replaced. ``make docs`` then shows it in docs/quality.md. No text and no quote is written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the packages, also when run as a script without an installed project

from graph.errors import ZhizeError  # noqa: E402
from ingest.evaluation import evaluate, rows  # noqa: E402
from tools.quality import UNSEEN, unseen_sets  # noqa: E402

HEADER = "# Written by tools/unseen.py; shown in docs/quality.md. Shares are precision, recall and F1.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 1 with a sentence when the folders cannot be scored."""
    asked = _parser().parse_args(arguments)
    try:
        entry = measured(asked.gold, asked.texts, asked.set, asked.what, asked.date, asked.partial)
    except ZhizeError as error:
        print(error, file=sys.stderr)
        return 1
    written = unseen_sets(asked.file) if asked.file.exists() else []
    kept = [known for known in written if known["set"] != entry["set"]]
    asked.file.write_text(HEADER + dumped([*kept, entry]), encoding="utf-8")
    return 0


def measured(gold: Path, texts: Path, name: str, what: str, day: str, partial: bool) -> dict[str, Any]:
    """One entry: what was scored, and its rows."""
    found = evaluate(gold, texts, partial=partial)
    shown = ("gold", "precision", "recall", "f1")
    return {
        "set": name,
        "date": day,
        "what": what,
        "partial": partial,
        "texts": found.documents,
        "characters": found.characters,
        "rows": {row: {key: figures[key] for key in shown} for row, figures in sorted(rows(found).items())},
    }


def dumped(sets: list[dict[str, Any]]) -> str:
    """The entries with a row a line."""
    return yaml.safe_dump({"sets": sets}, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("gold", type=Path, metavar="GOLD_DIR")
    parser.add_argument("texts", type=Path, metavar="TEXT_DIR")
    parser.add_argument("--set", required=True, help="name of the set; an entry of this name is replaced")
    parser.add_argument("--what", required=True, help="a sentence: what was annotated, and whether it was seen")
    parser.add_argument("--date", default=date.today().isoformat(), help="default: today")
    parser.add_argument("--partial", action="store_true", help="the annotation leaves things out")
    parser.add_argument("--file", type=Path, default=UNSEEN, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
