"""The files that ``neo4j-admin database import`` takes: one of nodes, one of relationships."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from eurohpc_kg.export.columns import snake
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.network import network
from eurohpc_kg.export.registry import Exporter

FOLDER = "neo4j"
_BETWEEN = ";"  # of neo4j-admin, in a list


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Write both files; names of properties and types are those of Neo4j's style."""
    found = network(dataset)
    values = sorted({name for node in found.nodes.values() for name in node.values})
    numbers = {
        name
        for name in values
        if all(isinstance(n.values.get(name, 0.0), float) for n in found.nodes.values())
    }
    head = ["iri:ID", "id", "name", "country", "latitude:double", "longitude:double"]
    head += [f"{name}:double" if name in numbers else name for name in values]
    head += ["sameAs:string[]", ":LABEL"]
    nodes = (
        [
            node.iri,
            node.id,
            node.name,
            node.country,
            _number(node.latitude),
            _number(node.longitude),
            *(_number(node.values.get(name)) for name in values),
            _BETWEEN.join(node.same_as),
            _BETWEEN.join(node.classes),
        ]
        for node in found.nodes.values()
    )
    edges = (
        [edge.subject, edge.object, snake(edge.name).upper(), _BETWEEN.join(edge.sources)]
        for edge in found.edges
    )
    relationships = [":START_ID", ":END_ID", ":TYPE", "sources:string[]"]
    _write(folder, "nodes.csv", "Neo4j: nodes", head, nodes)
    _write(folder, "relationships.csv", "Neo4j: relationships", relationships, edges)


def _write(
    folder: Folder, name: str, title: str, head: list[str], rows: Iterable[list[str]]
) -> None:
    with (
        folder.open(f"{FOLDER}/{name}", "neo4j", "text/csv", title) as file,
        io.TextIOWrapper(file, encoding="utf-8", newline="") as text,
    ):
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _number(value: str | float | None) -> str:
    return "" if value is None else str(value)


EXPORTER = Exporter(
    "Neo4j: nodes and relationships for neo4j-admin database import",
    group="graphs",
    write_folder=write_folder,
    rank=2,
)
