"""Which mentions are one body, one campaign: what is read from documents of known truth, and from annotated texts.

    python -m tests.eval.linking              the figures of docs/quality.md
    python -m tests.eval.linking --errors     and, for each body or campaign in more than one node, its mentions

Every mention counts with the id of the node that the graph holds for it, whether or not a relation tells of it.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from graph.ids import document_id
from ingest.assemble import assemble
from ingest.nodes import entity_id
from ingest.pipeline import extract
from tests.truth import hand
from tests.truth.generate import generate
from tests.truth.model import Span, Truth
from tests.truth.scoring import Linked, Place, Prediction, Score, score

ROOT = Path(__file__).resolve().parents[2]
SHOWN = ("units", "units_across", "units_generic", "unit_mentions", "campaigns", "families", "campaign_mentions")


@dataclass
class Read:
    """What was read from a set of documents. ``names``: node id → the node's name."""

    units: list[Linked] = field(default_factory=list)
    campaigns: list[Linked] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def prediction(self) -> Prediction:
        return Prediction(units=self.units, campaigns=self.campaigns)


Half: TypeAlias = tuple[Mapping[str, str], Truth]


def halves() -> dict[str, Half]:
    """The generated and the hand-written documents of known truth."""
    return {"generated": generate(), "hand": hand.load()}


def read(texts: Mapping[str, str]) -> Read:
    """Every mention of a unit or campaign in ``texts`` with its node, each text a document of its own."""
    found = Read()
    for doc, text in texts.items():
        extraction = extract(text)
        graph = assemble(extraction, f"{doc}.txt")
        family = {r.head: r.tail for r in graph.relations if r.type == "VARIANT_OF"}
        found.names |= {node.id: node.name for node in graph.nodes}
        for mention in extraction.mentions:
            node = entity_id(mention, document_id(f"{doc}.txt"))
            place = Place(doc, mention.start, mention.end)
            if mention.type == "Unit":
                found.units.append(Linked(place, node))
            elif mention.type == "Campaign":
                found.campaigns.append(Linked(place, node, family.get(node, "")))
    return found


def figures(truth: Truth, found: Read) -> Score:
    return score(truth, found.prediction())


# Full names in annotated texts


def agreement(gold: Path, texts: Path) -> tuple[int, int, list[str]]:
    """Annotated units whose full name is given: how many mean what that name means, of how many found; the others.

    The node is called so, or the name, put in the place of the mention and read there, leads to the same node. Where a
    mention stands for several bodies, its node comprises those that their names lead to. Only what was found counts.
    """
    right, total, wrong = 0, 0, list[str]()
    for file in sorted(gold.glob("*.jsonl")):
        text = (texts / f"{file.stem}.txt").read_bytes().decode("utf-8")
        nodes, comprised, called = _nodes(text)
        for line in _annotated(file):
            start, end = line["start"], line["end"]
            if (start, end) not in nodes:
                continue
            total += 1
            node = nodes[start, end]
            names = [line["canonical"]] if isinstance(line["canonical"], str) else line["canonical"]
            read_there = {name: _nodes(text[:start] + name + text[end:])[0] for name in names}
            meant = {name: placed.get((start, start + len(name)), "") for name, placed in read_there.items()}
            known = comprised[node] if len(names) > 1 else {node}
            if all(meant[name] in known or name in {called[id_] for id_ in known} for name in names):
                right += 1
            else:
                wrong.append(f"{line['text']}: {names}")
    return right, total, wrong


def _nodes(text: str) -> tuple[dict[tuple[int, int], str], dict[str, set[str]], dict[str, str]]:
    """Nodes of the units of ``text`` by their place, what each comprises, their names."""
    extraction = extract(text)
    nodes = {(m.start, m.end): entity_id(m, document_id("text.txt")) for m in extraction.mentions if m.type == "Unit"}
    comprised: dict[str, set[str]] = defaultdict(set)
    graph = assemble(extraction, "text.txt")
    for relation in graph.relations:
        if relation.type == "COMPRISES":
            comprised[relation.head].add(relation.tail)
    return nodes, comprised, {node.id: node.name for node in graph.nodes}


def _annotated(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        if read.get("type") == "Unit" and read.get("canonical"):
            yield read


# What is broken


def broken(spans: Iterable[tuple[Span, str]], said: list[Linked], names: Mapping[str, str]) -> Iterator[str]:
    """For each true thing in more than one node: the nodes with the places of its mentions."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for span, key in spans:
        near = [s for s in said if s.place.doc == span.doc and s.place.start < span.end and span.start < s.place.end]
        best = max(near, key=lambda s: min(s.place.end, span.end) - max(s.place.start, span.start), default=None)
        found[key][best.node if best else ""].append(f"{span.doc}:{span.start}:{span.text}")
    for key, nodes in sorted(found.items()):
        if len(nodes) > 1 or "" in nodes:
            yield key
            for node, places in sorted(nodes.items(), key=lambda item: -len(item[1])):
                yield f"    {names.get(node, 'not found')} [{node[-5:]}] {len(places)}: {', '.join(places[:8])}"


def main(errors: bool) -> None:
    for name, (texts, truth) in halves().items():
        found = read(texts)
        reached = figures(truth, found)
        print(name)
        for row in SHOWN:
            tally = getattr(reached, row)
            print(f"  {row:18} P {tally.precision:.3f} R {tally.recall:.3f} F1 {tally.f1:.3f}")
        print("  merges across places:", [(found.names[m.node], m.units) for m in reached.merges])
        if errors:
            print(*broken(((m.span, m.unit) for m in truth.unit_mentions), found.units, found.names), sep="\n")
            named = ((m.span, m.campaign) for m in truth.campaign_mentions)
            print(*broken(named, found.campaigns, found.names), sep="\n")
    shared = ROOT.parent / "shared"
    right, total, wrong = agreement(shared / "gold", shared / "seeds")
    print(f"annotated full names: {right} of {total}")
    if errors:
        print(*wrong, sep="\n")


if __name__ == "__main__":
    main("--errors" in sys.argv)
