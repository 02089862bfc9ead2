"""The record of a document, from its graph. Pure; what is rejected or only proposed is not compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from graph.across.figures import counted
from graph.across.phrases import clauses_before, several_years, within_bound, year_stated
from graph.across.record import DIRECTIVE, REPORTING, Citation, DocumentRecord, FigureFacts, Judgement, TaskFacts
from graph.across.titles import known_as, number_of, subject_of, title_of, titles_of
from graph.models import DocumentGraph, Node, Relation, Value
from graph.ontology import ontology
from graph.statements import is_found
from graph.text import compact, quoted_cores

TEXT_LENGTH = 400
"""Characters of a task's body that are compared: what comes later is detail."""
_POLICE = ("公安", "公安交管")


def record_of(graph: DocumentGraph, judged: Iterable[Judgement] = ()) -> DocumentRecord:
    """The record of the document ``graph``, after review; of the knowledge files: the policies they name.

    ``judged``: what was decided about links of this document.
    """
    return replace(_Reading(graph).record(), judged=tuple(judged))


class _Reading:
    def __init__(self, graph: DocumentGraph) -> None:
        self.graph = graph
        self.nodes = {node.id: node for node in graph.nodes}
        self.out: defaultdict[tuple[str, str], list[Relation]] = defaultdict(list)
        for relation in sorted(graph.relations, key=lambda r: r.key):
            if _found(relation):
                self.out[relation.head, relation.type].append(relation)

    def record(self) -> DocumentRecord:
        document = self.nodes.get(self.graph.document)
        if document is None:
            return DocumentRecord(self.graph.document, "", citations=self._citations())
        own = document.properties
        issuer = next((self.nodes[r.tail] for r in self.out[document.id, "ISSUED_BY"]), None)
        path, titles = self._path(document, issuer), titles_of(document.name)
        directive, reporting = document.kind in DIRECTIVE, document.kind in REPORTING
        shared = frozenset(ontology().labels(scope="shared"))
        stated = [r for r in self.graph.relations if r.properties.get("doc") == document.id]
        return DocumentRecord(
            id=document.id,
            kind=document.kind,
            year=_integer(own.get("year")),
            issued_on=_string(own.get("issued_on")),
            period=(_string(own.get("period_start")), _string(own.get("period_end"))),
            path=path,
            places=self._places(),
            issuer=issuer.id if issuer else "",
            authority=_authority(issuer) if issuer else "",
            subject=subject_of(document.name),
            titles=tuple(title.key for title in titles),
            named=any(title.named for title in titles),
            number=number_of(_string(own.get("number"))),
            valid=_string(own.get("valid")) or "current",
            valid_from=_string(own.get("valid_from")),
            valid_until=_string(own.get("valid_until")),
            marked={r.key: str(v) for r in stated if (v := r.properties.get("valid", "current")) != "current"},
            loose=tuple(sorted({r.type for r in stated if r.head_label in shared and r.tail_label in shared})),
            citations=self._citations(),
            tasks=self._tasks() if directive else (),
            targets=self._figures("target") if directive else (),
            results=self._figures("result") if reporting else (),
        )

    def _path(self, document: Node, issuer: Node | None) -> tuple[str, ...]:
        """The place the document speaks for: its issuer's, else its own. None for a body of one document (redacted)."""
        if issuer is not None and issuer.properties.get("scope"):
            return ()
        if issuer is not None and (stated := _string(issuer.properties.get("jurisdiction"))):
            return tuple(stated.split("/"))
        path: list[str] = []
        at = next((r.tail for r in self.out[document.id, "LOCATED_IN"]), "")
        while at and self.nodes[at].name not in path:
            path.insert(0, self.nodes[at].name)
            at = next((r.tail for r in self.out[at, "WITHIN"]), "")
        return tuple(path)

    def _places(self) -> tuple[str, ...]:
        found = {node.name for node in self.graph.nodes if node.label == "Region" and _found(node)}
        for node in self.graph.nodes:
            if node.label == "Unit" and _found(node):
                found.update(_string(node.properties.get("jurisdiction")).split("/"))
        return tuple(sorted(found - {""}))

    def _citations(self) -> tuple[Citation, ...]:
        said: dict[str, Relation | None] = {n.id: None for n in self.graph.nodes if n.label == "Regulation"}
        for type_ in ("SUPERSEDES", "IMPLEMENTS"):
            for relation in self.out[self.graph.document, type_]:
                if relation.tail in said and said[relation.tail] is None:
                    said[relation.tail] = relation
        return tuple(self._citation(self.nodes[id_], said[id_]) for id_ in sorted(said))

    def _citation(self, policy: Node, said: Relation | None) -> Citation:
        if not _found(policy):
            # Kept without a name: that it has none now is how the links it had are known to go.
            return Citation(policy.id, "CITES", "", (), (), "", False)
        number = _string(policy.properties.get("number"))
        titles, numbers = known_as(policy.name, (*policy.aliases, *([number] if number else [])))
        own = title_of(policy.name)
        return Citation(
            policy.id,
            said.type if said else "CITES",
            said.key if said else "",
            tuple(sorted(titles)),
            tuple(sorted(numbers)),
            own.key if own is not None else "",
            own is not None and own.named,
        )

    # Tasks and figures

    def _tasks(self) -> tuple[TaskFacts, ...]:
        tasks = [node for node in self.graph.nodes if node.label == "Task" and _found(node)]
        whole = {
            r.tail for task in tasks if task.properties.get("level") != "measure" for r in self.out[task.id, "PART_OF"]
        }
        owning = [t for t in tasks if t.properties.get("level") != "measure" and t.id not in whole]
        return tuple(self._task(task) for task in sorted(owning, key=_place))

    def _task(self, task: Node) -> TaskFacts:
        aims = (self.nodes[r.tail] for r in self.out[task.id, "AIMS_AT"])
        targets = [i for i in sorted(aims, key=_place) if i.kind == "target" and _found(i)]
        figures = [self._figure(target, task) for target in targets]
        campaigns = (self.nodes[r.tail] for r in self.out[task.id, "CARRIES_OUT"])
        return TaskFacts(
            task.id,
            _place(task)[0],
            task.name,
            _string(task.properties.get("text"))[:TEXT_LENGTH],
            _sorted(core(campaign) for campaign in campaigns),
            _sorted(r.tail for r in self.out[task.id, "TARGETS"]),
            tuple(counted(figure) for figure in figures),
            tuple(figure.unit for figure in figures),
            tuple(figure.id for figure in figures),
        )

    def _figures(self, kind: str) -> tuple[FigureFacts, ...]:
        aimed: dict[str, Node] = {}
        for (head, type_), relations in self.out.items():
            if type_ == "AIMS_AT" and self.nodes[head].label == "Task":
                for relation in relations:
                    aimed.setdefault(relation.tail, self.nodes[head])
        figures = [n for n in self.graph.nodes if n.label == "Indicator" and n.kind == kind and _found(n)]
        usable = [n for n in figures if not n.properties.get("suspicious")]
        return tuple(self._figure(figure, aimed.get(figure.id)) for figure in sorted(usable, key=_place))

    def _figure(self, figure: Node, task: Node | None) -> FigureFacts:
        own, start = figure.properties, _place(figure)[0]
        measures = [self.nodes[r.tail] for r in self.out[figure.id, "MEASURES"]]
        before, earlier = clauses_before(self.graph.text, start)
        said = before + figure.name
        year = _integer(self.nodes[self.graph.document].properties.get("year"))
        told = figure.kind == "result"
        return FigureFacts(
            id=figure.id,
            at=start,
            metric=_metric(figure),
            before=before,
            task=task.name if task else "",
            op=_string(own.get("op")),
            value=_float(own.get("value")),
            change=_float(own.get("change")),
            unit=_string(own.get("unit")),
            objects=_sorted(measured.name for measured in measures if measured.label == "VehicleClass"),
            deadline=_string(task.properties.get("deadline")) if task else "",
            earlier=earlier,
            change_abs=_float(own.get("change_abs")),
            ceiling=within_bound(self.graph.text, start, _integer(own.get("end_char"))),
            year=year_stated(said, earlier, year) if told else 0,
            years=several_years(said, earlier, year),
        )


def core(campaign: Node) -> str:
    """What variants of a campaign share: the quoted or stated core of its name."""
    quoted = quoted_cores(campaign.name)
    return compact(_string(campaign.properties.get("core")) or (quoted[0] if quoted else campaign.name))


def _authority(issuer: Node) -> str:
    domain = _string(issuer.properties.get("domain"))
    if issuer.kind == "police" or domain in _POLICE:
        return "police"
    return issuer.kind if issuer.kind in ("coordination_body", "government") else domain or issuer.name


def _metric(figure: Node) -> str:
    """What the figure counts, "" when its own words do not say."""
    metrics = figure.properties.get("metrics")
    return str(metrics[0]) if isinstance(metrics, list) and metrics else ""


def _found(item: Node | Relation) -> bool:
    return is_found(item.properties.get("status"))


def _place(node: Node) -> tuple[int, str]:
    return _integer(node.properties.get("start_char")), node.id


def _sorted(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(items)))


def _string(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _integer(value: Value | None) -> int:
    return value if isinstance(value, int) else 0


def _float(value: Value | None) -> float | None:
    return float(value) if isinstance(value, int | float) else None
