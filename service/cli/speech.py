"""The language a command speaks, decided before anything is parsed: help texts need it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.errors import Lang


@dataclass(frozen=True, slots=True)
class Say:
    """``say("中文", "English")`` is the one of the two that is spoken."""

    lang: Lang

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en


def chosen(args: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """``--lang``, else ZHIZE_LANG, else the first set of LC_ALL, LC_MESSAGES, LANG: zh when it starts so, else en."""
    for index, arg in enumerate(args):
        if arg == "--":
            break
        if arg == "--lang" and index + 1 < len(args):
            return "zh" if args[index + 1].lower().startswith("zh") else "en"
        if arg.startswith("--lang="):
            return "zh" if arg.removeprefix("--lang=").lower().startswith("zh") else "en"
    for name in ("ZHIZE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
