"""From a table to ranking entries: find the header, place the columns, check the cells.

What can't be placed is reported with file, line, column and remedy. A row that is off is left out
and makes its edition incomplete, so that no half of an edition is ever written; a cell that is off
where the entry stands without it is left out alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from pathlib import Path

from eurohpc_kg.errors import InputError, UsageError
from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.importing.top500_fields import (
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
    edition_of,
    is_edition,
    known_columns,
)
from eurohpc_kg.importing.top500_tables import Row, Table, plain
from eurohpc_kg.names import fold

_HEADER_WITHIN = 20  # rows
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


@dataclass(frozen=True)
class _Placed:
    """Say for each column of a table its field and factor (None: not kept)."""

    fields: Sequence[tuple[int, str, str]]
    header_line: int
    kind: str  # top500, green500 or hpcg


def read_entries(
    table: Table, report: Report, edition: str = "", region: str = "europe"
) -> Reading:
    """Read the entries of a table, those of ``region`` only (``europe`` or ``all``).

    ``edition`` overrules what the file says. Raises `InputError` for a table that is no list of
    the TOP500, and `UsageError` where its edition is told neither by the file nor by ``edition``.
    """
    header, placed = _place_columns(table, report)
    if placed.kind != "hpcg":  # whose list writes an entry over several rows, merged
        _report_merged(table, placed.header_line, report)
    fields = {field for _, field, _ in placed.fields}
    fixed = "" if "edition" in fields and not edition else edition or _told_edition(table)
    reading = Reading([], [], set())
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        if not any(row.cells):
            continue
        cells, whole = _cells(row, placed, header, table.path, report)
        of = fixed or cells.pop("edition", "")
        if not is_edition(of):
            report.add(_bad_edition(table.path, row.line, of))
            continue
        if not whole:
            reading.incomplete.add(of)
            continue
        if placed.kind != "top500":
            _add_side(reading, placed.kind, of, cells, table.path.name, row.line)
            continue
        if (of, cells["rank"]) in seen:
            report.add(_duplicate(table.path, row.line, of, cells, seen[of, cells["rank"]]))
            reading.incomplete.add(of)
            continue
        seen[of, cells["rank"]] = row.line
        wanted = _in_region(cells, region, table.path, row.line, report)
        if wanted is None:
            reading.incomplete.add(of)
        elif wanted:
            reading.entries.append(Entry(of, cells, table.path.name, row.line))
    return reading


def _place_columns(table: Table, report: Report) -> tuple[Row, _Placed]:
    """Find the header and give each column its field."""
    known = known_columns()
    best: Row | None = None
    for row in _first(table.rows, _HEADER_WITHIN):
        names = [fold(cell) for cell in row.cells]
        if sum(name in known for name in names) >= 4 and "rank" in names:
            best = row
            break
    if best is None:
        raise InputError(
            "the file is not a TOP500 list: it has no row with the list's column names",
            place=str(table.path),
            remedy="Give the file of an edition as top500.org offers it (Rank, Site, Computer …).",
        )
    fields: list[tuple[int, str, str]] = []
    unknown: list[str] = []
    taken: set[str] = set()
    for index, cell in enumerate(best.cells):
        column = known.get(fold(cell))
        if column is None:
            if cell:
                unknown.append(cell)
                report.add(_unknown_column(table.path, best.line, index + 1, cell))
        elif column.field and column.field not in taken:
            taken.add(column.field)
            fields.append((index, column.field, column.factor))
    kind = "top500"
    if "top500_rank" in taken:
        kind = "hpcg" if HPCG[1] in taken else "green500"
    _require_columns(table.path, kind, taken, unknown)
    return best, _Placed(fields, best.line, kind)


def _require_columns(path: Path, kind: str, taken: set[str], unknown: Sequence[str]) -> None:
    needed = {
        "top500": REQUIRED,
        "green500": ("rank", "energy_efficiency_gflops_per_w"),
        "hpcg": ("rank", HPCG[1]),
    }[kind]
    missing = [field for field in needed if field not in taken]
    if not missing:
        return
    near = difflib.get_close_matches(missing[0].split("_")[0], [fold(u) for u in unknown], 1, 0.4)
    hint = f" Was it renamed to {near[0]!r}?" if near else ""
    raise InputError(
        f"the file is not a TOP500 list that can be read: no column for {', '.join(missing)}",
        place=str(path),
        remedy="Give the columns the names that top500.org gives them, or add the new name to "
        f"importing/top500-columns.csv.{hint}",
    )


def _first(rows: Iterable[Row], count: int) -> Iterable[Row]:
    for _ in range(count):
        row = next(iter(rows), None)
        if row is None:
            return
        yield row


def _cells(
    row: Row, placed: _Placed, header: Row, path: Path, report: Report
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
        report.add(_bad_cell(path, row.line, index + 1, header.cells[index], text, severity))
    missing = [field for field in needed if field not in cells]
    if missing and whole and not (blank_is_fine and "rank" in missing):
        report.add(_blank(path, row.line, missing))
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
        near = difflib.get_close_matches(cells["country"], countries(), 1)
        report.add(
            Finding(
                path.name,
                line,
                "top500-country",
                f"the country {cells['country']!r} is not known",
                (f"Write {near[0]!r}, or add" if near else "Add")
                + " the name to importing/top500-countries.csv.",
            )
        )
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


def _told_edition(table: Table) -> str:
    """Return the edition that the file's wrapping or name tells; raise `UsageError` if none."""
    hint = table.hint.strip()
    told = set()
    if re.fullmatch(r"\d{1,3}", hint):
        told.add(edition_of(int(hint)))
    elif match := re.fullmatch(r"(\d{4})/(\d{2})/\d{2}", hint):
        told.add(f"{match[1]}-{'06' if match[2] < '09' else '11'}")
    if match := re.search(r"(?<!\d)((?:19|20)\d{2})[-_]?(06|11)(?!\d)", table.path.stem):
        told.add(f"{match[1]}-{match[2]}")
    if len(told) == 1:
        return told.pop()
    raise UsageError(
        "the file's name and its sheet tell two editions: " + " and ".join(sorted(told))
        if told
        else "the file does not tell which edition it is",
        place=str(table.path),
        remedy="Give it with --edition, for example --edition 2026-06.",
    )


def _report_merged(table: Table, header_line: int, report: Report) -> None:
    for first, last, reference in table.merged:
        if last >= header_line:
            report.add(
                Finding(
                    table.path.name,
                    max(first, header_line),
                    "top500-merged-cells",
                    f"the cells {reference} are merged: only the first of them has the value",
                    "Unmerge them and write the value into each cell.",
                )
            )


def _unknown_column(path: Path, line: int, column: int, name: str) -> Finding:
    return Finding(
        path.name,
        line,
        "top500-column",
        f"the column {name!r} is not known and is left out",
        "Add it to importing/top500-columns.csv with its field and unit, or with no field.",
        Severity.WARNING,
        column,
    )


def _bad_cell(
    path: Path, line: int, column: int, header: str, text: str, severity: Severity
) -> Finding:
    shown = text if len(text) <= 60 else text[:60] + "…"
    outcome = "the row is left out" if severity is Severity.ERROR else "the cell is left out"
    return Finding(
        path.name,
        line,
        "top500-number",
        f"{shown!r} is no number that the column {header!r} can have; {outcome}",
        "Write a number that is not negative, with a point before its decimals and no unit.",
        severity,
        column,
    )


def _blank(path: Path, line: int, missing: Sequence[str]) -> Finding:
    return Finding(
        path.name,
        line,
        "top500-blank",
        f"the row has no {', '.join(missing)} and is left out",
        "Fill the cells from the published list, or delete the row if it is no entry.",
    )


def _duplicate(
    path: Path, line: int, edition: str, cells: Mapping[str, str], first: int
) -> Finding:
    return Finding(
        path.name,
        line,
        "top500-duplicate",
        f"rank {cells['rank']} of {edition} stands twice, first on line {first}",
        "Delete the row that the published list does not have.",
    )


def _bad_edition(path: Path, line: int, text: str) -> Finding:
    return Finding(
        path.name,
        line,
        "top500-edition",
        f"{text!r} is no edition; the row is left out",
        "Write year and month of an edition, such as 2026-06 or 2025-11.",
    )
