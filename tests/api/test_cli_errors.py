"""What the command says when it is used wrongly or cannot work: one sentence, the right exit code, both languages."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.api.cli import Done, environment, in_process, zhize


@dataclass(frozen=True)
class Shell:
    """A folder, and commands run in it within this process."""

    folder: Path

    def __call__(self, *args: str, **more: str) -> Done:
        return in_process(*args, cwd=self.folder, **more)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nix"], "nix"),
        (["ask"], "问题"),
        (["ask", "a", "b"], "b"),
        (["ask", "x", "--limit", "0"], "--limit"),
        (["ask", "x", "--limt", "1"], "--limt"),
        (["--lang", "fr", "ask", "x"], "--lang"),
        (["query", "units-owning-task", "一盔一带"], "键=值"),
        (["ingest"], "路径"),
        (["ingest", ""], "路径是空的"),
        (["serve", "--port", "70000"], "--port"),
    ],
)
def test_wrong_use_is_one_sentence_that_says_where_to_read_on(shell: Shell, args: list[str], said: str) -> None:
    """Exit code 2, the wrong part named, a pointer to the help; nothing is made in the folder."""
    done = shell(*args)
    assert done.code == 2
    assert said in done.sentence
    assert "--help" in done.sentence
    assert done.out == ""
    assert list(shell.folder.iterdir()) == []


@pytest.mark.parametrize(
    "command", [["ask", "谁负责？"], ["query", "statistics"], ["documents"], ["doctor"], ["remove", "x.txt"]]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reading_a_store_that_is_not_there_says_how_to_make_one(shell: Shell, command: list[str], lang: str) -> None:
    """A mistyped path is not quietly answered from an empty graph, and no empty store is left behind."""
    done = shell(*command, "--store", "embedded:./typo", "--lang", lang)
    assert done.code == 1
    assert "typo" in done.sentence
    assert "zhize ingest" in done.sentence
    assert ("还没有" in done.sentence) == (lang == "zh")
    assert list(shell.folder.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["nothing", "http://localhost:7687", "embedded:", "neo4j://", "mysql://u:secret@host/x"]
)
@pytest.mark.parametrize("command", [["ask", "谁负责？"], ["ingest", "."], ["serve"]])
def test_an_unknown_store_url_names_the_forms_there_are(shell: Shell, url: str, command: list[str]) -> None:
    """Whatever the command, by option; a password in the URL is not repeated."""
    done = shell(*command, "--store", url)
    assert done.code == 1
    assert "neo4j://" in done.sentence
    assert "embedded:" in done.sentence
    assert "secret" not in done.sentence


def test_the_store_can_come_from_the_environment_and_the_option_wins(shell: Shell) -> None:
    """ZHIZE_STORE, then --store, which may stand before or after the command."""
    for args, said in (
        (["doctor"], "one"),
        (["doctor", "--store", "embedded:./two"], "two"),
        (["--store", "embedded:./three", "doctor"], "three"),
        (["--store", "embedded:./three", "doctor", "--store", "embedded:./four"], "four"),
    ):
        assert said in shell(*args, ZHIZE_STORE="embedded:./one").sentence


def test_neo4j_down_names_the_address_and_the_remedy(shell: Shell) -> None:
    """Nothing listens there: said within the connection's patience, not after minutes."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    done = shell("doctor", "--store", f"neo4j://127.0.0.1:{port}")
    assert done.code == 1
    assert str(port) in done.sentence
    assert "ZHIZE_STORE" in done.sentence


def test_a_wrong_password_names_the_user_and_the_settings(shell: Shell, neo4j_url: str) -> None:
    """The password itself is not shown."""
    done = shell("doctor", "--store", neo4j_url, ZHIZE_NEO4J_USER="neo4j", ZHIZE_NEO4J_PASSWORD="wrong-one")
    assert done.code == 1
    assert "ZHIZE_NEO4J_PASSWORD" in done.sentence
    assert "wrong-one" not in done.sentence


def test_a_damaged_pdf_is_said_once_and_by_name(tmp_path: Path) -> None:
    """The PDF library's own remarks do not stand beside the report."""
    (tmp_path / "计划.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    done = zhize("ingest", "计划.pdf", "--lang", "zh", cwd=tmp_path)
    assert done.code == 1
    assert "不是完好的 .pdf 文件" in done.out
    assert done.err == ""


def test_an_unknown_query_names_the_nearest(shell: Shell) -> None:
    """A mistyped name."""
    done = shell("query", "unit-owning-task")
    assert done.code == 1
    assert "units-owning-task" in done.sentence


def test_a_port_in_use_is_one_sentence(shell: Shell) -> None:
    """The address and the way out."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        done = shell("serve", "--port", str(port))
    assert done.code == 1
    assert done.sentence.count(str(port)) == 1
    assert f"127.0.0.1:{port}" in done.sentence
    assert "--port" in done.sentence


@pytest.mark.parametrize(
    ("args", "more", "said"),
    [
        (["--host", "0.0.0.0"], {}, "ZHIZE_API_KEY"),
        (["--host", "0.0.0.0"], {"ZHIZE_API_KEY": "k" * 31}, "31"),
        ([], {"ZHIZE_API_KEY": "short"}, "ZHIZE_API_KEY"),
        (["--workers", "2"], {}, "--workers"),
        (["--host", "192.0.2.1"], {"ZHIZE_API_KEY": "k" * 32}, "192.0.2.1"),
        (["--host", "no.such.host.invalid"], {"ZHIZE_API_KEY": "k" * 32}, "no.such.host.invalid"),
        ([], {"ZHIZE_PORT": "http"}, "ZHIZE_PORT"),
        ([], {"ZHIZE_QUERIES": "./nothing"}, "nothing"),
    ],
)
def test_serve_refuses_what_would_be_unsafe_or_cannot_work(
    shell: Shell, args: list[str], more: dict[str, str], said: str
) -> None:
    """Before anything listens; the short key is not repeated."""
    done = shell("serve", *args, **more)
    assert done.code == 1
    assert said in done.sentence
    assert "short" not in done.sentence


def test_a_reader_that_leaves_early_ends_the_command_without_a_word(tmp_path: Path) -> None:
    """``zhize … | head``."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as gone:
        done = subprocess.run(
            [sys.executable, "-m", "service.cli", "query", "--list"],
            cwd=tmp_path,
            env=environment(),
            stdout=gone,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.stderr == ""
    assert done.returncode == 1


def test_ctrl_c_ends_a_command_in_one_line(tmp_path: Path) -> None:
    """130 and no traceback, here while waiting for a store that never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "doctor", "--store", f"neo4j://127.0.0.1:{silent.getsockname()[1]}"],
            cwd=tmp_path,
            env=environment(ZHIZE_CONNECT_TIMEOUT="60"),
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        silent.settimeout(60)
        connection, _ = silent.accept()
        with connection:
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.strip() == "已中止。"


@pytest.mark.parametrize("encoding", ["ascii", "gb2312", "utf-8"])
def test_output_never_fails_over_a_character(tmp_path: Path, encoding: str) -> None:
    """A locale that cannot show Chinese does not stop a command; piped output is UTF-8."""
    done = zhize("--lang", "zh", "--help", cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.code == 0
    assert "职责" in done.out
