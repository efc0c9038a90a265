"""TriG: Turtle in named graphs, one a source."""

from __future__ import annotations

from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.short import Shortener, blocks
from eurohpc_kg.export.sorting import batches


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write the prefixes, then graph by graph."""
    short = Shortener(dataset.prefixes)
    file.write(short.head.encode())
    for graph in dataset.graphs:
        file.write(f"\n{short.term(f'<{graph.name}>')} {{\n".encode())
        parts = dataset.parts(graph)
        for piece in batches((text.encode() for text in blocks(parts, short, "    ")), 1_000):
            file.write(piece)
        file.write(b"}\n")


EXPORTER = Exporter(
    "TriG: one named graph a source, for people and machines",
    group="rdf",
    ending="trig",
    media_type="application/trig",
    write=write,
    rank=1,
)
