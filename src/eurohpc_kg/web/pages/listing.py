"""Every page that a site of files has: one path each, in the order of paths.

Records (figures, milestones, states, ranks) have no pages of their own there: they stand on the
page of the thing that they are of.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.names import EHPC, GRAPH, NAMESPACE
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.sources import SHAPES_GRAPH
from eurohpc_kg.web.addresses import RECORDS, THINGS, path_of
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering
from eurohpc_kg.web.pages.routes import SINGLE

_A = ox.NamedNode(RDF + "type")
_TERMS = ("class", "object property", "datatype property", "annotation property", "individual")


def paths(build: Build) -> list[str]:
    """Return the paths of all pages, sorted."""
    found = {*SINGLE, "404"}
    kept = tuple(f"{first}/" for first in THINGS if first not in RECORDS)
    for quad in build.store.quads_for_pattern(None, _A, None):
        if isinstance(quad.subject, ox.NamedNode) and quad.graph_name != SHAPES_GRAPH:
            path = path_of(quad.subject.value)
            if path.startswith(kept):
                found.add(path)
    for term in build.terms.values():
        path = path_of(term.iri)
        if path.startswith("vocabulary/") or (term.iri.startswith(EHPC) and term.kind in _TERMS):
            found.add(path)
    found.update(f"question/{slug}" for slug in build.questions)
    found.update(one.iri.removeprefix(NAMESPACE) for one in Gathering.of(build).documents)
    for graph in build.store.named_graphs():
        if isinstance(graph, ox.NamedNode) and graph.value.startswith(GRAPH):
            found.add(graph.value.removeprefix(NAMESPACE))
    return sorted(path for path in found if path)
