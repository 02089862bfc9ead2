"""Which language an answer is in (``service.language``, ``service.cli.speech``)."""

from __future__ import annotations

import pytest

from service.cli.speech import Say, chosen
from service.language import accepted


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.8, zh-Hans", "zh"),
        ("zh;q=0.1,en;q=0.2", "en"),
        ("fr,en;q=0.3", "en"),
        ("fr-FR", "zh"),
        ("en;q=0", "zh"),
        ("en;q=much", "zh"),
        ("zh,en", "zh"),
        ("english", "zh"),
        ("*", "zh"),
    ],
)
def test_the_best_weighted_language_we_speak_wins(header: str, lang: str) -> None:
    """Chinese when nothing we speak is asked for."""
    assert accepted(header) == lang


def test_the_servers_own_default_can_be_english() -> None:
    """ZHIZE_LANG=en."""
    assert accepted("fr", "en") == "en"


@pytest.mark.parametrize(
    ("args", "environ", "lang"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "en_US", "LC_MESSAGES": "zh_CN"}, "zh"),
        ([], {"LANG": "en_US", "ZHIZE_LANG": "zh"}, "zh"),
        (["ask", "x", "--lang", "zh"], {"LANG": "en_US"}, "zh"),
        (["--lang=en", "ask", "x"], {"LANG": "zh_CN"}, "en"),
        (["ask", "--", "--lang", "zh"], {"LANG": "en_US"}, "en"),
        (["ask", "--lang"], {"LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_command_speaks_by_option_then_environment(args: list[str], environ: dict[str, str], lang: str) -> None:
    """--lang, ZHIZE_LANG, then the locale as POSIX orders it."""
    assert chosen(args, environ) == lang


def test_say_gives_one_of_two() -> None:
    """The pair is always written together, so neither language can be forgotten."""
    assert (Say("zh")("是", "yes"), Say("en")("是", "yes")) == ("是", "yes")
