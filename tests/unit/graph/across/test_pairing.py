"""Which documents have to do with each other, and that each finds the other by a key."""

from __future__ import annotations

from itertools import permutations

import pytest

from graph.across.links import links_between, own_links
from graph.across.pairing import (
    beneath,
    follows,
    is_text_of,
    keys_of,
    lookups_of,
    named_in,
    one_series,
    repeal_lookups,
    reports_on,
    same_place,
    supersedes,
    tasks_compared,
)
from graph.across.record import DocumentRecord
from graph.across.validity import Validity, validity_of
from graph.models import KNOWLEDGE
from tests.unit.graph.across.records import CITY, COUNTY, citation, figure, record, task

PLAN = record(
    "禾丰县公安局交警大队2024年工作要点", tasks=(task("开展酒驾夜查"),), targets=(figure("酒驾夜查", 30, "次"),)
)
LAST = record("禾丰县公安局交警大队2023年工作要点", year=2023, tasks=(task("开展酒驾夜查"),))
ABOVE = record("澜川市公安局交警支队2024年工作要点", path=CITY, tasks=(task("开展酒驾夜查"),))
REPORT = record("禾丰县公安局交警大队2024年工作总结", "summary", results=(figure("酒驾夜查", 32, "次"),))


def test_a_place_is_its_path() -> None:
    """A bare name is the place whose parent it names; a redacted one is nobody's."""
    full, bare = record("甲"), record("乙", path=("禾丰县",), places=("澜川市", "禾丰县"))
    assert same_place(full, bare)
    assert not same_place(full, record("丙", path=("禾丰县",), places=("朔原市", "禾丰县")))
    assert not same_place(full, record("丁", path=("清越省", "朔原市", "禾丰县")))
    assert not same_place(full, record("戊", path=()))


def test_beneath_is_within_the_place() -> None:
    assert beneath(PLAN, ABOVE)
    assert not beneath(ABOVE, PLAN)
    assert not beneath(PLAN, LAST)
    assert not beneath(PLAN, record("甲", path=()))
    assert beneath(record("乙", path=("禾丰县",), places=("澜川市", "禾丰县")), ABOVE)
    assert not beneath(
        record("丙", path=("澜川市",), places=("澜川市", "禾丰县")), record("丁", path=("澜川市", "禾丰县"))
    )


def test_next_year_follows_in_one_series() -> None:
    assert follows(PLAN, LAST)
    assert not follows(LAST, PLAN)
    assert not follows(PLAN, record("禾丰县2023年“一盔一带”行动方案", year=2023))
    assert not one_series(PLAN, record("禾丰县教育局2023年工作要点", year=2023, authority="教育"))


def test_tasks_of_years_and_levels_are_compared() -> None:
    assert tasks_compared(PLAN, LAST)
    assert tasks_compared(PLAN, ABOVE)
    assert not tasks_compared(LAST, PLAN)
    assert not tasks_compared(PLAN, REPORT)
    assert not tasks_compared(PLAN, record("禾丰县公安局交警大队2021年工作要点", year=2021))
    special = record("澜川市2024年“雷霆”行动方案", path=CITY)
    assert not tasks_compared(PLAN, special)
    assert tasks_compared(record("禾丰县2024年夜查方案", citations=(citation("澜川市2024年“雷霆”行动方案"),)), special)


def test_results_answer_targets_of_their_place_authority_and_time() -> None:
    assert reports_on(REPORT, PLAN)
    assert not reports_on(REPORT, record("望岭县工作要点", path=("清越省", "望岭县"), targets=PLAN.targets))
    assert not reports_on(REPORT, record("禾丰县教育局工作要点", authority="教育", targets=PLAN.targets))
    assert reports_on(REPORT, record("禾丰县交安委要点", authority="coordination_body", targets=PLAN.targets))
    assert not reports_on(REPORT, record("禾丰县要点", year=2025, targets=PLAN.targets))
    half = record("禾丰县上半年总结", "summary", results=REPORT.results, period=("2024-01-01", "2024-06-30"))
    assert not reports_on(half, PLAN)
    due = record("禾丰县要点", targets=(figure("酒驾夜查", 30, "次", deadline="2024-05-31"),))
    assert reports_on(half, due)


def test_a_number_decides_before_a_title() -> None:
    cited = record("禾丰县夜查方案", number="禾公通〔2024〕3号")
    assert named_in(record("甲", citations=(citation("禾公通〔2024〕3号"),)), cited) is not None
    assert named_in(record("甲", citations=(citation("禾公通〔2024〕4号"),)), cited) is None


def test_a_title_of_nobody_means_the_own_one_or_one_above() -> None:
    """道路交通安全工作方案 of another county is not meant."""
    naming = record("禾丰县2024年要点", citations=(citation("道路交通安全工作方案"),))
    assert named_in(naming, record("道路交通安全工作方案", path=CITY)) is not None
    assert named_in(naming, record("道路交通安全工作方案", path=("清越省", "朔原市", "望岭县"))) is None
    assert named_in(naming, record("道路交通安全工作方案", path=())) is not None


def test_nothing_names_what_comes_later() -> None:
    later = record("禾丰县夜查方案", year=2025, issued_on="2025-03-01")
    assert named_in(record("甲", year=2024, citations=(citation("禾丰县夜查方案"),)), later) is None
    again = record("甲", year=2025, issued_on="2025-02-01", citations=(citation("禾丰县夜查方案", "SUPERSEDES"),))
    assert not supersedes(again, later)


def test_a_document_is_the_text_of_the_policy_of_its_name() -> None:
    plan = record("禾丰县2024年夜查方案")
    assert is_text_of(plan, citation("《禾丰县2024年夜查方案》"))
    assert not is_text_of(record("夜查工作方案"), citation("夜查工作方案"))
    assert is_text_of(record("道路交通安全法", "regulation"), citation("中华人民共和国道路交通安全法"))


REPEALING = record(
    "禾丰县2024年“雷霆”行动方案",
    issued_on="2024-03-01",
    citations=(citation("禾丰县2022年“雷霆”行动方案", "SUPERSEDES"),),
)
REPEALED = record("禾丰县2022年“雷霆”行动方案", year=2022, issued_on="2022-03-01")
LIST = record("禾丰县关于废止文件的决定", "notice", issued_on="2023-05-01", citations=REPEALING.citations)


def test_a_successor_supersedes_and_a_list_withdraws() -> None:
    """The first repeal counts, in whatever order they are known: the last day is the one before it. The document's own
    word comes first."""
    assert validity_of(REPEALED, []) == Validity("current", "")
    assert validity_of(REPEALED, [REPEALING]) == Validity("superseded", "2024-02-29")
    for others in permutations([REPEALING, LIST, PLAN, REPEALED]):
        assert validity_of(REPEALED, others) == Validity("withdrawn", "2023-04-30")
    ending = record("禾丰县2022年“雷霆”行动方案", year=2022, valid="withdrawn", valid_until="2022-12-31")
    assert validity_of(ending, [REPEALING]) == Validity("withdrawn", "2022-12-31")


EVERY = [
    PLAN,
    LAST,
    ABOVE,
    REPORT,
    REPEALING,
    REPEALED,
    LIST,
    record("禾丰县2024年夜查方案", citations=(citation("澜川市公安局交警支队2024年工作要点"),), tasks=PLAN.tasks),
    record("禾丰县公安局交警大队2022年工作要点", year=2022, tasks=PLAN.tasks),
    record("澜川市公安局交警支队2023年工作要点", year=2023, path=("澜川市",), places=("清越省", "澜川市")),
    DocumentRecord(KNOWLEDGE, "", citations=(citation("禾丰县2024年“雷霆”行动方案", "CITES", ""),)),
]


@pytest.mark.parametrize(("one", "other"), [(a, b) for a in EVERY for b in EVERY if a.id != b.id])
def test_what_is_linked_finds_each_other(one: DocumentRecord, other: DocumentRecord) -> None:
    """Whichever is written second looks up a key of the first; the links do not depend on which that is."""
    links = links_between(one, other)
    assert links == links_between(other, one)
    if links or supersedes(one, other):
        assert set(lookups_of(one)) & set(keys_of(other))
        assert set(lookups_of(other)) & set(keys_of(one))
    if supersedes(one, other):
        assert set(repeal_lookups(other)) & set(keys_of(one))


def test_links_say_what_they_follow_from() -> None:
    """Derived, with rule and inputs; a result carries its verdict, a task its reasons."""
    types = {
        relation.type for one in EVERY for other in EVERY if one.id < other.id for relation in links_between(one, other)
    }
    assert types == {"FOLLOWS", "IMPLEMENTS", "SUPERSEDES", "TEXT_OF", "CORRESPONDS_TO", "REPORTS_ON"}
    (report,) = links_between(REPORT, PLAN)
    assert (report.type, report.properties["verdict"], report.properties["origin"]) == ("REPORTS_ON", "met", "derived")
    assert report.properties["inputs"] == [report.head, report.tail]
    duties = [relation for relation in links_between(PLAN, LAST) if relation.type == "CORRESPONDS_TO"]
    assert duties[0].properties["reasons"] == ["name", "wording", "same_words"]
    assert duties[0].properties["doc"] == PLAN.id


def test_a_notice_is_the_text_of_what_it_issues() -> None:
    notice = record(
        "禾丰县关于印发《禾丰县2024年夜查方案》的通知", citations=(citation("禾丰县2024年夜查方案", "CITES"),)
    )
    assert [relation.type for relation in own_links(notice)] == ["TEXT_OF"]
    assert COUNTY[-1] == notice.place
