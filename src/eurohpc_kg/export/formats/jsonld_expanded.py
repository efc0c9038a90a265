"""JSON-LD, expanded: no context, every name in full."""

from __future__ import annotations

from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.formats.jsonld import write_graphs
from eurohpc_kg.export.nodes import expanded
from eurohpc_kg.export.registry import Exporter


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write one named graph a source, a node a line."""
    file.write(b"[")
    write_graphs(dataset, file, expanded)
    file.write(b"\n]\n")


EXPORTER = Exporter(
    "JSON-LD, expanded, one named graph a source",
    group="rdf",
    ending="expanded.jsonld",
    media_type="application/ld+json; profile=http://www.w3.org/ns/json-ld#expanded",
    write=write,
    rank=6,
)
