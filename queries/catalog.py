"""The query catalog: every ``NAME.cypher`` of the package and of the user's folders, checked when loaded.

A file is a YAML header in leading ``//`` comments and one read-only statement. User folders come after the packaged
queries; a file of the same name replaces the packaged one. A wrong file is a CatalogError naming file and line.
"""

from __future__ import annotations

import difflib
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
    for folder in extra:
        if not folder.is_dir():
            raise CatalogError(path=str(folder), line=0, reason="no such folder")
        definitions += [parse(_read(path), str(path)) for path in sorted(folder.glob("*.cypher"))]
    return Catalog({definition.name: definition for definition in definitions})


def packaged() -> list[tuple[str, str]]:
    """Path and text of every query file of the package."""
    folder = resources.files("queries").joinpath("catalog")
    return [(f"queries/catalog/{item.name}", item.read_text(encoding="utf-8")) for item in _cypher_files(folder)]


def _cypher_files(folder: Traversable) -> list[Traversable]:
    return sorted((item for item in folder.iterdir() if item.name.endswith(".cypher")), key=lambda item: item.name)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(path=str(path), line=0, reason=str(error)) from None


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
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise CatalogError(path=path, line=_line_of_key(lines, key), reason=reason) from None


def _line_of_key(lines: list[str], key: str) -> int:
    """Line of a top-level header key, 1 when it is not there."""
    return next((i for i, line in enumerate(lines, 1) if re.match(rf"// ?{re.escape(key)}\s*:", line)), 1)
