"""The diagram of a query: its variables and names as boxes, its patterns as arrows.

A class that a thing must have stands in the thing's box. What a query only tests or may leave out
is marked; conditions that are no pattern stand below, as they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.show import aspect_of
from eurohpc_kg.sparql.parts import (
    Expression,
    Group,
    InGraph,
    Optional,
    Pattern,
    Place,
    SubQuery,
    Text,
    Union,
    Verbatim,
)
from eurohpc_kg.sparql.paths import Choice, Inverse, Link, Negated, Path, Repeat, Sequence
from eurohpc_kg.sparql.reading import read
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.pages.diagrams import Arrow, Box, Diagram, diagram

_TYPE = ox.NamedNode(RDF + "type")
_MANY = {"*": "any number of times", "+": "once or more", "?": "or not at all"}
_LONGEST = 32
_INSIDE = "·"


@dataclass(frozen=True)
class QueryDiagram:
    """Hold the drawing, and the conditions that it does not show, as they are written."""

    drawing: Diagram | None
    conditions: list[str]


def query_diagram(build: Build, text: str) -> QueryDiagram | None:
    """Return the diagram of a query, ``None`` for one that can't be read or has no pattern."""
    try:
        whole = read(text, dict(build.prefixes))
    except EurohpcKgError:
        return None
    found = _Drawing(build, whole)
    found.group(whole.query.group, _Where())
    drawing = diagram("Diagram of the query", found.boxes(), found.arrows)
    return QueryDiagram(drawing, found.conditions) if drawing or found.conditions else None


@dataclass(frozen=True)
class _Where:
    """Hold in what a pattern stands: a graph, and how much it must hold."""

    graph: str = ""
    manner: str = ""

    @property
    def note(self) -> str:
        return ", ".join(filter(None, (f"in {self.graph}" if self.graph else "", self.manner)))

    @property
    def style(self) -> str:
        return "may" if self.manner else ""


@dataclass
class _Drawing:
    """Gather boxes, arrows and conditions of a query."""

    build: Build
    text: Text
    arrows: list[Arrow] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._kinds: dict[str, list[str]] = {}
        self._places: dict[str, Place] = {}
        self._shown = {column.name for column in self.text.query.columns}

    def boxes(self) -> Iterator[Box]:
        for key, place in self._places.items():
            kinds = ", ".join(dict.fromkeys(self._kinds.get(key, ())))
            iri = place.value if isinstance(place, ox.NamedNode) else ""
            is_shown = isinstance(place, ox.Variable) and place.value in self._shown
            style = "asked" if is_shown else "" if isinstance(place, ox.Variable) else "fixed"
            yield Box(key, self._name(place), kinds, iri, style)

    def group(self, group: Group, where: _Where) -> None:
        for element in group.elements:
            if isinstance(element, Pattern):
                self._pattern(element, where)
            elif isinstance(element, InGraph):
                self.group(element.group, _Where(self._name(element.name), where.manner))
            elif isinstance(element, Optional):
                self.group(element.group, _Where(where.graph, "if there"))
            elif isinstance(element, Union):
                several = len(element.groups) > 1
                for number, arm in enumerate(element.groups, 1):
                    manner = f"way {number}" if several else where.manner
                    self.group(arm, _Where(where.graph, manner))
            elif isinstance(element, SubQuery):
                self.group(element.query.group, where)
            elif isinstance(element, Expression):
                self._expression(element, where)
            elif isinstance(element, Verbatim):
                self._condition(element.start, element.end)

    def _expression(self, element: Expression, where: _Where) -> None:
        for exists in element.exists:
            self.group(exists.group, _Where(where.graph, "must hold"))
        if not element.exists:
            self._condition(element.start, element.end)

    def _condition(self, start: int, end: int) -> None:
        text = " ".join(self.text.text[start:end].split())
        if text not in self.conditions:
            self.conditions.append(text)

    def _pattern(self, pattern: Pattern, where: _Where) -> None:
        start = self._key(pattern.subject)
        if pattern.verb == _TYPE and isinstance(pattern.object, ox.NamedNode) and not where.manner:
            self._kinds.setdefault(start, []).append(self._name(pattern.object))
            return
        end = self._key(pattern.object)
        self.arrows.append(Arrow(start, end, self._verb(pattern.verb), where.note, where.style))

    def _key(self, place: Place) -> str:
        key = str(place)
        self._places.setdefault(key, place)
        return key

    def _name(self, place: Place) -> str:
        if isinstance(place, ox.Variable):
            is_written = not self.text.adds(place.value)  # or stands inside a path
            return f"?{place.value}" if is_written else _INSIDE
        if isinstance(place, ox.NamedNode):
            label = self.build.names.label(place)
            return _cut(self.build.prefixes.compact(place.value) if ":" in label else label)
        return _cut(f"“{place.value}”") if isinstance(place, ox.Literal) else _INSIDE

    def _verb(self, verb: Place | Path) -> str:
        if isinstance(verb, ox.NamedNode):
            return aspect_of(self.build.names, verb)
        if isinstance(verb, Link):
            return aspect_of(self.build.names, verb.name)
        if isinstance(verb, Inverse):
            return f"is “{self._verb(verb.path)}” of"
        if isinstance(verb, Sequence):
            return " / ".join(map(self._verb, verb.paths))
        if isinstance(verb, Choice):
            return " or ".join(map(self._verb, verb.paths))
        if isinstance(verb, Repeat):
            return f"{self._verb(verb.path)}, {_MANY[verb.mark]}"
        if isinstance(verb, Negated):
            return "anything else"
        return f"?{verb.value}" if isinstance(verb, ox.Variable) else str(verb)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
