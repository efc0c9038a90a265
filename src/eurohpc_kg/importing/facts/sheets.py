"""Fact sheets and source sheets: read the rows, and report every cell that is off.

A row with a fault is left out and reported with its line and column; the rest goes on. `cells`
knows the columns, and what may be wrong in them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eurohpc_kg.errors import InputError
from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.importing.csv_files import csv_rows
from eurohpc_kg.importing.facts.cells import (
    FACT_COLUMNS,
    SOURCE_COLUMNS,
    Ids,
    faults,
    source_faults,
)


@dataclass(frozen=True)
class Fact:
    """Hold one row of a fact sheet; ``sources`` are ids, ``line`` counts from 1."""

    entity: str
    kind: str
    property: str
    value: str
    unit: str
    as_of: str
    sources: tuple[str, ...]
    note: str
    path: str = ""
    line: int = 0


@dataclass(frozen=True)
class Source:
    """Hold one row of a source sheet."""

    id: str
    url: str
    title: str
    publisher: str
    published: str
    kind: str
    note: str

    @property
    def located(self) -> bool:
        """Say whether the address is that of the document itself."""
        return self.kind != "unlocated"


@dataclass
class Sheet:
    """Hold what was read of a fact sheet, and the sources that its rows name."""

    facts: list[Fact] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)


def read_sheet(
    sheet: Path, sources: Sequence[Path], report: Report, today: datetime.date | None = None
) -> Sheet:
    """Read a fact sheet and its source sheets; bad rows are reported and left out.

    ``today`` is the latest date that a fact may have. Raises `InputError` when a file can't be
    read or lacks columns, because then no row of it can be trusted.
    """
    known = read_sources(sources, report)
    faulty = {f.subject: f"{f.path}:{f.line}" for f in report if f.subject not in known}
    ids = Ids(known, faulty)
    limit = (today or datetime.date.today()).isoformat()
    facts: list[Fact] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, row in _rows(sheet, FACT_COLUMNS, report):
        findings = list(faults((sheet, line), row, ids, limit))
        key = tuple(row[c] for c in FACT_COLUMNS if c not in ("entity_type", "note"))
        if key in seen and not findings:
            findings.append(
                Finding(
                    str(sheet),
                    line,
                    "import-duplicate-row",
                    f"the same fact stands in line {seen[key]}",
                    "Delete one of the two rows.",
                    Severity.WARNING,
                )
            )
        report.extend(findings)
        if not findings:
            seen[key] = line
            facts.append(
                Fact(
                    row["entity"],
                    row["entity_type"],
                    row["property"],
                    row["value"],
                    row["unit_or_lang"],
                    row["as_of"],
                    tuple(row["source"].split()),
                    row["note"],
                    str(sheet),
                    line,
                )
            )
    return Sheet(facts, known)


def read_sources(paths: Iterable[Path], report: Report) -> dict[str, Source]:
    """Read source sheets into one table by id; the first row of an id holds."""
    known: dict[str, Source] = {}
    for path in paths:
        for line, row in _rows(path, SOURCE_COLUMNS, report):
            other = known.get(row["source"])
            findings = list(source_faults((path, line), row, other.url if other else ""))
            report.extend(findings)
            if not findings and row["source"] not in known:
                known[row["source"]] = Source(
                    row["source"],
                    row["url"],
                    row["title"],
                    row["publisher"],
                    row["published"],
                    row["kind"],
                    row["note"],
                )
    return known


def _rows(
    path: Path, columns: Sequence[str], report: Report
) -> Iterator[tuple[int, Mapping[str, str]]]:
    rows = csv_rows(path)
    _, head = next(rows, (1, []))
    missing = [column for column in columns if column not in head]
    if missing:
        raise _without(missing, columns, head, path)
    for line, cells in rows:
        if len(cells) > len(head):
            problem = "the row has more cells than the sheet has columns"
            remedy = "Put a cell with a comma in it into quotation marks."
            report.add(Finding(str(path), line, "import-extra-cell", problem, remedy))
        elif cells:
            row = dict(zip(head, cells, strict=False))
            yield line, {column: row.get(column, "") for column in columns}


def _without(
    missing: Sequence[str], columns: Sequence[str], there: Sequence[str], path: Path
) -> InputError:
    """Say which columns a sheet lacks, or that it is not cut at commas."""
    place = f"{path}:1"
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(there) == 1 and mark in there[0]:
            return InputError(
                f"the cells of the sheet are parted by {name}",
                place=place,
                remedy="Save it as CSV with commas.",
            )
    return InputError(
        f"the sheet has no column {', '.join(missing)}",
        place=place,
        remedy=f"Write the columns {', '.join(columns)}.",
    )
