"""A store to load into, and a small graph to load, for the tests of endpoints and loads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint, connect
from eurohpc_kg.store.canonical import write_graphs
from stores.servers import Server

BASE = "https://w3id.org/eurohpc-kg/"
REGISTER, INFERRED, REPORT = (
    BASE + "graph/register",
    BASE + "graph/inferred",
    BASE + "source/example-centre/2026-03-02-report",
)


@contextmanager
def oxigraph(folder: Path, *, read_only: bool = False) -> Iterator[Server]:
    """Run an Oxigraph server on a free port."""
    server = Server("oxigraph", folder, read_only=read_only).start()
    try:
        yield server
    finally:
        server.stop()


def built(folder: Path, graphs: dict[str, str]) -> Path:
    """Make what a build leaves for `load_store`: graphs, given as Turtle, in canonical form."""
    folder.mkdir(parents=True, exist_ok=True)
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
        for name, text in graphs.items()
        for quad in ox.parse(_PREFIXES + text, format=ox.RdfFormat.TURTLE)
    ]
    write_graphs(folder, quads)
    return folder


def held(address: str) -> dict[str, set[str]]:
    """Return what a reader finds: the triples of each graph, bookkeeping left out."""
    endpoint = connect(address, store="oxigraph")
    found: dict[str, set[str]] = {}
    for g, s, p, o in endpoint.select("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"):
        if isinstance(g, ox.NamedNode) and g.value != BASE + "graph/load":
            found.setdefault(g.value, set()).add(f"{s} {p} {o}")
    return found


def at(server: Server, timeout: float = 20) -> Endpoint:
    """Return the endpoint of a server."""
    return connect(server.address, timeout=timeout)


_PREFIXES = f"""\
@prefix ehpc: <{BASE}ontology#> .
@prefix id: <{BASE}id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SMALL = {
    REGISTER: 'id:a a ehpc:Supercomputer ; rdfs:label "A"@en .\n'
    '[] rdfs:seeAlso id:a, [ rdfs:label "nameless" ] .',
    INFERRED: "id:a a ehpc:ComputingSystem .",
    REPORT: 'id:a ehpc:value 12.50 ; ehpc:date "2026-03"^^xsd:gYearMonth ;'
    ' ehpc:note "é\\"\\n"@fr .',
}
CHANGED = {**SMALL, REPORT: "id:a ehpc:value 13.0 ."}
