"""The sentence that answers: owners by role with inherited ones said to be so, or the template of the query's header.

A template's slots: the query's parameters, ``{total}``, ``{documents}`` (how many the rows come from), ``{names}``
(what the first column names, in order, without repeats) and ``{tally}`` (how many rows have each code of a comparison).
Documents and names of a part of the answer are said to be those of its first rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

from graph.errors import Lang
from graph.models import Row
from graph.ontology import ontology
from queries.codes import CODES
from queries.header import QueryDefinition
from queries.runner import QueryResult

OWNERS = frozenset({"unit", "role", "role_zh", "implicit", "document"})
"""Columns that make an answer about owners: any query that has them all, and ``task`` first asked for, says it so."""
DIFFERING = "differing"
"""Column of rows whose documents contradict each other: the answer says so."""
SHOWN = 8
"""Names a sentence lists; the table has them all."""
_ROLES: dict[str, dict[str, str]] = {
    "LEADS": {"zh": "负责", "en": "leads"},
    "EXECUTES": {"zh": "执行", "en": "executes"},
    "COOPERATES": {"zh": "配合", "en": "cooperates"},
    "SUPERVISES": {"zh": "督办", "en": "supervises"},
    "ASSIGNS": {"zh": "部署", "en": "assigns"},
}

_AS_VERB = {"责任": "负责", "主责": "主要负责"}
"""Roles that are no verbs: 甲局负责, not 甲局责任."""


def sentence(definition: QueryDefinition, result: QueryResult, shown: Mapping[str, Any], lang: Lang) -> str:
    """The answer in one or two sentences. ``shown``: parameter values as a person would write them."""
    columns = [column.name for column in definition.columns]
    if columns[0] == "unit" and set(columns) >= OWNERS:
        return _owners(result, shown, lang)
    values: dict[str, Any] = dict.fromkeys((p.name for p in definition.params), "")
    values |= {name: _quoted(value, lang) if isinstance(value, str) else value for name, value in shown.items()}
    total = len(result.rows) if result.total is None else result.total
    values |= {"total": total, "documents": _documents(result.rows), "names": _names(result, lang)}
    values["tally"] = _tally(result, lang)
    template = definition.answer if result.rows else definition.empty
    if template is None:
        title = definition.title.get(lang)
        return f"{title}：查到 {total} 条。" if lang == "zh" else f"{title}: {total} rows."
    said = template.get(lang)
    return said.format_map(values) + _of_the_first(said, result, lang) + _contradicted(result, lang)


def _of_the_first(template: str, result: QueryResult, lang: Lang) -> str:
    """That what ``template`` counts and lists is of some rows only, where there are more."""
    slots = {name for _, name, _, _ in Formatter().parse(template)}
    if not result.truncated or not slots & {"names", "documents"}:
        return ""
    rows = len(result.rows)
    if lang == "zh":
        what = "和".join(zh for slot, zh in (("names", "名称"), ("documents", "文件数")) if slot in slots)
        return f"以上{what}只据前 {rows} 条。"
    what = " and ".join(slot for slot in ("names", "documents") if slot in slots).capitalize()
    return f" {what} are those of the first {'row' if rows == 1 else f'{rows} rows'} only."


def _contradicted(result: QueryResult, lang: Lang) -> str:
    first = result.columns[0].name
    found = len({row[first]["id"] for row in result.rows if row.get(DIFFERING)})
    if not found:
        return ""
    if lang == "zh":
        return f"其中 {found} 个各文件说法不一致，全部列出，不作取舍。"
    return f" Of {found} the documents differ; all they say is listed, none is chosen."


def _tally(result: QueryResult, lang: Lang) -> str:
    """未完成 1、完成 8: how many of the rows have each code, in the order of ``CODES``."""
    coded = [column.name for column in result.columns if column.name in ("verdict", "changes")]
    said = [row[name] for row in result.rows for name in coded if row.get(name)]
    counted = Counter(code for codes in said for code in (codes if isinstance(codes, list) else [codes]))
    parts = [f"{CODES[code][0 if lang == 'zh' else 1]} {counted[code]}" for code in CODES if counted[code]]
    more = (
        (f"（前 {len(result.rows)} 条）" if lang == "zh" else f" (first {len(result.rows)} rows)")
        if result.truncated
        else ""
    )
    return ("、" if lang == "zh" else ", ").join(parts) + more


def _owners(result: QueryResult, shown: Mapping[str, Any], lang: Lang) -> str:
    asked = _quoted(next((str(v) for v in shown.values() if v), ""), lang)
    if not result.rows:
        return f"没有查到负责{asked}的单位。" if lang == "zh" else f"No unit responsible for {asked} was found."
    stated = _by_role([row for row in result.rows if not row["implicit"]], lang)
    inherited = _by_role([row for row in result.rows if row["implicit"]], lang)
    tasks = len({row["task"]["id"] for row in result.rows})
    documents = _documents(result.rows)
    if lang == "zh":
        parts = [f"{asked}：{stated}"] if stated else []
        if inherited:
            parts.append(f"{'另有' if stated else f'{asked}：'}文中没有写明主体、由发文单位继承的：{inherited}")
        more = f"（前 {len(result.rows)} 条）" if result.truncated else ""
        return "。".join([*parts, f"依据 {documents} 个文件中的 {tasks} 项任务{more}"]) + "。"
    parts = [f"{asked}: {stated}"] if stated else []
    if inherited:
        parts.append(
            f"{'' if stated else f'{asked}: '}Inherited from the issuer, no subject being written: {inherited}"
        )
    more = f" (first {len(result.rows)} rows)" if result.truncated else ""
    parts.append(f"Based on {_count(tasks, 'task')} in {_count(documents, 'document')}{more}")
    return ". ".join(parts) + "."


def _by_role(rows: list[Row], lang: Lang) -> str:
    """甲、乙牵头；丙配合: a unit once for each role, in the rows' order."""
    groups: dict[str, dict[str, str]] = {}
    for row in rows:
        written = _AS_VERB.get(row["role_zh"], row["role_zh"]) if lang == "zh" else ""
        role = written or _ROLES[row["role"]][lang]
        groups.setdefault(role, {})[row["unit"]["id"]] = row["unit"]["name"]
    if lang == "zh":
        return "；".join(f"{_list(units.values(), lang)}{role}" for role, units in groups.items())
    return "; ".join(f"{_list(units.values(), lang)} ({role})" for role, units in groups.items())


def _names(result: QueryResult, lang: Lang) -> str:
    first = result.columns[0].name
    names: dict[str, None] = {}
    for row in result.rows:
        value = row[first]
        if isinstance(value, Mapping):
            names[str(value["name"])] = None
        elif "name" in row and "count" in row:
            names[f"{_type_name(row['name'], lang)} {row['count']}"] = None
        else:
            names[str(value)] = None
    return _list(names, lang)


def _type_name(name: str, lang: Lang) -> str:
    known = ontology()
    kind = known.nodes.get(name) or known.relations.get(name)
    return name if kind is None else (kind.zh if lang == "zh" else kind.en)


def _list(names: Iterable[str], lang: Lang) -> str:
    found = list(names)
    text = ("、" if lang == "zh" else ", ").join(found[:SHOWN])
    if len(found) > SHOWN:
        return f"{text}等 {len(found)} 个" if lang == "zh" else f"{text} and {len(found) - SHOWN} more"
    return text


def _documents(rows: list[Row]) -> int:
    ids = {
        value["id"] if isinstance(value, Mapping) else value
        for row in rows
        if (value := row.get("document")) is not None
    }
    return len(ids)


def _quoted(text: str, lang: Lang) -> str:
    if any(mark in text for mark in "“”《》"):
        return text
    return f"“{text}”" if lang == "zh" else f'"{text}"'


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
