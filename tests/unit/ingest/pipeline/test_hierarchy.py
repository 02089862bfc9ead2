"""Who directs whom and who is a member of what, where a document says it."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pipeline.reading import item, read


def told(text: str, rel: str) -> set[tuple[str, str]]:
    return {(link.head.text, link.tail.text) for link in read(text).links if link.rel == rel}


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("县道路交通安全委员会成员单位包括县教育局、县公安局和县交通运输局。", "县道路交通安全委员会"),
        ("成立县治超工作领导小组，县教育局、县公安局、县交通运输局为成员单位。", "县治超工作领导小组"),
        (
            "由县教育局、县公安局、县交通运输局等部门组成的县治超工作领导小组统一调度。",
            "县治超工作领导小组",
        ),
    ],
)
def test_members_are_those_a_document_lists(said: str, group: str) -> None:
    """Before or after the word, with the group before or after them."""
    found = told(item(said), "MEMBER_OF")
    assert found == {(member, group) for member in ("县教育局", "县公安局", "县交通运输局")}


@pytest.mark.parametrize(
    "said",
    [
        "县道路交通安全委员会要求县教育局、县公安局检查校车。",
        "县教育局、县公安局为成员单位。",
        "县道路交通安全委员会组织成员单位检查校车。",
        "县交警大队组成两个小组检查校车。",
    ],
)
def test_nobody_is_a_member_without_a_list_and_a_group(said: str) -> None:
    assert told(item(said), "MEMBER_OF") == set()


def test_the_force_that_directs_the_issuer_is_over_it() -> None:
    """Its own force one level up, with the sentence that says so; not the bureau, not a body that is only named."""
    text = item("按照澜川市公安局交警支队和澜川市公安局部署，检查校车。")
    (link,) = (k for k in read(text).links if k.rel == "SUBORDINATE_TO")
    assert (link.head.name, link.tail.name) == ("云岭县公安局交警大队", "澜川市公安局交警支队")
    assert text[link.start : link.end].startswith("按照澜川市公安局交警支队")
    assert told(item("赴澜川市公安局交警支队学习。"), "SUBORDINATE_TO") == set()


def test_a_committee_lists_its_members_in_its_own_paper() -> None:
    """成员单位：… belongs to the committee whose office writes; the name is read where it stands."""
    text = (
        "石岚县道路交通安全委员会办公室关于调整石岚县道路交通安全委员会成员的通知\n各乡镇：\n一、组成人员\n"
        "成员单位：县公安局、县教育局。\n石岚县道路交通安全委员会办公室\n2024年3月1日\n"
    )
    public, education = sorted((k for k in read(text).links if k.rel == "MEMBER_OF"), key=lambda k: k.head.start)
    assert {public.tail.name, education.tail.name} == {"石岚县道路交通安全委员会"}
    assert (public.head.name, education.head.name) == ("石岚县公安局", "石岚县教育局")
    assert public.basis is not None
    assert text[slice(*public.basis)] == "石岚县道路交通安全委员会"
