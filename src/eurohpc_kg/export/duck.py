"""The tables in DuckDB, which writes Parquet files and its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from eurohpc_kg.export.columns import KINDS
from eurohpc_kg.export.tables import Table

# The oldest form of file that DuckDB writes the same each time (seen with 2.0.1): a newer one has a
# random identifier in its head and is read by no DuckDB before it, an older one has random padding.
_STORED: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.3.0"
}


def connect(path: Path | None = None) -> Any:
    """Open a database; one thread, so that rows keep their order and files their bytes."""
    connection = duckdb.connect(str(path) if path else ":memory:", config=_STORED)
    connection.execute("SET threads = 1; SET preserve_insertion_order = true")
    return connection


def reader(table: Table) -> str:
    """Return what reads the rows of a table in a query, with the type of each column."""
    columns = ", ".join(
        f"{quoted(column.name, chr(39))}: '{KINDS[column.kind].duckdb}'" for column in table.columns
    )
    return (
        f"read_csv({quoted(str(table.path), chr(39))}, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', nullstr = '', auto_detect = false, new_line = '\\n', parallel = false, "
        f"max_line_size = 16777216, columns = {{{columns}}})"
    )


def quoted(text: str, mark: str = '"') -> str:
    """Return a name or a text in quotation marks of SQL.

    >>> quoted("it's", "'")
    "'it''s'"
    """
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"
