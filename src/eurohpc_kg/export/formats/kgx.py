"""KGX: nodes and edges as tables of tabs, as the Knowledge Graph Exchange takes them.

Categories and predicates are the terms of this ontology: the Biolink model has none for computers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.network import network
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.short import Shortener

FOLDER = "kgx"
_BETWEEN = "|"
_DIGITS = 16


def write_folder(dataset: Dataset, folder: Folder) -> None:
    """Write both files."""
    found, short = network(dataset), Shortener(dataset.prefixes)

    def name(iri: str) -> str:
        return short.curie(iri) or iri

    nodes = (
        [
            name(node.iri),
            _BETWEEN.join(f"ehpc:{one}" for one in node.classes),
            node.name,
            node.iri,
            _BETWEEN.join(node.same_as),
        ]
        for node in found.nodes.values()
    )
    edges = []
    for edge in found.edges:
        triple = [name(edge.subject), name(edge.predicate), name(edge.object)]
        key = hashlib.sha256(" ".join(triple).encode()).hexdigest()[:_DIGITS]
        sources = _BETWEEN.join(edge.sources)
        edges.append([key, *triple, sources, "knowledge_assertion", "manual_agent"])
    heads = {
        "nodes.tsv": ["id", "category", "name", "iri", "same_as"],
        "edges.tsv": [
            "id", "subject", "predicate", "object", "primary_knowledge_source",
            "knowledge_level", "agent_type",
        ],
    }  # fmt: skip
    _write(folder, "nodes.tsv", heads["nodes.tsv"], nodes)
    _write(folder, "edges.tsv", heads["edges.tsv"], edges)


def _write(folder: Folder, name: str, head: list[str], rows: Iterable[list[str]]) -> None:
    title = f"KGX: {name.partition('.')[0]}"
    with folder.open(f"{FOLDER}/{name}", "kgx", "text/tab-separated-values", title) as file:
        for row in (head, *rows):
            cells = (" ".join(cell.split()) for cell in row)  # neither tabs nor line breaks
            file.write(("\t".join(cells) + "\n").encode())


EXPORTER = Exporter(
    "KGX: nodes and edges as tables",
    group="graphs",
    write_folder=write_folder,
    rank=3,
)
