"""Frictionless: ``datapackage.json``, with the schema of each table."""

from __future__ import annotations

import json

from eurohpc_kg.export import about
from eurohpc_kg.export.columns import KINDS
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.tables import Table, tables
from eurohpc_kg.names import NAMESPACE, slug

NAME = "datapackage.json"
_SUMMARY = "Frictionless data package: each file, and the schema of each table"


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Describe the files that were written before."""
    files = sorted(folder.files, key=lambda file: file.name)
    has_tables = any(file.format in ("csv", "parquet") for file in files)
    known = {table.name: table for table in tables(dataset)} if has_tables else {}
    resources: list[dict[str, object]] = []
    for file in files:
        found: dict[str, object] = {
            "name": slug(file.name.replace("_", "-").replace(".", "-")),
            "path": file.name,
            "title": file.title,
            "mediatype": file.media_type,
            "bytes": file.size,
            "hash": f"sha256:{file.sha256}",
        }
        stem, _, ending = file.name.rpartition("/")[2].rpartition(".")
        if file.format == "csv" and ending == "csv":
            found |= {
                "type": "table",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "format": "csv",
                "dialect": {"lineTerminator": "\n"},
                "schema": _schema(known[stem]),
            }
        else:
            found["type"] = "file"
        resources.append(found)
    document = {
        "profile": "data-package",
        "name": "eurohpc-kg",
        "id": about.DATASET,
        "title": about.TITLE,
        "description": about.DESCRIPTION,
        "homepage": NAMESPACE,
        "version": dataset.version,
        "created": f"{dataset.date}T00:00:00Z",
        "keywords": list(about.KEYWORDS),
        "licenses": [{"name": about.LICENCE_NAME, "path": about.LICENCE}],
        "contributors": [{"title": about.AUTHORS, "role": "author"}],
        "resources": resources,
    }
    with folder.open(NAME, "datapackage", "application/json", _SUMMARY) as out:
        out.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def _schema(table: Table) -> dict[str, object]:
    fields = []
    for column in table.columns:
        field = {
            "name": column.name,
            "title": column.title,
            "type": KINDS[column.kind].frictionless,
        }
        if column.description:
            field["description"] = column.description
        if column.predicate and not column.names:
            field["rdfType"] = column.predicate[1:-1]
        fields.append(field)
    return {
        "fields": fields,
        "missingValues": [""],
        **({"primaryKey": "iri"} if table.iri else {}),
    }


EXPORTER = Exporter(_SUMMARY, group="description", write_folder=write_folder, rank=7)
