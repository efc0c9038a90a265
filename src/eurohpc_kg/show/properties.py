"""How a statement of each property is read: what it is called, where it stands, in which unit.

There are a few hundred properties and thousands of statements of some, so what the graph says of a
property is read once from a store.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.labels import NAMING, Names
from eurohpc_kg.names import EHPC, local_name_in_words
from eurohpc_kg.namespaces import DCTERMS, FOAF, OWL, RDF, RDFS, SCHEMA, SKOS, WGS84
from eurohpc_kg.records import dataclass
from eurohpc_kg.show.records import Symbols

_INVERSE = ox.NamedNode(OWL + "inverseOf")
_SHORTCUT_FOR = ox.NamedNode(EHPC + "shortcutFor")
_TAKES = (ox.NamedNode(RDFS + "range"), ox.NamedNode(SCHEMA + "rangeIncludes"))
_WORDS = ox.NamedNode(RDF + "langString")
_DEFAULT_UNIT = ox.NamedNode(EHPC + "defaultUnit")

DESCRIPTION = "description"
# Heading -> the properties that stand there, also by way of their super-properties.
GROUPS = {
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
    DESCRIPTION: (
        EHPC + "characteristic", SKOS + "definition", SKOS + "scopeNote", SKOS + "example",
        DCTERMS + "title", DCTERMS + "issued", RDFS + "comment",
    ),
}  # fmt: skip
RELATIONS = "relations"
# The kinds of a thing stand beside its name. The rest is of little use to a reader: where a name
# was found, and how the files are kept.
_SILENT = {RDF + "type", DCTERMS + "source", RDFS + "isDefinedBy", EHPC + "locationOf"}


@dataclass(frozen=True)
class Property:
    """Hold how statements of one property are read.

    ``above`` are the properties that are shown and of which it is a special form. One that
    ``is_silent`` is not shown; what one that ``is_turned`` says is said from the other side too, by
    its inverse or that of a wider property.
    """

    aspect: str
    heading: str
    unit: str
    above: frozenset[ox.NamedNode]
    is_silent: bool
    is_turned: bool
    is_ours: bool


class Properties(dict[ox.NamedNode, Property]):
    """Read properties from one store, each once; `Names.kept` keeps the one of a store."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, node: ox.NamedNode) -> Property:
        names, above = self._names, self._names.above(node)
        family = {node.value, *(one.value for one in above)}
        groups = (heading for heading, members in GROUPS.items() if family.intersection(members))
        found = self[node] = Property(
            aspect=aspect_of(names, node),
            heading=next(groups, DESCRIPTION if _takes_words(names.store, node) else RELATIONS),
            unit=_unit(names, node),
            above=frozenset(one for one in above if one.value not in _SILENT),
            is_silent=node.value in _SILENT,
            is_turned=any(_has_inverse(names.store, one) for one in (node, *above)),
            is_ours=node.value.startswith(EHPC),
        )
        return found


def aspect_of(names: Names, node: ox.NamedNode) -> str:
    """Return what to call a property; for one of another vocabulary, its local name in words."""
    if node in NAMING:
        return NAMING[node]
    label = names.label(node)
    return local_name_in_words(node.value) if ":" in label else label


def _unit(names: Names, node: ox.NamedNode) -> str:
    """Return the symbol of the unit that a shortcut gives its quantity in."""
    for quantity in names.store.quads_for_pattern(node, _SHORTCUT_FOR, None):
        if isinstance(quantity.object, ox.NamedNode):
            for unit in names.store.quads_for_pattern(quantity.object, _DEFAULT_UNIT, None):
                if isinstance(unit.object, ox.NamedNode):
                    return names.kept(Symbols)[unit.object]
    return ""


def _has_inverse(store: ox.Store, node: ox.NamedNode) -> bool:
    return any(store.quads_for_pattern(node, _INVERSE, None)) or any(
        store.quads_for_pattern(None, _INVERSE, node)
    )


def _takes_words(store: ox.Store, node: ox.NamedNode) -> bool:
    """Tell whether values are in the words of a language."""
    return any(next(store.quads_for_pattern(node, one, _WORDS), None) for one in _TAKES)
