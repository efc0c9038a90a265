"""The views by what they make: which view could give a statement, and from what.

A view's template is laid on the statement; the rest of the query then says which patterns held.
Where a sub-query takes the best of several (``MAX``, ``MIN``, ``SAMPLE``), the premises are those
of the one that it took; of other aggregates (``COUNT``, ``SUM`` …) all members are premises. What a
view demands *not* to be there (``NOT EXISTS``, ``MINUS``) is no premise: no statement says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product

import pyoxigraph as ox

from eurohpc_kg.explain.facts import Facts
from eurohpc_kg.explain.proof import VIEW, Place, Statement, TriplePattern
from eurohpc_kg.explain.rules import Step
from eurohpc_kg.explain.view_parts import (
    ReadView,
    given,
    handed,
    read,
    required,
    taken_from,
    triple,
)
from eurohpc_kg.explain.view_queries import Asked, Row
from eurohpc_kg.reason.views import View
from eurohpc_kg.sparql import Term
from eurohpc_kg.sparql.parts import (
    Element,
    Group,
    InGraph,
    Optional,
    Pattern,
    SubQuery,
    Union,
)

# Ways through the arms of a view's unions that are tried for what nearly holds.
MOST_WAYS = 32
# Statements that fit a pattern, of which the one is taken that leads on best.
MOST_CHOICES = 200

_Premise = tuple[Statement, ox.NamedNode | None]


class Views:
    """Find the views that could give a statement; each is read once, when first needed."""

    def __init__(self, facts: Facts, views: Iterable[View]) -> None:
        self.facts = facts
        self.views = tuple(views)
        self._read: dict[str, ReadView] = {}
        self._asked: dict[str, Asked] = {}

    def candidates(self, statement: Statement) -> Iterator[tuple[ReadView, dict[str, Term]]]:
        """Yield the views whose template fits, with what that says of their variables."""
        for view in self.views:
            if view.name not in self._read:
                self._read[view.name] = read(view)
            for pattern in self._read[view.name].template:
                row = bind(pattern, statement, {})
                if row is not None:
                    yield self._read[view.name], row

    def steps(self, statement: Statement) -> Iterator[Step]:
        """Yield every way in which one view gives a statement."""
        for view, row in self.candidates(statement):
            name = view.view.name
            if name not in self._asked:
                self._asked[name] = Asked(view, self.facts)
            asked = self._asked[name]
            for solution in asked.rows(view.where, row):
                for premises, weighed in _premises(asked, view.where.elements, solution, None):
                    unique = tuple(dict.fromkeys(premises))
                    statements = tuple(premise for premise, _ in unique)
                    if statement not in statements:
                        within = tuple(graph for _, graph in unique)
                        yield Step(VIEW, name, statements, (), within, weighed)

    def unmet(
        self, statement: Statement
    ) -> Iterator[tuple[str, list[Statement], TriplePattern | None]]:
        """Yield each view that could give a statement but for one premise: what holds, what not.

        Looked at are the triples that every solution by one way through the view has. Where all of
        them are there the premise is ``None``: the view gives another answer, or leaves the thing
        out.
        """
        for view, row in self.candidates(statement):
            tried = (self._unmet(way, row) for way in islice(_ways(view.where), MOST_WAYS))
            found = [way for way in tried if way is not None]
            whole = [way for way in found if way[1] is None]
            closed = [way for way in found if way[1] is not None and not _open(way[1], {})]
            for held, needed in whole[:1] or closed or found:
                yield view.view.name, held, needed

    def _unmet(
        self, patterns: list[TriplePattern], row: Row
    ) -> tuple[list[Statement], TriplePattern | None] | None:
        """Follow the patterns from what is known; return what holds and the one that does not.

        A pattern that nothing fits, or that leads nowhere, is the one; what else is asked of a node
        that is not there goes with it. Returns ``None`` where more than one has nothing that fits.
        """
        if not patterns:
            return [], None

        def choices(pattern: TriplePattern) -> tuple[int, int]:
            fitting = islice(self._matching(instantiate(pattern, row)), MOST_CHOICES)
            return _open(pattern, row), sum(1 for _ in fitting)

        first, *others = sorted(patterns, key=choices)
        pattern = instantiate(first, row)
        found = self._best(pattern, others, row)
        if found is not None:
            rest = self._unmet(others, bind(pattern, found, row) or row)
            if rest is not None:
                return [found, *rest[0]], rest[1]
        missing = {place for place in pattern if isinstance(place, ox.Variable)}
        rest = self._unmet([other for other in others if missing.isdisjoint(other)], row)
        return (rest[0], pattern) if rest is not None and rest[1] is None else None

    def _best(
        self, pattern: TriplePattern, others: list[TriplePattern], row: Row
    ) -> Statement | None:
        """Return the statement for a pattern with which most of the other patterns fit."""

        def fitting(statement: Statement) -> int:
            taken = bind(pattern, statement, row) or {}
            return sum(
                next(self._matching(instantiate(other, taken)), None) is not None
                for other in others
            )

        found = list(islice(self._matching(pattern), MOST_CHOICES))
        return max(found, key=fitting) if len(found) > 1 else next(iter(found), None)

    def _matching(self, pattern: TriplePattern) -> Iterator[Statement]:
        places = [None if isinstance(place, ox.Variable) else place for place in pattern]
        return self.facts.matching(places[0], places[1], places[2])


def bind(pattern: TriplePattern, statement: Statement, row: Row) -> dict[str, Term] | None:
    """Lay a pattern on a statement: what its variables are then, or ``None`` if it doesn't fit."""
    found = dict(row)
    for place, term in zip(pattern, statement, strict=True):
        if isinstance(place, ox.Variable):
            if found.setdefault(place.value, term) != term:
                return None
        elif place != term:
            return None
    return found


def instantiate(pattern: TriplePattern, row: Row) -> TriplePattern:
    """Put the values of a row into a pattern; variables without one stay."""

    def value(place: Place) -> Place:
        return row.get(place.value, place) if isinstance(place, ox.Variable) else place

    return TriplePattern(value(pattern[0]), value(pattern[1]), value(pattern[2]))


def _premises(
    asked: Asked, elements: Iterable[Element], row: Row, graph: ox.NamedNode | None
) -> Iterator[tuple[list[_Premise], int]]:
    """Yield the premises of one solution, once for each member that an aggregate could have taken.

    With each comes how many the aggregates chose from.
    """
    ways: list[tuple[list[_Premise], int]] = [([], 0)]
    for element in elements:
        ways = [
            ([*before, *premises], weighed + more)
            for before, weighed in ways
            for premises, more in _premises_of(asked, element, row, graph)
        ]
    yield from ways


def _premises_of(
    asked: Asked, element: Element, row: Row, graph: ox.NamedNode | None
) -> list[tuple[list[_Premise], int]]:
    """Return the premises that one element of a group adds, for each member it could have taken."""
    if isinstance(element, Pattern):
        statement = instantiate(triple(element), row)
        assert not any(isinstance(place, ox.Variable) for place in statement)
        return [([(Statement(*statement), graph)], 0)]  # type: ignore[arg-type]
    if isinstance(element, SubQuery):
        return list(_members(asked, element, row))
    for group, inside in _inner_groups(asked, element, row, graph):
        return list(_premises(asked, group.elements, row, inside))
    return [([], 0)]


def _inner_groups(
    asked: Asked, element: Element, row: Row, graph: ox.NamedNode | None
) -> Iterator[tuple[Group, ox.NamedNode | None]]:
    """Yield the groups of an element that the solution went through."""
    if isinstance(element, InGraph):
        name = (
            row.get(element.name.value) if isinstance(element.name, ox.Variable) else element.name
        )
        assert isinstance(name, ox.NamedNode)
        yield element.group, name
    elif isinstance(element, Optional):
        if given(element.group) <= row.keys() and asked.holds(element.group, row):
            yield element.group, graph
    elif isinstance(element, Union):
        arms = [group for group in element.groups if _may_hold(asked, group, row)]
        if len(arms) > 1:
            arms = [group for group in arms if asked.holds(group, row)]
        yield from ((group, graph) for group in arms[:1])


def _may_hold(asked: Asked, group: Group, row: Row) -> bool:
    """Tell whether the triples that a group must have are there, without running a query."""
    for pattern in required(group):
        statement = instantiate(pattern, row)
        if any(isinstance(place, ox.Variable) for place in statement):
            return False
        if not asked.facts.is_known(Statement(*statement)):  # type: ignore[arg-type]
            return False
    return True


def _members(asked: Asked, element: SubQuery, row: Row) -> Iterator[tuple[list[_Premise], int]]:
    """Yield the premises of a sub-query: of one member where it takes one, else of all at once."""
    query, elements = element.query, element.query.group.elements
    members = asked.rows(query.group, {n: row[n] for n in handed(query) if n in row})
    made = [column for column in query.columns if column.aggregates]
    source = taken_from(made[0]) if len(made) == 1 else ""
    if made and not source:
        together = [next(_premises(asked, elements, member, None))[0] for member in members]
        yield [premise for premises in together for premise in premises], len(members)
        return
    weighed = len({str(member.get(source)) for member in members}) if made else 0
    for member in members:
        if not made or member.get(source) == row.get(made[0].name):
            for premises, more in _premises(asked, elements, member, None):
                yield premises, weighed + more


def _ways(group: Group) -> Iterator[list[TriplePattern]]:
    """Yield the triples that a solution must have, for each choice among the arms of unions."""
    choices: list[list[list[TriplePattern]]] = [[list(required(group))]]
    for element in group.elements:
        if isinstance(element, SubQuery):
            choices.append(list(_ways(element.query.group)))
        elif isinstance(element, Union):
            choices.append([way for arm in element.groups for way in _ways(arm)])
    for chosen in product(*choices):
        yield [pattern for way in chosen for pattern in way]


def _open(pattern: TriplePattern, row: Row) -> int:
    return sum(isinstance(place, ox.Variable) for place in instantiate(pattern, row))
