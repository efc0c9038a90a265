"""What a proof is: a statement, the rule or view that gives it, and the proofs of what that needs.

Plain data, without a thought of how proofs are found (`search`), judged (`checker`) or written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pyoxigraph as ox

from eurohpc_kg.sparql import Term

Place = Term | ox.Variable

ASSERTED, RULE, VIEW = "asserted", "rule", "view"


class Statement(NamedTuple):
    """Hold one triple; unlike RDF's, its subject may be a literal (rule dt-type2 needs that)."""

    subject: Term
    predicate: Term
    object: Term

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"


class TriplePattern(NamedTuple):
    """Hold one triple with variables."""

    subject: Place
    predicate: Place
    object: Place

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"


@dataclass(frozen=True)
class Proof:
    """Hold why a statement is true.

    ``kind`` is ``asserted``, with the ``graphs`` that say it; ``rule``, with the rule's name in
    OWL 2 Profiles; or ``view``, with the name of a file of ``queries/views``. A rule needs all of
    ``premises`` (about the data) and ``axioms`` (of the ontology). A view that takes the best of
    several looked at ``weighed`` of them; its premises are those of the one that it took.
    ``steps`` counts the rules and views, ``size`` the asserted statements, each as often as used.
    """

    statement: Statement
    kind: str = ASSERTED
    name: str = ""
    premises: tuple[Proof, ...] = ()
    axioms: tuple[Proof, ...] = ()
    graphs: tuple[ox.NamedNode, ...] = ()
    weighed: int = 0
    steps: int = field(init=False)
    size: int = field(init=False)

    def __post_init__(self) -> None:
        steps = sum(part.steps for part in self.parts) + (self.kind != ASSERTED)
        size = sum(part.size for part in self.parts) + (self.kind == ASSERTED)
        object.__setattr__(self, "steps", steps)
        object.__setattr__(self, "size", size)

    @property
    def parts(self) -> tuple[Proof, ...]:
        """Return the proofs of all that the last step needs, axioms last."""
        return (*self.premises, *self.axioms)

    def walk(self) -> Iterator[Proof]:
        """Yield this proof and all in it, from the conclusion down, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def leaves(self) -> list[Proof]:
        """Return the asserted statements, each once, in reading order."""
        return list(dict.fromkeys(part for part in self.walk() if part.kind == ASSERTED))

    def graphs_used(self) -> list[ox.NamedNode]:
        """Return the graphs that the leaves stand in, each once, in reading order."""
        return list(dict.fromkeys(graph for leaf in self.leaves() for graph in leaf.graphs))

    def evidence(self) -> frozenset[Statement]:
        """Return the asserted statements about the data, or, of a proof about axioms, all."""
        found = frozenset(self._evidence())
        return found or frozenset(leaf.statement for leaf in self.leaves())

    def _evidence(self) -> Iterator[Statement]:
        if self.kind == ASSERTED:
            yield self.statement
        for part in self.premises:
            yield from part._evidence()

    def rests_on(self, statement: Statement) -> bool:
        """Tell whether a statement occurs in this proof, its conclusion included."""
        return any(part.statement == statement for part in self.walk())


class Missing(NamedTuple):
    """Hold what one rule or view would need for a statement that does not follow.

    ``needed`` is the premise that is not there, with a variable where anything would do; it is
    ``None`` for a view all of whose premises are there, but which gives another answer. ``held``
    are the premises that are there, ``axioms`` those of the ontology. ``others`` counts the
    statements of the same form that would do as well as ``needed``.
    """

    kind: str
    name: str
    needed: TriplePattern | None
    held: tuple[Statement, ...] = ()
    axioms: tuple[Statement, ...] = ()
    others: int = 0
