"""GEXF, for Gephi."""

from __future__ import annotations

import re
from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.networks import to_networkx
from eurohpc_kg.export.optional import require
from eurohpc_kg.export.registry import Exporter

_TODAY = re.compile(r'lastmodifieddate="[^"]*"')


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write with NetworkX, with the day of the data in the place of today."""
    library = require("networkx", "the format gexf")
    graph = to_networkx(dataset)
    for one, other, key in graph.edges:
        graph.edges[one, other, key]["label"] = key
    day = f'lastmodifieddate="{dataset.date}"'
    for line in library.generate_gexf(graph):
        file.write(f"{_TODAY.sub(day, line)}\n".encode())


EXPORTER = Exporter(
    "GEXF: things and their relations, for Gephi",
    group="graphs",
    ending="gexf",
    media_type="application/gexf+xml",
    write=write,
    needs=("networkx",),
    rank=1,
)
