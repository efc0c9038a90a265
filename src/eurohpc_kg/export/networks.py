"""The network as an object of NetworkX."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.network import attributes, network
from eurohpc_kg.export.optional import require
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.store import build
from eurohpc_kg.store.canonical import read_graphs

if TYPE_CHECKING:
    import networkx


def to_networkx(dataset: Dataset) -> networkx.MultiDiGraph[str]:
    """Return the things and their stated relations; nodes are IRIs, keys are properties.

    A node has ``name``, ``class``, ``country`` and the derived values that it has; an edge has
    ``property`` and ``sources``. Raises `MissingDependencyError` where NetworkX is not installed.
    """
    library: Any = require("networkx", "a graph of NetworkX")
    graph: networkx.MultiDiGraph[str] = library.MultiDiGraph(name="eurohpc-kg")
    found = network(dataset)
    for iri, node in found.nodes.items():
        graph.add_node(iri, label=node.name, **dict(attributes(node)))
    for edge in found.edges:
        graph.add_edge(
            edge.subject,
            edge.object,
            key=edge.name,
            property=edge.name,
            sources="|".join(edge.sources),
        )
    return graph


def as_networkx(repository: Repository | None = None) -> networkx.MultiDiGraph[str]:
    """Return the whole graph of a checkout or package as an object of NetworkX.

    >>> as_networkx().number_of_nodes() > 1000  # doctest: +SKIP
    True
    """
    found = repository or find_repository()
    with tempfile.TemporaryDirectory(prefix="eurohpc-kg-") as work:
        return to_networkx(Dataset(read_graphs(build(found)), found, Path(work)))
