"""RDF 1.2 Turtle: each triple with a reifier that says which sources state it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.lines import Parts
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.short import Shortener, blocks
from eurohpc_kg.export.sorting import batches
from eurohpc_kg.export.statements import SOURCE, shortener, statement_curie


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write blocks as in Turtle, with an annotation behind each object."""
    short = shortener(dataset)
    file.write(f'VERSION "1.2"\n{short.head}\n'.encode())
    texts = (text.encode() for text in blocks(_annotated(dataset, short), short, value=str))
    for piece in batches(texts, 1_000):
        file.write(piece)


def _annotated(dataset: Dataset, short: Shortener) -> Iterator[Parts]:
    for parts, graphs in dataset.sourced():
        subject, predicate, value = parts
        sources = " , ".join(short.term(f"<{graph}>") for graph in graphs)
        yield (
            subject,
            predicate,
            f"{short.term(value)} ~ {statement_curie(parts)} {{| {SOURCE} {sources} |}}",
        )


EXPORTER = Exporter(
    "RDF 1.2 Turtle: reifiers say which sources state a triple",
    group="rdf",
    ending="rdf12.ttl",
    media_type="text/turtle; version=1.2",
    write=write,
    rank=9,
)
