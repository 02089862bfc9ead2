"""Help pages and usage errors (``service.cli.help``)."""

from __future__ import annotations

import click
import pytest

from service.cli.help import Formatter
from service.cli.root import COMMANDS, root
from service.cli.speech import Say
from service.cli.width import cells, wrap


def test_a_han_character_takes_two_columns() -> None:
    """Full width counts double, Latin single."""
    assert cells("职责 zhize，") == 4 + 1 + 5 + 2


@pytest.mark.parametrize("width", [4, 10, 11, 20, 200])
def test_wrapped_lines_fit_and_nothing_is_lost(width: int) -> None:
    """Every line fits (a word longer than the line, or a closing mark, may stand out), all characters remain."""
    text = "存储：embedded:路径、neo4j://主机:7687 或其他。（默认）取 ZHIZE_STORE，否则为空。"
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "，。、）" for line in lines)
    if width >= 20:
        assert max(map(cells, lines)) <= width + 2


def test_an_empty_text_is_one_empty_line() -> None:
    """Blank lines of a help text stay."""
    assert wrap("", 10) == [""]


def test_long_terms_get_a_line_of_their_own() -> None:
    """The description then starts below, in its column."""
    formatter = Formatter(width=60)
    formatter.write_dl([("--an-option-with-a-very-long-name VALUE", "说明"), ("-s", "短")])
    assert formatter.getvalue().splitlines() == [
        "--an-option-with-a-very-long-name VALUE",
        " " * 32 + "说明",
        "-s" + " " * 30 + "短",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches_in_both_languages(lang: str, name: str) -> None:
    """Usage, an example that can be pasted, every option explained; no Chinese heading in English and vice versa."""
    say = Say("zh" if lang == "zh" else "en")
    tree = root(say)
    context = click.Context(tree, info_name="zhize")
    command = tree.get_command(context, name)
    assert command is not None
    page = command.get_help(tree.context_class(command, info_name=name, parent=context))
    assert f"zhize {name} " in page
    assert say("例：", "Example") in page
    assert say("用法：", "Usage:") in page
    assert say("显示这份说明。", "Show this help.") in page
    assert say("Usage:", "用法") not in page
    assert command.short_help
    assert all(option.help for option in command.params if isinstance(option, click.Option))
