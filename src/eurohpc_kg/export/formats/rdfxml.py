"""RDF/XML: the union of the graphs, for tools that read nothing newer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.sorting import batches


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write with Oxigraph's own writer, which streams."""
    ox.serialize(_triples(dataset), file, ox.RdfFormat.RDF_XML, prefixes=dict(dataset.prefixes))


def _triples(dataset: Dataset) -> Iterator[ox.Triple]:
    for piece in batches(dataset.triples()):
        for quad in ox.parse(piece, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple


EXPORTER = Exporter(
    "RDF/XML: without the sources",
    group="rdf",
    ending="rdf",
    media_type="application/rdf+xml",
    write=write,
    rank=4,
)
