"""Claims: what one document states of one thing, with all that is needed to judge it.

Four kinds: *figures* (and, beside the figures of a quantity, the newest line of a ranking that
measures it), *milestones*, *status reports*, and *relations* of which a thing is expected to have
one. `reading` takes them from the store; what they mean to each other is in `conflicts`.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.records import dataclass
from eurohpc_kg.sparql import Term

FIGURE, MILESTONE, STATUS, RELATION = "figure", "milestone", "status", "relation"
KINDS = (FIGURE, MILESTONE, STATUS, RELATION)


@dataclass(frozen=True)
class Claim:
    """Hold one statement of one document. What is not said is empty.

    ``value`` is as stated; ``final`` as an accepted correction has it, if there is one. ``basis``
    and ``bound`` are slugs. ``date`` is the time for which the statement speaks, as precise as
    known; for a milestone that is when it was said, not when it happened. ``stage`` tells how far
    along the life of a thing a state is.
    """

    kind: str
    thing: ox.NamedNode
    aspect: ox.NamedNode
    value: Term
    document: str
    date: str
    primary: bool
    record: str = ""
    unit: str = ""
    basis: str = ""
    bound: str = ""
    scope: str = ""
    period: str = ""
    regarding: str = ""
    correction: str = ""
    corrected_on: str = ""
    corrected: Term | None = None
    stage: int = 0

    @property
    def final(self) -> Term:
        return self.value if self.corrected is None else self.corrected

    @property
    def is_plan(self) -> bool:
        return self.basis in ("planned", "estimated")


@dataclass(frozen=True)
class Correction:
    """Hold an accepted correction: its IRI, the day it was made, and what it puts in place."""

    iri: str
    created: str
    value: Term | None
