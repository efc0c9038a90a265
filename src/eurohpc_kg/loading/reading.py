"""Reading graphs back from a store: many in one request, whole even where a store cuts answers.

``OFFSET`` would not do: Virtuoso gives rows without ``ORDER BY`` in another order each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading.canonical import Digest, Sum
from eurohpc_kg.loading.disguise import uncovered
from eurohpc_kg.loading.parting import BATCH, TRIPLE, batches, parts, rows_of_properties

_Page = TypeVar("_Page")


def count_graphs(endpoint: Endpoint) -> dict[str, int]:
    """Return how many triples each named graph of a store has."""
    rows = endpoint.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {
        name.value: int(count.value)
        for name, count in rows
        if isinstance(name, ox.NamedNode) and isinstance(count, ox.Literal)
    }


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
    most = endpoint.product.most_rows or BATCH
    for group in batches({name: one.count for name, one in wanted.items()}, most):
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

    Where fewer than ``expected`` come, the store may have cut its answer, and is asked part by
    part. Raises `EndpointError` where it gives fewer triples than it says it has.
    """
    graphs = f"VALUES ?g {{ {' '.join(f'<{name}>' for name in names)} }}"
    size = 0

    def counted(rows: ox.QuerySolutions) -> Iterator[tuple[str, ox.Triple]]:
        nonlocal size
        for g, s, p, o in rows:
            size += 1
            assert isinstance(g, ox.NamedNode)
            yield g.value, ox.Triple(uncovered(s), uncovered(p), uncovered(o))

    def page(part: str) -> _Page:
        def whole(rows: ox.QuerySolutions) -> _Page:
            nonlocal size
            size = 0
            return read(counted(rows))

        text = f"SELECT ?g ?s ?p ?o WHERE {{ {graphs} {part} }}"
        return endpoint.read_rows(text, whole)

    most = endpoint.product.most_rows
    properties: dict[str, int] = {}
    if not most or expected <= most:
        found = page(TRIPLE)
        if size < expected:
            properties = rows_of_properties(endpoint, graphs)
        if size >= sum(properties.values()):
            yield found
            return
        most = size
    for rows, patterns in parts(properties or rows_of_properties(endpoint, graphs), most):
        done = 0
        for pattern in patterns:
            yield page(pattern)
            done += size
        if done < rows:
            raise EndpointError(
                f"the store has {rows:,} triples there and gives {done:,}",
                place=endpoint.at.query,
                remedy="Raise the limit of rows of the store.",
            )
