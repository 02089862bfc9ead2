"""Terms that the lexicon does not know, and the overlay that makes them known. Sentences and places are our own."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from ingest.lexicon import held
from ingest.lexicon_check import examine
from ingest.lexicon_review import Candidate, Review, overlay_text, suggestions
from ingest.lexicon_terms import Found, find_terms
from ingest.texts import SourceText

TITLE = "澜川市公安局交警支队2024年工作要点\n一、抓好事故预防\n（一）严管车辆。"


def _terms(body: str) -> list[Found]:
    return list(find_terms(f"{TITLE}{body}\n"))


def _review(*bodies: str) -> Review:
    review = Review()
    for number, body in enumerate(bodies):
        review.add(SourceText(f"{number}.txt", f"{TITLE}{body}\n"))
    return review


def _named(candidates: list[Candidate]) -> list[tuple[str, int, int]]:
    return [(c.found.term, c.count, c.documents) for c in candidates]


@pytest.mark.parametrize(
    ("body", "term", "file", "name"),
    [
        ("开展“春茶护航”专项行动。", "春茶护航", "campaigns", "春茶护航专项行动"),
        ("推进“戴盔入村”工程。", "戴盔入村", "campaigns", "戴盔入村工程"),
        ("抓好“护苗工程”。", "护苗工程", "campaigns", "护苗工程"),
        ("推行“红黄蓝”分级管理制度。", "红黄蓝", "mechanisms", "红黄蓝分级管理制度"),
        ("依托“澜行通”小程序。", "澜行通", "platforms", "澜行通小程序"),
        ("检查“茶青”车辆。", "茶青", "vehicles", "茶青车辆"),
        ("劝导“候鸟”人群。", "候鸟", "persongroups", "候鸟人群"),
        ("查处“野路子”违法行为。", "野路子", "violations", "野路子"),
        ("喊响“慢一秒”。", "慢一秒", "abbreviations", "慢一秒"),
    ],
)
def test_quoted_names_by_their_head_nouns(body: str, term: str, file: str, name: str) -> None:
    """What stands after the quotes, or ends the term, says what kind of thing it is; offsets are those of the text."""
    (found,) = _terms(body)
    assert (found.term, found.why, found.file, found.name) == (term, "quoted", file, name)
    assert f"{TITLE}{body}"[found.start : found.end] == term


@pytest.mark.parametrize(
    "body",
    [
        "开展“一盔一带”专项行动。",
        "深化“放管服”改革。",
        "督促“营转非”大客车退出。",
        "落实《“春茶护航”行动方案》。",
        "坚持“人民至上”理念。",
        "开展“夏季治安打击”整治行动。",
        "做到“看得见、管得住”。",
        "牢记“看得见，管得住”要求。",
        "强化“勤务跟着事故走”的思路，逐一抓好落实。",
    ],
)
def test_what_is_known_or_no_name_is_not_shown(body: str) -> None:
    """Entries, parts of entries, titles of documents, set phrases and sentences."""
    assert [f.term for f in _terms(body) if f.head or len(f.term) > 10] == []


@pytest.mark.parametrize(
    ("body", "term", "why", "type", "name"),
    [
        ("由县护苗局负责检查。", "护苗局", "unsure", "stem", "护苗"),
        ("做强考试业务监管中心。", "考试业务监管中心", "refused", "stem", "考试业务监管"),
        ("走访各平台公司。", "平台公司", "refused", "word", "平台公司"),
        ("对接有关检测站。", "检测站", "refused", "", ""),
        ("由护苗大队负责。", "护苗大队", "unsure", "stem", "护苗"),
        ("约谈道路运输管理机构。", "道路运输管理机构", "refused", "word", "道路运输管理机构"),
    ],
)
def test_bodies_that_were_not_read_for_sure(body: str, term: str, why: str, type: str, name: str) -> None:
    """Without place, level, verb and determiner; a bare last word tells nothing."""
    found = [(f.term, f.why, f.type, f.name) for f in _terms(body)]
    assert found == ([(term, why, type, name)] if name else [])


def test_items_of_owner_lists_that_nothing_knows_are_shown() -> None:
    (found,) = _terms("检查校车。\n责任单位：县教育局、护苗先锋\n")
    assert (found.term, found.why, found.type) == ("护苗先锋", "unsure", "stem")


@pytest.mark.parametrize(
    "body",
    [
        "由市公安局牵头，县教育局配合。",
        "工作布局合理，业务大厅整洁，按照决策部署抓落实。",
        "坚持以人民为中心，逐一交办、查办。",
        "有关部门、哪些部门参与。",
        "县级以上道安委办公室统筹。",
        "第三中心、12个站所。",
        "年底前劝导站达标。",
    ],
)
def test_what_looks_like_a_body_and_is_none_is_not_shown(body: str) -> None:
    assert _terms(body) == []


def test_bodies_where_nothing_is_extracted_are_not_shown() -> None:
    """The grammar reads 禾丰县教育局: that a navigation line is passed over tells nothing of the lexicon."""
    assert _terms("检查校车。\n\n上一篇：禾丰县教育局工作总结\n下一篇：交警中队述职报告\n") == []


def test_terms_are_counted_over_documents_most_frequent_first() -> None:
    review = _review(
        "开展“春茶护航”行动，抓好“春茶护航”行动。走访平台公司。", "开展“春茶护航”行动。走访平台公司。", "走访茶业公司。"
    )
    assert _named(review.candidates(2)) == [("春茶护航", 3, 2), ("平台公司", 2, 2)]
    assert _named(review.candidates(1, ["units"])) == [("平台公司", 2, 2), ("茶业公司", 1, 1)]
    first = review.candidates(2)[0]
    assert first.source == "0.txt"
    assert first.sentence.startswith("（一）严管车辆") or "春茶护航" in first.sentence


def test_a_quoted_term_without_a_head_noun_is_shown_when_it_comes_again() -> None:
    assert _named(_review("喊响“慢一秒”。").candidates(1)) == []
    assert _named(_review("喊响“慢一秒”。", "记住“慢一秒”。").candidates(1)) == [("慢一秒", 2, 2)]


BODIES = (
    "开展“春茶护航”专项行动。推行“红黄蓝”分级管理制度。查处“野路子”违法行为。喊响“慢一秒”。依托“澜行通”小程序。",
    "记住“慢一秒”。做强考试业务监管中心，由东屿区网办中心、县护苗办、县护苗委负责，走访平台公司。由护苗大队负责。",
)


def _overlay(folder: Path, review: Review) -> None:
    for file in suggestions(review.candidates(1)):
        content = overlay_text(suggestions(review.candidates(1, [file])))
        (folder / f"{file}.yaml").write_text(content, encoding="utf-8")


def test_the_printed_entries_are_an_overlay_that_makes_the_terms_known(tmp_path: Path) -> None:
    """Pasted as printed they are sound, and the same texts bring none of them again."""
    before = _review(*BODIES)
    assert len(before.candidates(1)) > 8
    _overlay(tmp_path, before)
    found = examine(tmp_path)
    assert found.findings == ()
    with held(found.known):
        assert _named(_review(*BODIES).candidates(1)) == []


def test_suggested_entries_are_unsure_and_say_where_they_come_from(tmp_path: Path) -> None:
    """Nothing follows from an entry that nobody has looked at."""
    _overlay(tmp_path, _review(*BODIES))
    packaged = {id(e) for listed in examine(None).known.files.values() for e in listed}
    new = [e for f in examine(tmp_path).known.files.values() for e in f if e.source == "review"]
    assert len(new) > 8
    assert packaged
    assert not any(e.sure for e in new)


def test_one_stem_before_several_last_words_is_one_entry() -> None:
    (_, fields), *_ = suggestions(_review(BODIES[1]).candidates(1, ["units"]))["units"][-1:]
    stems = {f["name"]: f for _, f in suggestions(_review(BODIES[1]).candidates(1, ["units"]))["units"]}
    assert sorted(stems["护苗"]["only"]) == ["办", "大队", "委"]
    assert fields["id"].startswith("review.")


def test_a_field_that_also_stands_without_a_last_word_stands_anywhere() -> None:
    """护苗 among other fields (教育、护苗、公安等部门) and in 护苗办: one entry, not bound to 办."""
    review = _review("由县护苗办负责。会同教育、护苗、公安等部门检查校车。")
    (entry,) = [fields for _, fields in suggestions(review.candidates(1))["units"]]
    assert entry["name"] == "护苗"
    assert "only" not in entry


def test_several_files_are_several_documents() -> None:
    """They cannot be pasted into one file by mistake: a second document is refused."""
    text = overlay_text(suggestions(_review(*BODIES).candidates(1)))
    documents = list(yaml.safe_load_all(text))
    assert len(documents) == text.count("# ") - text.count("  # ")
    assert all(set(d) == {"defaults", "add"} for d in documents)


def test_an_ignored_term_does_not_come_again(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text("extend: {ignored: {aliases: [平台公司, 慢一秒]}}", encoding="utf-8")
    with held(examine(tmp_path).known):
        terms = {term for term, _, _ in _named(_review(*BODIES).candidates(1))}
    assert "网办中心" in terms
    assert not terms & {"平台公司", "慢一秒"}


def test_ids_of_terms_that_sound_alike_differ() -> None:
    listed = suggestions(_review("开展“春茶护航”行动。开展“纯茶护航”行动。").candidates(1))["campaigns"]
    assert [fields["id"] for _, fields in listed] == ["review.chun-cha-hu-hang", "review.chun-cha-hu-hang-2"]


def test_ids_are_short_and_always_there() -> None:
    """A long name is cut, a term of signs alone has an id as well."""
    listed = suggestions(_review("开展“一二三四五六七八”行动。开展“++”行动。").candidates(1))["campaigns"]
    assert [fields["id"] for _, fields in listed] == ["review.term", "review.yi-er-san-si-wu-liu"]


def test_only_so_many_distinct_terms_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nonsense does not fill the memory; that something was left out is known."""
    monkeypatch.setattr("ingest.lexicon_review.MAX_TERMS", 2)
    review = _review("开展“甲乙”行动、“丙丁”行动、“戊己”行动，抓好“甲乙”行动。")
    assert _named(review.candidates(1)) == [("甲乙", 2, 1), ("丙丁", 1, 1)]
    assert review.truncated


@pytest.mark.parametrize("unit", ["“甲乙丙丁戊", "”行动“", "县市区局委办中心", "严管查处推动做强", "“", "公司"])
def test_the_cost_is_linear(unit: str) -> None:
    """Texts made to confuse cost eight times as much when they are eight times as long, not sixty-four."""

    def seconds(size: int) -> float:
        text = f"{TITLE}{unit * (size // len(unit))}\n"
        started = time.perf_counter()
        list(find_terms(text))
        return time.perf_counter() - started

    seconds(500)
    assert seconds(8_000) < 24 * max(seconds(1_000), 0.02)
