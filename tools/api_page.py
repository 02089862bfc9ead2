"""docs/api.md: every route with its parameters and examples, and every error code, from the API's own description."""

from __future__ import annotations

import json
import re
from typing import Any

from tools.markdown import HEADING, table


def api_page() -> str:
    from service.app import create_app
    from service.settings import Settings

    paths = create_app(Settings(queries=())).openapi()["paths"]
    routes = [(method.upper(), path, found) for path, methods in paths.items() for method, found in methods.items()]
    rows = ((method, f"[`{path}`](#{_anchor(method, path)})", _does(found)) for method, path, found in routes)
    text = ["# REST\n", HEADING, *API_INTRODUCTION, "## Routes\n", table(("method", "path", "does"), rows)]
    shown: set[str] = set()
    for method, path, found in routes:
        text += [f"### {method} {path}\n", found.get("description", "").strip() + "\n"]
        if parameters := found.get("parameters"):
            text.append(table(("parameter", "in", "type", "example", "meaning"), map(_parameter, parameters)))
        # Answers of the catalog and of the analyses are alike but for their columns, which have pages of their own.
        family = path.removeprefix("/api/v1/").partition("/")[0] if "{" not in path else ""
        if family not in ("queries", "analytics") or family not in shown or path.endswith(family):
            text += _examples(found)
        shown |= {family} if not path.endswith((family, "schema.json")) else set()
    return "\n".join([*text, "## Error codes\n", *_errors()])


API_INTRODUCTION = (
    "A running service describes itself at `/openapi.json` (OpenAPI 3.1) and shows that at `/docs`, without any",
    "outside help. What the description promises is kept: a test compares it with the committed one.\n",
    "- **Keys**: `Authorization: Bearer KEY` or `X-API-Key: KEY`; none is needed on the server's own machine.",
    "- **Pages**: lists have `limit` and `next`; send `next` back as `cursor`, with the same parameters, for the page",
    "  after. `next` is null on the last page.",
    "- **Caching**: documents, catalog, ontology, error codes and the description have an `ETag`; send it back as",
    "  `If-None-Match` and an unchanged answer is 304 without a body. Nothing else is to be kept.",
    "- **Reading your own writes**: the answer to a change has `Zhize-Bookmark`; a request that sends it back reads at",
    "  least that state, whichever process of whichever cluster member answers. It may be sent to any store.",
    "- **Offsets** are code points of the text that `/documents/{id}/text` gives.",
    "- **Errors** are `application/problem+json` (RFC 9457) with a stable `code`, listed below, and a `hint`.",
    "- **Strict**: an unknown parameter, one given twice, an address over 16 KiB or one that is no UTF-8 is refused.",
    "- `HEAD` works wherever `GET` does, `OPTIONS` says what does; addresses do not end in `/`.\n",
)


def _anchor(method: str, path: str) -> str:
    """The heading's anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", f"{method} {path}".lower()).replace(" ", "-")


def _parameter(found: dict[str, Any]) -> tuple[str, str, str, str, str]:
    schema = found["schema"]
    kinds = [part.get("type", "") for part in schema.get("anyOf", [schema])]
    types = " | ".join(map(str, schema["enum"])) if "enum" in schema else ", ".join(k for k in kinds if k != "null")
    need = ", required" if found.get("required") else ""
    example = found["example"] if "example" in found else schema["examples"][0]
    value = example if isinstance(example, str) else json.dumps(example)
    return f"`{found['name']}`", found["in"], types + need, f"`{value}`", found.get("description", "")


def _examples(operation: dict[str, Any]) -> list[str]:
    """The example of the body and of the answer."""
    parts = [("Body", operation["requestBody"])] if "requestBody" in operation else []
    parts += [(f"Answers {status}", found) for status, found in operation["responses"].items() if status[0] == "2"]
    text = []
    for title, part in parts:
        for media, content in part.get("content", {}).items():
            example = content["example"]
            shown = example.replace("\r\n", "\n") if isinstance(example, str) else _json(example)
            language = "json" if "json" in media else "text"
            text += [f"{title}, `{media}`:\n", f"```{language}\n{shown.rstrip()}\n```\n"]
    return text


def _json(value: object) -> str:
    """One member a line, each as short as it can be."""
    members = value.items() if isinstance(value, dict) else ()
    lines = (f"  {json.dumps(name)}: {json.dumps(inner, ensure_ascii=False)}" for name, inner in members)
    return "{\n" + ",\n".join(lines) + "\n}"


def _errors() -> list[str]:
    from service.error_codes import error_codes

    found = error_codes().values()
    rows = ((f"`{e.code}`", str(e.status), f"{e.meaning['zh']} {e.meaning['en']}", e.hint["en"]) for e in found)
    return [
        "Also as data: `GET /api/v1/errors`. Every problem has `type` (`urn:zhize:error:CODE`), `title`, `status`,",
        "`detail`, `code`, `hint`, `instance`, `request_id`, and what `detail` was made of.\n",
        table(("code", "status", "means", "what to do"), rows),
    ]


def _does(operation: dict[str, str]) -> str:
    return operation.get("description", "").split("\n")[0] or operation.get("summary", "")
