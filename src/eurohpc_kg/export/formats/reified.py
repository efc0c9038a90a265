"""Reification of RDF 1.1: each triple, and an rdf:Statement that says which sources state it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.sorting import batches
from eurohpc_kg.export.statements import SOURCE, shortener, statement_curie


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write a triple, then what is said about it."""
    for piece in batches(_texts(dataset), 1_000):
        file.write(piece)


def _texts(dataset: Dataset) -> Iterator[bytes]:
    short = shortener(dataset)
    term = short.term
    yield short.head.encode()
    for parts, graphs in dataset.sourced():
        subject, predicate, value = map(term, parts)
        sources = " , ".join(term(f"<{graph}>") for graph in graphs)
        yield (
            f"\n{subject} {predicate} {value} .\n"
            f"{statement_curie(parts)} a rdf:Statement ;\n"
            f"    rdf:subject {subject} ;\n    rdf:predicate {predicate} ;\n"
            f"    rdf:object {value} ;\n    {SOURCE} {sources} .\n"
        ).encode()


EXPORTER = Exporter(
    "Turtle with rdf:Statement: which sources state a triple",
    group="rdf",
    ending="reified.ttl",
    media_type="text/turtle",
    write=write,
    rank=8,
)
