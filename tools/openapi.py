"""Keep the API's description in the repository, and say what a change of it breaks.

    python tools/openapi.py [--accept-breaking]        writes tests/data/openapi.json (``make openapi``)

What clients rely on may grow, not shrink: a breaking change is refused unless it is accepted by name of the option,
and belongs into CHANGELOG.md with what to do about it. The version is left out: it changes with every release.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the packages, also when run as a script without an installed project
SNAPSHOT = ROOT / "tests" / "data" / "openapi.json"

Schema = Mapping[str, Any]


def description() -> dict[str, Any]:
    """The description of the packaged API as JSON values, as the snapshot holds it."""
    from service.app import create_app
    from service.settings import Settings

    found: dict[str, Any] = json.loads(json.dumps(create_app(Settings(queries=())).openapi()))
    found["info"].pop("version")
    return found


def breaking(old: Schema, new: Schema) -> list[str]:
    """What clients of ``old`` would meet with ``new``: one line for each thing that is gone, new duty or other type."""
    return list(_routes(old, new))


def _routes(old: Schema, new: Schema) -> Iterator[str]:
    for path, operations in old["paths"].items():
        for method, before in operations.items():
            where = f"{method.upper()} {path}"
            after = new["paths"].get(path, {}).get(method)
            if after is None:
                yield f"{where}: removed"
                continue
            yield from _parameters(where, before, after)
            yield from _body(where, old, new, before, after)
            yield from _answers(where, old, new, before, after)


def _parameters(where: str, before: Schema, after: Schema) -> Iterator[str]:
    known = {(p["name"], p["in"]): p for p in before.get("parameters", [])}
    found = {(p["name"], p["in"]): p for p in after.get("parameters", [])}
    for key, was in known.items():
        if key not in found:
            yield f"{where}: parameter {key[0]} removed"
            continue
        yield from _values(f"{where}: parameter {key[0]}", was["schema"], found[key]["schema"])
    for key, parameter in found.items():
        if parameter.get("required") and not known.get(key, {}).get("required"):
            yield f"{where}: parameter {key[0]} is now required"


def _values(where: str, was: Schema, now: Schema) -> Iterator[str]:
    """A parameter takes what it took."""
    if _types(was) - _types(now):
        yield f"{where}: type {sorted(_types(was))} is now {sorted(_types(now))}"
    if now.get("enum") and (gone := set(map(str, was.get("enum", []))) - set(map(str, now["enum"]))):
        yield f"{where}: no longer takes {sorted(gone)}"
    if now.get("enum") and not was.get("enum"):
        yield f"{where}: only takes {now['enum']} now"


def _body(where: str, old: Schema, new: Schema, before: Schema, after: Schema) -> Iterator[str]:
    was, now = before.get("requestBody"), after.get("requestBody")
    if now and now.get("required") and not (was or {}).get("required"):
        yield f"{where}: a body is now required"
    if was and not now:
        yield f"{where}: takes no body any more"
    for media, content in (was or {}).get("content", {}).items():
        if now and media not in now["content"]:
            yield f"{where}: no longer takes {media}"
        elif now:
            asked = _Pair(old, new, content["schema"], now["content"][media]["schema"])
            yield from asked.differences(f"{where}: body", asked_for=True)


def _answers(where: str, old: Schema, new: Schema, before: Schema, after: Schema) -> Iterator[str]:
    for status, was in before["responses"].items():
        now = after["responses"].get(status)
        if now is None:
            yield f"{where}: no longer answers {status}"
            continue
        for header in was.get("headers", {}).keys() - now.get("headers", {}).keys():
            yield f"{where}: {status} without header {header}"
        for media, content in was.get("content", {}).items():
            if media not in now.get("content", {}):
                yield f"{where}: {status} no longer as {media}"
                continue
            pair = _Pair(old, new, content.get("schema", {}), now["content"][media].get("schema", {}))
            yield from pair.differences(f"{where}: {status}", asked_for=False)


class _Pair:
    """The schemas of one place in both descriptions, references followed."""

    def __init__(self, old: Schema, new: Schema, was: Schema, now: Schema) -> None:
        self.old, self.new = old, new
        self.was, self.now = was, now

    def differences(self, where: str, *, asked_for: bool, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """``asked_for``: of what a client sends; else of what it gets."""
        name = self.was.get("$ref", "")
        if name and name in seen:
            return
        was, now = _followed(self.old, self.was), _followed(self.new, self.now)
        if _types(was) != _types(now) and ((asked_for and _types(was) - _types(now)) or not asked_for):
            yield f"{where}: type {sorted(_types(was))} is now {sorted(_types(now))}"
            return
        if was.get("enum") and (gone := {str(one) for one in was["enum"]} - {str(one) for one in now.get("enum", [])}):
            yield f"{where}: value {sorted(gone)} removed"
        for field, inner in was.get("properties", {}).items():
            if field not in now.get("properties", {}):
                yield f"{where}: field {field} removed"
                continue
            pair = _Pair(self.old, self.new, inner, now["properties"][field])
            yield from pair.differences(f"{where}: {field}", asked_for=asked_for, seen=seen | {name})
        needed, were = set(now.get("required", [])), set(was.get("required", []))
        if asked_for and needed - were:
            yield f"{where}: {sorted(needed - were)} now required"
        if not asked_for and were - needed and was.get("properties"):
            yield f"{where}: {sorted(were - needed)} no longer always there"
        for inside in ("items", "additionalProperties"):
            if isinstance(was.get(inside), Mapping) and isinstance(now.get(inside), Mapping):
                pair = _Pair(self.old, self.new, was[inside], now[inside])
                yield from pair.differences(f"{where}[]", asked_for=asked_for, seen=seen | {name})


def _followed(description: Schema, schema: Schema) -> Schema:
    while "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _types(schema: Schema) -> frozenset[str]:
    """Types a schema allows; what it refers to by its name."""
    if "$ref" in schema:
        return frozenset({schema["$ref"]})
    found = schema.get("type", [])
    own = {found} if isinstance(found, str) else set(found)
    return frozenset(own.union(*(_types(part) for part in schema.get("anyOf", []))))


def main(accept: bool) -> int:
    """Write the snapshot; 1 when that would break clients and nobody accepted it."""
    now = description()
    broken = breaking(json.loads(SNAPSHOT.read_text(encoding="utf-8")), now) if SNAPSHOT.exists() else []
    if broken and not accept:
        print("This breaks clients; --accept-breaking writes it all the same:", *broken, sep="\n  ", file=sys.stderr)
        return 1
    SNAPSHOT.write_text(json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main("--accept-breaking" in sys.argv[1:]))
