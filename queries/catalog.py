"""The query catalog: every ``NAME.cypher`` of the package and of the user's folders, checked when loaded.

A file is a YAML header in leading ``//`` comments and one read-only statement. User folders come after the packaged
queries; a file of the same name replaces the packaged one, two of one name in user folders are an error. A wrong file
is a CatalogError naming file and line.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import ValidationError

from graph.errors import CatalogError, NotFound
from queries.header import Header, QueryDefinition
from queries.lint import lint

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser where PyYAML has it: the catalog is loaded by every command."""


MAX_FILE = 64 * 1024
"""Bytes of a user's query file: six times the longest packaged one."""


class Catalog:
    """The queries by name, in alphabetical order."""

    def __init__(self, definitions: Mapping[str, QueryDefinition]) -> None:
        self._definitions = dict(sorted(definitions.items()))

    def get(self, name: str) -> QueryDefinition:
        """The query ``name``; raises NotFound, naming the nearest there is."""
        try:
            return self._definitions[name]
        except KeyError:
            near = difflib.get_close_matches(name, self._definitions, n=3, cutoff=0.5)
            raise NotFound(what={"zh": "查询", "en": "query"}, name=name, near=near) from None

    def __iter__(self) -> Iterator[QueryDefinition]:
        return iter(self._definitions.values())

    def __len__(self) -> int:
        return len(self._definitions)

    def __contains__(self, name: object) -> bool:
        return name in self._definitions


def load_catalog(extra: Sequence[Path] = ()) -> Catalog:
    """The packaged catalog and the ``*.cypher`` files of the folders ``extra``, in that order; raises CatalogError."""
    definitions = [parse(text, path, trusted=True) for path, text in packaged()]
    return Catalog({definition.name: definition for definition in (*definitions, *user_files(extra))})


def user_files(folders: Sequence[Path]) -> list[QueryDefinition]:
    """The queries of the user's folders, each checked as a packaged one is; raises CatalogError for the first wrong."""
    seen: dict[str, str] = {}
    return [parse_file(path, seen) for path in query_files(folders)]


def query_files(folders: Sequence[Path]) -> list[Path]:
    """The query files of the user's folders, in order; raises CatalogError for a folder that is not there."""
    found: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            reason = {"zh": "没有这个文件夹（ZHIZE_QUERIES）", "en": "there is no such folder (ZHIZE_QUERIES)"}
            raise CatalogError(path=str(folder), line=0, reason=reason)
        found += sorted(folder.glob("*.cypher"))
    return found


def parse_file(path: Path, seen: dict[str, str]) -> QueryDefinition:
    """One file of the user's. ``seen``, names before it and their files, gets it; a second of a name is refused."""
    definition = parse(_read(path), str(path))
    if other := seen.get(definition.name):
        raise CatalogError(
            path=str(path),
            line=1,
            reason={
                "zh": f"{other} 已有同名查询 {definition.name}，请改名或删去其一",
                "en": f"{other} is a query of the same name; rename or remove one of them",
            },
        )
    seen[definition.name] = str(path)
    return definition


def folders_of(setting: str) -> list[Path]:
    """The folders that ZHIZE_QUERIES names, separated as in PATH."""
    return [Path(part).expanduser() for part in setting.split(os.pathsep) if part.strip()]


def packaged() -> list[tuple[str, str]]:
    """Path and text of every query file of the package."""
    folder = resources.files("queries").joinpath("catalog")
    return [(f"queries/catalog/{item.name}", item.read_text(encoding="utf-8")) for item in _cypher_files(folder)]


def _cypher_files(folder: Traversable) -> list[Traversable]:
    return sorted((item for item in folder.iterdir() if item.name.endswith(".cypher")), key=lambda item: item.name)


def _read(path: Path) -> str:
    """The text of a query file; CatalogError for what is no file, too large or no UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE + 1) if path.is_file() else None
    except OSError as error:
        reason = {"zh": f"无法读取：{error.strerror}", "en": f"cannot be read: {error.strerror}"}
        raise CatalogError(path=str(path), line=0, reason=reason) from None
    if raw is None:
        raise CatalogError(path=str(path), line=0, reason={"zh": "不是文件", "en": "is no file"})
    if len(raw) > MAX_FILE:
        kib = MAX_FILE // 1024
        raise CatalogError(path=str(path), line=0, reason={"zh": f"超过 {kib} KiB", "en": f"is over {kib} KiB"})
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = {"zh": "不是 UTF-8，请以 UTF-8 另存", "en": "is not UTF-8; save it as UTF-8"}
        raise CatalogError(path=str(path), line=line, reason=reason) from None


def parse(text: str, path: str, *, trusted: bool = False) -> QueryDefinition:
    """One query file as a checked definition; ``path`` is for messages and must end in the query's name.

    ``trusted``: the statement was linted before. The packaged ones are, by a test, and every command loads them.
    """
    lines = text.splitlines()
    count = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = _header(lines[:count], path)
    cypher = "\n".join(lines[count:])
    stem = Path(path).stem
    if header.name != stem:
        raise CatalogError(path=path, line=_line_of_key(lines, "name"), reason=f"name is not the file name {stem}")
    if not trusted and (finding := lint(header, cypher)):
        line, reason = finding
        raise CatalogError(path=path, line=count + line + 1, reason=reason)
    return QueryDefinition(**dict(header), cypher=cypher.strip(), path=path)


def _header(lines: list[str], path: str) -> Header:
    source = "\n".join(re.sub(r"^// ?", "", line) for line in lines)
    if (twice := _repeated(lines)) is not None:
        key, line = twice
        raise CatalogError(path=path, line=line, reason={"zh": f"{key} 出现两次", "en": f"{key} is there twice"})
    try:
        values = yaml.load(source, Loader=_LOADER)  # noqa: S506 - both loaders are safe ones
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogError(path=path, line=line, reason=f"header is not YAML: {error.problem}") from None
    if not isinstance(values, dict):
        raise CatalogError(path=path, line=1, reason="the file must begin with a YAML header in // comments")
    try:
        return Header.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        key = str(first["loc"][0]) if first["loc"] else ""
        said = first["msg"].removeprefix("Value error, ")
        reason = f"{where}: {said}" if where else said
        raise CatalogError(path=path, line=_line_of_key(lines, key), reason=reason) from None


def _repeated(lines: list[str]) -> tuple[str, int] | None:
    """The first top-level key given again, and its line: YAML would silently take the last."""
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if match := re.match(r"// ?(\w+)\s*:", line):
            if match[1] in seen:
                return match[1], number
            seen.add(match[1])
    return None


def _line_of_key(lines: list[str], key: str) -> int:
    """Line of a top-level header key, 1 when it is not there."""
    return next((i for i, line in enumerate(lines, 1) if re.match(rf"// ?{re.escape(key)}\s*:", line)), 1)
