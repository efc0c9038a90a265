"""From a solution of a group to what it rests on: the patterns that it went through.

A solution has its marks (`asking`), which tell the OPTIONALs that matched and the arms of UNIONs
that were taken. What stands in MINUS or NOT EXISTS adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol

import pyoxigraph as ox

from eurohpc_kg.cite.asking import Asking, Row, values_text
from eurohpc_kg.cite.evidence import AllOf, AnyOf, Evidence, Stated, Walked
from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.sources import ONTOLOGY_GRAPH, REGISTER_GRAPH
from eurohpc_kg.sparql import Term
from eurohpc_kg.sparql.parts import (
    Exists,
    Expression,
    Group,
    InGraph,
    Optional,
    Pattern,
    Place,
    SubQuery,
    Union,
    assigned,
)
from eurohpc_kg.sparql.paths import is_nullable
from eurohpc_kg.sparql.words import words

# Of the solutions that give one row, or one member of a group, so many are compared.
MOST_SOLUTIONS = 64
# Solutions that are put into one query, to ask for the EXISTS of each.
_AT_ONCE = 500

Solutions = list[dict[str, Term]]
_Given = tuple[tuple[str, Term], ...]


class Rows(Protocol):
    """Find what the rows of a sub-query rest on; how, the caller of `Patterns` says."""

    def evidence(self, row: Row) -> Evidence | None: ...


RowsOf = Callable[[SubQuery, "Place | None"], Rows]


class Patterns:
    """Find what the solutions of one group rest on: the patterns that each went through."""

    def __init__(self, asking: Asking, group: Group, graph: Place | None, rows_of: RowsOf) -> None:
        self.asking = asking
        self.group = group
        self.graph = graph
        self._rows_of = rows_of
        self._rows: dict[int, Rows] = {}
        self._exists: dict[int, ExistsTable] = {}
        self._occurrences: dict[tuple[Term, ox.NamedNode | None], Evidence] = {}

    def any_of(self, solutions: Solutions) -> Evidence:
        """Return what is needed for one of these solutions, whichever."""
        self.prepare(solutions)
        found = [self.of(solution) for solution in solutions]
        return found[0] if len(found) == 1 else AnyOf(found)

    def prepare(self, solutions: Solutions) -> None:
        """Ask for the EXISTS of all these solutions at once."""
        if len(solutions) > 1:
            for expression, graph in _expressions(self.group, self.graph):
                for exists in expression.exists:
                    self._table(exists, graph).prepare(solutions)

    def of(self, solution: Row) -> Evidence:
        """Return what is needed for one solution."""
        return AllOf(self._parts(self.group, solution, self.graph))

    def _parts(self, group: Group, solution: Row, graph: Place | None) -> Iterator[Evidence]:
        for element in group.elements:
            if isinstance(element, Pattern):
                yield self._of_pattern(element, solution, graph)
            elif isinstance(element, InGraph):
                yield from self._in_graph(element, solution)
            elif isinstance(element, Optional):
                if element.mark in solution:
                    yield from self._parts(element.group, solution, graph)
            elif isinstance(element, Union):
                for arm, mark in zip(element.groups, element.marks, strict=True):
                    if not mark or mark in solution:
                        yield from self._parts(arm, solution, graph)
            elif isinstance(element, SubQuery):
                found = self._sub_query(element, graph).evidence(solution)
                if found is not None:
                    yield found
            elif isinstance(element, Expression) and element.exists:
                yield from self._of_exists(element, solution, graph)

    def _of_pattern(self, pattern: Pattern, solution: Row, graph: Place | None) -> Evidence:
        named = _named(graph, solution)
        start, end = value_of(pattern.subject, solution), value_of(pattern.object, solution)
        assert start is not None
        assert end is not None
        if isinstance(pattern.verb, (ox.Variable, ox.NamedNode, ox.BlankNode, ox.Literal)):
            verb = value_of(pattern.verb, solution)
            return Stated(Statement(start, verb, end), named)  # type: ignore[arg-type]
        if start == end and is_nullable(pattern.verb):
            return self._occurrence(start, named)
        return Walked(start, pattern.verb, end, named)

    def _occurrence(self, node: Term, graph: ox.NamedNode | None) -> Evidence:
        """Return what is needed for a node to be in the graph at all: any statement with it.

        So much Oxigraph asks for where a path has no length. Where a graph of the project's own has
        the node, that is enough: it costs no document.
        """
        found = self._occurrences.get((node, graph))
        if found is None:
            find = self.asking.store.quads_for_pattern
            subject = None if isinstance(node, ox.Literal) else node
            quads: list[ox.Quad] = []
            for own in () if graph is not None else (REGISTER_GRAPH, ONTOLOGY_GRAPH):
                if subject is not None and not quads:
                    quads += islice(find(subject, None, None, own), 1)
            if not quads:
                quads += find(None, None, node, graph)
                quads += () if subject is None else find(subject, None, None, graph)
            triples = dict.fromkeys((q.subject, q.predicate, q.object) for q in quads)
            found = AnyOf(Stated(Statement(*triple), graph) for triple in triples)  # type: ignore[arg-type]
            self._occurrences[node, graph] = found
        return found

    def _in_graph(self, element: InGraph, solution: Row) -> Iterator[Evidence]:
        """Yield what a GRAPH needs: what it holds, or that it is there at all."""
        yield from self._parts(element.group, solution, element.name)
        named = _named(element.name, solution)
        # A pattern always goes through a statement of the graph, so that the graph is there.
        if named is not None and not any(isinstance(e, Pattern) for e in element.group.elements):
            quads = self.asking.store.quads_for_pattern(None, None, None, named)
            triples = [(q.subject, q.predicate, q.object) for q in islice(quads, MOST_SOLUTIONS)]
            yield AnyOf(Stated(Statement(*triple), named) for triple in triples)  # type: ignore[arg-type]

    def _of_exists(
        self, expression: Expression, solution: Row, graph: Place | None
    ) -> Iterator[Evidence]:
        held = [self._table(one, graph).evidence(solution) for one in expression.exists]
        if expression.marks:
            without, *alone = (_is_true(solution.get(mark)) for mark in expression.marks)
            if without:
                return
            enough = [one for one, is_enough in zip(held, alone, strict=True) if is_enough and one]
            if enough:
                yield AnyOf(enough)
                return
        yield from (one for one in held if one is not None)

    def _sub_query(self, element: SubQuery, graph: Place | None) -> Rows:
        if element.start not in self._rows:
            self._rows[element.start] = self._rows_of(element, graph)
        return self._rows[element.start]

    def _table(self, exists: Exists, graph: Place | None) -> ExistsTable:
        if exists.start not in self._exists:
            self._exists[exists.start] = ExistsTable(self.asking, exists, graph, self._rows_of)
        return self._exists[exists.start]


class ExistsTable:
    """Find what an EXISTS rests on, for solutions of the group that it stands in."""

    def __init__(
        self, asking: Asking, exists: Exists, graph: Place | None, rows_of: RowsOf
    ) -> None:
        self.asking = asking
        self.patterns = Patterns(asking, exists.group, graph, rows_of)
        self._can_be_given = _mentioned(asking, exists, graph) - assigned(exists.group)
        self._found: dict[_Given, Evidence | None] = {}

    def evidence(self, solution: Row) -> Evidence | None:
        """Return what makes it hold for a solution, or ``None`` where it does not."""
        given = self._given(solution)
        if given not in self._found:
            self._ask([given])
        return self._found[given]

    def prepare(self, solutions: Iterable[Row]) -> None:
        """Ask for many solutions at once."""
        new = dict.fromkeys(map(self._given, solutions))
        by_names: dict[tuple[str, ...], list[_Given]] = {}
        for given in new:
            if given not in self._found:
                by_names.setdefault(tuple(name for name, _ in given), []).append(given)
        for several in by_names.values():
            for at in range(0, len(several), _AT_ONCE):
                self._ask(several[at : at + _AT_ONCE])

    def _given(self, solution: Row) -> _Given:
        names = sorted(self._can_be_given & solution.keys())
        return tuple((name, solution[name]) for name in names)

    def _ask(self, several: list[_Given]) -> None:
        """Ask for solutions that bind the same variables."""
        names = [name for name, _ in several[0]]
        plain = [n for i, n in enumerate(names)
                 if not any(isinstance(g[i][1], ox.BlankNode) for g in several)]  # fmt: skip
        rows = [[dict(given)[name] for name in plain] for given in several]
        values = values_text(plain, rows) if plain else ""
        found: dict[_Given, Solutions] = {given: [] for given in several}
        patterns = self.patterns
        for solution in self.asking.solutions(patterns.group, graph=patterns.graph, values=values):
            given = tuple((name, solution[name]) for name in names if name in solution)
            same = found.get(given)
            if same is not None and len(same) < MOST_SOLUTIONS:
                same.append(solution)
        for given, solutions in found.items():
            whole = [{**dict(given), **solution} for solution in solutions]
            self._found[given] = patterns.any_of(whole) if whole else None


def value_of(place: Place, solution: Row) -> Term | None:
    """Return a term itself, or what a solution has for a variable."""
    return solution.get(place.value) if isinstance(place, ox.Variable) else place


def _expressions(group: Group, graph: Place | None) -> Iterator[tuple[Expression, Place | None]]:
    for element in group.elements:
        if isinstance(element, Expression):
            yield element, graph
        elif isinstance(element, InGraph):
            yield from _expressions(element.group, element.name)
        elif isinstance(element, Optional):
            yield from _expressions(element.group, graph)
        elif isinstance(element, Union):
            for arm in element.groups:
                yield from _expressions(arm, graph)


def _mentioned(asking: Asking, exists: Exists, graph: Place | None) -> set[str]:
    """Return every variable that an EXISTS may get its value from outside for."""
    text = asking.text.text[exists.start : exists.end]
    found = {word.text[1:] for word in words(text) if word.kind == "variable"}
    return found | ({graph.value} if isinstance(graph, ox.Variable) else set())


def _named(graph: Place | None, solution: Row) -> ox.NamedNode | None:
    """Return the graph that a GRAPH means in a solution."""
    found = None if graph is None else value_of(graph, solution)
    return found if isinstance(found, ox.NamedNode) else None


def _is_true(term: Term | None) -> bool:
    return isinstance(term, ox.Literal) and term.value in ("true", "1")
