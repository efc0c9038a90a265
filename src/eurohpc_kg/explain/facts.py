"""The store as a searcher sees it: which graphs state something, and what is known at all.

A statement is *stated* where a graph that reasoning reads holds it, and *known* where it is
stated or inferred. The store leaves out what follows but is noise (see `reason.noise`); a proof
may still pass through it, so such a statement counts as one that may be proved.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.reason import NOT_REASONED
from eurohpc_kg.reason.noise import noise
from eurohpc_kg.sources import INFERRED_GRAPH
from eurohpc_kg.sparql import Term

# Pairs of nodes for which it is kept what holds between them.
_KEPT = 200_000

_Graphs = tuple[ox.NamedNode, ...]


def bring_here(store: ox.Store) -> None:
    """Let a store that is far away fetch what proofs ask for; the embedded one is here."""
    fetch = getattr(store, "bring_here", None)
    if fetch is not None:
        fetch()


class Facts:
    """Look statements up in one store, and remember where they were found.

    Many properties are asked for between the same two nodes, one a rule: so what is looked up,
    and kept, is all that holds between the two.
    """

    def __init__(self, store: ox.Store) -> None:
        bring_here(store)
        self.store = store
        self._between: dict[tuple[Term, Term], dict[Term, _Graphs]] = {}

    def graphs(self, statement: Statement) -> _Graphs:
        """Return all graphs that hold a statement, sorted, ``graph/inferred`` among them."""
        subject, predicate, object_ = statement
        found = self._between.get((subject, object_))
        if found is None:
            if len(self._between) >= _KEPT:
                self._between.clear()
            found = self._read(subject, object_)
            self._between[subject, object_] = found
        return found.get(predicate, ())

    def stated_in(self, statement: Statement) -> _Graphs:
        """Return the graphs that state it and that reasoning reads."""
        return tuple(graph for graph in self.graphs(statement) if graph not in NOT_REASONED)

    def written_in(self, statement: Statement) -> _Graphs:
        """Return the graphs in which someone wrote it, those of shapes and questions included."""
        return tuple(graph for graph in self.graphs(statement) if graph != INFERRED_GRAPH)

    def is_known(self, statement: Statement) -> bool:
        """Tell whether the store holds it, or would if it were worth writing down."""
        return bool(self.graphs(statement)) or bool(noise(*statement))

    def matching(
        self, subject: Term | None, predicate: Term | None, object_: Term | None
    ) -> Iterator[Statement]:
        """Yield the statements of the store that fit, each once; ``None`` stands for anything."""
        if isinstance(subject, ox.Literal) or isinstance(predicate, (ox.Literal, ox.BlankNode)):
            return
        last: Statement | None = None
        for quad in self.store.quads_for_pattern(subject, predicate, object_):
            statement = Statement(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]
            if statement != last:  # the graphs of one statement come one after the other
                last = statement
                yield statement

    def _read(self, subject: Term, object_: Term) -> dict[Term, _Graphs]:
        if isinstance(subject, ox.Literal):
            return {}
        found: dict[Term, list[ox.NamedNode]] = {}
        for quad in self.store.quads_for_pattern(subject, None, object_):
            if isinstance(quad.graph_name, ox.NamedNode):
                found.setdefault(quad.predicate, []).append(quad.graph_name)
        return {predicate: tuple(sorted(graphs, key=str)) for predicate, graphs in found.items()}
