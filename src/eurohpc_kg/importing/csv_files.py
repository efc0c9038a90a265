"""CSV files: those that a person gives, read strictly, and the reviewed tables of this room."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from eurohpc_kg.errors import EncodingError, InputError


def csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row, with the line that it ends in.

    Raises `EncodingError` and `InputError` where the file can't be read, or is no CSV.
    """
    line = 0
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file, strict=True)
            try:
                for cells in reader:
                    yield reader.line_num, cells
            finally:
                line = reader.line_num
    except UnicodeDecodeError as error:
        raise EncodingError(
            "the file is not UTF-8", place=str(path), remedy="Save it as CSV with UTF-8."
        ) from error
    except csv.Error as error:
        raise InputError(
            f"the file is no CSV: {error}",
            place=f"{path}:{line}",
            remedy="Close the quotation marks, and double those inside a cell.",
        ) from error
    except OSError as error:
        raise InputError(
            f"the file can't be read: {error.strerror}",
            place=str(path),
            remedy="Name a CSV file.",
        ) from error


def table(module: str, name: str) -> list[dict[str, str]]:
    """Read one of the tables that people look through, from ``tables/`` beside a module."""
    path = Path(module).parent / "tables" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
