"""An answer as a table of a page: cells with what they link to, sources as footnotes."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from eurohpc_kg.results import Cell, Results, plain, python_value
from eurohpc_kg.web.build import Build

MOST_ROWS = 2_000


@dataclass(frozen=True)
class TableCell:
    """Hold one cell. ``iri`` is what it names, empty for a value; ``key`` is what it sorts by."""

    text: str
    iri: str = ""
    is_number: bool = False
    language: str = ""


@dataclass(frozen=True)
class Column:
    name: str
    note: str
    is_number: bool


@dataclass(frozen=True)
class Table:
    """Hold the table; ``left_out`` counts the rows that the page has no room for."""

    columns: list[Column]
    rows: list[tuple[list[TableCell], list[str]]]
    left_out: int
    has_sources: bool


def table_of(build: Build, results: Results) -> Table:
    """Return the table of an answer; rows that differ in their source only are one."""
    merged = results.merged()
    numeric = [
        any(cells) and all(_is_number(cell) for cell in cells if cell is not None)
        for cells in zip(*(row for row, _ in merged), strict=True)
    ] or [False] * len(results.plain_columns())
    columns = [
        Column(name.replace("_", " "), results.notes.get(name, ""), is_number)
        for name, is_number in zip(results.plain_columns(), numeric, strict=True)
    ]
    rows = [
        ([_cell(build, cell, numeric[i]) for i, cell in enumerate(row)], sources)
        for row, sources in merged[:MOST_ROWS]
    ]
    left_out = max(0, len(merged) - MOST_ROWS)
    return Table(columns, rows, left_out, bool(results.source_columns))


def _cell(build: Build, cell: Cell, is_number: bool) -> TableCell:
    if isinstance(cell, ox.NamedNode):
        label = build.names.label(cell)
        return TableCell(cell.value if label.startswith("<") else label, cell.value)
    language = (cell.language or "") if isinstance(cell, ox.Literal) else ""
    text = plain(cell)
    if text.startswith(("https://", "http://")) and " " not in text:
        return TableCell(text, text)
    return TableCell(text, "", is_number, language)


def _is_number(cell: Cell) -> bool:
    value = python_value(cell)
    return isinstance(value, int | float) and not isinstance(value, bool)
