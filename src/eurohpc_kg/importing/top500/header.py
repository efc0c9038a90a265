"""The header of a table: which row it is, which field each column holds, which edition it tells.

A table without the columns that make an entry is refused, with the columns that are missing and
the one that may have been renamed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eurohpc_kg.errors import InputError, UsageError
from eurohpc_kg.findings import Report
from eurohpc_kg.importing.top500.faults import merged_cells, unknown_column
from eurohpc_kg.importing.top500.fields import HPCG, REQUIRED, edition_of, known_columns
from eurohpc_kg.importing.top500.spreadsheets import Row, Table
from eurohpc_kg.names import fold

_HEADER_WITHIN = 20  # rows


@dataclass(frozen=True)
class Placed:
    """Say for each column of a table its field and factor (None: not kept)."""

    fields: Sequence[tuple[int, str, str]]
    header_line: int
    kind: str  # top500, green500 or hpcg


def place_columns(table: Table, report: Report) -> tuple[Row, Placed]:
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
                report.add(unknown_column(table.path, best.line, index + 1, cell))
        elif column.field and column.field not in taken:
            taken.add(column.field)
            fields.append((index, column.field, column.factor))
    kind = "top500"
    if "top500_rank" in taken:
        kind = "hpcg" if HPCG[1] in taken else "green500"
    _require_columns(table.path, kind, taken, unknown)
    return best, Placed(fields, best.line, kind)


def _require_columns(path: Path, kind: str, taken: set[str], unknown: Sequence[str]) -> None:
    needed = {
        "top500": REQUIRED,
        "green500": ("rank", "energy_efficiency_gflops_per_w"),
        "hpcg": ("rank", HPCG[1]),
    }[kind]
    missing = [field for field in needed if field not in taken]
    if not missing:
        return
    word = missing[0].split("_")[0]
    folded = [fold(name) for name in unknown]
    near = [name for name in folded if word in name] or difflib.get_close_matches(word, folded, 1)
    hint = f" Was it renamed to {near[0]!r}?" if near else ""
    raise InputError(
        f"the file is not a TOP500 list that can be read: no column for {', '.join(missing)}",
        place=str(path),
        remedy="Give the columns the names that top500.org gives them, or add the new name to "
        f"importing/top500/tables/columns.csv.{hint}",
    )


def _first(rows: Iterable[Row], count: int) -> Iterable[Row]:
    for _ in range(count):
        row = next(iter(rows), None)
        if row is None:
            return
        yield row


def report_merged(table: Table, header_line: int, report: Report) -> None:
    for first, last, reference in table.merged:
        if last >= header_line:
            report.add(merged_cells(table.path, max(first, header_line), reference))


def told_edition(table: Table) -> str:
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
