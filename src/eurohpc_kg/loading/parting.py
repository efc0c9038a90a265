"""Parts of graphs that a store gives whole, each in one answer, whatever the order of its rows.

Properties go together as long as they fit. One that alone is too much is parted by its subjects,
by the first digits of their MD5: every store has it, and each row falls into one part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint

BATCH = 25_000
"""Triples that are sent, or read back, in one request."""

TRIPLE = "GRAPH ?g { ?s ?p ?o }"


def batches(counts: Mapping[str, int], most: int = BATCH) -> list[list[str]]:
    """Part graphs or properties into groups of ``most`` triples at most; a larger one is alone.

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


def rows_of_properties(endpoint: Endpoint, graphs: str) -> dict[str, int]:
    """Return how many triples some graphs have of each property."""
    rows = endpoint.select(
        f"SELECT ?p (COUNT(*) AS ?n) WHERE {{ {graphs} {TRIPLE} }} GROUP BY ?p ORDER BY ?p"
    )
    return {
        str(name): int(count.value)
        for name, count in rows
        if name is not None and isinstance(count, ox.Literal)
    }


def parts(properties: Mapping[str, int], most: int) -> Iterator[tuple[int, list[str]]]:
    """Yield patterns that make out all triples, and how many triples they have together.

    >>> list(parts({"<x:p>": 3, "<x:q>": 2}, 5))
    [(5, ['VALUES ?p { <x:p> <x:q> } GRAPH ?g { ?s ?p ?o }'])]
    >>> [(rows, len(patterns)) for rows, patterns in parts({"<x:p>": 20}, 5)]
    [(20, 16)]
    """
    for group in batches(properties, most):
        rows = sum(properties[name] for name in group)
        pattern = f"VALUES ?p {{ {' '.join(group)} }} {TRIPLE}"
        digits = 0
        while rows > most and 16**digits * most < 2 * rows:
            digits += 1
        starts = ("".join(some) for some in product("0123456789abcdef", repeat=digits))
        yield rows, [f"{pattern} {_beginning(start)}".rstrip() for start in starts]


def _beginning(start: str) -> str:
    subject = 'IF(ISBLANK(?s), "", STR(?s))'
    return f'FILTER(STRSTARTS(MD5({subject}), "{start}"))' if start else ""
