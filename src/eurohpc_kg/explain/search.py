"""The search for the shortest proof: backwards from a statement to what someone wrote.

A statement is proved in no more than *n* steps if a rule or a view gives it from premises whose
proofs have no more than *n* - 1 steps in all. *n* grows from one until a proof is found, so the
first one found has the fewest steps; and since premises always have fewer steps left than their
conclusion, no proof runs in a circle. What was proved, and what can't be in so many steps, is
remembered: it serves every later search over the same store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy

import pyoxigraph as ox

from eurohpc_kg.explain.facts import Facts
from eurohpc_kg.explain.proof import RULE, VIEW, Proof, Statement
from eurohpc_kg.explain.rules import RANK, Rules, Step
from eurohpc_kg.explain.views import Views
from eurohpc_kg.reason.views import View
from eurohpc_kg.sources import INFERRED_GRAPH

# More steps than any proof needs. What is not proved by then hangs on itself.
MOST_STEPS = 60
# Of proofs that are equally short, so many are compared; a thing may be in thousands of them.
MOST_COMPARED = 64
# Statements whose possible last steps are kept.
_KEPT = 20_000


class Searcher:
    """Find proofs over one store."""

    def __init__(self, store: ox.Store, views: Iterable[View]) -> None:
        self.facts = Facts(store)
        self.rules = Rules(self.facts)
        self.views = Views(self.facts, views)
        self._steps: dict[Statement, list[Step]] = {}
        self._proved: dict[Statement, Proof] = {}
        self._floor: dict[Statement, int] = {}
        self._without: Statement | None = None

    def prove(self, statement: Statement) -> Proof | None:
        """Return the shortest proof, or ``None`` where the statement does not follow.

        What someone wrote is its own proof.
        """
        graphs = self.facts.written_in(statement)
        if graphs:
            return Proof(statement, graphs=graphs)
        if not self.facts.is_known(statement):
            return None
        return self._shortest(statement, MOST_STEPS)

    def alternatives(self, statement: Statement) -> list[Proof]:
        """Return the proofs that differ in their last step and in their evidence, shortest first.

        A way that needs the statement itself is none, and one that needs all that a shorter proof
        needs, and perhaps more, is a detour.
        """
        graphs = self.facts.written_in(statement)
        found = [Proof(statement, graphs=graphs)] if graphs else []
        if not self.facts.is_known(statement):
            return found
        proofs = [self._by(statement, step) for step in self.last_steps(statement)]
        known: list[frozenset[Statement]] = []
        for proof in sorted((proof for proof in proofs if proof), key=_merit):
            evidence = proof.evidence()
            if not any(less <= evidence for less in known):
                known.append(evidence)
                found.append(proof)
        return found

    def last_steps(self, statement: Statement) -> list[Step]:
        """Return every way in which one rule or view gives a statement from what is known."""
        found = self._steps.get(statement)
        if found is None:
            if len(self._steps) >= _KEPT:
                self._steps.clear()
            found = list(self._all_steps(statement))
            self._steps[statement] = found
        return found

    def _by(self, statement: Statement, step: Step) -> Proof | None:
        """Return the shortest proof with this last step, without the statement further up."""
        proof = self._taken(statement, step, MOST_STEPS)
        if proof is not None and not any(part.rests_on(statement) for part in proof.parts):
            return proof
        other = copy(self)
        other._proved, other._floor, other._without = {}, {}, statement
        return other._taken(statement, step, MOST_STEPS)

    def _shortest(self, statement: Statement, most: int) -> Proof | None:
        """Return the shortest proof of what no reasoned graph states, of at most ``most`` steps."""
        for steps in range(self._floor.get(statement, 0) + 1, most + 1):
            if statement in self._proved:
                break
            found = self._within(statement, steps)
            if found is not None:
                self._proved[statement] = found
            elif not self._may_grow(statement):
                self._floor[statement] = MOST_STEPS
                return None
            else:
                self._floor[statement] = steps
        proof = self._proved.get(statement)
        return proof if proof is not None and proof.steps <= most else None

    def _within(self, statement: Statement, steps: int) -> Proof | None:
        """Return the best proof of exactly ``steps`` steps, knowing that none is shorter."""
        if steps == 1:
            return self._in_one_step(statement)
        return self._best(statement, self.last_steps(statement), steps)

    def _in_one_step(self, statement: Statement) -> Proof | None:
        """Return the best proof from what is stated, asking the most telling rules first.

        What is said to be a record is one by each property that only records have, too: none of
        these rules need be asked where another has said so that comes before them.
        """
        best = self._best(statement, self.views.steps(statement), 1)
        for (size, _), some in self.rules.by_merit(statement):
            if best is not None and best.size <= size:
                break
            found = self._best(statement, some, 1)
            if found is not None:
                return found
        return best

    def _best(self, statement: Statement, ways: Iterable[Step], steps: int) -> Proof | None:
        """Return the best proof of at most ``steps`` steps that ends in one of these."""
        best: Proof | None = None
        compared = 0
        for step in ways:
            if 1 + self._least(step) > steps:
                continue
            proof = self._taken(statement, step, steps)
            if proof is None:
                continue
            if best is None or _merit(proof) < _merit(best):
                best = proof
            compared += 1
            if compared == MOST_COMPARED:
                break
        return best

    def _taken(self, statement: Statement, step: Step, most: int) -> Proof | None:
        """Prove all that a step needs, in at most ``most`` steps with this one."""
        axioms = len(step.axioms)
        within = (*(step.within or (None,) * len(step.premises)), *(None,) * axioms)
        parts: list[Proof] = []
        spent, waiting = 1, self._least(step)
        for part, graph in zip((*step.premises, *step.axioms), within, strict=True):
            least = self._least_of(part)
            waiting -= least
            proof = self._part(part, graph, most - spent - waiting)
            if proof is None:
                return None
            spent += proof.steps
            parts.append(proof)
        count = len(step.premises)
        return Proof(
            statement,
            step.kind,
            step.name,
            tuple(parts[:count]),
            tuple(parts[count:]),
            weighed=step.weighed,
        )

    def _part(self, part: Statement, graph: ox.NamedNode | None, most: int) -> Proof | None:
        if part == self._without:
            return None
        if graph is not None and graph != INFERRED_GRAPH:
            return Proof(part, graphs=(graph,))
        graphs = self.facts.stated_in(part)
        if graphs:
            return Proof(part, graphs=graphs)
        return self._shortest(part, most) if most > 0 else None

    def _least(self, step: Step) -> int:
        """Return how many steps the premises need at least."""
        return sum(self._least_of(part) for part in (*step.premises, *step.axioms))

    def _least_of(self, part: Statement) -> int:
        if self.facts.stated_in(part):
            return 0
        proof = self._proved.get(part)
        return proof.steps if proof else self._floor.get(part, 0) + 1

    def _may_grow(self, statement: Statement) -> bool:
        """Tell whether a proof could be found with more steps: whether any step is left."""
        return any(self._least(step) < MOST_STEPS for step in self.last_steps(statement))

    def _all_steps(self, statement: Statement) -> Iterator[Step]:
        yield from self.views.steps(statement)
        yield from self.rules.steps(statement)


def _merit(proof: Proof) -> tuple[int, int, int, str]:
    """Order proofs: fewer steps, fewer statements, the more telling rule, then by their text."""
    rank = -1 if proof.kind == VIEW else RANK.get(proof.name, len(RANK))
    if proof.kind not in (RULE, VIEW):
        rank = -2
    text = " ".join(str(part.statement) for part in proof.parts)
    return (proof.steps, proof.size, rank, text)
