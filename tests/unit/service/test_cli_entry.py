"""What a command says when it ends badly (``service.cli.entry``)."""

from __future__ import annotations

import click
import pytest

from graph.errors import NotFound
from service.cli import entry
from service.cli.entry import explained, main, run
from service.cli.speech import Say

ZH, EN = Say("zh"), Say("en")


@pytest.mark.parametrize(
    ("error", "zh", "en", "code"),
    [
        (click.ClickException("x"), "x", "x", 1),
        (click.UsageError("odd"), "odd。用法见 zhize --help。", "odd. See zhize --help.", 2),
        (
            click.BadParameter("odd"),
            " 的值不对：odd。用法见 zhize --help。",
            "Invalid value: odd. See zhize --help.",
            2,
        ),
        (click.Abort(), "已中止。", "Stopped.", 130),
        (KeyboardInterrupt(), "已中止。", "Stopped.", 130),
        (NotFound(what={"zh": "查询", "en": "query"}, name="x"), "没有名为 x 的查询。", "No query named x.", 1),
        (
            NotFound(what={"zh": "查询", "en": "query"}, name="x", near=["a", "b"]),
            "没有名为 x 的查询。相近的有：a、b。",
            "No query named x. Near it: a, b.",
            1,
        ),
        (
            OSError(28, "No space left"),
            "系统拒绝了操作：[Errno 28] No space left",
            "The system refused: [Errno 28] No space left",
            1,
        ),
    ],
)
def test_an_error_is_one_sentence_and_an_exit_code(error: BaseException, zh: str, en: str, code: int) -> None:
    """In either language."""
    assert explained(error, ZH) == (zh, code)
    assert explained(error, EN) == (en, code)


def test_a_defect_says_that_it_is_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line that names it and how to see more; with ZHIZE_DEBUG the traceback itself."""

    def broken(say: Say) -> click.Group:
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr(entry, "root", broken)
    assert run(["ask", "x"], EN) == 1
    said = capsys.readouterr().err
    assert "deep inside" in said
    assert "ZHIZE_DEBUG=1" in said
    assert said.count("\n") == 1
    monkeypatch.setenv("ZHIZE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(["ask", "x"], EN)


def test_the_command_leaves_with_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """main is what the installed command calls: arguments from the process, language from the environment."""
    monkeypatch.setenv("ZHIZE_LANG", "en")
    monkeypatch.setattr("sys.argv", ["zhize", "nix"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert capsys.readouterr().err == "No such command 'nix'. See zhize --help.\n"
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
