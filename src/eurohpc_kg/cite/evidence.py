"""What a row rests on: statements and ways along paths, all of several or any one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.sparql import Term
from eurohpc_kg.sparql.paths import Path


class Stated(NamedTuple):
    """Hold a statement that must be there: in ``graph``, or in any."""

    statement: Statement
    graph: ox.NamedNode | None = None


class Walked(NamedTuple):
    """Hold a path that must lead from one node to another: in ``graph``, or in any."""

    start: Term
    path: Path
    end: Term
    graph: ox.NamedNode | None = None


class AllOf:
    """Hold parts that are all needed; none at all is always there."""

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[Evidence]) -> None:
        self.parts = tuple(parts)


class AnyOf:
    """Hold parts of which one is enough; none at all is never there."""

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[Evidence]) -> None:
        self.parts = tuple(parts)


Evidence = Stated | Walked | AllOf | AnyOf


def leaves(evidence: Evidence) -> Iterator[Stated | Walked]:
    """Yield the statements and ways in some evidence, as often as they stand there."""
    if isinstance(evidence, (AllOf, AnyOf)):
        for part in evidence.parts:
            yield from leaves(part)
    else:
        yield evidence
