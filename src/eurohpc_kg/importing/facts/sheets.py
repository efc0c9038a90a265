"""Fact sheets and source sheets: read the rows, and report every cell that is off.

A row with a fault is left out and reported with its line and column; the rest goes on. This
module alone knows the columns.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eurohpc_kg.errors import EncodingError, InputError
from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.names import is_slug

FACT_COLUMNS = (
    "entity",
    "entity_type",
    "property",
    "value",
    "unit_or_lang",
    "as_of",
    "source",
    "note",
)
SOURCE_COLUMNS = ("source", "url", "title", "publisher", "published", "kind", "note")
KINDS = ("primary", "secondary", "unlocated")
_ADDRESS = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_NEEDED = ("entity", "entity_type", "property", "value", "source")
_LONGEST = 160


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
    limit = (today or datetime.date.today()).isoformat()
    facts: list[Fact] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, row in _rows(sheet, FACT_COLUMNS, report):
        findings = list(_faults(sheet, line, row, known, limit))
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
            findings = list(_source_faults(path, line, row, known))
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
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"the sheet has no column {', '.join(missing)}",
                    place=f"{path}:1",
                    remedy=f"Write the columns {', '.join(columns)}.",
                )
            for row in reader:
                if None in row:
                    problem = "the row has more cells than the sheet has columns"
                    remedy = "Put a cell with a comma in it into quotation marks."
                    place = str(path), reader.line_num
                    report.add(Finding(*place, "import-extra-cell", problem, remedy))
                    continue
                yield reader.line_num, {c: row.get(c) or "" for c in columns}
    except UnicodeDecodeError as error:
        raise EncodingError(
            "the sheet is not UTF-8", place=str(path), remedy="Save it as CSV with UTF-8."
        ) from error
    except csv.Error as error:
        raise InputError(
            f"the sheet is not CSV: {error}",
            place=f"{path}:{reader.line_num}",
            remedy="Close the quotation marks, and double those inside a cell.",
        ) from error
    except OSError as error:
        raise InputError(
            f"the sheet can't be read: {error.strerror}",
            place=str(path),
            remedy="Name a CSV file.",
        ) from error


def _faults(
    path: Path, line: int, row: Mapping[str, str], known: Mapping[str, Source], today: str
) -> Iterator[Finding]:
    def fault(column: str, code: str, message: str, remedy: str) -> Finding:
        number = FACT_COLUMNS.index(column) + 1
        return Finding(str(path), line, code, f"{column}: {message}", remedy, column=number)

    yield from _cell_faults(fault, row, _NEEDED)
    if row["entity"] and not is_slug(row["entity"].strip()):
        yield fault(
            "entity",
            "import-bad-slug",
            f"{row['entity']!r} is not a slug",
            "Write lower-case words of a to z and 0 to 9, joined by hyphens.",
        )
    for source in row["source"].split():
        if source not in known:
            yield fault(
                "source",
                "import-unknown-source",
                f"{source!r} is in no source sheet",
                "Add a row for it to the source sheet, or name that sheet with --sources.",
            )
    if row["as_of"].strip():
        problem = date_problem(row["as_of"].strip())
        if problem:
            yield fault("as_of", "import-bad-date", problem, "Write YYYY, YYYY-MM or YYYY-MM-DD.")
        elif row["as_of"] > today:
            yield fault(
                "as_of",
                "import-future-date",
                f"{row['as_of']} is in the future",
                "Write the date as of which the source says it; a plan is said by its note.",
            )
    if len(row["value"]) > _LONGEST:
        yield fault(
            "value",
            "import-long-value",
            f"has {len(row['value'])} characters",
            f"Write a fact of at most {_LONGEST} characters, in your own words.",
        )


def _source_faults(
    path: Path, line: int, row: Mapping[str, str], known: Mapping[str, Source]
) -> Iterator[Finding]:
    def fault(column: str, code: str, message: str, remedy: str) -> Finding:
        number = SOURCE_COLUMNS.index(column) + 1
        return Finding(str(path), line, code, f"{column}: {message}", remedy, column=number)

    yield from _cell_faults(fault, row, ("source", "url", "title", "publisher", "kind"))
    if row["source"] and not is_slug(row["source"].strip()):
        yield fault(
            "source",
            "import-bad-slug",
            f"{row['source']!r} is not a slug",
            "Write lower-case words of a to z and 0 to 9, joined by hyphens.",
        )
    if row["url"] and not _ADDRESS.fullmatch(row["url"].strip()):
        yield fault(
            "url",
            "import-bad-address",
            f"{row['url']!r} is not a web address",
            "Write it as http:// or https://, with special characters in percent form.",
        )
    if row["published"].strip() and (problem := date_problem(row["published"].strip())):
        yield fault("published", "import-bad-date", problem, "Write YYYY, YYYY-MM or YYYY-MM-DD.")
    if row["kind"].strip() and row["kind"].strip() not in KINDS:
        yield fault(
            "kind",
            "import-bad-kind",
            f"{row['kind']!r} is not one of {', '.join(KINDS)}",
            "Say whether the publisher is the body itself (primary) or tells of it (secondary).",
        )
    other = known.get(row["source"])
    if other is not None and other.url != row["url"]:
        yield fault(
            "source",
            "import-ambiguous-source",
            f"{row['source']!r} already stands for {other.url}",
            "Give each address an id of its own.",
        )


def _cell_faults(
    fault: Callable[[str, str, str, str], Finding],
    row: Mapping[str, str],
    needed: Collection[str],
) -> Iterator[Finding]:
    for column, cell in row.items():
        if cell != cell.strip() or "  " in cell or "\n" in cell or "\u00a0" in cell:
            yield fault(
                column,
                "import-stray-space",
                f"{cell!r} has a space too many",
                "Delete spaces at the ends, doubled spaces and line breaks.",
            )
        if column in needed and not cell.strip():
            yield fault(
                column, "import-empty-cell", "the cell is empty", "Fill it, or drop the row."
            )


def date_problem(text: str) -> str:
    """Say why a text is not a date as precise as known, or return nothing.

    >>> date_problem("2026-02-30")
    "'2026-02-30' is not in the calendar"
    """
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII):
        return f"{text!r} is not a date"
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    try:
        datetime.date(year, month, day)
    except ValueError:
        return f"{text!r} is not in the calendar"
    return ""
