"""An Excel workbook: a sheet a table, with a first one that says what they are."""

from __future__ import annotations

import datetime
from typing import Any

from eurohpc_kg.errors import TooLargeError
from eurohpc_kg.export import about
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.optional import require
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.tables import Table, tables

NAME = "eurohpc-kg.xlsx"
ROWS, CHARACTERS, SHEET = 1_048_576, 32_767, 31  # what Excel takes
_WIDTH, _WIDE = 22, 40
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Write row by row; text is never taken as a formula or a link."""
    writer = require("xlsxwriter", "the format excel")
    found = tables(dataset)
    for table in found:
        if table.count >= ROWS:
            raise TooLargeError(
                f"the table {table.name} has {table.count:,} rows, Excel takes {ROWS - 1:,}",
                place="excel",
                remedy="Export a part (--graph, --subset, --asserted), or another format.",
            )
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with writer.Workbook(folder.path / NAME, options) as book:
        day = datetime.date.fromisoformat(dataset.date)
        created = datetime.datetime(day.year, day.month, day.day)
        book.set_properties({"title": about.TITLE, "author": about.AUTHORS, "created": created})
        bold = book.add_format({"bold": True})
        _contents(book, found, bold)
        for table in found:
            _sheet(book, table, bold)
    folder.add(NAME, "excel", _TYPE, "Excel workbook with all tables")


def _contents(book: Any, found: list[Table], bold: object) -> None:
    sheet = book.add_worksheet("contents")
    sheet.set_column(0, 2, _WIDE)
    sheet.write_row(0, 0, ["sheet", "what", "rows", "definition"], bold)
    for number, table in enumerate(found, 1):
        row = [table.name[:SHEET], table.title, table.count, table.description]
        sheet.write_row(number, 0, row)
    sheet.write_row(len(found) + 2, 0, [about.TITLE, about.LICENCE_NAME, about.DATASET])


def _sheet(book: Any, table: Table, bold: object) -> None:
    sheet = book.add_worksheet(table.name[:SHEET])
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(table.columns) - 1, _WIDTH)
    sheet.autofilter(0, 0, table.count, len(table.columns) - 1)
    sheet.write_row(0, 0, [column.name for column in table.columns], bold)
    for number, row in enumerate(table.values(), 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, _cut(cell))
            elif cell is not None:
                sheet.write_number(number, place, cell)


def _cut(text: str) -> str:
    return text if len(text) <= CHARACTERS else text[: CHARACTERS - 1] + "…"


EXPORTER = Exporter(
    "Excel workbook, a sheet a table",
    group="tables",
    write_folder=write_folder,
    needs=("xlsxwriter",),
    rank=4,
)
