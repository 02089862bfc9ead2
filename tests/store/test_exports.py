"""Exports of both engines: the same bytes, and what independent programs read in them is what the store holds."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import jsonschema
import mammoth
import networkx
import openpyxl
import pytest
import rdflib
from neo4j import AsyncGraphDatabase

from graph.canonical import node_line, relation_line
from graph.connect import open_store
from graph.documents import text_of
from graph.export.lines import line_schema
from graph.hashing import graph_hash
from graph.ontology import ontology
from graph.settings import StoreSettings
from queries.catalog import Catalog
from queries.runner import run
from tests.store.conftest import loaded_both
from tests.store.exporting import FORMULA, LINES, MARKUP, NAMES, QUERY, RAW, SIGNS, all_files, hostile_batch
from tests.store.graphs import library
from tests.wipe import wipe

WORDS = rdflib.Namespace("urn:zhize:ontology:")


@dataclass(frozen=True)
class Made:
    """Files of each engine, the graph's hash and its documents' texts."""

    files: dict[str, dict[str, bytes]]
    graph_hash: str
    texts: dict[str, str]
    rows: list[dict[str, Any]]

    def read(self, name: str) -> io.BytesIO:
        return io.BytesIO(self.files["embedded"][name])


@pytest.fixture(scope="module")
async def made(neo4j_url: str, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Everything exported from both engines once; the stores are not needed afterwards."""
    async with loaded_both(neo4j_url, tmp_path_factory.mktemp("export"), library(), hostile_batch()) as stores:
        embedded = stores["embedded"]
        documents = await embedded.read("MATCH (d:Document) RETURN d.id AS id")
        return Made(
            {engine: await all_files(store, catalog) for engine, store in stores.items()},
            await graph_hash(embedded),
            {row["id"]: await text_of(embedded, row["id"]) for row in documents},
            (await run(embedded, catalog.get(QUERY), RAW)).rows,
        )


def lines(made: Made, name: str = "json") -> list[dict[str, Any]]:
    return [json.loads(line) for line in made.read(name)]


def true_quotes(made: Made, facts: Iterable[dict[str, Any]], document: str = "doc") -> int:
    """Every fact quotes its document; how many there are."""
    count = 0
    for fact in facts:
        start, end = int(fact["start"]), int(fact["end"])
        assert made.texts[fact[document]][start:end] == fact["quote"]
        count += 1
    return count


FILES = ["graphml", "jsonld", "csv", "json", "cypher", "xlsx", "docx"]


@pytest.mark.parametrize(
    "name", [*FILES, "json of everything", *(f"{name} of rows" for name in FILES if name != "cypher")]
)
def test_both_engines_give_the_same_bytes(made: Made, name: str) -> None:
    assert made.files["embedded"][name] == made.files["neo4j"][name]


def test_json_lines_are_the_whole_graph(made: Made) -> None:
    """Every line fits the published schema, every quote is true, and everything together has the graph's hash."""
    validator = jsonschema.Draft202012Validator(line_schema())
    found = lines(made, "json of everything")
    for line in found:
        validator.validate(line)
    assert true_quotes(made, (line for line in found if "quote" in line)) > 50
    written = "".join(line + "\n" for line in sorted(map(canonical, found)))
    assert sha256(written.encode()).hexdigest() == made.graph_hash


def canonical(line: dict[str, Any]) -> str:
    """A line of the export as the graph hash has it."""
    inside = {"start": "start_char", "end": "end_char"}
    values = {inside.get(name, name): value for name, value in line.items()}
    if type_ := values.pop("type", None):
        return relation_line(type_, values.pop("head"), values.pop("tail"), values)
    label, id_, name = values.pop("label"), values.pop("id"), values.pop("name")
    return node_line(label, id_, name, values.pop("kind", ""), values.pop("aliases", []), values)


def test_default_files_leave_out_what_does_not_count(made: Made) -> None:
    """Proposed facts, rejected nodes and what hangs on them are only in the file of everything; withdrawn is marked."""
    default, everything = lines(made), lines(made, "json of everything")
    left_out = [line for line in everything if line not in default]
    assert {(line.get("type"), line.get("name"), line.get("status")) for line in left_out} == {
        ("SUPERVISES", None, "proposed"),
        (None, "已驳回的行动", "rejected"),
        ("CARRIES_OUT", None, "extracted"),
    }
    assert {line["valid"] for line in default if line.get("doc") and line.get("type") == "LEADS"} == {
        "current",
        "withdrawn",
    }


def test_networkx_reads_graphml(made: Made) -> None:
    """All nodes and relations with their attributes, numbers as numbers, hostile names as they are."""
    graph = networkx.read_graphml(made.read("graphml"), force_multigraph=True)
    expected = lines(made)
    nodes = {line["id"]: line for line in expected if "id" in line}
    relations = {line["key"]: line for line in expected if "key" in line}
    assert dict(graph.nodes(data="name")) == {id_: node["name"] for id_, node in nodes.items()}
    edges = {key: (head, tail, data) for head, tail, key, data in graph.edges(keys=True, data=True)}
    assert edges.keys() == relations.keys()
    for key, (head, tail, data) in edges.items():
        line = relations[key]
        assert (head, tail, data["label"], data.get("start")) == (
            line["head"],
            line["tail"],
            line["type"],
            line.get("start"),
        )
        # XML has no vertical tab.
        assert data.get("quote") == (line["quote"].replace("\x0b", "\ufffd") if "quote" in line else None)
    assert set(NAMES) <= {node["name"] for _, node in graph.nodes(data=True)}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning:rdflib")
def test_rdflib_reads_json_ld(made: Made) -> None:
    """A statement for each relation, with its evidence, and the triple it states; no word is lost, no network asked."""
    graph = rdflib.Graph().parse(data=made.files["embedded"]["jsonld"], format="json-ld")
    facts = {line["key"]: line for line in lines(made) if "key" in line}
    statements = {str(s).rpartition(":")[2]: s for s in graph.subjects(rdflib.RDF.type, rdflib.RDF.Statement)}
    assert statements.keys() == facts.keys()
    for key, statement in statements.items():
        triple = tuple(
            graph.value(statement, part) for part in (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)
        )
        assert triple[1] == WORDS[facts[key]["type"]]
        assert triple in graph
        quote, line = graph.value(statement, WORDS.quote), facts[key]
        assert (None if quote is None else str(quote)) == line.get("quote")
        if quote is not None:
            document = str(graph.value(statement, WORDS.doc)).removeprefix("urn:zhize:")
            start, end = (int(graph.value(statement, WORDS[name])) for name in ("start", "end"))
            assert made.texts[document][start:end] == str(quote)
    labels = {str(label) for label in graph.objects(None, rdflib.RDFS.label)}
    assert set(NAMES) <= labels
    assert {str(type_) for type_ in graph.objects(None, rdflib.RDF.type)} <= {
        str(rdflib.RDF.Statement),
        *(str(WORDS[label]) for label in ontology().nodes),
    }


def test_csv_reads_the_zip(made: Made) -> None:
    """A file for each label and type, all values there, no cell a formula."""
    archive = zipfile.ZipFile(made.read("csv"))
    assert archive.testzip() is None
    expected = lines(made)
    read: list[dict[str, str]] = []
    for name in archive.namelist():
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
        kind = Path(name).stem
        assert len(rows) == sum(kind in (line.get("label"), line.get("type")) for line in expected), name
        read += rows
    assert not [cell for row in read for cell in row.values() if re.match(r"[=+@]|-\D", cell)]
    named = {row["name"].removeprefix("'") for row in read if "name" in row}
    assert named == {line["name"] for line in expected if "name" in line}
    quoted = [{**row, "quote": re.sub("^'", "", row["quote"])} for row in read if row.get("quote")]
    assert true_quotes(made, quoted) == sum("quote" in line for line in expected)


async def test_neo4j_runs_the_script(made: Made, neo4j_url: str, catalog: Catalog) -> None:
    """In an empty Neo4j, statement by statement, it makes the same graph: same hash, same answers to a search."""
    await wipe(neo4j_url)
    script = made.files["embedded"]["cypher of everything"].decode()
    statements = [line for line in script.splitlines() if line and not line.startswith("//")]
    assert all(statement.endswith(";") for statement in statements)
    account = (os.environ["ZHIZE_NEO4J_USER"], os.environ["ZHIZE_NEO4J_PASSWORD"])
    async with AsyncGraphDatabase.driver(neo4j_url, auth=account) as driver:
        for statement in statements:
            await driver.execute_query(statement)
    store = await open_store(neo4j_url, StoreSettings(query_timeout=60))
    try:
        assert await graph_hash(store) == made.graph_hash
        found = await store.read("MATCH (u:Unit) WHERE u.name IN $names RETURN u.name AS name", {"names": list(NAMES)})
        assert {row["name"] for row in found} == set(NAMES)
        again = (await run(store, catalog.get(QUERY), RAW)).rows
        assert again == made.rows
    finally:
        await store.close()


def test_openpyxl_reads_the_duty_list(made: Made) -> None:
    """Laid out for print; nothing is a formula or a link; inherited and withdrawn are marked; each duty is proved."""
    book = openpyxl.load_workbook(made.read("xlsx"))
    duties, proofs = book["责任清单"], book["依据"]
    assert [cell.value for cell in duties[3]] == [
        "序号", "任务", "牵头单位", "责任单位", "配合单位", "完成时限", "目标", "依据原文", "文件",
    ]  # fmt: skip
    for sheet in (duties, proofs):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((None, 0), (1, 0))
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "A4")
        assert sheet.auto_filter.ref == f"A3:{sheet.cell(3, sheet.max_column).coordinate[:-1]}{sheet.max_row}"
        assert "&P" in str(sheet.oddFooter.center.text)
        for row in sheet.iter_rows(min_row=4):
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr")
                assert cell.hyperlink is None
                assert cell.alignment.wrap_text
                assert cell.border.bottom.style == "thin"
    rows = {row[1]: row for row in duties.iter_rows(min_row=4, values_only=True)}
    helmet = rows["深化“一盔一带”安全守护行动"]
    assert helmet[2:7] == ("青禾县教育局", None, "青禾县市场监管局", None, "头盔佩戴率达到95%")
    assert "青禾县教育局牵头，青禾县市场监管局配合" in str(helmet[7])
    assert rows["严查重点违法"][3] == "青禾县公安局交警大队（继承）"
    assert rows["严查重点违法"][5] == "2024-12-31\n每月"
    assert rows["推动村民委员会开展劝导"][3] == "村民委员会（执行）"
    assert rows["任务1"][8] == "望岭县交通方案（已废止）"
    assert [rows[f"任务{n}"][3] for n in range(1, 5)] == [MARKUP, FORMULA, LINES, SIGNS]
    heads = [cell.value for cell in proofs[3]]
    facts = [dict(zip(heads, row, strict=True)) for row in proofs.iter_rows(min_row=4, values_only=True)]
    for fact in facts:
        quote = made.texts[str(fact["文件编号"])][fact["起"] : fact["止"]]  # type: ignore[misc]
        assert quote.replace("\x0b", "\ufffd") == fact["原文"]
        assert fact["规则"] == "test"
        assert fact["置信度"] == 0.9
    known = [line for line in lines(made) if ontology().relations.get(line.get("type", "")) in duty_types()]
    assert {line["key"] for line in known} <= {fact["事实编号"] for fact in facts}


def duty_types() -> list[Any]:
    return [ontology().relation(type_) for type_ in ontology().types("duty")]


def test_word_programs_read_the_duty_list(made: Made) -> None:
    """python-docx sees the page, the repeated header row and the fonts, mammoth the same rows as the workbook."""
    document = docx.Document(made.read("docx"))
    (section,) = document.sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    assert "NUMPAGES" in section.footer._element.xml
    (table,) = document.tables
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert 'w:hint="eastAsia"' in table.rows[1]._tr.xml
    assert 'w:eastAsia="仿宋"' in document.styles["Cell"].element.xml
    assert 'w:eastAsia="黑体"' in document.styles["Head"].element.xml
    fonts = zipfile.ZipFile(made.read("docx")).read("word/fontTable.xml").decode()
    assert "FangSong" in fonts
    assert "SimHei" in fonts
    (sheet,) = [s for s in openpyxl.load_workbook(made.read("xlsx")) if s.title == "责任清单"]
    listed = [[str(cell or "") for cell in row[:7]] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert [[cell.text for cell in row.cells][:7] for row in table.rows[1:]] == listed
    html = mammoth.convert_to_html(made.read("docx")).value
    assert html.count("<tr>") == len(listed) + 1
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert re.search(r"”\[\d+–\d+\] test 0\.9", html)


def test_rows_of_a_query_come_whole_in_every_format(made: Made) -> None:
    """JSON, CSV, workbook, document, GraphML: as many rows as the query answers, with quote and place."""
    rows = lines(made, "json of rows")
    assert rows == made.rows
    assert true_quotes(made, [{**row, "doc": row["document"]["id"]} for row in rows]) == len(rows) > 3
    table = list(csv.DictReader(io.StringIO(made.read("csv of rows").getvalue().decode("utf-8-sig"), newline="")))
    assert [(row["unit_id"], row["quote"], int(row["start"])) for row in table] == [
        (row["unit"]["id"], row["quote"], row["start"]) for row in rows
    ]
    (sheet,) = openpyxl.load_workbook(made.read("xlsx of rows"))
    heads = [cell.value for cell in sheet[3]]
    assert heads[:4] == ["序号", "单位", "单位 编号", "关系"]
    shown = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert [(row["单位"], row["原文"], row["起"]) for row in shown] == [
        (row["unit"]["name"], row["quote"], row["start"]) for row in rows
    ]
    (written,) = docx.Document(made.read("docx of rows")).tables
    assert len(written.rows) == len(rows) + 1
    for row, shown_row in zip(rows, written.rows[1:], strict=True):
        assert f"“{row['quote']}”" in shown_row.cells[-1].text
        assert f"[{row['start']}–{row['end']}]" in shown_row.cells[-1].text
    graph = networkx.read_graphml(made.read("graphml of rows"), force_multigraph=True)
    assert sorted((a, b, data["quote"]) for a, b, data in graph.edges(data=True)) == sorted(
        (row["unit"]["id"], row["task"]["id"], row["quote"]) for row in rows
    )


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning:rdflib")
def test_rows_are_linked_data(made: Made) -> None:
    """Each row is a thing whose columns are words, its nodes the same IRIs as in the whole graph."""
    graph = rdflib.Graph().parse(data=made.files["embedded"]["jsonld of rows"], format="json-ld")
    rows = list(graph.subjects(rdflib.RDF.type, WORDS.Row))
    assert len(rows) == len(made.rows)
    column = rdflib.Namespace("urn:zhize:column:")
    read = {(str(graph.value(row, column.unit)), str(graph.value(row, column.quote))) for row in rows}
    assert read == {(f"urn:zhize:{row['unit']['id']}", row["quote"]) for row in made.rows}
