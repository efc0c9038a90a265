"""What is known about one thing: a profile, and its lines."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from eurohpc_kg.documents import Document, documents_of
from eurohpc_kg.labels import Names
from eurohpc_kg.records import dataclass, field
from eurohpc_kg.sources import INFERRED_GRAPH, SHAPES_GRAPH
from eurohpc_kg.sparql import Term


@dataclass(frozen=True)
class Line:
    """Hold one statement as it is read: ``aspect`` and ``value`` in words, ``detail`` beside them.

    ``sources`` are the IRIs of the graphs that state it; none where it only follows from others.
    """

    aspect: str
    value: str
    detail: str
    term: Term
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """Hold everything known about ``node``; ``groups`` are in the order of `gather.HEADINGS`."""

    node: ox.NamedNode
    label: str
    kinds: tuple[str, ...]
    groups: dict[str, list[Line]]
    records: tuple[Term, ...]
    names: Names = field(repr=False, compare=False)

    @cached_property
    def triples(self) -> tuple[ox.Triple, ...]:
        """Return the asserted statements about the thing and its records, sorted."""
        return tuple(_asserted(self.names.store, [self.node, *self.records]))

    def documents(self) -> list[Document]:
        """Return the documents behind the lines, numbered in the order in which lines name them."""
        lines = (line for group in self.groups.values() for line in group)
        found = dict.fromkeys(source for line in lines for source in line.sources)
        return documents_of(found, self.names)


def _asserted(store: ox.Store, nodes: Iterable[Term]) -> list[ox.Triple]:
    triples = {
        quad.triple
        for node in nodes
        if isinstance(node, ox.NamedNode)
        for quad in store.quads_for_pattern(node, None, None)
        if quad.graph_name not in (INFERRED_GRAPH, SHAPES_GRAPH)
    }
    return sorted(triples, key=str)
