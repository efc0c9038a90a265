"""CSV: a file a table, with CSVW metadata that says what each column is."""

from __future__ import annotations

import json
import shutil

from eurohpc_kg.export import about
from eurohpc_kg.export.columns import KINDS, Column
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.tables import BETWEEN, Table, tables

FOLDER = "tables"
METADATA = f"{FOLDER}/csv-metadata.json"


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Copy the tables, and describe them."""
    found = tables(dataset)
    (folder.path / FOLDER).mkdir()
    for table in found:
        name = f"{FOLDER}/{table.name}.csv"
        shutil.copyfile(table.path, folder.path / name)
        folder.add(name, "csv", "text/csv", f"Table: {table.title}", rows=table.count)
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": about.TITLE,
        "dc:license": {"@id": about.LICENCE},
        "dc:modified": {"@value": dataset.date, "@type": "xsd:date"},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tables": [_table(table) for table in found],
    }
    with folder.open(METADATA, "csv", "application/csvm+json", "CSVW: what each column is") as file:
        file.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def _table(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {"columns": [_column(column) for column in table.columns]}
    if table.iri:
        schema |= {"primaryKey": "iri", "aboutUrl": "{+iri}"}
    return {
        "url": f"{table.name}.csv",
        "dc:title": table.title,
        **({"dc:description": table.description} if table.description else {}),
        "tableSchema": schema,
    }


def _column(column: Column) -> dict[str, object]:
    found: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "datatype": KINDS[column.kind].csvw,
    }
    if column.title != column.name:
        found["rdfs:label"] = column.title
    if column.description:
        found["dc:description"] = column.description
    if column.many:
        found["separator"] = BETWEEN
    if column.predicate and not column.names:
        found["propertyUrl"] = column.predicate[1:-1]
        if column.kind == "iri" and not column.many:  # a template makes one value of a list
            found["valueUrl"] = f"{{+{column.name}}}"
    if column.names:
        found["suppressOutput"] = True
    return found


EXPORTER = Exporter(
    "CSV, one file a class and one of statements, with CSVW metadata",
    group="tables",
    write_folder=write_folder,
    rank=0,
)
