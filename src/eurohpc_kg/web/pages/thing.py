"""The page of a thing."""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg import cite
from eurohpc_kg.show import profile
from eurohpc_kg.web.addresses import iri_of
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.negotiate import RDF
from eurohpc_kg.web.pages.page import Page


def thing_page(build: Build, path: str) -> Page | None:
    node = ox.NamedNode(iri_of(path))
    if not build.says_of(node):
        return None
    found = profile(build.names, node)
    documents = found.documents()
    data = {
        "profile": found,
        "documents": documents,
        "numbers": cite.numbers(documents),
    }
    return Page(path, found.label, "thing", data, iri=node.value, forms=(*RDF, "csv", "json"))
