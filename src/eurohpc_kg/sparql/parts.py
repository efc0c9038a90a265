"""What a query is made of: patterns, groups, and where they stand.

``start`` and ``end`` are places in the query's text. What nobody here need understand (the
expressions of filters and bindings, lists of values) stays text.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from eurohpc_kg.records import dataclass, field
from eurohpc_kg.sparql import Term
from eurohpc_kg.sparql.paths import Path

Place = Term | ox.Variable


@dataclass(frozen=True)
class Group:
    """Hold what stands between two braces, which stand at ``start`` and before ``end``."""

    elements: tuple[Element, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Pattern:
    """Hold one triple pattern; ``verb`` is a term, a variable, or a path.

    ``line`` is the line of its last word, counted from 1.
    """

    subject: Place
    verb: Place | Path
    object: Place
    line: int = field(default_factory=int, repr=False, compare=False)


@dataclass(frozen=True)
class InGraph:
    """Hold ``GRAPH name { … }``."""

    name: Place
    group: Group


@dataclass(frozen=True)
class Optional:
    """Hold ``OPTIONAL { … }``; ``mark`` is the variable that tells whether it matched."""

    group: Group
    mark: str


@dataclass(frozen=True)
class Union:
    """Hold ``{ … } UNION { … }``, or a group in a group; ``marks`` tell which arm matched."""

    groups: tuple[Group, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Exists:
    """Hold an ``EXISTS { … }`` that makes its expression true where it holds."""

    group: Group
    start: int
    end: int


@dataclass(frozen=True)
class Expression:
    """Hold ``FILTER …`` or ``BIND (… AS ?name)``: its text, and the EXISTS in it.

    ``is_choice`` says that a part of the expression may do without the others (``||``). Then
    ``marks`` has a variable that tells whether it holds without any EXISTS, and one for each
    EXISTS that tells whether it holds by that one alone.
    """

    start: int
    end: int
    inner: tuple[int, int]
    exists: tuple[Exists, ...]
    marks: tuple[str, ...] = ()
    assigned: str = ""


@dataclass(frozen=True)
class Verbatim:
    """Hold what says nothing that holds: ``MINUS``, ``VALUES``."""

    start: int
    end: int
    word: str


@dataclass(frozen=True)
class SubQuery:
    """Hold ``{ SELECT … }``, braces included."""

    query: Query
    start: int
    end: int


Element = Pattern | InGraph | Optional | Union | Expression | Verbatim | SubQuery


@dataclass(frozen=True)
class Column:
    """Hold one projected variable; ``text`` is the expression that makes it, where one does.

    ``aggregates`` are the aggregates in that expression: function, whether DISTINCT, argument.
    """

    name: str
    text: str = ""
    aggregates: tuple[tuple[str, bool, str], ...] = ()


@dataclass(frozen=True)
class Key:
    """Hold one condition of ``GROUP BY``: an expression, and the name that it has or gets."""

    name: str
    text: str = ""


@dataclass(frozen=True)
class Query:
    """Hold a query or sub-query.

    ``columns`` is empty for ``SELECT *``, and for forms without columns; ``template`` are the
    triples of a CONSTRUCT. ``dataset`` and ``values`` are texts: the FROM clauses, the VALUES after
    everything. ``having`` are the texts of HAVING. ``is_cut`` tells of LIMIT or OFFSET.
    """

    form: str
    columns: tuple[Column, ...]
    group: Group
    keys: tuple[Key, ...] = ()
    having: str = ""
    is_cut: bool = False
    template: tuple[Pattern, ...] = ()
    dataset: str = ""
    values: str = ""

    @property
    def is_grouped(self) -> bool:
        """Tell whether rows are made of several solutions each."""
        return bool(self.keys or self.having) or any(c.aggregates for c in self.columns)


@dataclass(frozen=True)
class Text:
    """Hold a query that was read, with the text that it was read from.

    ``prologue`` is all before the form's word; ``prefix`` begins the names of the variables that
    the reading adds, which no variable of the text has.
    """

    text: str
    query: Query
    prologue: str
    prefix: str

    def adds(self, name: str) -> bool:
        """Tell whether the reading has added a variable of this name."""
        return name.startswith(self.prefix) and name[len(self.prefix) :].isdigit()


def variables(group: Group) -> frozenset[str]:
    """Return the variables of a group that a solution of it may bind, without the marks."""
    return frozenset(_variables(group))


def assigned(group: Group) -> frozenset[str]:
    """Return the variables that get their value by BIND, in the group or one in it."""
    return frozenset(
        name
        for inner in groups(group)
        for element in inner.elements
        if isinstance(element, Expression)
        for name in (element.assigned,)
        if name
    )


def groups(group: Group) -> Iterator[Group]:
    """Yield a group and those in it, but for those of sub-queries and of EXISTS."""
    yield group
    for element in group.elements:
        if isinstance(element, (InGraph, Optional)):
            yield from groups(element.group)
        elif isinstance(element, Union):
            for arm in element.groups:
                yield from groups(arm)


def _variables(group: Group) -> Iterator[str]:
    for inner in groups(group):
        for element in inner.elements:
            if isinstance(element, Pattern):
                places = (element.subject, element.verb, element.object)
                yield from (place.value for place in places if isinstance(place, ox.Variable))
            elif isinstance(element, InGraph):
                if isinstance(element.name, ox.Variable):
                    yield element.name.value
            elif isinstance(element, Expression):
                if element.assigned:
                    yield element.assigned
            elif isinstance(element, SubQuery):
                columns = element.query.columns
                yield from (c.name for c in columns) if columns else _variables(element.query.group)
