"""``zhize lexicon``: what a person sees, what a program reads, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from ingest.lexicon import OVERLAY_VARIABLE
from service.cli.entry import run
from service.cli.speech import Say

PLAN = (
    "澜川市公安局交警支队2024年工作要点\n一、抓好事故预防\n"
    "（一）严管车辆。开展“春茶护航”行动，检查茶青运输车、僵尸车，走访平台公司，由网办中心负责。\n"
    "（二）加强宣传。持续开展“春茶护航”行动，走访平台公司。\n"
)


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(OVERLAY_VARIABLE, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "要点.txt").write_text(PLAN, encoding="utf-8")
    return folder


@pytest.fixture
def words(papers: Path) -> Path:
    """A sound overlay beside the papers."""
    folder = papers.parent / "词表"
    folder.mkdir()
    (folder / "vehicles.yaml").write_text(
        "defaults: {source: 澜川市口径}\n"
        "add: [{id: tea, name: 茶运车, aliases: [茶青运输车], parent: 货车}]\n"
        "disable: [zombie]\n",
        encoding="utf-8",
    )
    return folder


def _run(*args: str, lang: str = "zh") -> int:
    return run(["lexicon", *args], Say("zh" if lang == "zh" else "en"))


def test_the_packaged_knowledge_is_found_sound(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("check") == 0
    first, last = capsys.readouterr().out.splitlines()
    assert "个条目" in first
    assert last == "✓ 未发现问题。"


def test_a_change_is_shown_with_counts_and_places(words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What comes, what goes, and which new names never show."""
    assert _run("check", "词表", "--texts", "文件") == 0
    shown = capsys.readouterr().out
    row = next(line for line in shown.splitlines() if line.startswith("VehicleClass"))
    assert row.replace("│", " ").split() == ["VehicleClass", "1", "1", "1", "1", "0"]
    assert "+ VehicleClass 茶青运输车 → 茶运车  要点.txt [" in shown
    assert "- VehicleClass 僵尸车  要点.txt [" in shown
    assert "2 个名称中有 1 个没有出现：" in shown
    assert "茶运车 (vehicles tea)" in shown


def test_a_name_that_changes_is_shown_with_what_it_was(words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (words / "vehicles.yaml").write_text("extend: {zombie: {name: 长停车, aliases: [僵尸车]}}", encoding="utf-8")
    assert _run("check", "词表", "--texts", "文件", lang="en") == 0
    assert "~ VehicleClass 僵尸车 → 长停车 (僵尸车)  要点.txt [" in capsys.readouterr().out


def test_a_change_without_new_names_lists_none(words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (words / "vehicles.yaml").write_text("disable: [zombie]", encoding="utf-8")
    assert _run("check", "词表", "--texts", "文件") == 0
    assert "没有出现" not in capsys.readouterr().out


def test_texts_without_a_change_say_so(words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (words / "vehicles.yaml").write_text("disable: [crane]", encoding="utf-8")
    assert _run("check", "词表", "--texts", "文件", lang="en") == 0
    assert "What is found does not change." in capsys.readouterr().out


def test_without_an_overlay_the_names_that_never_show_are_counted(
    papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And a few of them named; there is nothing to compare."""
    assert _run("check", "--texts", "文件", lang="en") == 0
    shown = capsys.readouterr().out
    assert "does not change" not in shown
    assert " names do not show in them:" in shown
    assert "more (--json)" in shown


def test_the_folder_of_the_environment_is_checked(
    words: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(OVERLAY_VARIABLE, str(words))
    assert _run("check", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert told["folder"] == str(words)
    assert told["entries"]["vehicles"] > 100
    assert told["change"] is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_errors_end_with_one_and_warnings_with_nought(
    words: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    """Each on a line, with file and entry, in the language spoken."""
    path = words / "vehicles.yaml"
    path.write_text("defaults: {source: 样}\nadd: [{id: x, name: 样车, aliases: [车]}]", encoding="utf-8")
    assert _run("check", "词表", lang=lang) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[1].startswith("! vehicles.yaml x")
    path.write_text("defaults: {source: 样}\nadd: [{id: x, name: 客车}]\ndisable: [nobody]", encoding="utf-8")
    assert _run("check", "词表", lang=lang) == 1
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line[0] for line in lines] == ["✗", "✗"]
    assert ("没有这个条目可停用" in lines[0]) == (lang == "zh")
    assert "passenger" in lines[1]


def test_a_text_that_cannot_be_read_is_told_and_ends_with_one(words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("check", "词表", "--texts", "文件", "--texts", "没有.txt", "--json") == 1
    said = capsys.readouterr()
    assert "没有.txt" in said.err
    change = json.loads(said.out)["change"]
    assert [c["type"] for c in change["types"]] == ["VehicleClass"]
    assert change["types"][0]["examples_added"][0]["text"] == "茶青运输车"
    assert change["unmatched"] == [{"file": "vehicles", "entry": "tea", "name": "茶运车"}]


def test_unknown_terms_are_listed_with_count_place_and_entry(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("review", "文件") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 次（1 份文件）春茶护航：引号中的词，现读作 Campaign"
    assert "要点.txt [" in lines[1]
    assert "春茶护航" in lines[1]
    assert lines[2].strip() == (
        "campaigns.yaml: - {id: review.chun-cha-hu-hang, type: known, name: 春茶护航行动, aliases: [“春茶护航”行动]}"
    )
    assert lines[3].startswith("2 次（1 份文件）平台公司：像机构而未读出")
    assert len(lines) == 6


def test_a_lower_count_and_one_file(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("review", "文件", "--min-count", "1", "--only", "units.yaml", lang="en") == 0
    shown = capsys.readouterr().out
    assert "2 × in 1 document, 平台公司: like a body, and not read\n" in shown
    assert "1 × in 1 document, 网办中心: " in shown
    assert "春茶护航：" not in shown


def test_the_yaml_is_an_overlay(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("review", "文件", "--only", "units", "--yaml") == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# units.yaml\n")
    (entry,) = yaml.safe_load(printed)["add"]
    assert (entry["type"], entry["name"]) == ("word", "平台公司")
    (papers.parent / "units.yaml").write_text(printed, encoding="utf-8")
    assert _run("check", ".") == 0


def test_the_json_has_everything(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("review", "文件", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["documents"], told["truncated"]) == (1, False)
    first = told["terms"][0]
    assert (first["term"], first["file"], first["count"], first["read"]) == ("春茶护航", "campaigns", 2, "Campaign")
    assert PLAN[first["start"] : first["end"]] == "春茶护航"
    assert first["entry"]["name"] == "春茶护航行动"


def test_one_entry_for_two_terms_is_shown_once(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """护苗办 and 护苗大队 share a stem: the second is listed without an entry of its own."""
    body = "由县护苗办、县护苗办、护苗大队负责。护苗大队获评先进。"
    (papers / "要点.txt").write_text(f"澜川市公安局交警支队2024年工作要点\n一、抓好预防\n{body}\n", encoding="utf-8")
    assert _run("review", "文件") == 0
    shown = capsys.readouterr().out
    assert shown.count("units.yaml: - {") == 1
    assert "护苗大队：" in shown


def test_nothing_unknown_is_said(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("review", "文件", "--min-count", "9") == 0
    assert capsys.readouterr().out == "没有词表之外的词达到这个次数。\n"
    assert _run("review", "文件", "--min-count", "9", "--yaml") == 0
    assert capsys.readouterr().out == ""


def test_a_long_sentence_is_cut_around_the_term(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"澜川市2024年工作要点\n一、抓好预防\n{'加强巡查，' * 30}走访平台公司、走访平台公司{'，加强巡查' * 30}。\n"
    (papers / "要点.txt").write_text(text, encoding="utf-8")
    assert _run("review", "文件") == 0
    place = capsys.readouterr().out.splitlines()[1]
    assert place.strip().startswith("…")
    assert "平台公司" in place
    assert "…  要点.txt [" in place


def test_too_many_terms_are_told(
    papers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ingest.lexicon_review.MAX_TERMS", 1)
    assert _run("review", "文件", "没有.txt") == 1
    assert "没有.txt" in (said := capsys.readouterr()).err
    assert "不同的词太多" in said.err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("review", "文件", "--yaml", "--json"), "只能用一个"),
        (("review", "文件", "--only", "stop"), "没有知识文件 stop"),
        (("review",), "缺少"),
        (("polish",), "没有命令 polish"),
    ],
)
def test_wrong_use_is_explained(
    papers: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], says: str
) -> None:
    assert _run(*args) == 2
    assert says in capsys.readouterr().err
