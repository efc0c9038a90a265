"""The network as an object of NetworkX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.network import attributes, network
from eurohpc_kg.export.optional import require

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
