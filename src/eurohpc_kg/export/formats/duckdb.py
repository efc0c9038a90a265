"""A DuckDB database with all tables."""

from __future__ import annotations

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.tables import tables

NAME = "eurohpc-kg.duckdb"


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Load each table, with comments on tables and columns."""
    from eurohpc_kg.export.duck import connect, quoted, reader

    with connect(folder.path / NAME) as connection:
        for table in tables(dataset):
            name = quoted(table.name)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {reader(table)}")
            if table.description:
                said = quoted(table.description, "'")
                connection.execute(f"COMMENT ON TABLE {name} IS {said}")
            for column in table.columns:
                if column.description:
                    said = quoted(column.description, "'")
                    place = f"{name}.{quoted(column.name)}"
                    connection.execute(f"COMMENT ON COLUMN {place} IS {said}")
        connection.execute("CHECKPOINT")
    folder.add(NAME, "duckdb", "application/vnd.duckdb", "DuckDB database with all tables")


EXPORTER = Exporter(
    "DuckDB database with all tables",
    group="tables",
    write_folder=write_folder,
    rank=2,
)
