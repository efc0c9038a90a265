"""What a view is made of: triples with variables, groups, and what a group may hold.

Only what an explanation follows has a form here; see `view_syntax`, which reads a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from eurohpc_kg.explain.proof import Place, TriplePattern
from eurohpc_kg.reason.views import View


@dataclass(frozen=True)
class Group:
    """Hold what stands between two braces; ``start`` and ``end`` are its limits in the text.

    ``names`` are the variables of its triples and graphs, those of groups in it included;
    ``assigned`` those that get their value in the text, so that they can't get it from outside.
    """

    start: int
    end: int
    elements: tuple[Element, ...]
    names: frozenset[str] = field(init=False)
    assigned: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset(_names(self.elements)))
        object.__setattr__(self, "assigned", frozenset(_assigned(self.elements)))

    def required(self) -> Iterator[TriplePattern]:
        """Yield the triples that every solution of the group has, those in ``GRAPH`` included."""
        for element in self.elements:
            if isinstance(element, TriplePattern):
                yield element
            elif isinstance(element, InGraph):
                yield from element.group.required()


@dataclass(frozen=True)
class InGraph:
    """Hold ``GRAPH name { … }``."""

    name: Place
    group: Group


@dataclass(frozen=True)
class Optional:
    """Hold ``OPTIONAL { … }``."""

    group: Group


@dataclass(frozen=True)
class Union:
    """Hold ``{ … } UNION { … }``, or a group in a group as a union of one."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Assigned:
    """Hold the variable that a ``BIND`` gives a value."""

    name: str


@dataclass(frozen=True)
class SubQuery:
    """Hold a sub-query: the variables it hands on, and how ``(MAX(?key) AS ?best)`` made them.

    ``aggregates`` gives, for each variable made so, the function and its argument (empty where
    that is more than a variable). ``is_cut`` says that ``LIMIT`` or ``OFFSET`` leaves some out,
    ``is_grouped`` that there is a ``GROUP BY``: without one, an aggregate of nothing is something.
    """

    projected: tuple[str, ...]
    aggregates: tuple[tuple[str, str, str], ...]
    group: Group
    is_cut: bool = False
    is_grouped: bool = False

    @property
    def handed(self) -> tuple[str, ...]:
        """Return the variables that are the same within and without; none where some are cut."""
        made = {name for name, _, _ in self.aggregates}
        return () if self.is_cut else tuple(name for name in self.projected if name not in made)

    @property
    def is_empty_with_its_group(self) -> bool:
        """Tell whether no solution within means none without."""
        return self.is_grouped or not self.aggregates


Element = TriplePattern | InGraph | Optional | Union | Assigned | SubQuery


@dataclass(frozen=True)
class ReadView:
    """Hold a view that was read: its prologue, the triples it makes, its ``WHERE``."""

    view: View
    prologue: str
    template: tuple[TriplePattern, ...]
    where: Group


def _names(elements: Iterable[Element]) -> Iterator[str]:
    for element in elements:
        if isinstance(element, TriplePattern):
            yield from (place.value for place in element if isinstance(place, ox.Variable))
        elif isinstance(element, InGraph):
            if isinstance(element.name, ox.Variable):
                yield element.name.value
            yield from element.group.names
        elif isinstance(element, Optional):
            yield from element.group.names
        elif isinstance(element, Union):
            for group in element.groups:
                yield from group.names
        elif isinstance(element, SubQuery):
            yield from element.projected


def _assigned(elements: Iterable[Element]) -> Iterator[str]:
    for element in elements:
        if isinstance(element, Assigned):
            yield element.name
        elif isinstance(element, InGraph):
            yield from element.group.assigned
        elif isinstance(element, Union):
            for group in element.groups:
                yield from group.assigned
        elif isinstance(element, SubQuery):
            yield from (name for name, _, _ in element.aggregates)
