"""A SQLite database with all tables, and indexes for looking things up."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from eurohpc_kg.export.columns import KINDS
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.tables import STATEMENTS, Table, tables

NAME = "eurohpc-kg.sqlite"


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Load each table; the same rows in the same order give the same file."""
    with closing(sqlite3.connect(folder.path / NAME)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        with connection:
            for table in tables(dataset):
                _load(connection, table)
            for column in ("subject", "object"):
                connection.execute(
                    f'CREATE INDEX "{STATEMENTS}_{column}" ON "{STATEMENTS}" ("{column}")'
                )
    folder.add(NAME, "sqlite", "application/vnd.sqlite3", "SQLite database with all tables")


def _load(connection: sqlite3.Connection, table: Table) -> None:
    columns = ", ".join(f'"{c.name}" {KINDS[c.kind].sqlite}' for c in table.columns)
    if table.iri:
        columns = columns.replace(" TEXT", " TEXT PRIMARY KEY", 1)  # the IRI comes first
    connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.values())


EXPORTER = Exporter(
    "SQLite database with all tables",
    group="tables",
    write_folder=write_folder,
    rank=3,
)
