"""Which language a caller reads: Chinese or English."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from graph.errors import Lang

if TYPE_CHECKING:
    from starlette.requests import Request

LANGS: tuple[Lang, ...] = get_args(Lang)


def of_request(request: Request) -> Lang:
    """``lang`` in the URL, else the best of ``Accept-Language``, else the server's setting."""
    asked = request.query_params.get("lang", "")
    for lang in LANGS:
        if asked.lower().startswith(lang):
            return lang
    settings = getattr(request.app.state, "settings", None)
    fallback: Lang = settings.lang if settings else "zh"
    return accepted(request.headers.get("accept-language", ""), fallback)


def accepted(header: str, fallback: Lang = "zh") -> Lang:
    """The language of an ``Accept-Language`` header with the highest weight, the first named among equals."""
    best: tuple[float, Lang] | None = None
    for part in header.split(","):
        name, _, weight = part.strip().partition(";")
        for lang in LANGS:
            if name.lower() == lang or name.lower().startswith(f"{lang}-"):
                quality = _quality(weight)
                if quality > 0 and (best is None or quality > best[0]):
                    best = (quality, lang)
    return best[1] if best else fallback


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
