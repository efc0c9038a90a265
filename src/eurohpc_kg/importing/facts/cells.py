"""Cells: what may be wrong with those of a fact sheet and of a source sheet, and the cure.

This module alone knows the columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
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


def faults(
    path: Path,
    line: int,
    row: Mapping[str, str],
    known: Collection[str],
    faulty: Mapping[str, str],
    today: str,
) -> Iterator[Finding]:
    """Yield what is wrong with the cells of a row; ``known`` are the ids of sources, and ``faulty``
    those whose own row has a fault, each with its place.
    """

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
        if source in known:
            continue
        problem = f"{source!r} is in no source sheet"
        remedy = "Add a row for it to the source sheet, or name that sheet with --sources."
        if source in faulty:
            problem = f"the row of {source!r} has a fault, {faulty[source]}"
            remedy = "Correct that row first."
        yield fault("source", "import-unknown-source", problem, remedy)
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


def source_faults(path: Path, line: int, row: Mapping[str, str], known: str) -> Iterator[Finding]:
    """Yield what is wrong with a row of a source sheet; ``known`` is what its id stands for."""

    def fault(column: str, code: str, message: str, remedy: str) -> Finding:
        return Finding(
            str(path),
            line,
            code,
            f"{column}: {message}",
            remedy,
            column=SOURCE_COLUMNS.index(column) + 1,
            subject=row["source"].strip(),
        )

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
    if known and known != row["url"]:
        yield fault(
            "source",
            "import-ambiguous-source",
            f"{row['source']!r} already stands for {known}",
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
