"""What an explanation holds; the writers (`as_text`, `as_json` …) read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eurohpc_kg.explain.proof import Missing, Proof, Statement
from eurohpc_kg.labels import Names
from eurohpc_kg.reason.views import View


@dataclass(frozen=True)
class Explained:
    """Hold why a statement is true, or what it lacks.

    ``proofs`` has the shortest proof first; it is empty where the statement does not follow. Then
    ``missing`` says what would be needed, and ``instead`` what the graph says of the same subject
    and predicate. ``left_out`` names the kind of idle statement that the graph leaves out on
    purpose, such as ``reflexive``.
    """

    statement: Statement
    names: Names = field(repr=False, compare=False)
    views: Mapping[str, View] = field(repr=False, compare=False)
    proofs: tuple[Proof, ...] = ()
    missing: tuple[Missing, ...] = ()
    instead: tuple[Statement, ...] = ()
    left_out: str = ""

    @property
    def follows(self) -> bool:
        """Tell whether the statement is asserted or follows."""
        return bool(self.proofs)
