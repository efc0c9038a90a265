"""From what a row rests on to the graphs that say it, for inferred statements by their proofs.

A statement that someone wrote needs any one of the graphs that it stands in. One that only follows
needs what its shortest proof needs, and a way along a path what its triples need. Of a row's
graphs, documents and our own corrections are cited; the graphs that the project itself keeps
(register, ontology …) are always at hand and count apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from eurohpc_kg.cite.automaton import Automaton, Here, Matching, Triple
from eurohpc_kg.cite.covering import NEVER, NOTHING, Clause, Need, both, either
from eurohpc_kg.cite.evidence import AllOf, AnyOf, Evidence, Stated, Walked
from eurohpc_kg.explain.proof import Proof, Statement
from eurohpc_kg.names import EHPC, GRAPH, SOURCE
from eurohpc_kg.namespaces import DCTERMS
from eurohpc_kg.sources import INFERRED_GRAPH
from eurohpc_kg.sparql import Term
from eurohpc_kg.sparql.paths import Path

_ISSUED = ox.NamedNode(DCTERMS + "issued")
_STANDING = ox.NamedNode(EHPC + "standing")
_PRIMARY = EHPC + "PrimarySource"

Prove = Callable[[Statement], Proof | None]
# A statement, and the graph that is cited for it.
Said = tuple[Statement, str]


def is_own(graph: str) -> bool:
    """Tell whether a graph is one that the project keeps itself, corrections apart."""
    return not graph.startswith(SOURCE) and graph != GRAPH + "corrections"


class Support:
    """Look up what supports statements of one store; what was found serves the next row too."""

    def __init__(self, store: ox.Store, prove: Prove) -> None:
        self.store = store
        self.prove = prove
        self._proofs: dict[Statement, Proof | None] = {}
        self._graphs: dict[Statement, tuple[str, ...]] = {}
        self._needs: dict[Stated | Walked, Need] = {}
        self._ways: dict[Walked, list[Stated] | None] = {}
        self._automata: dict[Path, Automaton] = {}
        self._order: dict[str, tuple[bool, tuple[int, ...], str]] = {}

    def look_up(self, some: Iterable[Stated | Walked]) -> None:
        """Look up what leaves need, ordered by subject: proofs about one thing share much."""
        stated = {leaf for leaf in some if isinstance(leaf, Stated)}
        for leaf in sorted(stated, key=lambda leaf: str(leaf.statement.subject)):
            self._need_of_leaf(leaf)

    def need(self, evidence: Evidence) -> Need:
        """Return which graphs some evidence needs: of each clause any one."""
        return need_of(evidence, self._need_of_leaf)

    def said(self, evidence: Evidence, chosen: set[str]) -> list[Said] | None:
        """Return the statements, down to what someone wrote, that make it hold by these graphs.

        Each comes with the graph, of those chosen, that says it. Returns ``None`` where the graphs
        do not make it hold.
        """
        return said_of(evidence, lambda leaf: self._said_of_leaf(leaf, chosen))

    def _need_of_leaf(self, leaf: Stated | Walked) -> Need:
        found = self._needs.get(leaf)
        if found is None:
            found = self._stated(leaf) if isinstance(leaf, Stated) else self._way(leaf)
            self._needs[leaf] = found
        return found

    def _said_of_leaf(self, leaf: Stated | Walked, chosen: set[str]) -> list[Said] | None:
        found: list[Said] = []
        if isinstance(leaf, Walked) and self.way(leaf) is None:
            return None
        for statement, graphs in self.written(leaf):
            graph = next((g for g in sorted(graphs) if g in chosen), None)
            if graph is None:
                return None
            found.append((statement, graph))
        return found

    def written(self, leaf: Stated | Walked) -> Iterator[tuple[Statement, Clause]]:
        """Yield the statements that someone wrote and that a leaf rests on, with their graphs.

        A statement that nothing supports has none.
        """
        if isinstance(leaf, Walked):
            for stated in self.way(leaf) or ():
                yield from self.written(stated)
            return
        if leaf.graph is not None and leaf.graph != INFERRED_GRAPH:
            yield leaf.statement, frozenset((leaf.graph.value,))
            return
        graphs = self.graphs(leaf.statement)
        if graphs:
            yield leaf.statement, frozenset(graphs)
            return
        proof = self._proof(leaf.statement)
        if proof is None:
            yield leaf.statement, frozenset()
            return
        for part in proof.leaves():
            yield part.statement, frozenset(graph.value for graph in part.graphs)

    def _proof(self, statement: Statement) -> Proof | None:
        """Return the shortest proof of a statement."""
        if statement not in self._proofs:
            self._proofs[statement] = self.prove(statement)
        return self._proofs[statement]

    def graphs(self, statement: Statement) -> tuple[str, ...]:
        """Return the graphs in which someone wrote a statement."""
        found = self._graphs.get(statement)
        if found is None:
            subject, predicate, object_ = statement
            quads = (
                ()
                if isinstance(subject, ox.Literal)
                else self.store.quads_for_pattern(subject, predicate, object_)  # type: ignore[arg-type]
            )
            names = (quad.graph_name for quad in quads if quad.graph_name != INFERRED_GRAPH)
            found = tuple(sorted(g.value for g in names if isinstance(g, ox.NamedNode)))
            self._graphs[statement] = found
        return found

    def way(self, walked: Walked) -> list[Stated] | None:
        """Return the statements of a shortest way along a path, or ``None`` where there is none."""
        if walked not in self._ways:
            automaton, matching = self._automaton(walked)
            triples = automaton.shortest(walked.start, walked.end, matching)
            self._ways[walked] = (
                None
                if triples is None
                else [Stated(Statement(*triple), walked.graph) for triple in triples]
            )
        return self._ways[walked]

    def steps_along(
        self, walked: Walked, most: int
    ) -> list[tuple[Here, Here, Triple | None]] | None:
        """Return every step along a path from its start, or ``None`` for more than ``most``."""
        automaton, matching = self._automaton(walked)
        return automaton.steps(walked.start, matching, most)

    def _automaton(self, walked: Walked) -> tuple[Automaton, Matching]:
        automaton = self._automata.get(walked.path)
        if automaton is None:
            automaton = self._automata[walked.path] = Automaton(walked.path)

        def matching(
            subject: Term | None, predicate: ox.NamedNode | None, object_: Term | None
        ) -> Iterator[Triple]:
            if not isinstance(subject, ox.Literal):
                for quad in self.store.quads_for_pattern(subject, predicate, object_, walked.graph):
                    yield quad.subject, quad.predicate, quad.object  # type: ignore[misc]

        return automaton, matching

    def order(self, graph: str) -> tuple[bool, tuple[int, ...], str]:
        """Order graphs as they are preferred: primary first, then newer, then by their names."""
        found = self._order.get(graph)
        if found is None:
            node = ox.NamedNode(graph)
            issued = (
                q.object.value
                for q in self.store.quads_for_pattern(node, _ISSUED, None, node)
                if isinstance(q.object, ox.Literal)
            )
            standing = (q.object for q in self.store.quads_for_pattern(node, _STANDING, None, node))
            is_primary = any(
                isinstance(one, ox.NamedNode) and one.value == _PRIMARY for one in standing
            )
            found = (not is_primary, _newest_first(max(issued, default="")), graph)
            self._order[graph] = found
        return found

    def _stated(self, leaf: Stated) -> Need:
        return both(frozenset((graphs,)) for _, graphs in self.written(leaf))

    def _way(self, leaf: Walked) -> Need:
        way = self.way(leaf)
        if way is None:
            return NEVER
        return both(self.need(stated) for stated in way) if way else NOTHING


def need_of(evidence: Evidence, of_leaf: Callable[[Stated | Walked], Need]) -> Need:
    """Return what some evidence needs, from what its leaves need."""
    if isinstance(evidence, AllOf):
        return both(need_of(part, of_leaf) for part in evidence.parts)
    if isinstance(evidence, AnyOf):
        return either(need_of(part, of_leaf) for part in evidence.parts)
    return of_leaf(evidence)


def said_of(
    evidence: Evidence, of_leaf: Callable[[Stated | Walked], list[Said] | None]
) -> list[Said] | None:
    """Return what makes some evidence hold, from what makes its leaves hold, or ``None``."""
    if isinstance(evidence, AllOf):
        found: list[Said] = []
        for part in evidence.parts:
            said = said_of(part, of_leaf)
            if said is None:
                return None
            found += said
        return found
    if isinstance(evidence, AnyOf):
        ways = (said_of(part, of_leaf) for part in evidence.parts)
        return next((said for said in ways if said is not None), None)
    return of_leaf(evidence)


def _newest_first(date: str) -> tuple[int, ...]:
    """Return a key that sorts dates from the newest to the oldest, those unknown last.

    >>> sorted(["2025", "", "2026-01", "2025-03-04"], key=_newest_first)
    ['2026-01', '2025-03-04', '2025', '']
    """
    parts = [int(part) for part in date.split("-") if part.isdigit()]
    return tuple(-part for part in (*parts, 0, 0, 0)[:3])
