"""What is known about one thing: its statements by heading, and its records."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from eurohpc_kg.documents import Document, documents_of
from eurohpc_kg.labels import Names
from eurohpc_kg.records import dataclass, field
from eurohpc_kg.show.lines import Line
from eurohpc_kg.show.properties import GROUPS, RELATIONS
from eurohpc_kg.show.records import RECORDS, Record, record_line
from eurohpc_kg.sources import INFERRED_GRAPH, SHAPES_GRAPH

OTHERS = "said of others"
HEADINGS = (*GROUPS, RELATIONS, *RECORDS, OTHERS)


@dataclass(frozen=True)
class Profile:
    """Hold everything known about ``node``.

    ``stated`` are its statements under their headings; ``records`` its figures, milestones, states
    and ranks, by IRI.
    """

    node: ox.NamedNode
    label: str
    kinds: tuple[str, ...]
    stated: dict[str, list[Line]]
    records: tuple[Record, ...]
    names: Names = field(repr=False, compare=False)

    @cached_property
    def groups(self) -> dict[str, list[Line]]:
        """Return all lines, those of records too, in the order of `HEADINGS`."""
        lines: dict[str, list[Line]] = {heading: [] for heading in HEADINGS} | self.stated
        for heading, line in map(record_line, self.records):
            lines[heading].append(line)
        return {
            heading: sorted(group, key=Line.order) if heading in RECORDS else group
            for heading, group in lines.items()
            if group
        }

    @cached_property
    def triples(self) -> tuple[ox.Triple, ...]:
        """Return the asserted statements about the thing and its records, sorted."""
        nodes = [self.node, *(record.node for record in self.records)]
        return tuple(_asserted(self.names.store, nodes))

    def documents(self) -> list[Document]:
        """Return the documents behind the lines, numbered in the order in which lines name them."""
        lines = (line for group in self.groups.values() for line in group)
        found = dict.fromkeys(source for line in lines for source in line.sources)
        return documents_of(found, self.names)


def _asserted(store: ox.Store, nodes: Iterable[ox.NamedNode]) -> list[ox.Triple]:
    triples = {
        quad.triple
        for node in nodes
        for quad in store.quads_for_pattern(node, None, None)
        if quad.graph_name not in (INFERRED_GRAPH, SHAPES_GRAPH)
    }
    return sorted(triples, key=str)
