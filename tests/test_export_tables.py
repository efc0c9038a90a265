"""The tables: a readable one a class, one of statements, the same in every format."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyoxigraph as ox
import pytest

from eurohpc_kg.errors import TooLargeError
from eurohpc_kg.export import choose, export
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.formats import excel
from eurohpc_kg.export.tables import BETWEEN, Table, tables
from exporting import INFERRED, N, make_dataset, node, quads_of, typed

FORMULA = '=HYPERLINK("https://example.org")'
A, B = node("source/a/2026-a"), node("source/a/2026-b")
EXAMPLE = node("id/example-1")
MORE = (
    ox.Quad(EXAMPLE, node("ontology#hostedBy"), node("id/host"), A),
    ox.Quad(EXAMPLE, node("ontology#hostedBy"), node("id/other"), B),
    ox.Quad(EXAMPLE, node("ontology#mission"), ox.Literal("to compute", language="en"), A),
    ox.Quad(EXAMPLE, node("ontology#mission"), ox.Literal("laskea", language="fi"), A),
    ox.Quad(EXAMPLE, node("ontology#cores"), typed("5", "integer"), A),
    ox.Quad(EXAMPLE, node("ontology#since"), typed("2026-03-01", "date"), A),
    ox.Quad(EXAMPLE, node("ontology#note"), ox.Literal(FORMULA), A),
    ox.Quad(EXAMPLE, node("ontology#inferredOnly"), typed("5", "integer"), node(INFERRED)),
    ox.Quad(EXAMPLE, node("ontology#currentStatus"), node("id/on"), node(INFERRED)),
    ox.Quad(
        node("id/host"),
        node("http://www.w3.org/2000/01/rdf-schema#label"),
        ox.Literal('Host, "the" first', language="en"),
        A,
    ),
)


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return make_dataset(tmp_path / "made", more=MORE)


def table(dataset: Dataset, name: str) -> Table:
    return next(one for one in tables(dataset) if one.name == name)


def rows(found: Table) -> list[dict[str, str]]:
    names = [column.name for column in found.columns]
    return [dict(zip(names, row, strict=True)) for row in found.rows()]


def example(dataset: Dataset) -> dict[str, str]:
    return next(r for r in rows(table(dataset, "large_centre")) if r["id"] == "example-1")


def test_a_thing_stands_in_the_tables_of_its_stated_classes(dataset: Dataset) -> None:
    assert {"large_centre", "figure", "centre", "statement"} <= {t.name for t in tables(dataset)}
    trap = [row["id"] for name in ("centre", "large_centre") for row in rows(table(dataset, name))]
    assert trap.count("trap") == 2


def test_a_cell_has_names_and_the_one_beside_it_their_iris(dataset: Dataset) -> None:
    row = example(dataset)
    assert row["name"] == "Example-1"
    assert row["hosted_by"] == f'Host, "the" first{BETWEEN}{N}id/other'
    assert row["hosted_by_iri"] == f"{N}id/host{BETWEEN}{N}id/other"


def test_texts_are_english_where_there_is_english(dataset: Dataset) -> None:
    assert example(dataset)["mission"] == "to compute"


def test_of_what_is_inferred_only_the_shortcuts_are_shown(dataset: Dataset) -> None:
    row = example(dataset)
    assert row["current_status"] == f"{N}id/on"
    assert "inferred_only" not in row


def test_sources_are_the_documents_that_say_so(dataset: Dataset) -> None:
    assert example(dataset)["sources"] == f"{A.value}{BETWEEN}{B.value}"


def test_columns_have_the_type_of_what_is_in_them(dataset: Dataset) -> None:
    kinds = {column.name: column.kind for column in table(dataset, "large_centre").columns}
    assert (kinds["cores"], kinds["since"], kinds["mission"]) == ("integer", "date", "text")
    assert {c.name: c.kind for c in table(dataset, "figure").columns}["value"] == "number"


def test_every_statement_stands_there_with_its_source(dataset: Dataset) -> None:
    found = rows(table(dataset, "statement"))
    assert len(found) == len(quads_of(dataset)) == table(dataset, "statement").count
    about = [row for row in found if row["subject"] == EXAMPLE.value and row["object"] == "5"]
    assert {row["source"] for row in about} == {A.value, INFERRED}
    assert about[0]["subject_name"] == "Example-1"
    assert about[0]["datatype"].endswith("integer")


@pytest.fixture
def written(dataset: Dataset, tmp_path: Path) -> Path:
    words = ["tables", "datapackage", "croissant"]
    target = tmp_path / "out"
    export(choose(words), dataset.graphs, dataset.repository, target)
    return target


def expected(dataset: Dataset, name: str) -> list[list[Any]]:
    return [list(row) for row in table(dataset, name).values()]


def test_every_format_has_the_same_rows(dataset: Dataset, written: Path) -> None:
    book = openpyxl.load_workbook(written / "eurohpc-kg.xlsx", read_only=True)
    with (
        closing(sqlite3.connect(written / "eurohpc-kg.sqlite")) as lite,
        duckdb.connect(str(written / "eurohpc-kg.duckdb"), read_only=True) as duck,
    ):
        for found in tables(dataset):
            want = expected(dataset, found.name)
            parquet = f"read_parquet('{written}/parquet/{found.name}.parquet')"
            assert as_lists(lite.execute(f'SELECT * FROM "{found.name}"').fetchall()) == want
            assert as_lists(duck.execute(f'SELECT * FROM "{found.name}"').fetchall()) == want
            assert as_lists(duck.execute(f"SELECT * FROM {parquet}").fetchall()) == want
            sheet = list(book[found.name].iter_rows(min_row=2, values_only=True))
            assert as_lists(sheet) == [[_as_excel(cell) for cell in row] for row in want]
    book.close()


def as_lists(found: object) -> list[list[object]]:
    assert isinstance(found, list)
    return [[_plain(cell) for cell in row] for row in found]


def _plain(cell: object) -> object:
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(cell) if hasattr(cell, "isoformat") else cell


def _as_excel(cell: object) -> object:
    # A carriage return comes out of the XML of Excel as its code.
    return cell.replace("\r", "_x000D_") if isinstance(cell, str) else cell


def test_text_is_never_a_formula(written: Path) -> None:
    book = openpyxl.load_workbook(written / "eurohpc-kg.xlsx")
    cells = [cell for row in book["large_centre"].iter_rows() for cell in row]
    (found,) = [cell for cell in cells if cell.value == FORMULA]
    assert found.data_type == "s"


def test_more_rows_than_excel_takes_are_refused(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "ROWS", 10)
    with pytest.raises(TooLargeError, match="Export a part"):
        export(choose(["excel"]), dataset.graphs, dataset.repository, tmp_path / "out")


def test_csvw_describes_every_column(written: Path) -> None:
    metadata = json.loads((written / "tables" / "csv-metadata.json").read_bytes())
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    for found in metadata["tables"]:
        with (written / "tables" / found["url"]).open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        assert [column["name"] for column in found["tableSchema"]["columns"]] == head
    large = next(t for t in metadata["tables"] if t["url"] == "large_centre.csv")
    columns = {column["name"]: column for column in large["tableSchema"]["columns"]}
    assert columns["hosted_by_iri"]["propertyUrl"] == f"{N}ontology#hostedBy"
    assert columns["hosted_by_iri"]["separator"] == BETWEEN
    assert "valueUrl" not in columns["hosted_by_iri"], "A template makes one value of a list."
    figure = next(t for t in metadata["tables"] if t["url"] == "figure.csv")
    (of,) = [c for c in figure["tableSchema"]["columns"] if c["name"] == "of_iri"]
    assert (of["propertyUrl"], of["valueUrl"]) == (f"{N}ontology#of", "{+of_iri}")
    assert columns["cores"]["datatype"] == "integer"


def test_the_data_package_describes_every_file(written: Path) -> None:
    package = json.loads((written / "datapackage.json").read_bytes())
    for resource in package["resources"]:
        assert (written / resource["path"]).stat().st_size == resource["bytes"]
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names))
    (large,) = [r for r in package["resources"] if r["path"] == "tables/large_centre.csv"]
    with (written / large["path"]).open(encoding="utf-8", newline="") as file:
        assert [f["name"] for f in large["schema"]["fields"]] == next(csv.reader(file))


def test_croissant_finds_its_files_and_columns(written: Path) -> None:
    found = json.loads((written / "croissant.json").read_bytes())
    assert found["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    files = {one["@id"] for one in found["distribution"]}
    for records in found["recordSet"]:
        for field in records["field"]:
            source = field["source"]
            assert source["fileObject"]["@id"] in files
            with (written / source["fileObject"]["@id"]).open(encoding="utf-8") as file:
                assert source["extract"]["column"] in next(csv.reader(file))
