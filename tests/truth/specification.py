"""The specification and the wording, read and typed. References to bodies become unit ids, ``place/body``, here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml

from tests.truth.model import Unit

HERE = Path(__file__).parent
SERIES = ("plan", "scheme", "assignment")
T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    id: str
    name: str
    ladder: str
    short: str = ""
    tier: str = ""
    area: str = ""
    above: str = ""
    police: str = ""
    office: str = ""


@dataclass(frozen=True)
class Theme:
    """How one kind of duty is worded; slots are named in ``wording.yaml``."""

    group: str
    topic: str
    metric: str
    unit: str
    titles: list[str]
    bodies: list[str]
    target: list[str]
    result: list[str]
    report: list[str]
    op: str = ">="
    worse: list[str] = field(default_factory=list)
    other: str = ""
    other_unit: str = ""
    scope: str = ""


@dataclass(frozen=True)
class Duty:
    """One duty of one document. ``basis``: what the result counts, ``same``, ``other``, ``scope`` or ``none``."""

    doc: str
    theme: str
    wording: int
    number: float
    result: float
    basis: str
    lead: str | None
    support: tuple[str, ...]
    by: str | None
    campaign: str | None

    @property
    def key(self) -> str:
        return f"{self.doc}-{self.theme}"


@dataclass(frozen=True)
class Paper:
    """A document to be written. ``issuer`` is a unit id."""

    doc: str
    kind: str
    place: Place
    year: int
    issuer: str
    campaign: str | None = None


class Specification:
    """What is true (``specification.yaml``) and how it may be said (``wording.yaml``)."""

    def __init__(self, folder: Path = HERE) -> None:
        data = yaml.safe_load((folder / "specification.yaml").read_text(encoding="utf-8"))
        self.words: dict[str, Any] = yaml.safe_load((folder / "wording.yaml").read_text(encoding="utf-8"))
        self.seed: int = data["seed"]
        self.places = {key: Place(key, **value) for key, value in data["places"].items()}
        self.ladder: dict[str, dict[str, dict[str, Any]]] = data["ladder"]
        self.campaigns: dict[str, dict[str, Any]] = data["campaigns"]
        self.themes = {key: Theme(**value) for key, value in self.words["themes"].items()}
        self.schemes: dict[str, dict[int, list[str]]] = data["schemes"]
        self.implements: dict[str, str] = data["implements"]
        self.supersedes: dict[str, str] = data["supersedes"]
        self.redacted: dict[str, dict[str, Any]] = data["redacted"]
        self.duties = {doc: duties for series in SERIES for doc, duties in self._series(series, data[series]).items()}

    def _series(self, series: str, places: dict[str, Any]) -> dict[str, list[Duty]]:
        found: dict[str, list[Duty]] = {}
        for place, themes in places.items():
            for theme, years in themes.items():
                for year, entry in years.items():
                    doc = f"{place}-{year}-{series}"
                    found.setdefault(doc, []).append(self._duty(doc, place, theme, entry))
        return found

    def _duty(self, doc: str, place: str, theme: str, entry: dict[str, Any]) -> Duty:
        result = entry.get("r")
        basis, value = ("none", 0.0) if result is None else ("same", result)
        if isinstance(result, dict):
            ((basis, value),) = result.items()
        lead = entry.get("lead")
        return Duty(
            doc,
            theme,
            entry["w"],
            float(entry["n"]),
            float(value),
            basis,
            None if lead is None else reference(place, lead),
            tuple(reference(place, body) for body in entry.get("with", ())),
            entry.get("by"),
            entry.get("c"),
        )

    def papers(self) -> list[Paper]:
        """Every document but the redacted ones, by id."""
        found = []
        for doc in self.duties:
            place, year, series = doc.split("-")
            if series == "scheme":
                campaign, body = self.schemes[place][int(year)]
                found.append(self._paper(place, int(year), series, body, campaign))
            else:
                found.append(self._paper(place, int(year), series, "traffic" if series == "plan" else "office"))
            if series == "plan":
                found.append(self._paper(place, int(year), "summary", "traffic"))
        return sorted(found, key=lambda paper: paper.doc)

    def _paper(self, place: str, year: int, kind: str, body: str, campaign: str | None = None) -> Paper:
        return Paper(f"{place}-{year}-{kind}", kind, self.places[place], year, f"{place}/{body}", campaign)

    def forms(self, unit: str, sort: str) -> list[str]:
        """The written forms of a body of one sort (``full``, ``local``, ``self``, ``child``, ``parent``)."""
        place, body = unit.split("/")
        at = self.places[place]
        above = self.places[at.above].name if at.above else ""
        forms: list[str] = self.ladder[at.ladder][body].get(sort, [])
        return [form.format(name=at.name, short=at.short, tier=at.tier, above=above) for form in forms]

    def unit(self, unit: str) -> Unit:
        place, body = unit.split("/")
        name = (self.forms(unit, "full") or [self.places[place].name + self.forms(unit, "local")[0]])[0]
        generic = bool(self.ladder[self.places[place].ladder][body].get("generic"))
        return Unit(unit, name, place, generic)

    def pick(self, key: str, options: Sequence[T], turn: int = 0) -> T:
        """One of the options: always the same for a key; ``turn`` goes on to the next ones."""
        digest = hashlib.sha256(f"{self.seed}|{key}".encode()).digest()
        return options[(int.from_bytes(digest[:4], "big") + turn) % len(options)]


def reference(place: str, body: str) -> str:
    """``order`` is of the place that speaks, ``hefeng/order`` of another."""
    return body if "/" in body else f"{place}/{body}"
