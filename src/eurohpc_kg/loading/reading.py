"""Reading graphs back from a store: many in one request, whole even where a store cuts answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading.canonical import Digest, digest
from eurohpc_kg.loading.disguise import uncovered

BATCH = 25_000
"""Triples that are sent, or read back, in one request."""


def count_graphs(endpoint: Endpoint) -> dict[str, int]:
    """Return how many triples each named graph of a store has."""
    rows = endpoint.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {
        name.value: int(count.value)
        for name, count in rows
        if isinstance(name, ox.NamedNode) and isinstance(count, ox.Literal)
    }


def batches(counts: Mapping[str, int], most: int = BATCH) -> list[list[str]]:
    """Part graphs into groups of about ``most`` triples; a larger one stands alone.

    >>> batches({"a": 2, "b": 2, "c": 5}, 4)
    [['a', 'b'], ['c']]
    """
    groups: list[list[str]] = []
    room = 0
    for name, count in counts.items():
        if not groups or count > room:
            groups.append([])
            room = most
        groups[-1].append(name)
        room -= count
    return groups


def read_digests(
    endpoint: Endpoint, wanted: Mapping[str, int], counts: Mapping[str, int] | None = None
) -> dict[str, Digest]:
    """Read graphs back, and return what each one holds; ``wanted`` is how much to expect.

    ``counts`` is how much the store has of every graph: where most of it is wanted, and the product
    gives all at once, all is read.
    """
    if counts and endpoint.can_dump and 2 * sum(wanted.values()) > sum(counts.values()):
        held: dict[str, list[ox.Triple]] = {name: [] for name in wanted}
        for quad in endpoint.dump():
            name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            if name in held:
                held[name].append(quad.triple)
        return {name: digest(held.pop(name)) for name in wanted}
    found: dict[str, Digest] = {}
    for group in batches(wanted):
        expected = sum(wanted[name] for name in group)
        for name, triples in read_graphs(endpoint, group, expected).items():
            found[name] = digest(triples)
    return found


def read_graphs(
    endpoint: Endpoint, names: Sequence[str], expected: int
) -> dict[str, list[ox.Triple]]:
    """Return the triples of each graph, what is disguised without its disguise.

    Where fewer than ``expected`` come, the store may have cut its answer, and is asked on. Raises
    `EndpointError` where it gives fewer triples than it says it has.
    """
    values = " ".join(f"<{name}>" for name in names)
    pattern = f"VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }}"
    found: dict[str, list[ox.Triple]] = {name: [] for name in names}
    read = size = _page(endpoint, pattern, found, "")
    counted = _count(endpoint, pattern) if read < expected else read
    while read < counted:  # the store cuts its answers: read the rest piece by piece
        piece = _page(endpoint, pattern, found, f" OFFSET {read} LIMIT {size}")
        if not piece:
            raise EndpointError(
                f"the store has {counted:,} triples there and gives {read:,}",
                place=endpoint.at.query,
                remedy="Raise the limit of rows of the store.",
            )
        read += piece
    return found


def _page(endpoint: Endpoint, pattern: str, found: dict[str, list[ox.Triple]], end: str) -> int:
    rows = 0
    try:
        for g, s, p, o in endpoint.select(f"SELECT ?g ?s ?p ?o WHERE {{ {pattern} }}{end}"):
            rows += 1
            if isinstance(g, ox.NamedNode):
                found[g.value].append(ox.Triple(uncovered(s), uncovered(p), uncovered(o)))
    except SyntaxError as error:
        raise endpoint.garbled() from error
    return rows


def _count(endpoint: Endpoint, pattern: str) -> int:
    rows = endpoint.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    number = next(iter(rows))[0]
    return int(number.value) if isinstance(number, ox.Literal) else 0
