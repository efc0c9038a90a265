"""Tables as top500.org gives them: spreadsheets new and old, XML, and CSV, row by row.

Each reader yields rows of text cells with the line they stand in, and reports what a spreadsheet
can hide (merged cells, formulas). The kind of a file is told by its first bytes: some ``.xlsx``
files are the old format with a new name. This module alone knows file formats.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from eurohpc_kg.errors import InputError, MissingDependencyError, TooLargeError
from eurohpc_kg.findings import Finding, Report, Severity
from eurohpc_kg.importing.csv_files import csv_rows

LARGEST = 64 * 1024 * 1024  # bytes; one edition has 0.1 MB zipped, 1 MB unzipped
XML_NAMESPACE = "{http://www.top500.org/xml/top500/1.0}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MERGED = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


class _Closable(Protocol):
    def close(self) -> None: ...


@dataclass(frozen=True)
class Row:
    """Hold one row: its line in the file (from 1) and its cells as text, empty where blank."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Hold the rows of one file and what its wrapping says of the edition (a hint, or empty).

    ``merged`` are the first and last line and the reference of each merged range. Used as a
    context, it closes what it reads from.
    """

    path: Path
    hint: str
    rows: Iterator[Row]
    merged: tuple[tuple[int, int, str], ...] = ()
    open_things: tuple[_Closable, ...] = ()

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        for thing in self.open_things:
            thing.close()


def open_table(path: Path, report: Report) -> Table:
    """Open a spreadsheet, XML or CSV file of a ranking list.

    Raises `InputError` for what is none of them, `TooLargeError` above `LARGEST`, and
    `MissingDependencyError` where the package that reads the format is not installed.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
            size = stream.seek(0, 2)
    except OSError as error:
        raise InputError(
            f"the file can't be read: {error.strerror}",
            place=str(path),
            remedy="Check the name and the permissions.",
        ) from error
    if size > LARGEST:
        raise TooLargeError(
            f"the file has {size:,} bytes, more than the {LARGEST:,} allowed",
            place=str(path),
            remedy="An edition has less than one megabyte: check what the file is.",
        )
    if head.startswith(b"PK"):
        return _xlsx(path, report)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _xls(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _xml(path)
    if b"\0" in head:
        raise _not_a_list(path, "the file is neither a spreadsheet nor text")
    return _csv(path)


def _xlsx(path: Path, report: Report) -> Table:
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError as error:
        raise _missing("openpyxl", path) from error
    try:
        merged, unzipped = _look_into(path)
        if unzipped > LARGEST:
            raise TooLargeError(
                f"the file unzips to {unzipped:,} bytes, more than the {LARGEST:,} allowed",
                place=str(path),
                remedy="An edition has about one megabyte: check what the file is.",
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles that openpyxl does not know
            # Twice: the stored values, and beside them the formulas that made them.
            values = openpyxl.load_workbook(path, read_only=True, data_only=True)
            formulas = openpyxl.load_workbook(path, read_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ElementTree.ParseError) as error:
        raise _not_a_list(path, "the file is no readable .xlsx spreadsheet") from error
    sheet = values.worksheets[0]

    def rows() -> Generator[Row, None, None]:
        pairs = zip(sheet.iter_rows(), formulas.worksheets[0].iter_rows(), strict=True)
        for line, (cells, written) in enumerate(pairs, start=1):
            for column, (cell, formula) in enumerate(zip(cells, written, strict=True), start=1):
                if formula.data_type == "f":
                    report.add(_formula(path, line, column, cell.value is None))
            yield Row(line, tuple(cell_text(cell.value) for cell in cells))

    generator = rows()
    return Table(path, sheet.title, generator, merged, (generator, values, formulas))


def _look_into(path: Path) -> tuple[tuple[tuple[int, int, str], ...], int]:
    """Return the merged ranges of the first sheet, and the bytes of all parts unzipped."""
    found = []
    with zipfile.ZipFile(path) as archive:
        unzipped = sum(part.file_size for part in archive.infolist())
        names = sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))
        if names and unzipped <= LARGEST:
            with archive.open(names[0]) as stream:
                for _, element in ElementTree.iterparse(stream):
                    if element.tag == _MAIN + "mergeCell":
                        reference = element.get("ref", "")
                        match = _MERGED.fullmatch(reference)
                        if match:
                            found.append((int(match[2]), int(match[4]), reference))
                    elif element.tag == _MAIN + "row":
                        element.clear()
    return tuple(found), unzipped


def _xls(path: Path) -> Table:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise _missing("python-calamine", path) from error
    try:
        with path.open("rb") as stream:
            sheet = CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0)
    except (CalamineError, OSError, ValueError) as error:
        raise _not_a_list(path, "the file is no readable .xls spreadsheet") from error
    start = sheet.start[0] if sheet.start else 0
    merged = tuple(
        (top + 1, bottom + 1, f"rows {top + 1} to {bottom + 1}")
        for (top, _), (bottom, _) in sheet.merged_cell_ranges or ()
    )
    rows = (
        Row(line, tuple(cell_text(value) for value in cells))
        for line, cells in enumerate(sheet.iter_rows(), start=start + 1)
    )
    return Table(path, sheet.name, rows, merged)


def _xml(path: Path) -> Table:
    """Read the list's XML: the names of the elements become the header."""
    records: list[dict[str, str]] = []
    date = ""
    try:
        for event, element in ElementTree.iterparse(path, events=("start", "end")):
            if event == "start":
                if element.tag == XML_NAMESPACE + "list":
                    date = element.get("date", "")
            elif element.tag == XML_NAMESPACE + "site":
                records.append(
                    {
                        leaf.tag.removeprefix(XML_NAMESPACE): clean(leaf.text or "")
                        for leaf in element.iter()
                        if len(leaf) == 0
                    }
                )
                element.clear()
    except ElementTree.ParseError as error:
        raise _not_a_list(path, f"the file is no well-formed XML ({error})") from error
    header = tuple(dict.fromkeys(name for record in records for name in record))
    rows = [Row(0, header)] if header else []
    rows += [
        Row(number, tuple(record.get(name, "") for name in header))
        for number, record in enumerate(records, start=1)
    ]
    return Table(path, date, iter(rows))


def _csv(path: Path) -> Table:
    def rows() -> Generator[Row, None, None]:
        for line, cells in csv_rows(path):
            yield Row(line, tuple(map(clean, cells)))

    generator = rows()
    return Table(path, "", generator, (), (generator,))


def cell_text(value: object) -> str:
    """Return a cell as text; a number without exponent and without a decimal part that is nought.

    >>> cell_text(415530.0), cell_text(14.66516085), cell_text(None)
    ('415530', '14.66516085', '')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return plain(Decimal(repr(value)))
    return clean(str(value))


def clean(text: str) -> str:
    """Return a text without blanks around it and without characters that nobody sees.

    >>> clean(" A100 80GB\u200b")
    'A100 80GB'
    """
    if text.isascii():
        return text.strip()
    return "".join(c for c in text if unicodedata.category(c) != "Cf").strip()


def plain(number: Decimal) -> str:
    """Return a number without exponent and without noughts at the end of its decimal part."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _formula(path: Path, line: int, column: int, unknown: bool) -> Finding:
    if unknown:
        return Finding(
            path.name,
            line,
            "top500-formula",
            "the cell is a formula whose value the file does not store: it counts as empty",
            "Open the file in a spreadsheet program, save it, and import it again.",
            Severity.ERROR,
            column,
        )
    return Finding(
        path.name,
        line,
        "top500-formula",
        "the cell is a formula: the value that was stored with it is taken",
        "Compare it with the published list, or replace the formula by its value.",
        Severity.WARNING,
        column,
    )


def _not_a_list(path: Path, problem: str) -> InputError:
    return InputError(
        problem,
        place=str(path),
        remedy="Give the .xlsx, .xls or .xml file of an edition that top500.org offers to its "
        "users, or a CSV file with its columns.",
    )


def _missing(package: str, path: Path) -> MissingDependencyError:
    return MissingDependencyError(
        f"reading this spreadsheet needs the package {package}",
        place=str(path),
        remedy="Run: pip install 'eurohpc-kg[top500]'",
    )
