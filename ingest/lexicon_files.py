"""Reading knowledge files: the packaged ones, then the user's overlay, checked entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from graph.errors import KnowledgeError, Sentence
from ingest.entry import ADDED, LABELS, PARENTED, TYPES, Entry, Knowledge

OVERLAY_VARIABLE = "ZHIZE_KNOWLEDGE"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Report = Callable[[KnowledgeError], None]
"""What is done about a mistake in a file: raise it (the default), or note it and leave the entry out."""


def _raise(error: KnowledgeError) -> None:
    raise error


def read_knowledge(folder: Path | None, report: Report = _raise) -> Knowledge:
    """The packaged knowledge with the overlay in ``folder`` (None: without one).

    Mistakes go to ``report``; when it does not raise, what is wrong is left out and reading goes on.
    """
    if folder is not None and not folder.is_dir():
        report(_mistake(str(folder), OVERLAY_VARIABLE, "不是文件夹", "not a folder"))
        folder = None
    if folder is not None:
        _check_files(folder, report)
    files: dict[str, tuple[Entry, ...]] = {}
    for name in LABELS:
        path = f"{name}.yaml"
        raw = _parse(resources.files("ingest").joinpath("knowledge", path).read_text(encoding="utf-8"), path, report)
        entries = _entries(raw, "entries", path, report)
        if folder is not None and (folder / path).is_file():
            entries = _overlay(entries, folder / path, report)
        files[name] = tuple(entries.values())
    found = Knowledge(files)
    _check(found, report)
    return found


def _mistake(path: str, entry: str, zh: str, en: str) -> KnowledgeError:
    reason: Sentence = {"zh": zh, "en": en}
    return KnowledgeError(path=path, entry=entry, reason=reason)


def _check_files(folder: Path, report: Report) -> None:
    """A file that no knowledge file is called after would be passed over in silence."""
    for path in sorted(folder.iterdir()):
        if path.suffix in {".yaml", ".yml"} and not (path.suffix == ".yaml" and path.stem in LABELS):
            names = ", ".join(f"{name}.yaml" for name in LABELS)
            report(
                _mistake(str(path), "file", f"没有这个知识文件，可用的有 {names}", f"no such file; there are {names}")
            )


def _parse(text: str, path: str, report: Report) -> dict[str, Any]:
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506 (CSafeLoader or SafeLoader)
    except yaml.YAMLError as error:
        said = str(error).replace("\n", " ")
        report(_mistake(path, "file", f"YAML 有误：{said}", said))
        return {}
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        report(_mistake(path, "file", "应为带 entries 的映射", "a mapping with entries is expected"))
        return {}
    return raw


def _part(raw: Mapping[str, Any], key: str, kind: type, path: str, report: Report) -> Any:
    """One part of a file; empty when it is absent or of the wrong form."""
    value = raw.get(key)
    if value is None:
        return kind()
    if not isinstance(value, kind):
        zh, en = ("列表", "a list") if kind is list else ("映射", "a mapping")
        report(_mistake(path, key, f"应为{zh}", f"{en} is expected"))
        return kind()
    return value


def _entries(raw: Mapping[str, Any], key: str, path: str, report: Report) -> dict[str, Entry]:
    if unknown := raw.keys() - {"defaults", key, "extend", "disable"}:
        report(_mistake(path, ", ".join(sorted(map(str, unknown))), "没有这个键", "unknown key"))
    defaults = _part(raw, "defaults", dict, path, report)
    found: dict[str, Entry] = {}
    for item in _part(raw, key, list, path, report):
        if not isinstance(item, dict):
            report(_mistake(path, str(item), "应为映射", "a mapping is expected"))
        elif (entry := _entry({**defaults, **item}, path, report)) is None:
            continue
        elif entry.id in found:
            report(_mistake(path, entry.id, "编号出现两次", "the id occurs twice"))
        else:
            found[entry.id] = entry
    return found


_WRONG = {
    "extra_forbidden": "没有这个字段",
    "missing": "缺少",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "只能用小写字母、数字、连字符和点",
    "tuple_type": "应为列表",
    "bool_parsing": "应为 true 或 false",
    "literal_error": "不是允许的值",
}


def _entry(fields: Mapping[str, Any], path: str, report: Report) -> Entry | None:
    try:
        return Entry.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        name = str(fields.get("id") or fields.get("name") or "entry")
        zh = _WRONG.get(first["type"], first["msg"])
        report(_mistake(path, name, f"{place}：{zh}", f"{place}: {first['msg']}"))
        return None


def _overlay(entries: dict[str, Entry], path: Path, report: Report) -> dict[str, Entry]:
    file = str(path)
    raw = _parse(path.read_text(encoding="utf-8"), file, report)
    result = dict(entries)
    for id, changes in _part(raw, "extend", dict, file, report).items():
        if id not in result:
            report(_mistake(file, str(id), "没有这个条目可扩充", "there is no such entry to extend"))
        elif not isinstance(changes, dict):
            report(_mistake(file, str(id), "应为映射", "a mapping is expected"))
        elif (changed := _extended(result[id], changes, file, report)) is not None:
            result[id] = changed
    for id in _part(raw, "disable", list, file, report):
        if result.pop(str(id), None) is None:
            report(_mistake(file, str(id), "没有这个条目可停用", "there is no such entry to disable"))
    added = _entries(raw, "add", file, report)
    for id in sorted(added.keys() & result.keys()):
        report(_mistake(file, id, "编号已被占用，请用 extend", "the id is taken; use extend"))
    return {**result, **{id: entry for id, entry in added.items() if id not in result}}


def _extended(entry: Entry, changes: Mapping[str, Any], path: str, report: Report) -> Entry | None:
    fields = entry.model_dump()
    if changes.get("id", entry.id) != entry.id:
        report(_mistake(path, entry.id, "编号不能改", "an id stays what it is"))
        return None
    for name, value in changes.items():
        adds = name in ADDED and isinstance(value, list)
        fields[name] = tuple(dict.fromkeys((*fields[name], *value))) if adds else value
    return _entry(fields, path, report)


def _check(found: Knowledge, report: Report) -> None:
    """Types are those of the file, parents exist, and no kind is a kind of itself."""
    for file in LABELS:
        names = {e.name: e for e in found.files[file]}
        for entry in found.files[file]:
            if entry.type not in TYPES.get(file, {""}):
                known = ", ".join(sorted(TYPES.get(file, ()))) or '""'
                report(_mistake(f"{file}.yaml", entry.id, f"type 只能是 {known}", f"type is one of {known}"))
            if entry.parent:
                _check_parents(file, entry, names, report)


def _check_parents(file: str, entry: Entry, names: Mapping[str, Entry], report: Report) -> None:
    path, id = f"{file}.yaml", entry.id
    if file not in PARENTED:
        report(_mistake(path, id, "这类条目没有上级 parent", f"only {', '.join(PARENTED)} have a parent"))
        return
    seen = {entry.name}
    while entry.parent:
        if entry.parent not in names:
            report(_mistake(path, id, f"没有上级 {entry.parent}", f"unknown parent {entry.parent}"))
            return
        if entry.parent in seen:
            report(_mistake(path, id, "上级成环", "its parents form a circle"))
            return
        seen.add(entry.parent)
        entry = names[entry.parent]
