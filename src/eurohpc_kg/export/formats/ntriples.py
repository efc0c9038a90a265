"""N-Triples: the union of the graphs, each triple once, sorted."""

from __future__ import annotations

from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.sorting import batches


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write the sorted lines as they are."""
    for piece in batches(dataset.triples()):
        file.write(piece)


EXPORTER = Exporter(
    "N-Triples: one a line, without the sources",
    group="rdf",
    ending="nt",
    media_type="application/n-triples",
    write=write,
    rank=3,
)
