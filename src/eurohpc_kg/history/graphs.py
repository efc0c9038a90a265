"""Graphs as sets of lines: the text in which two versions are compared.

A line is a statement in canonical N-Triples, as the source writes it; a graph has a hash, so what
is equal is not read. Blank nodes have the names that RDFC-1.0 gives them within their graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.records import dataclass
from eurohpc_kg.store.canonical import CanonicalGraph, read_graphs

_END = b" .\n"


@dataclass(frozen=True)
class Lines:
    """Name a graph, empty for the default graph; ``read`` gives its lines, sorted, as one text."""

    name: str
    hash: str
    has_blank_nodes: bool
    read: Callable[[], bytes]

    def lines(self) -> set[bytes]:
        """Return the statements, each without the full stop."""
        return set(self.read().removesuffix(_END).split(_END)) - {b""}


Graphs = dict[str, Lines]


def of_store(folder: Path) -> Graphs:
    """Return the graphs kept beside a store, by name; raise `StoreError` where it lacks them."""
    return {graph.name: _of_file(graph) for graph in read_graphs(folder)}


def of_quads(quads: Iterable[ox.Quad]) -> Graphs:
    """Return the graphs of quads, by name."""
    groups: dict[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, list[ox.Triple]] = {}
    for quad in quads:
        groups.setdefault(quad.graph_name, []).append(quad.triple)
    found: Graphs = {}
    for graph, triples in groups.items():
        name = "" if isinstance(graph, ox.DefaultGraph) else graph.value
        text, has_blank_nodes = _text(triples)
        digest = hashlib.sha256(text).hexdigest()
        found[name] = Lines(name, digest, has_blank_nodes, lambda text=text: text)  # type: ignore[misc]
    return found


def load(graphs: Graphs) -> ox.Store:
    """Return a store in memory that holds these graphs, blank nodes by their canonical names."""
    store = ox.Store()
    parts = []
    for graph in graphs.values():
        end = f" <{graph.name}> .\n".encode() if graph.name else _END
        text = graph.read().replace(_END, end)
        if graph.has_blank_nodes:  # loading would give them other names
            store.extend(ox.parse(text, ox.RdfFormat.N_QUADS))
        else:
            parts.append(text)
    store.bulk_load(b"".join(parts), ox.RdfFormat.N_QUADS)
    return store


def parsed(lines: Iterable[bytes], graph: str) -> list[ox.Quad]:
    """Return lines of a graph as quads, in the order of the text."""
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    text = b"".join(line + _END for line in sorted(lines))
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, name)
        for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    ]


def _of_file(graph: CanonicalGraph) -> Lines:
    return Lines(graph.name, graph.hash, graph.has_blank_nodes, lambda: b"".join(graph.chunks()))


def _text(triples: list[ox.Triple]) -> tuple[bytes, bool]:
    lines = {str(triple) for triple in triples}
    has_blank_nodes = any(line.startswith("_:") or " _:" in line for line in lines)
    if has_blank_nodes:
        dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        lines = {str(quad.triple) for quad in dataset}
    return "".join(f"{line} .\n" for line in sorted(lines)).encode(), has_blank_nodes
