"""The table of places: levels from the table, never from the last character of a name."""

from __future__ import annotations

import pytest

from ingest import regions
from ingest.regions import bare, lookup


def test_a_county_level_city_is_a_county() -> None:
    """汨罗市 ends in 市 and lies in a 市."""
    found = lookup("汨罗市")
    assert found is not None
    assert (found.level, found.path) == ("县", ("湖南省", "岳阳市", "汨罗市"))


def test_a_bare_name_finds_the_one_place_of_that_name() -> None:
    assert lookup("汨罗") == lookup("汨罗市")


def test_a_name_of_several_places_needs_to_be_told_which() -> None:
    """鼓楼区 is in four cities; within one of them it is clear."""
    assert lookup("鼓楼区") is None
    assert [found.path if (found := lookup("鼓楼区", area)) else None for area in ("福州市", ("江苏省", "南京市"))] == [
        ("福建省", "福州市", "鼓楼区"),
        ("江苏省", "南京市", "鼓楼区"),
    ]


def test_the_highest_of_a_bare_name_is_meant() -> None:
    """吉林 alone is the province, within it the city."""
    province, city = lookup("吉林"), lookup("吉林市")
    assert province is not None
    assert city is not None
    assert (province.level, city.level) == ("省", "市")
    assert lookup("吉林市", province) == city


def test_a_place_elsewhere_is_not_found_within() -> None:
    assert lookup("汨罗市", "山东省") is None
    assert lookup("汨罗市", ()) is None


def test_an_unknown_place_is_none() -> None:
    assert lookup("禾丰县") is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("汨罗市", "汨罗"),
        ("湘西土家族苗族自治州", "湘西"),
        ("和县", "和县"),
        ("内蒙古自治区", "内蒙古"),
        ("延边朝鲜族自治州", "延边"),
    ],
)
def test_bare_names_drop_class_and_peoples(name: str, short: str) -> None:
    assert bare(name) == short


def test_every_parent_is_in_the_table() -> None:
    """Each place's path leads through known places; codes are unique."""
    assert len(regions.by_code()) == len(regions.table()) > 3300
    names = set(regions.by_name())
    assert all(set(region.parents) <= names for region in regions.table())
