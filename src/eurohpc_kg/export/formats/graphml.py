"""GraphML, for yEd, Cytoscape, igraph and Gephi."""

from __future__ import annotations

from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.networks import to_networkx
from eurohpc_kg.export.optional import require
from eurohpc_kg.export.registry import Exporter


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write with NetworkX."""
    library = require("networkx", "the format graphml")
    for line in library.generate_graphml(to_networkx(dataset), named_key_ids=True):
        file.write(f"{line}\n".encode())


EXPORTER = Exporter(
    "GraphML: things and their relations",
    group="graphs",
    ending="graphml",
    media_type="application/graphml+xml",
    write=write,
    needs=("networkx",),
    rank=0,
)
