"""Why something is true: the shortest proof of a statement, down to the documents that say it.

`explain` answers for one statement; an `Explainer` answers for many over the same store. Proofs are
found when asked for, from the closure and the rules that made it; none is stored. See
``docs/explanations.md``.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.explain.explained import Explained
from eurohpc_kg.explain.nearest import nearest, said_instead
from eurohpc_kg.explain.proof import Missing, Proof, Statement
from eurohpc_kg.explain.rules import Step
from eurohpc_kg.explain.search import Searcher
from eurohpc_kg.labels import Names
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.reason.noise import noise
from eurohpc_kg.reason.views import View, read_views
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.sparql import Term

__all__ = ["Explainer", "Explanation", "Missing", "Proof", "Statement", "all_proofs", "explain"]


class Explanation(Explained):
    """Hold why a statement is true, or what it lacks, and write it."""

    def __str__(self) -> str:
        return self.render("text")

    def render(self, form: str) -> str:
        """Return it as ``text``, ``json``, ``ttl``, ``mermaid`` or ``html``."""
        from eurohpc_kg.explain.forms import render

        return render(self, form)


class Explainer:
    """Explain statements of one store; what was found serves the next question too."""

    def __init__(
        self, store: ox.Store, repository: Repository | None = None, names: Names | None = None
    ) -> None:
        """Take views and prefixes from ``repository``, by default what `find_repository` finds."""
        self.repository = repository or find_repository()
        self.names = names or Names(store, read_prefixes(self.repository))
        self.views: dict[str, View] = {view.name: view for view in read_views(self.repository)}
        self._searcher = Searcher(store, self.views.values())

    def statement(self, subject: str, predicate: str, object: str) -> Statement:
        """Return the statement that three names mean; see `eurohpc_kg.explain.naming`."""
        from eurohpc_kg.explain.naming import statement_of

        return statement_of(self.names, subject, predicate, object)

    def prove(self, statement: Statement) -> Proof | None:
        """Return the shortest proof of a statement, or ``None`` where it does not follow."""
        return self._searcher.prove(statement)

    def alternatives(self, statement: Statement) -> list[Proof]:
        """Return the proofs that rest on different evidence, the shortest first."""
        return self._searcher.alternatives(statement)

    def steps(self, statement: Statement) -> list[Step]:
        """Return every way in which one rule or view gives a statement from what is known."""
        return self._searcher.last_steps(statement)

    def explain(self, statement: Statement, *, every: bool = False) -> Explanation:
        """Return the shortest proof, or each one (``every``), or what is missing."""
        if every:
            proofs = tuple(self.alternatives(statement))
        else:
            proof = self.prove(statement)
            proofs = (proof,) if proof else ()
        if proofs:
            return Explanation(statement, self.names, self.views, proofs)
        searcher = self._searcher
        return Explanation(
            statement,
            self.names,
            self.views,
            missing=tuple(nearest(searcher.facts, searcher.rules, searcher.views, statement)),
            instead=tuple(said_instead(searcher.facts, statement)),
            left_out=noise(*statement),
        )


def explain(
    store: ox.Store,
    subject: Term,
    predicate: Term,
    object: Term,
    repository: Repository | None = None,
) -> Explanation:
    """Return why a statement is true: its shortest proof, or what it lacks."""
    return Explainer(store, repository).explain(Statement(subject, predicate, object))


def all_proofs(
    store: ox.Store,
    subject: Term,
    predicate: Term,
    object: Term,
    repository: Repository | None = None,
) -> list[Proof]:
    """Return the proofs of a statement that rest on different evidence, the shortest first."""
    return Explainer(store, repository).alternatives(Statement(subject, predicate, object))
