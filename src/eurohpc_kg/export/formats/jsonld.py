"""JSON-LD, compact: the context of the project, then one named graph a source."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from eurohpc_kg.export.context import Context
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.nodes import JsonObject, Node, compact, line, nodes
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.sorting import batches


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write the context into the file, so that it is read without a network; a node a line."""
    context = Context(dataset.terms, dataset.prefixes)
    head = json.dumps(context.document["@context"], ensure_ascii=False, indent=1)
    file.write(f'{{"@context": {head},\n"@graph": ['.encode())
    write_graphs(dataset, file, compact(context), context.iri)
    file.write(b"\n]}\n")


def write_graphs(
    dataset: Dataset, file: IO[bytes], node: Node, name: Callable[[str], str] = str
) -> None:
    """Write each graph as an object that holds its nodes, as the members of a list."""
    for number, graph in enumerate(dataset.graphs):
        key = json.dumps(name(graph.name))
        file.write(f'{"," if number else ""}\n{{"@id": {key}, "@graph": ['.encode())
        for piece in batches(_members(nodes(dataset.parts(graph), node)), 1_000):
            file.write(piece)
        file.write(b"\n]}")


def _members(found: Iterable[JsonObject]) -> Iterator[bytes]:
    before = "\n"
    for one in found:
        yield f"{before}{line(one)}".encode()
        before = ",\n"


EXPORTER = Exporter(
    "JSON-LD, compact, one named graph a source",
    group="rdf",
    ending="jsonld",
    media_type="application/ld+json",
    write=write,
    rank=5,
)
