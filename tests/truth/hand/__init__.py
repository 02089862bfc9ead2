"""Documents written by hand. ``annotations.yaml`` gives each marked place in its context, not by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import yaml

from tests.truth import model

HERE = Path(__file__).parent


def load(folder: Path = HERE) -> tuple[dict[str, str], model.Truth]:
    """Texts by document id, and what is true of them, checked."""
    data = yaml.safe_load((folder / "annotations.yaml").read_text(encoding="utf-8"))
    texts = {doc: (folder / f"{doc}.txt").read_bytes().decode("utf-8") for doc in data["documents"]}
    truth = _Annotations(data, texts).truth()
    model.check(truth, texts)
    return texts, truth


def find(doc: str, text: str, place: str) -> model.Span:
    """The bracketed part of ``place``: ``前文[span]后文``, or ``…#2`` for the second such place.

    Without a number the place must be the only one of its kind; otherwise, and if there is none, ``ValueError``.
    """
    context, _, turn = place.partition("#")
    before, _, rest = context.partition("[")
    inner, _, after = rest.partition("]")
    wanted = before + inner + after
    found = [start for start in range(len(text)) if text.startswith(wanted, start)]
    if (not turn and len(found) != 1) or len(found) < int(turn or 1):
        raise ValueError(
            f"{doc}: {place!r} stands {len(found)} times in the text: give more context or a number after #"
        )
    start = found[int(turn or 1) - 1] + len(before)
    return model.Span(doc, start, start + len(inner), inner)


class _Annotations:
    def __init__(self, data: Mapping[str, Any], texts: Mapping[str, str]) -> None:
        self.data, self.texts = data, texts
        self.documents: dict[str, dict[str, Any]] = data["documents"]
        self.tasks = {task.key: task for task in self._tasks()}
        self.targets = {figure.key: figure for figure in self._figures("target")}
        self.results = {figure.key: figure for figure in self._figures("result")}

    def truth(self) -> model.Truth:
        data, tasks = self.data, self.tasks
        return model.Truth(
            documents=tuple(model.Document(doc=doc, **entry["about"]) for doc, entry in self.documents.items()),
            units=tuple(model.Unit(key, **value) for key, value in data["units"].items()),
            campaigns=tuple(model.Campaign(key, **value) for key, value in data["campaigns"].items()),
            unit_mentions=tuple(model.UnitMention(span, unit) for unit, span in self._places("units")),
            campaign_mentions=tuple(model.CampaignMention(span, key) for key, span in self._places("campaigns")),
            tasks=tuple(tasks.values()),
            targets=tuple(self.targets.values()),
            results=tuple(self.results.values()),
            outcomes=tuple(self._outcomes()),
            judged=tuple((one, other) for one, other in data["judged"]),
            correspondences=tuple(
                model.Correspondence(tasks[one].span, tasks[other].span, tuple(kinds))
                for one, other, *kinds in data["correspondences"]
            ),
            unmatched=tuple(model.Unmatched(tasks[key].span, kind, doc) for key, kind, doc in data["unmatched"]),
            implements=tuple(self._links("implements")),
            supersedes=tuple(self._links("supersedes")),
        )

    def _find(self, doc: str, place: str) -> model.Span:
        return find(doc, self.texts[doc], place)

    def _places(self, layer: str) -> Iterator[tuple[str, model.Span]]:
        for doc, entry in self.documents.items():
            found = [(self._find(doc, at), key) for key, places in entry[layer].items() for at in places]
            yield from ((key, span) for span, key in sorted(found))

    def _tasks(self) -> Iterator[model.Task]:
        for doc, entry in self.documents.items():
            for key, value in entry.get("tasks", {}).items():
                leads = tuple(value.get("leads", ())) or (entry["about"]["issuer"],)
                by, written = value.get("by", (None, None))
                support = tuple(value.get("with", ()))
                yield model.Task(key, self._find(doc, value["at"]), leads, support, "leads" not in value, by, written)

    def _figures(self, role: Literal["target", "result"]) -> Iterator[model.Figure]:
        for doc, entry in self.documents.items():
            for key, (at, metric, op, value, unit) in entry.get(f"{role}s", {}).items():
                yield model.Figure(key, self._find(doc, at), role, metric, op, float(value), unit)

    def _outcomes(self) -> Iterator[model.Outcome]:
        """Every target has one verdict. A comparison that the figures contradict is a ``ValueError``."""
        said: dict[str, tuple[model.Verdict, str]] = {}
        verdicts: dict[model.Verdict, Any] = self.data["outcomes"]
        for verdict, keys in verdicts.items():
            reasons = keys if isinstance(keys, dict) else dict.fromkeys(keys, "")
            said |= {key: (verdict, reason) for key, reason in reasons.items()}
        if said.keys() != self.targets.keys():
            raise ValueError(f"Targets without a verdict or verdicts without one: {said.keys() ^ self.targets.keys()}")
        for key, target in self.targets.items():
            verdict, reason = said[key]
            result = None if verdict == "not_reported" else self.results[key]
            if result is not None and not reason and (result.value >= target.value) != (verdict == "met"):
                raise ValueError(f"{key}: {result.span.text} cannot be {verdict} for {target.span.text}")
            yield model.Outcome(target.span, result.span if result else None, verdict, reason)

    def _links(self, layer: str) -> Iterator[model.DocumentLink]:
        for doc, of, at in self.data[layer]:
            yield model.DocumentLink(doc, of, self._find(doc, at))
