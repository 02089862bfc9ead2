"""The modelled documents scored. Their gold (``corpus/modelled/gold/NAME.json``) says what is expected, no offsets.

How an expectation meets what was read:

- A task's key is a label. It stands for the Task whose title holds most of the key's characters in order, the shortest
  among equals; below half of them it stands for none. Several keys may stand for one Task, their owners are joined.
- Owners count on those tasks only: ``lead`` is LEADS, ``support`` COOPERATES or EXECUTES. A name is met by the
  mention's text, its canonical name, or the canonical name that the document's mentions of that text have.
- Deadlines count on those tasks: a date, a date without its year, or words (长期坚持), which a recurrence may say too.
- Campaigns and vehicle classes are compared as sets of names, quotes dropped; of two campaign names one may hold the
  other (“七进”, “七进”宣传). Violations count where the gold lists them.
- Laws, targets and results are not exhaustive: recall. A number is found when an indicator of its kind has its number
  and unit and half of its metric's characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.evaluation import Counts
from ingest.extraction import Extraction, Mention
from ingest.fold import fold
from ingest.pipeline import extract

ENOUGH = 0.5
"""Share of a label's characters that must be found, in order."""
SUPPORT = ("COOPERATES", "EXECUTES")
LABELLED = ("责任单位", "labelled lines", "table row")
"""How the gold calls owners in closing brackets, on label lines and in table cells."""
Gold = Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    name: str
    gold: Gold
    read: Extraction

    def mentions(self, *types: str) -> list[Mention]:
        return [m for m in self.read.mentions if m.type in types]


def documents(folder: Path) -> Iterator[Document]:
    """The documents of ``corpus/modelled`` with their gold, by name."""
    for file in sorted((folder / "gold").glob("*.json")):
        text = (folder / f"{file.stem}.txt").read_bytes().decode("utf-8")
        yield Document(file.stem, json.loads(file.read_text(encoding="utf-8")), extract(text))


def score(read: Iterable[Document]) -> dict[str, Counts]:
    """Counts by what is expected. Laws, targets and results have no false hits: their gold is not exhaustive."""
    sums = dict.fromkeys(SCORERS, Counts())
    for document in read:
        for name, scorer in SCORERS.items():
            sums[name] += scorer(document)
    return sums


# Tasks with their owners and deadlines


def aligned(document: Document) -> dict[str, Mention | None]:
    """Key of each expected task → the Task it stands for."""
    tasks = document.mentions("Task")
    found: dict[str, Mention | None] = {}
    for task in document.gold["tasks"]:
        key = task["key"]
        best = max(tasks, key=lambda m: (held(key, m.text), -len(m.text), -m.start), default=None)
        found[key] = best if best is not None and held(key, best.text) >= ENOUGH else None
    return found


def held(label: str, text: str) -> float:
    """Share of the label's characters that stand in ``text`` in the same order (longest common subsequence)."""
    wanted, given = plain(label), plain(text)
    row = [0] * (len(given) + 1)
    for character in wanted:
        above, row = row, [0]
        for j, other in enumerate(given):
            row.append(above[j] + 1 if character == other else max(above[j + 1], row[j]))
    return row[-1] / len(wanted)


def owners(document: Document, role: str, relations: tuple[str, ...]) -> Counts:
    """Owners in ``role`` on the tasks the keys stand for."""
    spoken = aligned(document)
    wanted: dict[tuple[int, int] | str, set[str]] = {}
    for task in document.gold["tasks"]:
        mention = spoken[task["key"]]
        place = (mention.start, mention.end) if mention else task["key"]
        wanted.setdefault(place, set()).update(plain(name) for name in task[role])
    bodies = by_text(document.mentions("Unit"))
    counts = Counts()
    for place, names in sorted(wanted.items(), key=str):
        heads = [
            link.head
            for link in document.read.links
            if link.rel in relations and (link.tail.start, link.tail.end) == place
        ]
        counts += sets(names, [{plain(h.text), plain(h.name)} for h in heads], bodies)
    return counts


def label_lines(document: Document) -> Counts:
    """Both roles, in documents that give owners by label."""
    ways = [str(task.get("how")) for task in document.gold["tasks"]]
    if not any(way.startswith(LABELLED) for way in ways):
        return Counts()
    return owners(document, "lead", ("LEADS",)) + owners(document, "support", SUPPORT)


def by_text(mentions: Iterable[Mention]) -> dict[str, set[str]]:
    """Text of a mention → the canonical names it has in the document."""
    names: dict[str, set[str]] = {}
    for mention in mentions:
        names.setdefault(plain(mention.text), set()).add(plain(mention.name))
    return names


def sets(wanted: set[str], found: list[set[str]], bodies: Mapping[str, set[str]]) -> Counts:
    """Names against the names of what was found, each used once."""
    left, hits = list(found), 0
    for name in sorted(wanted):
        accepted = {name} | bodies.get(name, set())
        hit = next((names for names in left if names & accepted), None)
        if hit is not None:
            left.remove(hit)
            hits += 1
    return Counts(hits, len(left), len(wanted) - hits)


def deadlines(document: Document) -> Counts:
    """Deadlines of the expected tasks; one that is read where none is expected is a false hit."""
    spoken, counts = aligned(document), Counts()
    for task in document.gold["tasks"]:
        mention, wanted = spoken[task["key"]], task["deadline"]
        said = str(mention.attributes.get("deadline") or "") if mention else ""
        repeated = str(mention.attributes.get("recurrence") or "") if mention else ""
        if wanted is None:
            counts += Counts(fp=int(bool(said)))
        elif said == wanted or (said and said.endswith(f"-{wanted}")) or (repeated and repeated in wanted):
            counts += Counts(tp=1)
        else:
            counts += Counts(fp=int(bool(said)), fn=1)
    return counts


# Names


def called(document: Document, label: str) -> list[set[str]]:
    """Of each entity of a type, what it is called in the document."""
    names: dict[str, set[str]] = {}
    for mention in document.mentions(label):
        names.setdefault(mention.name, set()).update((plain(mention.text), plain(mention.name)))
    return list(names.values())


def campaigns(document: Document) -> Counts:
    """Campaigns by name; the alias of an expected one is that one."""
    wanted = [c if isinstance(c, dict) else {"name": c} for c in document.gold["campaigns"]]
    names = [{plain(c["name"]), plain(c.get("alias", c["name"]))} for c in wanted]
    read = called(document, "Campaign")
    hits = sum(any(_related(n, r) for r in read) for n in names)
    false = sum(not any(_related(n, r) for n in names) for r in read)
    return Counts(hits, false, len(names) - hits)


def _related(wanted: set[str], read: set[str]) -> bool:
    return any(a in b or b in a for a in wanted for b in read)


def listed(key: str, label: str, *, exhaustive: bool = True) -> Callable[[Document], Counts]:
    """Entities of one type by name, in documents whose gold lists them."""

    def scorer(document: Document) -> Counts:
        if key not in document.gold:
            return Counts()
        read = called(document, label)
        wanted = {plain(name) for name in document.gold[key]}
        # Two expected names may be one thing (渣土车 is the document's alias of 工程运输车).
        hits = sum(any(name in names for names in read) for name in wanted)
        false = sum(not names & wanted for names in read)
        return Counts(hits, false if exhaustive else 0, len(wanted) - hits)

    return scorer


# Numbers


def numbers(key: str, kinds: tuple[str, ...]) -> Callable[[Document], Counts]:
    """Targets or results: recall of their numbers."""

    def scorer(document: Document) -> Counts:
        left = [m for m in document.mentions("Indicator") if m.attributes.get("kind") in kinds]
        rows = document.gold.get(key, ())
        hits = sum(any(_same_number(row, m) for m in left) for row in rows)
        return Counts(tp=hits, fn=len(rows) - hits)

    return scorer


def _same_number(row: list[str], mention: Mention) -> bool:
    """``[metric, operator, number]`` or ``[metric, number]`` of the gold beside an indicator; 同比 wants its change."""
    metric, written = row[0], row[1] if len(row) == 2 else row[2]
    parts = re.fullmatch(r"(-?[0-9.]{1,9})(.{0,6})", written)
    assert parts is not None, written
    amount, unit = float(parts[1]), parts[2]
    fall = "同比" in metric or (len(row) > 2 and row[1].startswith("下降"))
    said = mention.attributes.get("change" if fall else "value")
    if said is None or abs(said) != abs(amount):
        return False
    units = {mention.attributes.get("unit"), "%" if fall else None}
    words = "".join((mention.text, *(mention.attributes.get("metrics") or ())))
    return (not unit or unit in units) and held(metric.replace("同比", ""), words) >= ENOUGH


def plain(name: str) -> str:
    """A name without quotes, blanks and differences of width."""
    return re.sub(r"[“”\"\s]", "", fold(name))


SCORERS: dict[str, Callable[[Document], Counts]] = {
    "lead": lambda document: owners(document, "lead", ("LEADS",)),
    "support": lambda document: owners(document, "support", SUPPORT),
    "label-line owners": label_lines,
    "deadline": deadlines,
    "campaigns": campaigns,
    "vehicles": listed("vehicles", "VehicleClass"),
    "violations": listed("violations", "Violation"),
    "laws": listed("laws", "Regulation", exhaustive=False),
    "targets": numbers("targets", ("target", "frequency")),
    "results": numbers("results", ("result",)),
}
"""What is scored, by the gold's own names."""
