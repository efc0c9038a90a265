"""Collect what the graph says about a thing, and sort it into groups.

What several documents say is one line with several sources. What only follows from other
statements is kept where it adds something: not the reverse of a line, nor a weaker form of one
(partner of, participant in).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from eurohpc_kg.labels import NAMING, Names
from eurohpc_kg.names import EHPC, readable_slug
from eurohpc_kg.namespaces import DCTERMS, FOAF, OWL, RDF, RDFS, SCHEMA, SKOS, WGS84
from eurohpc_kg.records import replace
from eurohpc_kg.results import plain
from eurohpc_kg.show.lines import Line, Profile
from eurohpc_kg.show.records import RECORDS, record_line, symbol_of
from eurohpc_kg.sources import INFERRED_GRAPH, SHAPES_GRAPH
from eurohpc_kg.sparql import Term

_RDF_TYPE = ox.NamedNode(RDF + "type")
_SUB_CLASS = ox.NamedNode(RDFS + "subClassOf")
_INVERSE = ox.NamedNode(OWL + "inverseOf")
_OF = ox.NamedNode(EHPC + "of")
_SHORTCUT_FOR = ox.NamedNode(EHPC + "shortcutFor")
_DEFAULT_UNIT = ox.NamedNode(EHPC + "defaultUnit")

# Heading -> the properties that stand there, also by way of their super-properties.
_GROUPS = {
    "names": (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel"),
    "identifiers and links": (
        EHPC + "identifier", SCHEMA + "sameAs", FOAF + "homepage",
        EHPC + "documentation", SKOS + "exactMatch", SKOS + "closeMatch",
    ),
    "place": (
        EHPC + "locatedIn", EHPC + "locatedAt", EHPC + "inCountry", EHPC + "capitalOf",
        EHPC + "hasCapital", EHPC + "address", WGS84 + "lat",
        WGS84 + "long",
    ),
    "description": (
        EHPC + "characteristic", SKOS + "definition", SKOS + "scopeNote", SKOS + "example",
        DCTERMS + "title", DCTERMS + "issued", RDFS + "comment",
    ),
}  # fmt: skip
RELATIONS = "relations"
HEADINGS = (*_GROUPS, RELATIONS, *RECORDS, "said of others")
# Of little use to a reader: where a name was found, and how the files are kept.
_SILENT = {DCTERMS + "source", RDFS + "isDefinedBy", EHPC + "locationOf", EHPC + "countryOf"}


def profile(names: Names, node: ox.NamedNode) -> Profile:
    """Collect everything that the graph says about a thing."""
    said = _statements(names.store.quads_for_pattern(node, None, None))
    said_of_it = _statements(_turned(names.store.quads_for_pattern(None, None, node)))
    records = {term for predicate, term in said_of_it if predicate == _OF}
    lines: dict[str, list[Line]] = {heading: [] for heading in HEADINGS}
    for (predicate, term), sources in said.items():
        if predicate == _RDF_TYPE or predicate.value in _SILENT:
            continue
        if sources or _adds(names, predicate, term, said):
            line = _line(names, _aspect(names, predicate), term, sources)
            if unit := _unit(names, predicate):
                line = replace(line, value=f"{line.value} {unit}")
            lines[_heading(names, predicate)].append(line)
    for record in records:
        heading, line = record_line(names, record)
        lines[heading].append(line)
    for (predicate, term), sources in said_of_it.items():
        if predicate != _OF and sources and not _reversed(names, predicate):
            lines["said of others"].append(_line(names, _aspect(names, predicate), term, sources))
    return Profile(
        node=node,
        label=names.label(node),
        kinds=tuple(_kinds(names, node)),
        groups={heading: sorted(group, key=_order) for heading, group in lines.items() if group},
        records=tuple(sorted(records, key=str)),
        names=names,
    )


def _order(line: Line) -> tuple[str, ...]:
    return line.aspect.casefold(), line.aspect, line.detail, line.value, str(line.term)


Statements = dict[tuple[ox.NamedNode, Term], tuple[str, ...]]


def _statements(quads: Iterable[ox.Quad]) -> Statements:
    """Return each pair of property and value with the graphs that state it, inferred ones none."""
    found: dict[tuple[ox.NamedNode, Term], set[str]] = {}
    for quad in quads:
        if isinstance(quad.object, ox.Triple) or quad.graph_name == SHAPES_GRAPH:
            continue
        sources = found.setdefault((quad.predicate, quad.object), set())
        if quad.graph_name != INFERRED_GRAPH and isinstance(quad.graph_name, ox.NamedNode):
            sources.add(quad.graph_name.value)
    return {key: tuple(sorted(sources)) for key, sources in found.items()}


def _turned(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Put the subject in the place of the object, so that both directions read alike."""
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            yield ox.Quad(quad.subject, quad.predicate, quad.subject, quad.graph_name)


def _line(
    names: Names,
    aspect: str,
    term: Term,
    sources: tuple[str, ...],
) -> Line:
    detail = ""
    if isinstance(term, ox.Literal) and term.language and term.language != "en":
        detail = term.language
    value = names.label(term) if isinstance(term, ox.NamedNode) else plain(term)
    if isinstance(term, ox.NamedNode) and value.startswith("<"):
        value = term.value
    return Line(aspect, value, detail, term, sources)


def _unit(names: Names, predicate: ox.NamedNode) -> str:
    """Return the symbol of the unit that a shortcut gives its quantity in."""
    for quantity in names.store.quads_for_pattern(predicate, _SHORTCUT_FOR, None):
        if isinstance(quantity.object, ox.NamedNode):
            for unit in names.store.quads_for_pattern(quantity.object, _DEFAULT_UNIT, None):
                if isinstance(unit.object, ox.NamedNode):
                    return symbol_of(names, unit.object)
    return ""


def _aspect(names: Names, predicate: ox.NamedNode) -> str:
    """Return what to call a property; for one of another vocabulary, its local name in words."""
    if predicate in NAMING:
        return NAMING[predicate]
    label = names.label(predicate)
    if ":" not in label:
        return label
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", readable_slug(predicate.value)).lower()
    return {"lat": "latitude", "long": "longitude"}.get(words, words)


def _adds(
    names: Names,
    predicate: ox.NamedNode,
    term: Term,
    said: Statements,
) -> bool:
    """Tell whether an inferred statement says more than the others: ours, and no weaker form."""
    if not predicate.value.startswith(EHPC):
        return False
    return not any(
        other != predicate and predicate in names.above(other)
        for other, value in said
        if value == term
    )


def _reversed(names: Names, predicate: ox.NamedNode) -> bool:
    """Tell whether a property has an inverse: then the thing's own lines say it."""
    store = names.store
    return any(store.quads_for_pattern(predicate, _INVERSE, None)) or any(
        store.quads_for_pattern(None, _INVERSE, predicate)
    )


def _heading(names: Names, predicate: ox.NamedNode) -> str:
    family = {predicate.value, *(node.value for node in names.above(predicate))}
    return next(
        (heading for heading, members in _GROUPS.items() if family.intersection(members)),
        RELATIONS,
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
