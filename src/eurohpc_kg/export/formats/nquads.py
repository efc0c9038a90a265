"""N-Quads: a line a statement with its source, in canonical order (RDFC-1.0)."""

from __future__ import annotations

from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.registry import Exporter


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write graph by graph; a raw line break stands only at the end of a triple."""
    for graph in dataset.graphs:
        end = f" <{graph.name}> .\n".encode()
        for chunk in dataset.chunks(graph):
            file.write(chunk.replace(b" .\n", end))
        dataset.tick(graph.count)


EXPORTER = Exporter(
    "N-Quads: each statement with its source, one a line",
    group="rdf",
    ending="nq",
    media_type="application/n-quads",
    write=write,
    rank=0,
)
