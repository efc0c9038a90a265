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
    [(20, 8)]
    """
    for group in batches(properties, most):
        rows = sum(properties[name] for name in group)
        pattern = f"VALUES ?p {{ {' '.join(group)} }} {TRIPLE}"
        number = -(-2 * rows // most) if rows > most else 1
        yield rows, [f"{pattern} {beginning}".rstrip() for beginning in _beginnings(number)]


def _beginnings(number: int) -> Iterator[str]:
    """Yield filters that part subjects into so many sets of about the same size."""
    digits = 0
    while number > 1 and 16**digits < 4 * number:
        digits += 1
    starts = ["".join(some) for some in product("0123456789abcdef", repeat=digits)]
    subject = 'IF(ISBLANK(?s), "", STR(?s))'
    for part in range(number):
        some = starts[len(starts) * part // number : len(starts) * (part + 1) // number]
        values = ", ".join(f'"{start}"' for start in some)
        yield f"FILTER(SUBSTR(MD5({subject}), 1, {digits}) IN ({values}))" if digits else ""
