"""One statement as it is read."""

from __future__ import annotations

from eurohpc_kg.records import dataclass
from eurohpc_kg.sparql import Term


@dataclass(frozen=True)
class Line:
    """Hold one statement as it is read: ``aspect`` and ``value`` in words, ``detail`` beside them.

    ``sources`` are the IRIs of the graphs that state it; none where it only follows from others.
    """

    aspect: str
    value: str
    detail: str
    term: Term
    sources: tuple[str, ...]

    def order(self) -> tuple[str, ...]:
        """Return what lines are sorted by."""
        return self.aspect.casefold(), self.aspect, self.detail, self.value, str(self.term)
