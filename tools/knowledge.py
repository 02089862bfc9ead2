"""The page of the knowledge files: fields from the model, the worked overlay, and what checking it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from click.testing import CliRunner

from tools.markdown import HEADING, code, table

ROOT = Path(__file__).resolve().parent.parent
OVERLAY = ROOT / "docs" / "overlay"
EXAMPLE = ROOT / "docs" / "data" / "overlay.txt"
TEMPLATE = Path(__file__).with_name("knowledge.md.template")
"""Not called .md: its links are those of docs/."""


def knowledge_page() -> str:
    """docs/knowledge.md."""
    from ingest.entry import ADDED

    return TEMPLATE.read_text(encoding="utf-8").format(
        heading=HEADING.rstrip(),
        added=code(ADDED),
        overlay="\n".join(_overlay()),
        example=EXAMPLE.relative_to(ROOT),
        check=_check(),
        fields=_fields().rstrip(),
        files="\n".join(_files()).rstrip(),
    )


def knowledge_schema() -> str:
    """docs/knowledge.schema.json."""
    from ingest.lexicon_schema import overlay_schema

    return json.dumps(overlay_schema(), ensure_ascii=False, indent=2) + "\n"


def _overlay() -> Iterator[str]:
    for path in sorted(OVERLAY.glob("*.yaml")):
        yield f"`{path.name}`\n\n```yaml\n{path.read_text(encoding='utf-8').rstrip()}\n```\n"


def _check() -> str:
    """What the command prints, run as it stands in the page."""
    from service.cli.root import root
    from service.cli.speech import Say

    args = ["lexicon", "check", str(OVERLAY), "--texts", str(EXAMPLE)]
    done = CliRunner(env={"COLUMNS": "100", "ZHIZE_KNOWLEDGE": ""}).invoke(root(Say("en")), args, standalone_mode=False)
    # The first line counts the packaged words: it would change with each of them.
    return "\n".join(line.rstrip() for line in done.output.splitlines()[1:])


def _fields() -> str:
    from ingest.entry import Entry
    from ingest.lexicon_schema import overlay_schema

    shown = overlay_schema()["$defs"]["entry"]["properties"]
    rows = (
        (f"`{name}`", _kind(shown[name]), "required" if field.is_required() else "", field.description)
        for name, field in Entry.model_fields.items()
    )
    return table(("field", "holds", "", "meaning"), rows)


def _kind(schema: dict[str, object]) -> str:
    if isinstance(values := schema.get("enum"), list):
        return code(str(v) for v in values if v)
    return {"array": "list", "boolean": "true, false"}.get(str(schema["type"]), "text")


def _files() -> Iterator[str]:
    for path in sorted((ROOT / "ingest" / "knowledge").glob("*.*")):
        lines = path.read_text(encoding="utf-8").splitlines()
        opening = [line[1:].removeprefix(" ") for line in takewhile(lambda line: line.startswith("#"), lines)]
        listing = any(line.startswith(" ") for line in opening)
        text = "\n".join(["```text", *opening, "```"] if listing else opening)
        yield f"### {path.name}\n\n{text}\n"
