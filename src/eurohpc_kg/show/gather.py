"""Collect what the graph says about a thing, and sort it into groups.

What several documents say is one line with several sources. What only follows from other
statements is kept where it adds something: not the reverse of a line, nor a weaker form of one
(partner of, participant in).
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.labels import Names
from eurohpc_kg.names import EHPC
from eurohpc_kg.namespaces import RDF, RDFS
from eurohpc_kg.results import plain
from eurohpc_kg.show.layout import Shown
from eurohpc_kg.show.lines import Line
from eurohpc_kg.show.profiles import OTHERS, Profile
from eurohpc_kg.show.properties import Properties, Property
from eurohpc_kg.show.records import Record, graph_of
from eurohpc_kg.sources import INFERRED_GRAPH, SHAPES_GRAPH
from eurohpc_kg.sparql import Term

_RDF_TYPE = ox.NamedNode(RDF + "type")
_SUB_CLASS = ox.NamedNode(RDFS + "subClassOf")
_OF = ox.NamedNode(EHPC + "of")
_INFERRED, _SHAPES = INFERRED_GRAPH.value, SHAPES_GRAPH.value

# Property and value -> the graphs that state it; where it only follows, none.
Statements = dict[tuple[ox.NamedNode, Term], set[str]]


def profile(names: Names, node: ox.NamedNode) -> Profile:
    """Collect everything that the graph says about a thing."""
    lines: dict[str, list[Line]] = {}
    properties = names.kept(Properties)
    said = _said(names.store, node, properties)
    stronger = _stronger(said, properties)
    for (predicate, term), sources in said.items():
        one = properties[predicate]
        if one.is_silent:
            continue
        if sources or (one.is_ours and predicate not in stronger.get(term, ())):
            lines.setdefault(one.heading, []).append(_line(names, one, term, sources, one.unit))
    said_of_it, records = _said_of(names.store, node, properties)
    for (predicate, term), sources in said_of_it.items():
        if sources:
            line = _line(names, properties[predicate], term, sources)
            lines.setdefault(OTHERS, []).append(line)
    return Shown(
        node=node,
        label=names.label(node),
        kinds=tuple(_kinds(names, node)),
        stated={heading: sorted(group, key=Line.order) for heading, group in lines.items()},
        records=tuple(Record(names, record) for record in sorted(records, key=str)),
        names=names,
    )


def _said(store: ox.Store, node: ox.NamedNode, properties: Properties) -> Statements:
    """Return what is said of a thing, as far as it is shown or makes something else superfluous."""
    found: Statements = {}
    for quad in store.quads_for_pattern(node, None, None):
        predicate = quad.predicate
        one = properties[predicate]
        if one.is_silent and not one.above:
            continue
        term, graph = quad.object, graph_of(quad)
        if graph != _SHAPES and not isinstance(term, ox.Triple):
            _add(found, (predicate, term), graph)
    return found


def _said_of(
    store: ox.Store, node: ox.NamedNode, properties: Properties
) -> tuple[Statements, set[ox.NamedNode]]:
    """Return what is said with a thing as its value, and the records of the thing.

    What has an inverse is left out: the thing's own lines say it.
    """
    found: Statements = {}
    records: set[ox.NamedNode] = set()
    for quad in store.quads_for_pattern(None, None, node):
        predicate = quad.predicate
        is_record = predicate == _OF
        if not is_record and properties[predicate].is_turned:
            continue
        subject, graph = quad.subject, graph_of(quad)
        if graph == _SHAPES or not isinstance(subject, ox.NamedNode):
            continue
        if is_record:
            records.add(subject)
        else:
            _add(found, (predicate, subject), graph)
    return found, records


def _add(found: Statements, key: tuple[ox.NamedNode, Term], graph: str) -> None:
    sources = found.setdefault(key, set())
    if graph and graph != _INFERRED:
        sources.add(graph)


def _stronger(said: Statements, properties: Properties) -> dict[Term, set[ox.NamedNode]]:
    """Return for each value the properties of which another one that it has is a special form."""
    found: dict[Term, set[ox.NamedNode]] = {}
    for predicate, term in said:
        above = properties[predicate].above
        if above:
            found.setdefault(term, set()).update(above - {predicate})
    return found


def _line(names: Names, one: Property, term: Term, sources: set[str], unit: str = "") -> Line:
    detail = ""
    if isinstance(term, ox.NamedNode):
        value = names.label(term)
        if value.startswith("<"):
            value = term.value
    else:
        value = plain(term)
        if isinstance(term, ox.Literal) and term.language and term.language != "en":
            detail = term.language
    return Line(
        one.aspect, f"{value} {unit}" if unit else value, detail, term, tuple(sorted(sources))
    )


def _kinds(names: Names, node: ox.NamedNode) -> list[str]:
    """Return the labels of the most special classes of a thing."""
    store = names.store
    classes = {
        quad.object
        for quad in store.quads_for_pattern(node, _RDF_TYPE, None)
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(EHPC)
    }
    general = {
        quad.object
        for one in classes
        for quad in store.quads_for_pattern(one, _SUB_CLASS, None)
        if quad.object != one
    }
    return sorted(names.label(one) for one in classes - general)
