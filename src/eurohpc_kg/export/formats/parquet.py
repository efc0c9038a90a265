"""Parquet: a file a table, for data frames and warehouses."""

from __future__ import annotations

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.tables import tables

FOLDER = "parquet"


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Write each table with DuckDB."""
    from eurohpc_kg.export.duck import connect, quoted, reader

    (folder.path / FOLDER).mkdir()
    with connect() as connection:
        for table in tables(dataset):
            name = f"{FOLDER}/{table.name}.parquet"
            target = quoted(str(folder.path / name), "'")
            connection.execute(
                f"COPY (SELECT * FROM {reader(table)}) TO {target} "
                "(FORMAT parquet, COMPRESSION zstd)"
            )
            title = f"Table: {table.title}"
            folder.add(name, "parquet", "application/vnd.apache.parquet", title, rows=table.count)


EXPORTER = Exporter(
    "Parquet, one file a table",
    group="tables",
    write_folder=write_folder,
    rank=1,
)
