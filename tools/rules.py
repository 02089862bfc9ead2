"""The page of rules, written from ``docs/data/rules.yaml``: every rule with an example and what it makes of it.

``tests/unit/tools/test_rules.py`` runs every example and finds rules that are not described.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tools.markdown import HEADING, table

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "docs" / "data" / "rules.yaml"
FRAME = "望岭县公安局交警大队2024年工作要点\n一、抓好事故预防\n（一）强化路面管控。{}\n"
"""The plan whose first item an example is."""

Rule = dict[str, str]


def groups() -> list[dict[str, Any]]:
    """The groups of rules.yaml, in order."""
    read: list[dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return read


def rules() -> dict[str, Rule]:
    """Rule id → what is written of it."""
    return {id: rule for group in groups() for id, rule in group["rules"].items()}


def text_of(rule: Rule) -> str:
    """The document that makes the rule fire; "" for a rule of the knowledge files, which need no document."""
    return rule["text"] if "text" in rule else FRAME.format(rule["example"]) if "example" in rule else ""


@cache
def fired(text: str) -> dict[str, str]:
    """Rule id → its first reading in ``text``, in words. Without a text: the rules of the knowledge files."""
    from ingest.assemble import assemble
    from ingest.pipeline import extract
    from ingest.world import knowledge_graph

    found: dict[str, str] = {}
    read = extract(text) if text else None
    for mention in read.mentions if read else ():
        name = "" if mention.name == mention.text else f" → {mention.name}"
        found.setdefault(mention.rule, f"{mention.type} {mention.text}{name}")
    for link in read.links if read else ():
        found.setdefault(link.rule, f"{link.head.text} {link.rel} {link.tail.text}")
    graph = assemble(read, "example.txt") if read else knowledge_graph()
    names = {node.id: node.name for node in graph.nodes}
    for relation in graph.relations:
        rule = str(relation.properties["rule"])
        found.setdefault(rule, f"{names[relation.head]} {relation.type} {names[relation.tail]}")
    return {rule: " ".join(said.split()) for rule, said in found.items() if rule}


def rules_page() -> str:
    """docs/rules.md."""
    text = [
        "# Rules\n",
        HEADING,
        "Every mention and every relation carries the id of the rule that found it (`rule` in JSON, answers, graph).",
        "These are all of them, each with an example of our own and what the rule makes of it; places are fictitious.",
        "An example is the first item of a plan of 望岭县公安局交警大队, or a whole document (its lines joined by ⏎).",
        "The words that rules go by are in the [knowledge files](knowledge.md).\n",
    ]
    for group in groups():
        rows = (
            (f"`{id}`", does(id, rule), _example(rule), fired(text_of(rule)).get(id, ""))
            for id, rule in group["rules"].items()
        )
        text += [f"## {group['group']}\n", f"{group['about']}\n", table(("rule", "does", "example", "reads"), rows)]
    return "\n".join(text)


def does(id: str, rule: Rule) -> str:
    """One line on the rule; of a suffix, the last words that it reads."""
    return rule.get("does") or "Last word " + ", ".join(_suffix(id))


def _suffix(id: str) -> Iterator[str]:
    from ingest.lexicon import knowledge

    wanted = id.replace("unit.", "suffix.")
    for entry in knowledge().entries("units", "suffix"):
        if entry.id == wanted:
            yield from entry.names


def _example(rule: Rule) -> str:
    return rule.get("example") or " ⏎ ".join(rule.get("text", "").split("\n")).removesuffix(" ⏎ ")
