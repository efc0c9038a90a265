"""VoID, DCAT-AP 3, SPARQL service, prefixes and questions: the contents of ``graph/catalog``."""

from __future__ import annotations

from eurohpc_kg.export.catalog import catalog
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.describing import Describer
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.turtle import write as turtle

_HEADER = "What this dataset is: VoID, DCAT-AP 3, the SPARQL service, prefixes and questions."
_SUMMARY = "VoID, DCAT-AP 3, SPARQL service, prefixes, questions"

_NO_DATA = ("context", "w3id")


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Describe the dataset and the files that were written before."""
    files = sorted(
        (file for file in folder.files if file.format not in _NO_DATA), key=lambda file: file.name
    )
    text = turtle(catalog(dataset, files), Describer(dataset.prefixes).prefixes, header=_HEADER)
    with folder.open("void.ttl", "void", "text/turtle", _SUMMARY) as file:
        file.write(text.encode())


EXPORTER = Exporter(
    _SUMMARY,
    group="description",
    write_folder=write_folder,
    rank=6,
)
