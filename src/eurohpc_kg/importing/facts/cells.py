"""Cells: what may be wrong with those of a fact sheet and of a source sheet, and the cure.

This module alone knows the columns.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eurohpc_kg.findings import Finding
from eurohpc_kg.importing.facts.dates import date_problem
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


class _Row:
    """Hold a row of a sheet, and find what is wrong with a cell of it."""

    def __init__(
        self, place: tuple[Path, int], cells: Mapping[str, str], columns: Sequence[str], about: str
    ) -> None:
        """``place`` is the file and the line; ``about`` is the column that names the subject."""
        self.path, self.line = place
        self.cells = cells
        self.columns = columns
        self.subject = cells[about].strip() if about else ""

    def fault(self, column: str, code: str, message: str, remedy: str) -> Finding:
        """Return a finding at a cell."""
        return Finding(
            str(self.path),
            self.line,
            code,
            f"{column}: {message}",
            remedy,
            column=self.columns.index(column) + 1,
            subject=self.subject,
        )

    def spaces_and_gaps(self, needed: Collection[str]) -> Iterator[Finding]:
        """Find cells with a space too many, and empty ones of the columns ``needed``."""
        for column, cell in self.cells.items():
            if cell != cell.strip() or "  " in cell or "\n" in cell or "\u00a0" in cell:
                yield self.fault(
                    column,
                    "import-stray-space",
                    f"{cell!r} has a space too many",
                    "Delete spaces at the ends, doubled spaces and line breaks.",
                )
            if column in needed and not cell.strip():
                yield self.fault(
                    column, "import-empty-cell", "the cell is empty", "Fill it, or drop the row."
                )

    def slug(self, column: str) -> Iterator[Finding]:
        """Find that a cell is no slug."""
        text = self.cells[column]
        if text and not is_slug(text.strip()):
            yield self.fault(
                column,
                "import-bad-slug",
                f"{text!r} is not a slug",
                "Write lower-case words of a to z and 0 to 9, joined by hyphens.",
            )

    def date(self, column: str) -> Iterator[Finding]:
        """Find that a cell is no date."""
        text = self.cells[column].strip()
        if text and (problem := date_problem(text)):
            remedy = "Write YYYY, YYYY-MM or YYYY-MM-DD."
            yield self.fault(column, "import-bad-date", problem, remedy)


@dataclass(frozen=True)
class Ids:
    """Hold the ids of sources: those known, and those whose row has a fault, with its place."""

    known: Collection[str]
    faulty: Mapping[str, str]


def faults(
    place: tuple[Path, int], cells: Mapping[str, str], ids: Ids, today: str
) -> Iterator[Finding]:
    """Yield what is wrong with the cells of a row at a place, a file and a line."""
    row = _Row(place, cells, FACT_COLUMNS, "")
    yield from row.spaces_and_gaps(_NEEDED)
    yield from row.slug("entity")
    for source in cells["source"].split():
        if source not in ids.known:
            yield _unknown_source(row, source, ids.faulty)
    bad_date = list(row.date("as_of"))
    yield from bad_date
    if not bad_date and cells["as_of"].strip() and cells["as_of"] > today:
        yield row.fault(
            "as_of",
            "import-future-date",
            f"{cells['as_of']} is in the future",
            "Write the date as of which the source says it; a plan is said by its note.",
        )
    if len(cells["value"]) > _LONGEST:
        yield row.fault(
            "value",
            "import-long-value",
            f"has {len(cells['value'])} characters",
            f"Write a fact of at most {_LONGEST} characters, in your own words.",
        )


def _unknown_source(row: _Row, source: str, faulty: Mapping[str, str]) -> Finding:
    problem = f"{source!r} is in no source sheet"
    remedy = "Add a row for it to the source sheet, or name that sheet with --sources."
    if source in faulty:
        problem = f"the row of {source!r} has a fault, {faulty[source]}"
        remedy = "Correct that row first."
    return row.fault("source", "import-unknown-source", problem, remedy)


def source_faults(
    place: tuple[Path, int], cells: Mapping[str, str], known: str
) -> Iterator[Finding]:
    """Yield what is wrong with a row of a source sheet; ``known`` is what its id stands for."""
    row = _Row(place, cells, SOURCE_COLUMNS, "source")
    yield from row.spaces_and_gaps(("source", "url", "title", "publisher", "kind"))
    yield from row.slug("source")
    if cells["url"] and not _ADDRESS.fullmatch(cells["url"].strip()):
        yield row.fault(
            "url",
            "import-bad-address",
            f"{cells['url']!r} is not a web address",
            "Write it as http:// or https://, with special characters in percent form.",
        )
    yield from row.date("published")
    if cells["kind"].strip() and cells["kind"].strip() not in KINDS:
        yield row.fault(
            "kind",
            "import-bad-kind",
            f"{cells['kind']!r} is not one of {', '.join(KINDS)}",
            "Say whether the publisher is the body itself (primary) or tells of it (secondary).",
        )
    if known and known != cells["url"]:
        yield row.fault(
            "source",
            "import-ambiguous-source",
            f"{cells['source']!r} already stands for {known}",
            "Give each address an id of its own.",
        )
