"""Reading graphs back from a store: many in one request, whole even where a store cuts answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading.canonical import Digest, Sum
from eurohpc_kg.loading.disguise import uncovered

_Page = TypeVar("_Page")

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
    endpoint: Endpoint, wanted: Mapping[str, Digest], counts: Mapping[str, int] | None = None
) -> dict[str, Digest]:
    """Read graphs back, and return what each one holds; ``wanted`` is what to expect.

    ``counts`` is how much the store has of every graph: where most of it is wanted, and the product
    gives all at once, all is read. Nothing is kept of what is read but sums.
    """
    if counts and endpoint.can_dump:
        expected = sum(one.count for one in wanted.values())
        if 2 * expected > sum(counts.values()):
            return endpoint.read_dump(lambda quads: _sums_of_dump(quads, wanted))
    found: dict[str, Digest] = {}
    for group in batches({name: one.count for name, one in wanted.items()}):
        sums = {name: Sum(wanted[name].twins) for name in group}

        def read(
            rows: Iterable[tuple[str, ox.Triple]], names: Sequence[str] = group
        ) -> dict[str, Sum]:
            page = {name: Sum(wanted[name].twins) for name in names}
            for name, triple in rows:
                page[name].add(str(triple).encode())
            return page

        for page in _pages(endpoint, group, sum(wanted[name].count for name in group), read):
            for name in group:
                sums[name] += page[name]
        found.update((name, one.digest()) for name, one in sums.items())
    return found


def _sums_of_dump(quads: Iterable[ox.Quad], wanted: Mapping[str, Digest]) -> dict[str, Digest]:
    sums = {f"<{name}>": Sum(one.twins) for name, one in wanted.items()}
    for quad in quads:
        one = sums.get(str(quad.graph_name))
        if one is not None:
            text = str(quad)
            one.add(text[: text.rindex(" <")].encode())
    return {name[1:-1]: one.digest() for name, one in sums.items()}


def read_graphs(
    endpoint: Endpoint, names: Sequence[str], expected: int
) -> dict[str, list[ox.Triple]]:
    """Return the triples of each graph, what is disguised without its disguise.

    ``expected`` and what is raised are those of `_pages`.
    """
    found: dict[str, list[ox.Triple]] = {name: [] for name in names}
    for page in _pages(endpoint, names, expected, list):
        for name, triple in page:
            found[name].append(triple)
    return found


def _pages(
    endpoint: Endpoint,
    names: Sequence[str],
    expected: int,
    read: Callable[[Iterable[tuple[str, ox.Triple]]], _Page],
) -> Iterator[_Page]:
    """Yield what ``read`` makes of the triples of these graphs, each with the name of its graph.

    Where fewer than ``expected`` come, the store may have cut its answer, and is asked on. Raises
    `EndpointError` where it gives fewer triples than it says it has.
    """
    values = " ".join(f"<{name}>" for name in names)
    pattern = f"VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }}"
    size = 0

    def whole(rows: ox.QuerySolutions) -> _Page:
        nonlocal size
        size = 0

        def counted() -> Iterator[tuple[str, ox.Triple]]:
            nonlocal size
            for g, s, p, o in rows:
                size += 1
                assert isinstance(g, ox.NamedNode)
                yield g.value, ox.Triple(uncovered(s), uncovered(p), uncovered(o))

        return read(counted())

    text = f"SELECT ?g ?s ?p ?o WHERE {{ {pattern} }}"
    yield endpoint.read_rows(text, whole)
    done = most = size
    there = _count(endpoint, pattern) if done < expected else done
    while done < there:  # the store cuts its answers: read the rest piece by piece
        yield endpoint.read_rows(f"{text} OFFSET {done} LIMIT {most}", whole)
        if not size:
            raise EndpointError(
                f"the store has {there:,} triples there and gives {done:,}",
                place=endpoint.at.query,
                remedy="Raise the limit of rows of the store.",
            )
        done += size


def _count(endpoint: Endpoint, pattern: str) -> int:
    rows = endpoint.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    number = next(iter(rows))[0]
    return int(number.value) if isinstance(number, ox.Literal) else 0
