"""Reading graphs back from a store: many in one request, whole even where a store cuts answers.

``OFFSET`` would not do: Virtuoso gives rows without ``ORDER BY`` in another order each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import pyoxigraph as ox

from eurohpc_kg.amounts import amount
from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.endpoint.numbered import Properties
from eurohpc_kg.endpoint.together import together
from eurohpc_kg.errors import EndpointError
from eurohpc_kg.loading.canonical import Digest, Sum
from eurohpc_kg.loading.disguise import WORD, uncovered
from eurohpc_kg.loading.lines import sum_of_lines, sums_of_dump
from eurohpc_kg.loading.parting import BATCH, TRIPLE, batches, parts, rows_of_properties

_Page = TypeVar("_Page")
_Ask = Callable[[str, str], tuple[_Page, int]]


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
    gives all at once, all is read. Nothing is kept of what is read but sums. What lines alone do
    not show to be as wanted is read again, term by term.
    """
    found = _read_lines(endpoint, wanted, counts or {})
    rest = {name: one for name, one in wanted.items() if found.get(name) != one}
    groups = batches({name: one.count for name, one in rest.items()}, _most(endpoint))

    def job(group: Sequence[str]) -> Callable[[], dict[str, Digest]]:
        return lambda: _read_terms(endpoint, {name: rest[name] for name in group})

    for some in together(map(job, groups), endpoint.product.at_once):
        found.update(some)
    return found


def _read_lines(
    endpoint: Endpoint, wanted: Mapping[str, Digest], counts: Mapping[str, int]
) -> dict[str, Digest]:
    """Return what the quickest form of an answer says, where the product has one."""
    if endpoint.product.numbered:
        return _read_numbered(endpoint, wanted)
    expected = sum(one.count for one in wanted.values())
    if endpoint.can_dump and 2 * expected > sum(counts.values()) > 0:
        return endpoint.read_dump(lambda pieces: sums_of_dump(pieces, wanted))
    least = endpoint.product.alone
    large = [name for name, one in wanted.items() if one.count >= least > 0]
    large.sort(key=lambda name: -wanted[name].count)

    def job(name: str) -> Callable[[], Digest]:
        return lambda: _read_graph(endpoint, name, wanted[name])

    made = together(map(job, large), endpoint.product.at_once)
    return dict(zip(large, made, strict=True))


def _read_numbered(endpoint: Endpoint, wanted: Mapping[str, Digest]) -> dict[str, Digest]:
    """Return what tables say in which graphs and properties are numbers."""
    groups = batches({name: one.count for name, one in wanted.items()})
    properties = Properties()

    def job(group: Sequence[str]) -> Callable[[], dict[str, Digest]]:
        some = {name: wanted[name] for name in group}
        return lambda: endpoint.read_numbered(
            group, properties, lambda pieces: sums_of_dump(pieces, some)
        )

    found: dict[str, Digest] = {}
    for some in together(map(job, groups), endpoint.product.numbered):
        found.update(some)
    return found


def _read_graph(endpoint: Endpoint, name: str, wanted: Digest) -> Digest:
    """Return what one graph holds by the lines of its triples."""
    is_staged = name.startswith(WORD)

    def read(pieces: Iterable[list[bytes]]) -> Sum:
        return sum_of_lines(pieces, wanted.twins, staged=is_staged)

    return endpoint.read_lines(name, read).digest()


def _read_terms(endpoint: Endpoint, wanted: Mapping[str, Digest]) -> dict[str, Digest]:
    """Return what some graphs hold by the terms of their triples."""
    sums = {name: Sum(one.twins) for name, one in wanted.items()}

    def read(rows: Iterable[tuple[str, ox.Triple]]) -> dict[str, Sum]:
        page = {name: Sum(one.twins) for name, one in wanted.items()}
        for name, triple in rows:
            page[name].add(str(triple).encode())
        return page

    expected = sum(one.count for one in wanted.values())
    for page in _pages(endpoint, list(wanted), expected, _rows(endpoint, read)):
        for name, part in page.items():
            sums[name] += part
    return {name: one.digest() for name, one in sums.items()}


def read_graphs(
    endpoint: Endpoint, names: Sequence[str], expected: int
) -> dict[str, list[ox.Triple]]:
    """Return the triples of each graph, what is disguised without its disguise.

    ``expected`` and what is raised are those of `_pages`.
    """
    found: dict[str, list[ox.Triple]] = {name: [] for name in names}
    for page in _pages(endpoint, names, expected, _rows(endpoint, list)):
        for name, triple in page:
            found[name].append(triple)
    return found


def _rows(
    endpoint: Endpoint, read: Callable[[Iterable[tuple[str, ox.Triple]]], _Page]
) -> _Ask[_Page]:
    """Return what asks for rows: each is a triple with the name of its graph."""

    def ask(graphs: str, part: str) -> tuple[_Page, int]:
        size = 0

        def counted(rows: ox.QuerySolutions) -> Iterator[tuple[str, ox.Triple]]:
            nonlocal size
            for g, s, p, o in rows:
                size += 1
                assert isinstance(g, ox.NamedNode)
                yield g.value, ox.Triple(uncovered(s), uncovered(p), uncovered(o))

        def whole(rows: ox.QuerySolutions) -> _Page:
            nonlocal size
            size = 0
            return read(counted(rows))

        found = endpoint.read_rows(f"SELECT ?g ?s ?p ?o WHERE {{ {graphs} {part} }}", whole)
        return found, size

    return ask


def _pages(
    endpoint: Endpoint, names: Sequence[str], expected: int, ask: _Ask[_Page]
) -> Iterator[_Page]:
    """Yield what ``ask`` gives of the triples of these graphs, with their number.

    Where fewer than ``expected`` come, the store may have cut its answer, and is asked part by
    part. Raises `EndpointError` where it gives fewer triples than it says it has.
    """
    graphs = f"VALUES ?g {{ {' '.join(f'<{name}>' for name in names)} }}"
    most = endpoint.product.most_rows
    properties: dict[str, int] = {}
    if not most or expected <= most:
        found, size = ask(graphs, TRIPLE)
        if size < expected:
            properties = rows_of_properties(endpoint, graphs)
        if size >= sum(properties.values()):
            yield found
            return
        most = size
    for rows, patterns in parts(properties or rows_of_properties(endpoint, graphs), most):
        done = 0
        for pattern in patterns:
            found, size = ask(graphs, pattern)
            yield found
            done += size
        if done < rows:
            raise EndpointError(
                f"the store has {amount(rows, 'triple')} there and gives {done:,}",
                place=endpoint.at.query,
                remedy="Raise the limit of rows of the store.",
            )


def _most(endpoint: Endpoint) -> int:
    return endpoint.product.most_rows or BATCH
