"""Ad hoc Cypher on both stores: what may run gives the same rows, what is too much is ended, nothing is changed.

The guard itself is tested without engines in tests/unit/queries/adhoc. Statements sent to ``Store.adhoc`` directly
show what holds behind it, should the guard ever let too much through.
"""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from graph.adhoc import AdhocAnswer, AdhocLimits, child, on_neo4j, on_snapshot, process
from graph.adhoc.process import prepare, run_child
from graph.adhoc.server import SETTINGS, advice, judged
from graph.connect import open_store
from graph.errors import (
    AdhocDisabled,
    AdhocMemory,
    AdhocTimeout,
    CypherRefused,
    InvalidParameter,
    InvalidQuery,
    StoreAuthError,
    StoreError,
    StoreUnavailable,
    ZhizeError,
)
from graph.hashing import graph_hash
from graph.store import Store
from graph.stores.embedded import EmbeddedStore
from graph.stores.wire import handle
from queries.adhoc.guard import guarded, run_adhoc
from queries.adhoc.vocabulary import FUNCTIONS
from tests.graphs import batch, document, unit
from tests.neo4j_server import Server
from tests.unit.queries.adhoc.statements import attacks, listed, shown
from tests.waiting import until

LIMITS = AdhocLimits(seconds=20, rows=100, bytes=100_000, memory=512)
TIGHT = AdhocLimits(seconds=1, rows=50, bytes=20_000, memory=96)
PAGE = (Path(process.__file__).resolve().parents[2] / "docs" / "adhoc.md").read_text(encoding="utf-8")
SECRET = "the words of the canary"


@pytest.fixture
async def canary(tmp_path: Path) -> AsyncIterator[tuple[str, str, list[str]]]:
    """Address of a listener, path of a file, and who called."""
    calls: list[str] = []

    async def called(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(str(writer.get_extra_info("peername")))
        writer.close()

    file = tmp_path / "canary.csv"
    file.write_text(SECRET + "\n", encoding="utf-8")
    server = await asyncio.start_server(called, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", str(file), calls


def filled(value: Any, address: str, file: str) -> Any:
    """``value`` with the canary's places in it."""
    return json.loads(json.dumps(value).replace("{canary}", address).replace("{file}", file))


@pytest.mark.parametrize(("cypher", "params"), listed("legitimate"), ids=shown)
async def test_a_legitimate_statement_gives_the_same_rows_on_both_stores(
    libraries: dict[str, Store], cypher: str, params: dict[str, Any]
) -> None:
    """Rows there are, and in the same order."""
    statement = guarded(cypher, params)
    embedded, neo4j = [await store.read(statement.cypher, statement.params) for store in libraries.values()]
    assert embedded == neo4j
    assert embedded
    assert list(embedded[0]) == list(statement.columns)


_UNIT = "MATCH (u:Unit {name: '青禾县教育局'})"
_LEADS = "MATCH p = (u:Unit {name: '青禾县教育局'})-[r:LEADS]->(t:Task) WITH p, r ORDER BY t.name LIMIT 1"
CALLS: dict[str, tuple[str, Any]] = {
    "size": ("RETURN size([1, 2]) AS x", 2),
    "length": (f"{_LEADS} RETURN length(p) AS x", 1),
    "type": (f"{_LEADS} RETURN type(r) AS x", "LEADS"),
    "labels": (f"{_UNIT} RETURN 'Unit' IN labels(u) AS x", True),
    "nodes": (f"{_LEADS} RETURN nodes(p)[0].name AS x", "青禾县教育局"),
    "relationships": (f"{_LEADS} RETURN type(relationships(p)[0]) AS x", "LEADS"),
    "startNode": (f"{_LEADS} RETURN startNode(r).name AS x", "青禾县教育局"),
    "endNode": (f"{_LEADS} RETURN size(endNode(r).name) > 0 AS x", True),
    "toInteger": ("RETURN toInteger('12') AS x", 12),
    "toFloat": ("RETURN toFloat('1.5') AS x", 1.5),
    "toBoolean": ("RETURN toBoolean('true') AS x", True),
    "toString": ("RETURN toString(12) AS x", "12"),
    "abs": ("RETURN abs(-3) AS x", 3),
    "ceil": ("RETURN ceil(1.2) AS x", 2.0),
    "floor": ("RETURN floor(1.8) AS x", 1.0),
    "sign": ("RETURN sign(-2) AS x", -1),
    "sqrt": ("RETURN sqrt(9) AS x", 3.0),
    "round": ("RETURN round(2.6) AS x", 3.0),
    "toLower": ("RETURN toLower('AB') AS x", "ab"),
    "toUpper": ("RETURN toUpper('ab') AS x", "AB"),
    "trim": ("RETURN trim(' a ') AS x", "a"),
    "lTrim": ("RETURN lTrim(' a ') AS x", "a "),
    "rTrim": ("RETURN rTrim(' a ') AS x", " a"),
    "reverse": ("RETURN reverse([1, 2]) AS x", [2, 1]),
    "tail": ("RETURN tail([1, 2, 3]) AS x", [2, 3]),
    "left": ("RETURN left('四个汉字', 2) AS x", "四个"),
    "right": ("RETURN right('四个汉字', 2) AS x", "汉字"),
    "substring": ("RETURN substring('四个汉字', 1, 2) AS x", "个汉"),
    "isEmpty": ("RETURN isEmpty('') AS x", True),
    "head": ("RETURN head([1, 2]) AS x", 1),
    "last": ("RETURN last([1, 2]) AS x", 2),
    "coalesce": ("RETURN coalesce(null, 2) AS x", 2),
    "split": ("RETURN split('a、b', '、') AS x", ["a", "b"]),
    "replace": ("RETURN replace('aXb', 'X', '-') AS x", "a-b"),
    "range": ("RETURN range(1, 5, 2) AS x", [1, 3, 5]),
    "count": ("UNWIND [1, null, 1] AS y RETURN count(y) AS x", 2),
    "sum": ("UNWIND [1, 2] AS y RETURN sum(y) AS x", 3),
    "avg": ("UNWIND [1, 2] AS y RETURN avg(y) AS x", 1.5),
    "min": ("UNWIND [1, 2] AS y RETURN min(y) AS x", 1),
    "max": ("UNWIND [1, 2] AS y RETURN max(y) AS x", 2),
    "collect": ("UNWIND [1, 2] AS y RETURN collect(DISTINCT y) AS x", [1, 2]),
}


async def answered(store: Store, cypher: str) -> Any:
    """The one value of a statement, or that the engine refuses it."""
    statement = guarded(cypher, {})
    try:
        rows = await store.read(statement.cypher, statement.params)
    except StoreError:
        return "refused"
    (row,) = [statement.named(row) for row in rows]
    return child.finite(row["x"])


async def test_every_allowed_function_runs(library_store: Store) -> None:
    """On either store, with the same value."""
    assert CALLS.keys() == {function.name for function in FUNCTIONS.values()}
    found = {name: await answered(library_store, cypher) for name, (cypher, _) in CALLS.items()}
    assert found == {name: value for name, (_, value) in CALLS.items()}


EDGES: dict[str, dict[str, Any]] = {
    "round(-2.5)": {"embedded": -3.0, "neo4j": -2.0},
    "toString(1e20)": {"embedded": "100000000000000000000.0", "neo4j": "1.0E20"},
    "left('ab', -1)": {"embedded": "ab", "neo4j": "refused"},
    "substring('abc', -1)": {"embedded": "abc", "neo4j": "refused"},
    "sum([1])": {"embedded": 0, "neo4j": "refused"},
    "2 ^ 4000": {"embedded": None, "neo4j": None},
    "toString(2 ^ 4000)": {"embedded": "inf", "neo4j": "Infinity"},
    "sqrt(-1)": {"embedded": None, "neo4j": None},
    "0.0 / 0.0": {"embedded": None, "neo4j": None},
    "sqrt(-1) IS NULL": {"embedded": True, "neo4j": False},
    "0.0 / 0.0 IS NULL": {"embedded": True, "neo4j": False},
}


async def test_the_stores_differ_at_the_edges_that_are_told(library_store: Store, engine: str) -> None:
    """Each is named in docs/adhoc.md, with what either store gives."""
    found = {edge: await answered(library_store, f"RETURN {edge} AS x") for edge in EDGES}
    assert found == {edge: values[engine] for edge, values in EDGES.items()}
    assert [edge for edge in EDGES if f"`{edge}`" not in PAGE] == []


async def test_attacks_change_nothing_and_touch_nothing(
    libraries: dict[str, Store], canary: tuple[str, str, list[str]]
) -> None:
    """All of them, with real addresses and files, on both stores: the hash stays, nobody calls, nothing is read."""
    address, file, calls = canary
    for store in libraries.values():
        before = await graph_hash(store)
        for cypher, params in attacks():
            with pytest.raises((CypherRefused, InvalidParameter)) as caught:
                await run_adhoc(store, filled(cypher, address, file), filled(params, address, file), LIMITS)
            assert SECRET not in caught.value.message("en")
        assert await graph_hash(store) == before
    assert calls == []


PAST_THE_GUARD = (
    "LOAD CSV FROM 'file://{file}' AS line RETURN line",
    "LOAD CSV FROM '{canary}/x.csv' AS line RETURN line",
    "CREATE (n:Unit {id: 'x'}) RETURN n.id AS id",
    "MATCH (n) DETACH DELETE n",
    "CALL { MATCH (n) DETACH DELETE n } IN TRANSACTIONS",
    "CALL dbms.components() YIELD name RETURN name",
    "SHOW TRANSACTIONS",
    "UNWIND range(1, 100000000) AS x RETURN collect(x) AS l",
    "MATCH (u:Unit) RETURN u",
    "this is no statement",
)


async def test_behind_the_guard_nothing_is_read_or_written_either(
    library_store: Store, engine: str, canary: tuple[str, str, list[str]]
) -> None:
    """The process on either store fails at what the guard would have refused."""
    address, file, calls = canary
    before = await graph_hash(library_store)
    answers: list[AdhocAnswer | BaseException] = []
    for cypher in PAST_THE_GUARD:
        answers += await asyncio.gather(
            library_store.adhoc(filled(cypher, address, file), {}, TIGHT), return_exceptions=True
        )
    # The embedded engine knows procedures that list its versions; they read nothing that is not ours.
    harmless = {"CALL dbms.components() YIELD name RETURN name"} if engine == "embedded" else set()
    for cypher, answer in zip(PAST_THE_GUARD, answers, strict=True):
        if cypher not in harmless:
            assert isinstance(answer, ZhizeError), (cypher, answer)
            assert SECRET not in answer.message("en")
    assert await graph_hash(library_store) == before
    assert calls == []


async def test_what_is_too_much_is_ended(library_store: Store) -> None:
    """Cartesian products, floods of rows, hoards in memory: each meets a limit, all within seconds."""
    before = await graph_hash(library_store)
    statements = [guarded(cypher, params) for cypher, params in listed("heavy")]
    began = time.monotonic()
    answers = await asyncio.gather(
        *(library_store.adhoc(statement.cypher, statement.params, TIGHT) for statement in statements),
        return_exceptions=True,
    )
    assert time.monotonic() - began < 60
    for statement, answer in zip(statements, answers, strict=True):
        ended = isinstance(answer, AdhocTimeout | AdhocMemory)
        assert ended or (isinstance(answer, AdhocAnswer) and answer.stopped == "rows"), (statement.cypher, answer)
    assert await graph_hash(library_store) == before


async def test_an_answer_stops_at_its_rows_and_bytes_and_says_so(library_store: Store) -> None:
    """A whole answer says that too."""
    whole = await run_adhoc(library_store, "MATCH (u:Unit) RETURN u.name AS name ORDER BY name", {}, LIMITS)
    assert (whole.columns, len(whole.rows), whole.stopped) == (("name",), 6, None)
    assert {"name": "青禾县教育局"} in whole.rows
    many = await run_adhoc(library_store, "UNWIND range(1, 500) AS x RETURN x", {}, LIMITS)
    assert (many.rows[0], len(many.rows), many.stopped) == ({"x": 1}, 100, "rows")
    large = await run_adhoc(library_store, "UNWIND range(1, 50) AS x RETURN x, $t AS t", {"t": "长" * 5_000}, LIMITS)
    assert (len(large.rows), large.stopped) == (6, "bytes")


async def test_a_mistake_is_the_engines_sentence(library_store: Store) -> None:
    """A division by zero, as either engine says it; no process is left behind by it."""
    with pytest.raises(InvalidQuery, match=r"zero|/ by"):
        await run_adhoc(library_store, "UNWIND [1, 0] AS x RETURN 1 / x AS y", {}, LIMITS)


async def test_a_copy_holds_the_graph_as_it_is_now_and_nothing_of_ours(embedded_store: Store, tmp_path: Path) -> None:
    """Made anew when the graph has changed, the old one gone; no originals in it; gone with the store."""
    folder = tmp_path / "store" / "adhoc"
    count = "MATCH (t:Task) RETURN count(*) AS n"
    brigade = unit("望岭县公安局交警大队")
    await embedded_store.write(batch(document("甲.txt", [(brigade, "查处酒驾")])))
    assert (await run_adhoc(embedded_store, count, {}, LIMITS)).rows == [{"n": 1}]
    first = list(folder.iterdir())
    assert (await run_adhoc(embedded_store, count, {}, LIMITS)).rows == [{"n": 1}]
    assert list(folder.iterdir()) == first
    assert folder.stat().st_mode & 0o777 == 0o700
    await embedded_store.write(batch(document("乙.txt", [(brigade, "劝导头盔")])))
    assert (await run_adhoc(embedded_store, count, {}, LIMITS)).rows == [{"n": 2}]
    assert len(list(folder.iterdir())) == 1
    assert list(folder.iterdir()) != first
    everything = await embedded_store.adhoc("MATCH (n) WHERE NOT n:Entity RETURN count(*) AS n", {}, LIMITS)
    assert everything.rows == [{"n": 0}]
    assert (await embedded_store.read("MATCH (n) WHERE NOT n:Entity RETURN count(*) AS n"))[0]["n"] > 0
    await embedded_store.close()
    assert not folder.exists()


async def test_a_copy_in_use_outlives_the_next_one(embedded_store: EmbeddedStore) -> None:
    """Who has it reads on; it goes when they are done."""
    copies = embedded_store._snapshots
    async with copies.current() as first:
        await embedded_store.write(batch(document("甲.txt", [(unit("望岭县教育局"), "宣传")])))
        async with copies.current() as second:
            assert first != second
            assert first.exists()
    assert not first.exists()
    assert second.exists()


async def test_what_an_ended_process_spilled_is_gone(embedded_store: EmbeddedStore, tmp_path: Path) -> None:
    """The engine keeps large columns in temporary files and cannot remove them when it is killed."""
    folder = tmp_path / "store" / "adhoc"
    wide = "UNWIND range(1, 3000) AS i CREATE (t:Task:Entity {id: toString(i)}) SET t.quote = toString(i) + $text"
    await embedded_store.transact(lambda tx: tx.run(wide, {"text": "长" * 100}))
    slow = guarded(*listed("heavy")[0])
    running = asyncio.create_task(embedded_store.adhoc(slow.cypher, slow.params, TIGHT))
    await until(lambda: any(folder.rglob("*/kglite_*")))
    with pytest.raises(AdhocTimeout):
        await running
    assert [path.suffix for path in folder.rglob("*")] == [".kgl"]


async def test_copies_left_by_a_crash_go_when_the_store_is_opened(tmp_path: Path) -> None:
    """They hold the graph: nobody else should find them."""
    left = tmp_path / "adhoc" / "7.kgl"
    left.parent.mkdir()
    left.write_bytes(b"left")
    store = await open_store(f"embedded:{tmp_path}")
    assert not left.exists()
    await store.close()


async def test_a_copy_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    """And not an old answer."""
    with pytest.raises(StoreError, match="no copy of the graph"):
        await prepare(tmp_path / "absent.kgl", tmp_path / "copy.kgl")


async def test_a_copy_that_is_not_ready_in_time_is_an_error(
    embedded_store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Made too slowly, or waited for behind another: one sentence without the folder; nothing of it is left, and the
    next statement has its copy."""
    copies = embedded_store._snapshots
    monkeypatch.setattr(process, "READY_SECONDS", 0.05)
    with pytest.raises(StoreUnavailable, match="not ready in time") as slow:
        await embedded_store.adhoc("RETURN 1 AS x", {}, LIMITS)
    async with copies._making:
        with pytest.raises(StoreUnavailable, match="not ready in time"):
            await embedded_store.adhoc("RETURN 1 AS x", {}, LIMITS)
    assert str(tmp_path) not in slow.value.message("zh") + slow.value.message("en")
    monkeypatch.undo()
    assert (await run_adhoc(embedded_store, "RETURN 1 AS x", {}, LIMITS)).rows == [{"x": 1}]
    assert [path.suffix for path in (tmp_path / "store" / "adhoc").rglob("*")] == [".kgl"]


async def test_a_number_without_end_is_null(embedded_store: Store) -> None:
    """JSON has no form for it; nothing is said of memory."""
    cypher = "RETURN 2 ^ 4000 AS a, 1e308 * -10 AS b, {l: [2 ^ 4000, 1.5]} AS c"
    answer = await run_adhoc(embedded_store, cypher, {}, LIMITS)
    assert answer.rows == [{"a": None, "b": None, "c": {"l": [None, 1.5]}}]


async def test_no_error_shows_the_folder_of_the_store(embedded_store: Store, tmp_path: Path) -> None:
    """The engine's sentence about a statement goes to whoever asked."""
    for cypher in ("no statement", "RETURN 1 / 0 AS x"):
        with pytest.raises(InvalidQuery) as caught:
            await embedded_store.adhoc(cypher, {}, LIMITS)
        assert str(tmp_path) not in caught.value.message("zh") + caught.value.message("en")


async def test_names_are_the_callers_and_may_be_han(embedded_store: Store) -> None:
    """Variables, parameters and columns in any place; the answer has the caller's names."""
    await embedded_store.write(batch(document("甲.txt", [(unit("望岭县教育局"), "宣传")])))
    cypher = (
        "MATCH 路 = (单位:Unit {name: $名称})-[牵头:LEADS]->(任务:Task) WHERE EXISTS { (单位)-[关:LEADS]->(:Task) } "
        "UNWIND [$项, 1] AS 项 RETURN 单位.name AS 单位, [(单位)-[:LEADS]->(事:Task) | 事.name] AS v0, length(路), 项 "
        "ORDER BY 单位, 项"
    )
    answer = await run_adhoc(embedded_store, cypher, {"名称": "望岭县教育局", "项": 0}, LIMITS)
    assert answer.columns == ("单位", "v0", "length", "项")
    assert answer.rows == [{"单位": "望岭县教育局", "v0": ["宣传"], "length": 1, "项": n} for n in (0, 1)]


async def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is ended from outside; it has nothing to say in that."""
    monkeypatch.setattr(process, "READY_SECONDS", 1.5)

    async def silent_to(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()

    silent = await asyncio.start_server(silent_to, "127.0.0.1", 0)
    async with silent:
        port = silent.sockets[0].getsockname()[1]
        account = {"engine": "neo4j", "user": "x", "password": "x", "database": "neo4j", "connect": 60}
        with pytest.raises(AdhocTimeout):
            await run_child(f"neo4j://127.0.0.1:{port}", account, "RETURN 1 AS x", {}, TIGHT)


async def test_without_limits_of_the_system_nothing_runs(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, on any store."""
    monkeypatch.setattr(process, "SUPPORTED", False)
    with pytest.raises(AdhocDisabled, match="Linux"):
        await embedded_store.adhoc("RETURN 1 AS x", {}, TIGHT)


async def test_a_statement_goes_to_the_server_that_holds_the_store(embedded_store: Store) -> None:
    """Over the wire between processes of one machine, limits and all."""
    payload = {"cypher": "UNWIND range(1, 99) AS x RETURN x", "params": {}, "limits": asdict(TIGHT)}
    answer = await handle(embedded_store, "adhoc", payload)
    assert answer["answer"]["stopped"] == "rows"
    assert answer["answer"]["rows"][:2] == [{"x": 1}, {"x": 2}]


# The process itself, without its limits: what it writes.


def request(engine: str, cypher: str, **more: Any) -> dict[str, Any]:
    return {"engine": engine, "store": "test:", "cypher": cypher, "params": {}, **asdict(LIMITS), **more}


def lines(out: io.BytesIO) -> list[Any]:
    return [json.loads(line.decode("utf-8", "surrogatepass")) for line in out.getvalue().splitlines()]


def account(server: Server) -> dict[str, Any]:
    return {"store": server.uri, "user": server.user, "password": server.password, "database": "neo4j", "connect": 30}


async def test_a_copy_is_answered_from_in_lines(libraries: dict[str, Store]) -> None:
    """Columns, a list for each row, and how it ended; half a surrogate pair goes through as it is."""
    embedded = libraries["embedded"]
    assert isinstance(embedded, EmbeddedStore)
    async with embedded._snapshots.current() as file:
        asked = request("snapshot-reader", "MATCH (u:Unit {level: '市'}) RETURN u.name AS name, 1 AS n", file=str(file))
        out = io.BytesIO()
        with child.engine("snapshot-reader")(asked) as run:
            child.answer(asked, run, out)
        assert lines(out) == [{"columns": ["name", "n"]}, ["柳泉市公安局交警支队", 1], {"stopped": None}]
        for cypher, limits, kind in (
            ("no statement", {}, InvalidQuery),
            (
                "UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b RETURN sum(a * b) AS n",
                {"seconds": 0.05},
                ZhizeError,
            ),
        ):
            failing = request("snapshot-reader", cypher, file=str(file), **limits)
            with on_snapshot.prepared(failing) as run, pytest.raises(kind):
                run()
    out = io.BytesIO()
    child.answer(asked, lambda: (["x"], iter([["\ud800"]])), out)
    assert lines(out)[1] == ["\ud800"]


def test_an_error_of_the_process_is_raised_as_what_it_was() -> None:
    """A time limit of the engine is the ad hoc one."""
    from graph.errors import QueryTimeout

    out = io.BytesIO()
    child.report(request("neo4j", ""), QueryTimeout(query="x", seconds=9), out)
    child.report(request("neo4j", ""), AdhocMemory(limit="64 MiB"), out)
    assert lines(out) == [
        {"error": {"class": "AdhocTimeout", "data": {"seconds": 20}}},
        {"error": {"class": "AdhocMemory", "data": {"limit": "64 MiB"}}},
    ]


def test_neo4j_plans_before_it_runs(neo4j_server: Server, libraries: dict[str, Store]) -> None:
    """A read is run; a write, another procedure and a file are refused by the plan; an account by the server."""
    asked = request("neo4j", "MATCH (u:Unit) RETURN u.name AS name ORDER BY name LIMIT 1") | account(neo4j_server)
    out = io.BytesIO()
    with child.engine("neo4j")(asked) as run:
        child.answer(asked, run, out)
    assert lines(out)[0] == {"columns": ["name"]}
    assert len(lines(out)) == 3
    for cypher, words in (
        ("LOAD CSV FROM 'file:///x' AS l RETURN l", "LoadCSV"),
        ("CALL db.labels() YIELD label RETURN label", "ProcedureCall"),
        ("CREATE (n:Unit {id: 'x'})", "Create|EmptyResult|ProduceResults|w"),
        ("RETURN", "Invalid input"),
    ):
        refused = request("neo4j", cypher) | account(neo4j_server)
        with pytest.raises(InvalidQuery, match=words), on_neo4j.prepared(refused):
            pytest.fail(f"{cypher} was let through")
    stranger = asked | {"password": "not the password"}
    with pytest.raises(StoreAuthError), on_neo4j.prepared(stranger):
        pytest.fail("a wrong password was let through")
    with pytest.raises(StoreUnavailable), on_neo4j.prepared(asked | {"store": "bolt://127.0.0.1:1"}):
        pytest.fail("there is no server")


def test_the_process_gives_up_files_connections_and_memory() -> None:
    """Tried in a process of its own: after ``confine`` none of it works any more."""
    script = """
import os, socket, sys
from graph.adhoc.confine import confine
os.dup2(0, 40)  # numbers below it are free: they must not be used either
confine(20, 200)
def fails(action):
    try:
        action()
    except (OSError, MemoryError):
        return True
    return False
sys.stdout.write(repr([fails(lambda: open("/etc/hostname")), fails(socket.socket), fails(lambda: bytearray(2**30))]))
"""
    root = Path(process.__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, env={"PYTHONPATH": str(root)}
    )
    assert done.stdout == "[True, True, True]", done.stderr


async def test_the_settings_of_a_server_are_looked_at(libraries: dict[str, Store]) -> None:
    """One as it is installed lets LOAD CSV read files and sets no limit on a transaction; a copy has no server."""
    advised = " ".join(sentence["en"] for sentence in await advice(libraries["neo4j"]))
    assert "allow_csv_import_from_file_urls=false" in advised
    assert "db.transaction.timeout" in advised
    assert "db.memory.transaction.max" in advised
    assert await advice(libraries["embedded"]) == []


def test_a_server_that_is_set_right_needs_no_advice() -> None:
    """Each setting alone decides its sentence."""
    right = dict.fromkeys(SETTINGS, "10m") | {SETTINGS[0]: "false"}
    assert judged(right) == []
    for name in SETTINGS:
        wrong = right | {name: "true" if name == SETTINGS[0] else "0s"}
        assert [name in sentence["zh"] and name in sentence["en"] for sentence in judged(wrong)] == [True]
