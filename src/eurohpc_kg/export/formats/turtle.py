"""Turtle: the union of the graphs for people, a block a subject."""

from __future__ import annotations

from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.short import Shortener, blocks
from eurohpc_kg.export.sorting import batches


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write the prefixes, then block by block."""
    short = Shortener(dataset.prefixes)
    file.write(f"{short.head}\n".encode())
    texts = (text.encode() for text in blocks(dataset.all_parts(), short))
    for piece in batches(texts, 1_000):
        file.write(piece)


EXPORTER = Exporter(
    "Turtle: one block a subject, without the sources",
    group="rdf",
    ending="ttl",
    media_type="text/turtle",
    write=write,
    rank=2,
)
