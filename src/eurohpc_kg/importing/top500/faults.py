"""What is said of a row or cell that can't be placed: file, line, column, problem, remedy."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path

from eurohpc_kg.findings import Finding, Severity
from eurohpc_kg.importing.top500.fields import countries


def unknown_column(path: Path, line: int, column: int, name: str) -> Finding:
    return Finding(
        path.name,
        line,
        "top500-column",
        f"the column {name!r} is not known and is left out",
        "Add it to importing/top500/tables/columns.csv with its field and unit, or with no field.",
        Severity.WARNING,
        column,
    )


def bad_cell(
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


def blank(path: Path, line: int, missing: Sequence[str]) -> Finding:
    return Finding(
        path.name,
        line,
        "top500-blank",
        f"the row has no {', '.join(missing)} and is left out",
        "Fill the cells from the published list, or delete the row if it is no entry.",
    )


def duplicate(path: Path, line: int, edition: str, cells: Mapping[str, str], first: int) -> Finding:
    return Finding(
        path.name,
        line,
        "top500-duplicate",
        f"rank {cells['rank']} of {edition} stands twice, first on line {first}",
        "Delete the row that the published list does not have.",
    )


def bad_edition(path: Path, line: int, text: str) -> Finding:
    return Finding(
        path.name,
        line,
        "top500-edition",
        f"{text!r} is no edition; the row is left out",
        "Write year and month of an edition, such as 2026-06 or 2025-11.",
    )


def merged_cells(path: Path, line: int, reference: str) -> Finding:
    return Finding(
        path.name,
        line,
        "top500-merged-cells",
        f"the cells {reference} are merged: only the first of them has the value",
        "Unmerge them and write the value into each cell.",
    )


def unknown_country(path: Path, line: int, name: str) -> Finding:
    near = difflib.get_close_matches(name, countries(), 1)
    return Finding(
        path.name,
        line,
        "top500-country",
        f"the country {name!r} is not known; the row is left out",
        (f"Write {near[0]!r}, or add" if near else "Add")
        + " the name to importing/top500/tables/countries.csv.",
    )
