"""``python -m tests.truth OUT_DIR``: the generated and the hand-written documents and what is true of them.

Writes ``OUT_DIR/{generated,hand}/texts/DOC.txt`` (UTF-8, newlines as they are) and ``truth.json`` beside ``texts``, and
prints how many there are of each kind.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from tests.truth.generate import generate
from tests.truth.hand import load
from tests.truth.model import Truth


def write(folder: Path, texts: Mapping[str, str], truth: Truth) -> None:
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for doc, text in texts.items():
        (folder / "texts" / f"{doc}.txt").write_bytes(text.encode())
    written = json.dumps(truth.json(), ensure_ascii=False, indent=1)
    (folder / "truth.json").write_bytes(f"{written}\n".encode())


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.truth", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    out: Path = parser.parse_args(arguments).out
    for name, (texts, truth) in {"generated": generate(), "hand": load()}.items():
        write(out / name, texts, truth)
        print(name, json.dumps(truth.counts(), ensure_ascii=False))


if __name__ == "__main__":
    main()
