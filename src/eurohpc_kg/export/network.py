"""The graph as things and the relations stated between them, for tools that analyse networks.

A node is a thing, or a concept that a thing points to; an edge is a statement that some source
makes, not what follows from it (inverses would make two edges of one). Figures, milestones and
ranks are records about one thing: their best values are attributes, by the shortcuts of the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from eurohpc_kg.export.dataset import INFERRED, Dataset
from eurohpc_kg.export.lines import TYPE, Value, iri, value
from eurohpc_kg.names import EHPC, THING, VOCABULARY, readable_slug

LATITUDE, LONGITUDE = (
    f"<http://www.w3.org/2003/01/geo/wgs84_pos#{name}>" for name in ("lat", "long")
)
SAME = "<https://schema.org/sameAs>"
_COUNTRY = f"<{EHPC}inCountry>"


@dataclass
class Node:
    """Hold a thing: its classes as stated, its name, place, and derived values."""

    iri: str
    name: str
    classes: list[str] = field(default_factory=list)
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    same_as: list[str] = field(default_factory=list)
    values: dict[str, str | float] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return readable_slug(self.iri)


@dataclass(frozen=True)
class Edge:
    """Hold a relation between two things, with the graphs that state it."""

    subject: str
    predicate: str
    object: str
    sources: tuple[str, ...]

    @property
    def name(self) -> str:
        return readable_slug(self.predicate)


@dataclass(frozen=True)
class Network:
    """Hold all nodes by IRI, and all edges, both sorted."""

    nodes: dict[str, Node]
    edges: list[Edge]


def network(dataset: Dataset) -> Network:
    """Return the network of a dataset; it is made once."""
    if "network" not in dataset.kept:
        dataset.kept["network"] = _make(dataset)
    found: Network = dataset.kept["network"]
    return found


def _make(dataset: Dataset) -> Network:
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    inner = (f"<{THING}", f"<{VOCABULARY}")
    for subject, group in groupby(dataset.sourced(), lambda item: item[0][0]):
        if not subject.startswith(inner):
            continue
        node = Node(iri(subject), dataset.labels.get(iri(subject), readable_slug(iri(subject))))
        for (_, predicate, term), graphs in group:
            stated = graphs != [INFERRED]
            if stated and term.startswith(inner) and subject.startswith(inner[0]):
                sources = tuple(name for name in graphs if name != INFERRED)
                edges.append(Edge(iri(subject), iri(predicate), iri(term), sources))
            _note(node, predicate, term, stated, dataset)
        if node.classes:
            nodes[node.iri] = node
    return Network(nodes, [e for e in edges if e.subject in nodes and e.object in nodes])


def _note(node: Node, predicate: str, term: str, stated: bool, dataset: Dataset) -> None:
    literal = value(term)
    if predicate == TYPE:
        if stated and term.startswith(f"<{EHPC}"):
            node.classes.append(readable_slug(iri(term)))
    elif predicate == _COUNTRY:
        node.country = dataset.labels.get(iri(term), iri(term))
    elif predicate == SAME:
        node.same_as.append(iri(term))
    elif literal is not None and predicate == LATITUDE:
        node.latitude = float(literal.text)
    elif literal is not None and predicate == LONGITUDE:
        node.longitude = float(literal.text)
    elif predicate[1:-1] in dataset.shortcuts:
        node.values[readable_slug(iri(predicate))] = _value(term, literal, dataset)


def _value(term: str, literal: Value | None, dataset: Dataset) -> str | float:
    if literal is None:
        return dataset.labels.get(iri(term), iri(term))
    try:
        return float(literal.text)
    except ValueError:
        return literal.text


def attributes(node: Node) -> Iterator[tuple[str, str | float]]:
    """Give the attributes of a node that it has, by name."""
    yield from (("iri", node.iri), ("name", node.name), ("class", "|".join(node.classes)))
    if node.country:
        yield "country", node.country
    if node.latitude is not None and node.longitude is not None:
        yield from (("latitude", node.latitude), ("longitude", node.longitude))
    yield from sorted(node.values.items())
