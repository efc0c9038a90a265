"""The two engines behind one interface, and the size at which the larger one takes over.

Measured on the generated graphs of ``benchmarks/closure.py``: see `SQL_FROM` and
``docs/decisions`` on reasoning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from eurohpc_kg.reason.encoding import EncodedRule, Fact
from eurohpc_kg.reason.memory import MemoryEngine

SQL_FROM = 1_000_000
"""From this many facts on, DuckDB is quicker than Python sets, its start-up included."""


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


def evaluate(rules: Sequence[EncodedRule], facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts that follow from ``facts`` by ``rules`` and are not among them, sorted."""
    given = list(facts)
    return sorted(engine_for(rules, len(given)).extend(given))
