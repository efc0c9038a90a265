"""An answer as a table of a page: cells with what they link to, sources as footnotes."""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.names import VOCABULARY
from eurohpc_kg.records import dataclass
from eurohpc_kg.results import Cell, Results, plain, python_value
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages.filters import literal

MOST_ROWS = 2_000
# How a unit is written that ends the name of a column.
_UNITS = {
    "gflops": "GFlop/s", "tflops": "TFlop/s", "pflops": "PFlop/s", "kw": "kW", "mw": "MW",
    "hpcg": "HPCG", "percent": "%", "months": "months",
}  # fmt: skip
_ONE = VOCABULARY + "unit/one"  # the unit of a count, which the page leaves out


@dataclass(frozen=True)
class TableCell:
    """Hold one cell: ``text`` to sort by, ``shown`` to read, ``iri`` for what it names."""

    text: str
    shown: str
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


def table_of(build: Build, results: Results, *, has_names: bool = False) -> Table:
    """Return the table of an answer; rows that differ in their source only are one.

    The name of what a link shows is left out, unless it ``has_names`` because a reader asked so.
    """
    merged = results.merged()
    numeric = [
        any(cells) and all(_is_number(cell) for cell in cells if cell is not None)
        for cells in zip(*(row for row, _ in merged), strict=True)
    ] or [False] * len(results.plain_columns())
    columns = [
        Column(_heading(name), results.notes.get(name, ""), is_number)
        for name, is_number in zip(results.plain_columns(), numeric, strict=True)
    ]
    kept = set(range(len(columns))) if has_names else _telling(build, merged)
    rows = [
        ([_cell(build, cell, numeric[i]) for i, cell in enumerate(row) if i in kept], sources)
        for row, sources in merged[:MOST_ROWS]
    ]
    columns = [column for i, column in enumerate(columns) if i in kept]
    left_out = max(0, len(merged) - MOST_ROWS)
    return Table(columns, rows, left_out, bool(results.source_columns))


def _heading(name: str) -> str:
    """Return the name of a column in words, its unit as it is written.

    >>> _heading("best_rank"), _heading("rmax_tflops"), _heading("million_euro_per_pflops")
    ('best rank', 'rmax, TFlop/s', 'million euro per PFlop/s')
    """
    words = [_UNITS.get(word, word) for word in name.split("_")]
    if len(words) > 1 and words[-1] in _UNITS.values() and words[-2] != "per":
        words[-2] += ","
    return " ".join(words)


def _telling(build: Build, merged: list[tuple[tuple[Cell, ...], list[str]]]) -> set[int]:
    """Return the columns that tell more than another: not the name of what a link shows."""
    kept = set(range(len(merged[0][0]) if merged else 0))
    words = [
        [build.names.label(cell) if isinstance(cell, ox.NamedNode) else plain(cell) for cell in row]
        for row, _ in merged
    ]
    for i in sorted(kept):
        if any(isinstance(row[i], ox.NamedNode) for row, _ in merged):
            continue
        for j in sorted(kept - {i}):
            links = all(isinstance(row[j], ox.NamedNode) for row, _ in merged)
            if links and all(line[i] == line[j] for line in words):
                kept.discard(i)
    return kept or {0}


def _cell(build: Build, cell: Cell, is_number: bool) -> TableCell:
    if isinstance(cell, ox.NamedNode):
        label = build.names.label(cell)
        text = cell.value if label.startswith("<") else label
        return TableCell(text, text, cell.value) if cell.value != _ONE else TableCell(text, "")
    language = (cell.language or "") if isinstance(cell, ox.Literal) else ""
    text = plain(cell)
    if text.startswith(("https://", "http://")) and " " not in text:
        return TableCell(text, text, text)
    return TableCell(text, literal(text, cell), "", is_number, language)


def _is_number(cell: Cell) -> bool:
    value = python_value(cell)
    return isinstance(value, int | float) and not isinstance(value, bool)
