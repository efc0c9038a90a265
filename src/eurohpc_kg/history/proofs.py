"""The reasons of what follows: those of the statements in its proof that came or went.

A proof is looked for only where the thing's own changes give no reason, and for so many statements
at most that a comparison stays quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from eurohpc_kg.history.pairs import Change
from eurohpc_kg.history.reasons import Reason
from eurohpc_kg.history.sides import Side

TYPE_CHECKING = False
if TYPE_CHECKING:
    from eurohpc_kg.explain import Explainer

MOST = 30  # proofs

Moved = dict[tuple[object, object, object], list[str]]


class Proofs:
    """Give reasons for what follows, from the proofs in the two versions."""

    def __init__(
        self,
        sides: tuple[Side, Side],
        changes: Iterable[Change],
        reasons: Mapping[str, Reason],
        inferred: str,
    ) -> None:
        self._sides = sides
        self._reasons = reasons
        self._moved: tuple[Moved, Moved] = ({}, {})
        self._explainers: dict[int, Explainer] = {}
        self._left = MOST
        for change in changes:
            if change.graph == inferred or change.again:
                continue
            for moved, term in zip(self._moved, (change.before, change.after), strict=True):
                if term is not None:
                    key = (change.subject, change.predicate, term)
                    moved.setdefault(key, []).append(change.graph)

    def reasons(self, change: Change) -> tuple[Reason, ...]:
        """Return the reasons of what a statement rested on, or rests on now."""
        found: dict[Reason, None] = {}
        for number, term in enumerate((change.before, change.after)):
            if not isinstance(term, (ox.NamedNode, ox.Literal)) or self._left <= 0:
                continue
            for key in self._leaves(number, change, term):
                for graph in self._moved[number].get(key, ()):
                    if graph in self._reasons:
                        found[self._reasons[graph]] = None
        return tuple(found)

    def _leaves(
        self, number: int, change: Change, term: ox.NamedNode | ox.Literal
    ) -> list[tuple[object, object, object]]:
        from eurohpc_kg.explain import Explainer, Statement

        side = self._sides[number]
        if side.repository is None or not isinstance(change.subject, ox.NamedNode):
            return []
        self._left -= 1
        if number not in self._explainers:
            self._explainers[number] = Explainer(side.store, side.repository, side.names)
        proof = self._explainers[number].prove(Statement(change.subject, change.predicate, term))
        said = [leaf.statement for leaf in proof.leaves()] if proof else []
        return [(one.subject, one.predicate, one.object) for one in said]
