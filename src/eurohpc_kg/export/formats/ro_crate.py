"""RO-Crate 1.1: what is in the folder, for archives of research data."""

from __future__ import annotations

import json

from eurohpc_kg.export import about
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.media import bare
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.names import NAMESPACE

NAME = "ro-crate-metadata.json"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_MORE = {"sha256": "http://schema.org/sha256"}  # no term of the context of RO-Crate 1.1
_SUMMARY = "RO-Crate 1.1: what each file of the folder is"


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Describe the files that were written before."""
    files = sorted(folder.files, key=lambda file: file.name)
    licence = {"@id": about.LICENCE}
    graph: list[dict[str, object]] = [
        {
            "@id": NAME,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _PROFILE},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": about.TITLE,
            "description": about.DESCRIPTION,
            "datePublished": dataset.date,
            "version": dataset.version,
            "identifier": about.DATASET,
            "url": NAMESPACE,
            "license": licence,
            "author": {"@id": about.AUTHORS_IRI},
            "publisher": {"@id": about.AUTHORS_IRI},
            "keywords": ", ".join(about.KEYWORDS),
            "hasPart": [{"@id": file.name} for file in files],
        },
        {
            "@id": about.AUTHORS_IRI,
            "@type": "Organization",
            "name": about.AUTHORS,
            "url": NAMESPACE,
        },
        {"@id": about.LICENCE, "@type": "CreativeWork", "name": about.LICENCE_NAME},
    ]
    for file in files:
        graph.append(
            {
                "@id": file.name,
                "@type": "File",
                "name": file.title,
                "encodingFormat": bare(file.media_type),
                "contentSize": str(file.size),
                "sha256": file.sha256,
                "license": licence,
            }
        )
    document = {"@context": [f"{_PROFILE}/context", _MORE], "@graph": graph}
    with folder.open(NAME, "ro-crate", "application/ld+json", _SUMMARY) as out:
        out.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


EXPORTER = Exporter(_SUMMARY, group="description", write_folder=write_folder, rank=9)
