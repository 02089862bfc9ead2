"""Taking documents out over REST, on both stores."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from graph.hashing import graph_hash
from graph.store import Store
from ingest.load import ingest
from service.app import create_app
from service.settings import Settings
from tests.api.conftest import KEY, assert_problem, calling

PLAN = "望溪县公安局交通警察大队2024年工作要点\n\n一、开展“一盔一带”安全守护行动\n由秩序中队牵头，宣传中队配合。\n"
NOTE = "望溪县公安局交通警察大队关于校车安全检查的通知\n\n一、开展校车安全检查。由车管所负责。\n"


async def test_a_document_goes_with_all_its_sources_and_nothing_else(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The graph is then as if it had never been loaded; a second time it is not there; who did it is logged."""
    (tmp_path / "b").mkdir()
    (tmp_path / "通知.txt").write_text(NOTE, encoding="utf-8")
    assert (await ingest(store, [tmp_path], jobs=1)).ok
    before = await graph_hash(store)
    for copy in ("要点.txt", "b/要点.txt"):
        (tmp_path / copy).write_text(PLAN, encoding="utf-8")
    report = await ingest(store, [tmp_path], jobs=1)
    document = next(file.document_id for file in report.files if file.status == "duplicate")
    async with calling(create_app(Settings(query_timeout=60), store)) as http:
        with caplog.at_level(logging.INFO, logger="zhize.service"):
            answer = await http.delete(f"/api/v1/documents/{document}")
        assert answer.status_code == 200, answer.text
        assert answer.json()["removed"] == document
        assert answer.json()["sources"] == ["b/要点.txt", "要点.txt"]
        assert_problem(await http.delete(f"/api/v1/documents/{document}"), 404, "not-found")
        listed = (await http.get("/api/v1/documents")).json()["documents"]
    assert [one["source"] for one in listed] == ["通知.txt"]
    assert await graph_hash(store) == before
    assert f"{document} removed by loopback (curator)" in caplog.text


async def test_the_key_may_remove_from_anywhere(embedded_store: Store, tmp_path: Path) -> None:
    """An administrator elsewhere, through whatever page."""
    (tmp_path / "通知.txt").write_text(NOTE, encoding="utf-8")
    report = await ingest(embedded_store, [tmp_path], jobs=1)
    app = create_app(Settings(host="0.0.0.0", api_key=KEY), embedded_store)
    headers = {"X-API-Key": KEY, "Origin": "https://elsewhere.example"}
    async with calling(app, address="203.0.113.9", base="https://kg.example", headers=headers) as http:
        answer = await http.delete(f"/api/v1/documents/{report.files[0].document_id}")
    assert answer.status_code == 200
