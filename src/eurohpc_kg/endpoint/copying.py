"""A copy of the graphs at an endpoint, in memory, for what would be thousands of small requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from eurohpc_kg.endpoint.client import Endpoint
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.namespaces import XSD
from eurohpc_kg.sources import INFERRED_GRAPH

MOST = 2_000_000
"""Statements that are copied, at most: this takes a minute and a gigabyte."""

_INTEGER, _DECIMAL = (f"^^<{XSD}{kind}>".encode() for kind in ("integer", "decimal"))
_OURS = b"<" + NAMESPACE.encode()


def copy_of(endpoint: Endpoint) -> ox.Store | None:
    """Return our graphs as the endpoint has them; ``None`` where they can't be had in one go."""
    counts = endpoint.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    (number,) = next(iter(counts))
    size = int(number.value) if isinstance(number, ox.Literal) else 0
    if not 0 < size <= MOST:
        return None
    try:
        copy = _by_dump(endpoint) if endpoint.at.quads else _by_rows(endpoint)
    except (EndpointError, SyntaxError, ValueError):
        return None
    ours = endpoint.select(
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } "
        f'FILTER(STRSTARTS(STR(?g), "{NAMESPACE}")) }}'
    )
    (wanted,) = next(iter(ours))
    is_whole = isinstance(wanted, ox.Literal) and int(wanted.value) == len(copy)
    return copy if is_whole else None  # some products cut a long answer


def _by_dump(endpoint: Endpoint) -> ox.Store:
    decimals = _decimals(endpoint) if endpoint.product.turtle else frozenset()
    return endpoint.read_dump(lambda pieces: _by_lines(pieces, decimals))


def _decimals(endpoint: Endpoint) -> frozenset[bytes]:
    """Return the properties whose inferred values are decimals: Virtuoso's Turtle has 32 for 32.0.

    What a document says is cited as it stands; what follows from it is proved, type and all.
    """
    rows = endpoint.select(
        f"SELECT DISTINCT ?p {{ GRAPH {INFERRED_GRAPH} {{ ?s ?p ?o }} "
        f"FILTER(DATATYPE(?o) = <{XSD}decimal>) }}"
    )
    return frozenset(str(row[0]).encode() for row in rows)


def _by_lines(
    pieces: Iterable[Mapping[bytes, list[bytes]]], decimals: frozenset[bytes]
) -> ox.Store:
    """Read what a product dumps: lines of N-Triples by graph."""
    inferred = str(INFERRED_GRAPH).encode()

    def quads() -> Iterator[ox.Quad]:
        for piece in pieces:
            for name, lines in piece.items():
                if decimals and name == inferred:
                    lines = [_typed(line, decimals) for line in lines]
                if name.startswith(_OURS):
                    text = b" .\n".join((*lines, b""))
                    graph = ox.NamedNode(name[1:-1].decode())
                    for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES, lenient=True):
                        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)

    store = ox.Store()
    store.extend(quads())
    return store


def _typed(line: bytes, decimals: frozenset[bytes]) -> bytes:
    if line.endswith(_INTEGER) and line.split(b" ", 2)[1] in decimals:
        return line.removesuffix(_INTEGER) + _DECIMAL
    return line


def _by_rows(endpoint: Endpoint) -> ox.Store:
    def read(rows: ox.QuerySolutions) -> ox.Store:
        store = ox.Store()
        store.extend(ox.Quad(s, p, o, g) for s, p, o, g in rows)
        return store

    return endpoint.read_rows(
        "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } "
        f'FILTER(STRSTARTS(STR(?g), "{NAMESPACE}")) }}',
        read,
    )
