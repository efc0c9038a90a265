"""The two engines behind one interface, and the size at which the larger one takes over.

Measured by ``benchmarks/closure.py``; see `SQL_FROM`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from eurohpc_kg.reason.encoding import EncodedRule, Fact
from eurohpc_kg.reason.memory import MemoryEngine

SQL_FROM = 500_000
"""From this many facts on, DuckDB is quicker than Python sets, its start-up included.

Facts are the triples that some rule names: four fifths of this graph. Measured: DuckDB takes 2.4
times as long at 10,000 triples, 1.1 to 1.2 times at 300,000, 0.85 times at a million.
"""


class Engine(Protocol):
    """Hold facts closed under rules."""

    def extend(self, facts: Iterable[Fact]) -> list[Fact]:
        """Take facts in; return those that follow, in no particular order, and were not there.

        No fact returned has a literal as its subject or predicate.
        """


def engine_for(rules: Sequence[EncodedRule], size: int) -> Engine:
    """Return the engine that is quicker for ``size`` facts."""
    if size < SQL_FROM:
        return MemoryEngine(rules)
    from eurohpc_kg.reason.sql import SqlEngine

    return SqlEngine(rules)
