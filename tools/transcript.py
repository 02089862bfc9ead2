"""Write the answer shown in both READMEs anew, as ``zhize`` gives it over ``examples/``.

python tools/transcript.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "一盔一带由哪些单位负责?"
SHOWN = "禾丰县公安局交警大队"
"""Beside the first row, the row of this unit is shown: a task that names its owner in a bracket."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = f"embedded:{folder}/store"
        zhize("ingest", "examples", "--store", store)
        for name, lang in (("README.md", "en"), ("README.zh-CN.md", "zh")):
            lines = excerpt(zhize("ask", QUESTION, "--store", store, "--lang", lang).splitlines())
            shown = "\n".join([f'$ zhize ask "{QUESTION}"', *(line.rstrip() for line in lines)])
            page = ROOT / name
            before, _, rest = page.read_text(encoding="utf-8").partition("```text\n")
            after = rest[rest.index("\n```") :]
            page.write_text(f"{before}```text\n{shown}{after}", encoding="utf-8")


def zhize(*arguments: str) -> str:
    command = [sys.executable, "-m", "service.cli", *arguments]
    environment = {**os.environ, "COLUMNS": "120"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def excerpt(lines: list[str]) -> list[str]:
    """The answer, the table's head, its first row and the row of ``SHOWN``."""
    table = lines.index("") + 1
    starts = [n for n in range(table + 2, len(lines)) if lines[n][:1].strip()]
    rows = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    named = next(row for row in rows if row[0].startswith(SHOWN))
    return [*lines[: table + 2], *rows[0], "…", *named, "…"]


if __name__ == "__main__":
    main()
