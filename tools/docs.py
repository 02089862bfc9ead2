"""Write the reference pages of ``docs/`` from what they describe, so that they cannot lie.

    python tools/docs.py [FOLDER]        (default: docs/)

``tests/unit/test_docs.py`` fails while a page in the repository differs from what this writes.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from pathlib import Path

import click
from pydantic_settings import BaseSettings

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the packages, also when run as a script without an installed project

from tools.api_page import api_page  # noqa: E402
from tools.knowledge import knowledge_page, knowledge_schema  # noqa: E402
from tools.markdown import HEADING, code, table  # noqa: E402
from tools.quality import quality_page  # noqa: E402
from tools.rules import rules_page  # noqa: E402


def main(folder: Path) -> None:
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


# Ontology


def ontology_page() -> str:
    from graph.ontology import ontology

    known = ontology()
    notes = _notes(resources.files("graph").joinpath("ontology.yaml").read_text(encoding="utf-8"))
    text = [
        "# Ontology\n",
        HEADING,
        "What may be in the graph: `graph/ontology.yaml`. Constraints, indexes, models, API and legend come from it.",
        "Every node has `id`, `name`, `kind` and `aliases`, and the label `Entity`. *document*: belongs to one",
        "document and goes with it; *shared*: one thing across documents. *evidence*: carries `doc`, `start_char`,",
        "`end_char`, `quote`.\n",
        "## Nodes\n",
    ]
    for label, node in known.nodes.items():
        marks = [node.scope] + ["evidence"] * node.evidence + ["searchable"] * node.search
        text += [f"### {label} {node.zh}\n", f"{', '.join(marks)}.\n"]
        if node.kinds:
            text.append("kind: " + ", ".join(f"`{k}` {zh}" for k, zh in node.kinds.items()) + "\n")
        if node.properties:
            rows = ((f"`{p}`", kind, notes.get((label, p), "")) for p, kind in node.properties.items())
            text.append(table(("property", "type", "meaning"), rows))
    text.append("## Relations\n")
    rows = (
        (f"`{t}`", r.zh, r.group, ", ".join(r.head).replace("*", "any"), ", ".join(r.tail).replace("*", "any"))
        for t, r in known.relations.items()
    )
    text.append(table(("type", "zh", "group", "from", "to"), rows))
    text.append("Every relation carries:\n")
    rows = (
        (f"`{p}`", kind, notes.get(("relation_properties", p), "")) for p, kind in known.relation_properties.items()
    )
    text.append(table(("property", "type", "meaning"), rows))
    text.append(
        f"Operational labels ({code(known.operational.labels)}) hold originals and bookkeeping; they are in backups,"
        " and outside the catalog, exports and `graph_hash`.\n"
    )
    return "\n".join(text)


def _notes(source: str) -> dict[tuple[str, str], str]:
    """(label or ``relation_properties``, property) → the comment beside it."""
    found, inside = {}, ""
    for line in source.splitlines():
        if opened := re.match(r" {0,2}(\w+):\s*$", line):
            inside = opened[1]
        elif note := re.match(r"\s+(\w+): \w+\s+# (.+)$", line):
            found[inside, note[1]] = note[2]
    return found


# Queries


def queries_page(folders: Sequence[Path] = ()) -> str:
    from queries.catalog import load_catalog

    text = [
        "# Queries\n",
        HEADING,
        "Each file of `queries/catalog/` is one question. Ask it as `zhize query NAME key=value…`, as",
        '`GET /api/v1/queries/NAME?key=value`, or in words: `zhize ask "…"`. *anchored* queries start from a found',
        "node, *global* ones look at the whole graph.\n",
        "## Your own\n",
        "`ZHIZE_QUERIES` names folders of your own files (several as in `PATH`). One file more is a question more:",
        "route, description, form, command, question patterns and a section like those below come from it, and nothing",
        "else is to be written. Its header is described by [catalog.schema.json](catalog.schema.json), which a service",
        "also gives as `GET /api/v1/queries/schema.json`; the statement keeps the dialect rules of",
        "[architecture](architecture.md#stores), so that it runs alike on every store. A wrong file is refused at the",
        "start, naming file and line. `zhize catalog check FOLDER` holds files to all of that and runs their examples;",
        "`--against URL` compares the answers of two stores.\n",
    ]
    for query in sorted(load_catalog(folders), key=lambda q: q.name):
        text += [
            f"## {query.name}\n",
            f"{query.title.zh} · {query.title.en} ({query.class_})\n",
            f"{query.summary.zh.strip()}  \n{query.summary.en.strip()}\n",
        ]
        # The plain phrasings; patterns with alternatives are for the matcher.
        if plain := [q for q in query.questions if not set(q) & set("[(|")]:
            text.append("In words: " + "; ".join(f"“{q}”" for q in plain) + "\n")
        if query.params:
            rows = (
                (
                    f"`{p.name}`",
                    " | ".join(p.values) or p.type,
                    "required" if p.required else _shown(p.default),
                    _shown(p.example),
                    f"{p.title.zh} · {p.title.en}",
                )
                for p in query.params
            )
            text.append(table(("parameter", "type", "default", "example", "meaning"), rows))
        columns = (f"`{c.name}` {c.zh}" + (" (evidence)" if c.evidence else "") for c in query.columns)
        text.append("Columns: " + ", ".join(columns) + "\n")
    return "\n".join(text)


def catalog_schema() -> str:
    """docs/catalog.schema.json."""
    from queries.header import header_schema

    return json.dumps(header_schema(), ensure_ascii=False, indent=2) + "\n"


def _shown(value: object) -> str:
    return "" if value is None else f"`{value}`"


# Command line


def cli_page() -> str:
    from service.cli.root import root
    from service.cli.speech import Say

    text = ["# Command line\n", HEADING]
    for path, command in _commands(root(Say("en")), "zhize"):
        context = command.context_class(command, info_name=path, max_content_width=100, terminal_width=100)
        text += [f"## {path}\n", "```text", command.get_help(context).rstrip(), "```\n"]
    return "\n".join(text)


def _commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    # The queries have a page of their own.
    if isinstance(command, click.Group) and path != "zhize query":
        for name in command.list_commands(click.Context(command)):
            child = command.get_command(click.Context(command), name)
            if child is not None and not child.hidden:
                yield from _commands(child, f"{path} {name}")


# Settings


def settings_page() -> str:
    from graph.settings import StoreSettings
    from ingest.candidates import CandidateSettings
    from ingest.lexicon import OVERLAY_VARIABLE
    from ingest.limits import Limits
    from service.job_settings import JobSettings
    from service.settings import Settings

    text = [
        "# Settings\n",
        HEADING,
        "From the environment. `docker-compose.yml` and `.env.example` use the same names. No secret has a default.\n",
    ]
    seen: set[str] = set()
    groups: list[tuple[str, type[BaseSettings]]] = [
        ("Store", StoreSettings),
        ("Uploads and jobs", JobSettings),
        ("Service", Settings),
        ("Limits on what is loaded", Limits),
        ("Candidates", CandidateSettings),
    ]
    for title, group in groups:
        rows = [row for row in _settings(group) if row[0] not in seen]
        seen |= {row[0] for row in rows}
        text += [f"## {title}\n", table(("setting", "default", "meaning"), rows)]
    words = "Folder of your own words, on top of the packaged [knowledge files](knowledge.md)"
    text += ["## Knowledge\n", table(("setting", "default", "meaning"), [(f"`{OVERLAY_VARIABLE}`", "", words)])]
    return "\n".join(text)


def _settings(group: type[BaseSettings]) -> Iterator[tuple[str, str, str]]:
    prefix = str(group.model_config.get("env_prefix", ""))
    for name, field in group.model_fields.items():
        default = f"`{field.default}`" if field.default else ""
        yield f"`{prefix}{name}`".upper(), default, field.description or ""


# Analytics


def analytics_page() -> str:
    from graph.analytics.description import descriptions

    text = [
        "# Analytics\n",
        HEADING,
        "Figures about the whole graph that no single query gives: `zhize analytics NAME`, `GET",
        "/api/v1/analytics/NAME`. Only facts in force count: of documents in force, neither proposed nor",
        "rejected. Each row names facts that prove it, by relation key (at most 20; figures count all). `year`",
        "narrows to the documents of one year. The answer is a function of the graph: the same on both stores, on",
        "every machine, in whatever order documents came.\n",
        "An analysis reads at most `ZHIZE_ANALYTICS_NODES` nodes and ten times as many relations, and refuses a",
        "larger graph in one sentence (`limit-exceeded`): figures of a part would be wrong. Over REST one",
        "analysis is computed at a time and kept while the graph stays as it is; what takes longer than",
        "`ZHIZE_QUERY_TIMEOUT` is answered `query-timeout`, goes on, and is there for the next call.\n",
        "Two more are queries: [tasks-without-lead](queries.md#tasks-without-lead) and",
        "[tasks-with-several-leads](queries.md#tasks-with-several-leads); pairs of units that work together are",
        "[cooperation-network](queries.md#cooperation-network).\n",
    ]
    for name, found in descriptions().items():
        text += [
            f"## {name}\n",
            f"{found.title.zh} · {found.title.en}\n",
            f"{found.summary.zh}  \n{found.summary.en}\n",
            f"{found.method.zh}  \n{found.method.en}\n",
            table(("column", "zh", "en"), ((f"`{c.name}`", c.zh, c.en) for c in found.shown)),
            "Figures: " + ", ".join(f"`{n}` {said.zh} ({said.en})" for n, said in found.figures.items()) + "\n",
        ]
    return "\n".join(text)


# Exports


def context_page() -> str:
    from graph.export.jsonld import context

    return json.dumps(context(), ensure_ascii=False, indent=1) + "\n"


def export_schema() -> str:
    from graph.export.lines import line_schema

    return json.dumps(line_schema(), ensure_ascii=False, separators=(",", ":")) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "analytics.md": analytics_page,
    "api.md": api_page,
    "catalog.schema.json": catalog_schema,
    "cli.md": cli_page,
    "context.jsonld": context_page,
    "export.schema.json": export_schema,
    "knowledge.md": knowledge_page,
    "knowledge.schema.json": knowledge_schema,
    "ontology.md": ontology_page,
    "quality.md": quality_page,
    "queries.md": queries_page,
    "rules.md": rules_page,
    "settings.md": settings_page,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
