"""A view taken apart: what it makes, and what must hold in each of its groups.

`sparql.reading` reads the text. What an explanation can't follow (paths, nodes without a name, a
sub-query that shows all it has) is refused with `RuleError`; a test reads every view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from eurohpc_kg.errors import RuleError
from eurohpc_kg.explain.proof import TriplePattern
from eurohpc_kg.reason.views import View
from eurohpc_kg.sparql.cursor import UnreadError
from eurohpc_kg.sparql.parts import (
    Column,
    Group,
    InGraph,
    Pattern,
    Query,
    SubQuery,
    assigned,
    groups,
    variables,
)
from eurohpc_kg.sparql.reading import read as read_query


@dataclass(frozen=True)
class ReadView:
    """Hold a view that was read: its prologue, the triples it makes, its ``WHERE``."""

    view: View
    prologue: str
    template: tuple[TriplePattern, ...]
    where: Group


def read(view: View) -> ReadView:
    """Read a view; raise `RuleError` for what an explanation can't follow."""
    try:
        found = read_query(view.text)
    except UnreadError as error:
        raise _refused(view, error.what, error.line) from error
    query = found.query
    if query.form != "CONSTRUCT":
        raise _refused(view, f"something other than CONSTRUCT ({query.form})", 1)
    for pattern in (*query.template, *_patterns(view, query)):
        if not isinstance(pattern.verb, (ox.NamedNode, ox.Variable)):
            raise _refused(view, "a path", pattern.line)
        if any(found.adds(place.value) for place in _open(pattern)):
            raise _refused(view, "a path or a node without a name", pattern.line)
    return ReadView(view, found.prologue, tuple(map(triple, query.template)), query.group)


def triple(pattern: Pattern) -> TriplePattern:
    """Return a pattern as one triple; `read` has refused those that are more."""
    return TriplePattern(pattern.subject, pattern.verb, pattern.object)  # type: ignore[arg-type]


def required(group: Group) -> Iterator[TriplePattern]:
    """Yield the triples that every solution of a group has, those in ``GRAPH`` included."""
    for element in group.elements:
        if isinstance(element, Pattern):
            yield triple(element)
        elif isinstance(element, InGraph):
            yield from required(element.group)


def given(group: Group) -> frozenset[str]:
    """Return the variables of a group that may get their value from outside: not from a BIND."""
    return variables(group) - assigned(group)


def handed(query: Query) -> tuple[str, ...]:
    """Return the variables that are the same within and without a sub-query; none if it is cut."""
    return () if query.is_cut else tuple(one.name for one in query.columns if not one.text)


def is_empty_with_its_group(query: Query) -> bool:
    """Tell whether no solution within a sub-query means none without: COUNT gives 0 of nothing."""
    return bool(query.keys) or not query.is_grouped


def taken_from(column: Column) -> str:
    """Return the variable of which a column is one of several values, as in ``MAX(?key)``.

    There is none where the column is a number of them, a sum, or more than the aggregate.
    """
    if len(column.aggregates) != 1:
        return ""
    function, _, argument = column.aggregates[0]
    bare = "".join(column.text.split()).upper().replace("(DISTINCT", "(")
    is_one = function in ("MAX", "MIN", "SAMPLE") and bare == f"{function}({argument.upper()})"
    return argument[1:] if is_one and argument[0] in "?$" else ""


def _patterns(view: View, query: Query) -> Iterator[Pattern]:
    """Yield the patterns of a query, in the order of the text."""
    for group in groups(query.group):
        for element in group.elements:
            if isinstance(element, Pattern):
                yield element
            elif isinstance(element, SubQuery):
                if not element.query.columns:
                    line = view.text.count("\n", 0, element.start) + 1
                    raise _refused(view, "a sub-query that shows all it has", line)
                yield from _patterns(view, element.query)


def _open(pattern: Pattern) -> Iterator[ox.Variable]:
    places = (pattern.subject, pattern.verb, pattern.object)
    return (place for place in places if isinstance(place, ox.Variable))


def _refused(view: View, what: str, line: int) -> RuleError:
    return RuleError(
        f"the view has {what}, which an explanation can't follow",
        place=f"{view.place}:{line}",
        remedy="Write it with triples, GRAPH, OPTIONAL, UNION and sub-queries.",
    )
