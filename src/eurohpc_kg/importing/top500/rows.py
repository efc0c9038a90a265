"""From a table to ranking entries: find the header, place the columns, check the cells.

What can't be placed is reported with file, line, column and remedy. A row that is off is left out
and makes its edition incomplete, so that no half of an edition is ever written; a cell that is off
where the entry stands without it is left out alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from pathlib import Path

from eurohpc_kg.findings import Report, Severity
from eurohpc_kg.importing.top500.faults import (
    bad_cell,
    bad_edition,
    blank,
    duplicate,
    unknown_country,
)
from eurohpc_kg.importing.top500.fields import (
    DECIMAL,
    GREEN500,
    HPCG,
    INTEGER,
    KINDS,
    NOUGHT_IS_BLANK,
    REQUIRED,
    SIX_DIGITS,
    YEAR,
    countries,
    is_edition,
)
from eurohpc_kg.importing.top500.header import Placed, place_columns, report_merged, told_edition
from eurohpc_kg.importing.top500.spreadsheets import Row, Table, plain

_INTEGERS = re.compile(r"\d{1,12}")
_NUMBERS = re.compile(r"\d{1,12}(\.\d{1,12})?")
_SIX = Context(prec=6)
_NOTHING = {"accelerator": ("None",)}


@dataclass(frozen=True)
class Entry:
    """Hold one entry of one edition: its cells by field, and the place it was read from."""

    edition: str
    cells: Mapping[str, str]
    path: str = ""
    line: int = 0

    @property
    def rank(self) -> int:
        return int(self.cells["rank"])

    @property
    def key(self) -> tuple[str, int]:
        return self.edition, self.rank

    def __getitem__(self, field: str) -> str:
        """Return a cell, or the empty text where the entry has none."""
        return self.cells.get(field, "")


@dataclass(frozen=True)
class SideEntry:
    """Hold what an entry of the Green500 or HPCG list adds to a TOP500 entry of its edition."""

    edition: str
    top500_rank: int
    number: str
    cores: str
    system: str
    cells: Mapping[str, str]
    path: str
    line: int


@dataclass
class Reading:
    """Hold what a file gave: entries, side entries, and the editions that are incomplete."""

    entries: list[Entry]
    side_entries: list[SideEntry]
    incomplete: set[str]


def read_entries(
    table: Table, report: Report, edition: str = "", region: str = "europe"
) -> Reading:
    """Read the entries of a table, those of ``region`` only (``europe`` or ``all``).

    ``edition`` overrules what the file says. Raises `InputError` for a table that is no list of
    the TOP500, and `UsageError` where its edition is told neither by the file nor by ``edition``.
    """
    header, placed = place_columns(table, report)
    if placed.kind != "hpcg":  # whose list writes an entry over several rows, merged
        report_merged(table, placed.header_line, report)
    fields = {field for _, field, _ in placed.fields}
    fixed = "" if "edition" in fields and not edition else edition or told_edition(table)
    reading = Reading([], [], set())
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        if not any(row.cells):
            continue
        cells, whole = _cells(row, placed, header, table.path, report)
        of = fixed or cells.pop("edition", "")
        if not is_edition(of):
            report.add(bad_edition(table.path, row.line, of))
            continue
        if not whole:
            reading.incomplete.add(of)
            continue
        if placed.kind != "top500":
            _add_side(reading, placed.kind, of, cells, table.path.name, row.line)
            continue
        if (of, cells["rank"]) in seen:
            report.add(duplicate(table.path, row.line, of, cells, seen[of, cells["rank"]]))
            reading.incomplete.add(of)
            continue
        seen[of, cells["rank"]] = row.line
        wanted = _in_region(cells, region, table.path, row.line, report)
        if wanted is None:
            reading.incomplete.add(of)
        elif wanted:
            reading.entries.append(Entry(of, cells, table.path.name, row.line))
    return reading


def _cells(
    row: Row, placed: Placed, header: Row, path: Path, report: Report
) -> tuple[dict[str, str], bool]:
    """Return the cells of a row by field, and whether the row can be used."""
    cells: dict[str, str] = {}
    whole = True
    needed = REQUIRED if placed.kind == "top500" else ("rank",)
    blank_is_fine = placed.kind == "hpcg"  # its list writes one entry over several rows
    for index, field, factor in placed.fields:
        text = row.cells[index] if index < len(row.cells) else ""
        if not text or text in _NOTHING.get(field, ()):
            continue
        value = _value(field, text, factor)
        if value:
            cells[field] = value
        if value is not None:
            continue
        severity = Severity.ERROR if field in needed else Severity.WARNING
        whole = whole and field not in needed
        report.add(bad_cell(path, row.line, index + 1, header.cells[index], text, severity))
    missing = [field for field in needed if field not in cells]
    if missing and whole and not (blank_is_fine and "rank" in missing):
        report.add(blank(path, row.line, missing))
        whole = False
    return cells, whole and not (missing and not blank_is_fine)


def _value(field: str, text: str, factor: str) -> str | None:
    """Return a cell as the field writes it, empty for a blank, or None where it can't be that."""
    kind = KINDS.get(field, "text")
    if kind not in (INTEGER, DECIMAL, YEAR):
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    if number <= 0 and field in NOUGHT_IS_BLANK:
        return ""
    if number < 0:
        return None
    if field in SIX_DIGITS:
        number = _SIX.plus(number)
        text = plain(number)
    if factor not in ("", "1"):
        written = plain(number * Decimal(factor))
    else:
        written = text if _NUMBERS.fullmatch(text) else plain(number)
    if kind == DECIMAL:
        return written if _NUMBERS.fullmatch(written) else None
    written = plain(number)
    return written if _INTEGERS.fullmatch(written) else None


def _in_region(
    cells: Mapping[str, str], region: str, path: Path, line: int, report: Report
) -> bool | None:
    """Tell whether a row is in the region; None where its country is not known."""
    known = countries().get(cells["country"])
    if known is None:
        report.add(unknown_country(path, line, cells["country"]))
        return None
    return region == "all" or known[1] == region


def _add_side(
    reading: Reading, kind: str, edition: str, cells: dict[str, str], path: str, line: int
) -> None:
    value = HPCG[1] if kind == "hpcg" else "energy_efficiency_gflops_per_w"
    if "rank" not in cells or "top500_rank" not in cells or value not in cells:
        return  # no system of the TOP500, or one that was not measured
    rank_field, value_field = HPCG if kind == "hpcg" else GREEN500
    added = {rank_field: cells["rank"], value_field: cells[value]}
    reading.side_entries.append(
        SideEntry(
            edition,
            int(cells["top500_rank"]),
            cells.get("top500_system_id", ""),
            cells.get("total_cores", ""),
            cells.get("system", ""),
            added,
            path,
            line,
        )
    )
