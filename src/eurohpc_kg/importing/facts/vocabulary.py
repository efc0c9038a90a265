"""Vocabulary: the concepts by name, and what the ontology lets a property relate.

The importer needs of the ontology only the ranges of properties, the tree of classes, and the
names of concepts; it reads them from the files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from eurohpc_kg.names import EHPC, VOCABULARY, fold
from eurohpc_kg.namespaces import RDFS, SCHEMA, SKOS
from eurohpc_kg.repository import Repository
from eurohpc_kg.turtle import read

_RANGES = {RDFS + "range", SCHEMA + "rangeIncludes"}
_UNITS = {EHPC + "admitsUnit", EHPC + "defaultUnit"}
_LABELS = {SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel", SKOS + "notation"}


@dataclass(frozen=True)
class Vocabulary:
    """Hold concepts by scheme and folded name, ranges by property, superclasses by class, and the
    units that a quantity admits.
    """

    concepts: Mapping[str, Mapping[str, str]]
    ranges: Mapping[str, frozenset[str]]
    superclasses: Mapping[str, frozenset[str]]
    units: Mapping[str, frozenset[str]]

    def concept(self, scheme: str, name: str) -> str | None:
        """Return the concept of a scheme with this slug or label; case and accents don't count."""
        names = self.concepts.get(scheme, {})
        return names.get(fold(name)) or names.get(fold(name.replace("-", " ")))

    def admits(self, property: str, class_: str) -> bool:
        """Say whether a property may have a value of a class; one without a range may have any."""
        ranges = self.ranges.get(property)
        return not ranges or bool(ranges & (self.superclasses.get(class_, frozenset()) | {class_}))


def read_vocabulary(repository: Repository) -> Vocabulary:
    """Read what the importer needs from the files of ``ontology/``."""
    concepts: dict[str, dict[str, str]] = defaultdict(dict)
    ranges: dict[str, set[str]] = defaultdict(set)
    parents: dict[str, set[str]] = defaultdict(set)
    units: dict[str, set[str]] = defaultdict(set)
    graph = NamedNode("urn:x-ontology")
    for path in sorted(repository.ontology.rglob("*.ttl")):
        for quad in read(path, graph):
            if not isinstance(quad.subject, NamedNode):
                continue
            subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
            if predicate in _RANGES and isinstance(value, NamedNode):
                ranges[subject].add(value.value)
            elif predicate in _UNITS and isinstance(value, NamedNode):
                units[subject].add(value.value)
            elif predicate == RDFS + "subClassOf" and isinstance(value, NamedNode):
                parents[subject].add(value.value)
            elif predicate in _LABELS and isinstance(value, Literal):
                scheme, slash, slug = subject.removeprefix(VOCABULARY).partition("/")
                if subject.startswith(VOCABULARY) and slash:
                    concepts[scheme].setdefault(fold(value.value), subject)
                    concepts[scheme][fold(slug.replace("-", " "))] = subject
                    concepts[scheme][slug] = subject
    superclasses = {name: frozenset(_above(name, parents)) for name in parents}
    return Vocabulary(concepts, _frozen(ranges), superclasses, _frozen(units))


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(found) for name, found in sets.items()}


def _above(name: str, parents: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
