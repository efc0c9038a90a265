"""The graph behind an endpoint, for the same questions, names and citations as the embedded one."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from eurohpc_kg.api import Graph
from eurohpc_kg.endpoint.client import Endpoint
from eurohpc_kg.endpoint.remote import RemoteStore
from eurohpc_kg.labels import NAMING, Match, Names
from eurohpc_kg.names import Prefixes, read_prefixes, readable_slug
from eurohpc_kg.namespaces import RDF, SKOS
from eurohpc_kg.repository import Repository

_TIES = (SKOS + "inScheme", RDF + "type")


class RemoteNames(Names):
    """Look names up at an endpoint, with few requests where `Names` makes many look-ups."""

    one_file = False  # all names of one class are one request; of everything, a large one

    def __init__(self, store: RemoteStore, prefixes: Prefixes) -> None:
        super().__init__(store.as_store(), prefixes)
        self._remote = store

    def _quads_named(self, literals: list[ox.Literal]) -> Iterator[ox.Quad]:
        return self._remote.names_like(literals)

    def _all_names(self, within: str) -> Iterator[Match]:
        if not within:
            yield from super()._all_names(within)
            return
        naming = {**NAMING, **self._identifiers()}
        seen: set[str] = set()
        for quad in self._remote.naming_of(within, _TIES):
            node = quad.subject
            if not isinstance(node, ox.NamedNode):
                continue
            if node.value not in seen:
                seen.add(node.value)
                yield Match(node, readable_slug(node.value), "slug")
            if quad.predicate in naming and isinstance(quad.object, ox.Literal):
                yield Match(node, quad.object.value, naming[quad.predicate])


def graph_at(endpoint: Endpoint, repository: Repository) -> Graph:
    """Return the graph at an endpoint; prefixes and questions are those of ``repository``."""
    store = RemoteStore(endpoint)
    graph = Graph(repository, store.as_store())
    graph.names = RemoteNames(store, read_prefixes(repository))
    return graph
