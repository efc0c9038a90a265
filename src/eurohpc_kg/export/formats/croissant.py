"""Croissant 1.0: the files and the records in them, for machine learning."""

from __future__ import annotations

import json

from eurohpc_kg.export import about
from eurohpc_kg.export.columns import KINDS, Column
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.media import bare
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.tables import BETWEEN, Table, tables
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.namespaces import DCTERMS, SCHEMA

NAME = "croissant.json"
_SUMMARY = "Croissant 1.0: files and the records of the CSV tables"
_CONTEXT = {
    "@language": "en",
    "@vocab": SCHEMA,
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": DCTERMS,
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": SCHEMA,
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Describe the files that were written before, and the columns of the CSV tables."""
    files = sorted(folder.files, key=lambda file: file.name)
    names = {file.name for file in files}
    found = tables(dataset) if any(file.format == "csv" for file in files) else []
    document = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "eurohpc-kg",
        "alternateName": about.TITLE,
        "description": about.DESCRIPTION,
        "url": NAMESPACE,
        "version": dataset.version,
        "datePublished": dataset.date,
        "license": about.LICENCE,
        "creator": {"@type": "Organization", "name": about.AUTHORS},
        "keywords": list(about.KEYWORDS),
        "citeAs": f"{about.AUTHORS}. {about.TITLE}, version {dataset.version}. {NAMESPACE}",
        "isLiveDataset": False,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file.name,
                "name": file.name,
                "description": file.title,
                "contentUrl": file.name,
                "contentSize": f"{file.size} B",
                "encodingFormat": bare(file.media_type),
                "sha256": file.sha256,
            }
            for file in files
        ],
        "recordSet": [_records(t) for t in found if f"tables/{t.name}.csv" in names],
    }
    with folder.open(NAME, "croissant", "application/ld+json", _SUMMARY) as out:
        out.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def _records(table: Table) -> dict[str, object]:
    key = {"key": {"@id": f"{table.name}/iri"}} if table.iri else {}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description or table.title,
        **key,
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, object]:
    source: dict[str, object] = {
        "fileObject": {"@id": f"tables/{table.name}.csv"},
        "extract": {"column": column.name},
    }
    found: dict[str, object] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description or column.title,
        "dataType": KINDS[column.kind].croissant,
        "source": source,
    }
    if column.many:
        source["transform"] = {"separator": BETWEEN}
        found["repeated"] = True
    return found


EXPORTER = Exporter(_SUMMARY, group="description", write_folder=write_folder, rank=8)
