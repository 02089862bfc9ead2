"""Search finds what a person means and ranks it alike on both engines."""

from __future__ import annotations

import pytest

from graph.errors import InvalidParameter
from graph.store import Store
from queries.search import _CLOSEST, CANDIDATES, search

ASKED = [
    "一盔一带",
    "ykyd",
    "一盔",
    "头盔",
    "盔",
    "货",
    "１０７国道",
    "107国道",
    "疲劳驾驶",
    "2024年",
    "青禾 大队",
    "AND",
    "*",
    "青禾县",
    "x",
]


async def test_both_engines_find_the_same_in_the_same_order(libraries: dict[str, Store]) -> None:
    """Hits, their order, reasons, facets and totals are equal."""
    for asked in ASKED:
        results = [await search(store, asked) for store in libraries.values()]
        assert results[0] == results[1], asked


async def _names(store: Store, q: str, **more: object) -> list[tuple[str, str]]:
    result = await search(store, q, **more)  # type: ignore[arg-type]
    return [(hit.name, hit.matched) for hit in result.hits]


async def test_the_thing_itself_comes_first(library_store: Store) -> None:
    """Exact name, then quoted core, then longer names."""
    assert (await _names(library_store, "一盔一带"))[:2] == [("一盔一带", "name"), ("“一盔一带”安全守护行动", "core")]
    assert (await _names(library_store, "青禾交警大队"))[0] == ("青禾县公安局交警大队", "alias")
    assert (await _names(library_store, "安全守护行动"))[0] == ("“一盔一带”安全守护行动", "stretch")


@pytest.mark.parametrize("asked", ["ykyd", "YKYD", "ｙｋｙｄ"])
async def test_pinyin_initials_find_a_name(library_store: Store, asked: str) -> None:
    """In either case and width."""
    assert ("一盔一带", "initials") in await _names(library_store, asked)


async def test_width_does_not_matter(library_store: Store) -> None:
    """Full-width digits find half-width names."""
    assert (await _names(library_store, "１０７国道"))[0] == ("107国道", "name")


async def test_a_slogan_is_found_by_its_parts(library_store: Store) -> None:
    """疲劳驾驶 finds 三超一疲劳; 安全头盔 finds 一盔一带."""
    assert ("三超一疲劳", "part") in await _names(library_store, "疲劳驾驶")
    assert ("一盔一带", "part") in await _names(library_store, "安全头盔")
    assert await _names(library_store, "疲劳驾驶", label="VehicleClass") == []


async def test_one_character_is_enough(library_store: Store) -> None:
    """A single Han character is looked for inside names."""
    assert "一盔一带" in [name for name, _ in await _names(library_store, "盔")]


async def test_facets_count_everything(library_store: Store) -> None:
    """Label and kind facets count all matches, also those beyond the limit."""
    result = await search(library_store, "青禾县", limit=2)
    assert len(result.hits) == 2
    assert result.total == sum(int(str(f["count"])) for f in result.facets["label"])
    assert {"value": "Unit", "count": 4} in result.facets["label"]
    assert {"value": "department", "count": 2} in result.facets["kind"]
    only = await search(library_store, "青禾县", label="Unit", kind="police")
    assert [hit.name for hit in only.hits] == ["青禾县公安局交警大队"]


@pytest.mark.parametrize("asked", ["", "  ", "？", "“”", '+-&&||!(){}[]^"~*?:\\/', "' OR 1=1 //"])
async def test_nothing_a_person_types_breaks_it(library_store: Store, asked: str) -> None:
    """Blank, punctuation and query syntax find nothing rather than fail."""
    assert (await search(library_store, asked)).hits == ()


async def test_wrong_arguments_are_refused(library_store: Store) -> None:
    """An unknown label and an endless text say what is allowed."""
    with pytest.raises(InvalidParameter, match="Campaign"):
        await search(library_store, "头盔", label="Nothing")
    with pytest.raises(InvalidParameter, match="500"):
        await search(library_store, "盔" * 501)


async def _shown(store: Store, q: str, name: str) -> tuple[str | None, list[str]]:
    """The alias that matched, and the highlighted parts of it or of the name."""
    hit = next(hit for hit in (await search(store, q)).hits if hit.name == name)
    text = hit.alias or hit.name
    return hit.alias, [text[stretch.start : stretch.end] for stretch in hit.highlights]


@pytest.mark.parametrize(
    ("asked", "name", "alias", "parts"),
    [
        ("一盔", "“一盔一带”安全守护行动", None, ["一盔"]),
        ("一盔一带 安全", "“一盔一带”安全守护行动", None, ["一盔一带”安全"]),
        ("ykyd", "“一盔一带”安全守护行动", None, ["一盔一带"]),
        ("yky", "一盔一带", None, ["一盔一"]),
        ("１０７国道", "107国道", None, ["107国道"]),
        ("青禾交警大队", "青禾县公安局交警大队", "青禾交警大队", ["青禾交警大队"]),
        ("青禾 大队", "青禾县公安局交警大队", None, ["青禾", "大队"]),
        ("疲劳驾驶", "三超一疲劳", None, []),
    ],
)
async def test_what_was_asked_for_is_highlighted(
    library_store: Store, asked: str, name: str, alias: str | None, parts: list[str]
) -> None:
    """In code points of the name, or of the alias that matched; a whole found by its part shows none."""
    assert await _shown(library_store, asked, name) == (alias, parts)


async def test_pages_fit_together(library_store: Store) -> None:
    """Page after page gives what one long page gives."""
    whole = await search(library_store, "青禾县", limit=50)
    pages = [await search(library_store, "青禾县", limit=3, skip=skip) for skip in range(0, whole.total, 3)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert len(whole.hits) == whole.total > 6
    assert {page.total for page in pages} == {whole.total}


async def test_totals_count_beyond_the_candidates(libraries: dict[str, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a label with more matches than candidates, all are counted, in the facets too, and a whole only once."""
    for asked in ("青禾县", "头盔", "一盔一带", "盔"):
        full = await search(libraries["embedded"], asked, limit=50)
        with monkeypatch.context() as few:
            few.setattr("queries.search.CANDIDATES", 1)
            few.setattr("queries.search._CLOSEST", _CLOSEST.replace(f"LIMIT {CANDIDATES}", "LIMIT 1"))
            results = [await search(store, asked) for store in libraries.values()]
        assert results[0] == results[1]
        assert (results[0].total, results[0].facets) == (full.total, full.facets)
