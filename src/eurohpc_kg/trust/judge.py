"""Whether two claims can speak of the same, and whether they then agree.

This module alone knows what the ontology and the vocabularies say about that: units that convert,
tolerances of bounds, aspects that vary over time, places and concepts that contain each other.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

import pyoxigraph as ox

from eurohpc_kg.names import EHPC, SOURCE, VOCABULARY, fold
from eurohpc_kg.namespaces import RDF, SKOS
from eurohpc_kg.sparql import Term
from eurohpc_kg.trust.claims import FIGURE, MILESTONE, RELATION, STATUS, Claim
from eurohpc_kg.trust.reading import Reader
from eurohpc_kg.trust.values import Range, range_of, same_time

# What may set two claims apart though their values disagree.
SCOPE, BASIS, TIME = "scope", "basis", "time"
APART = {
    SCOPE: "one of them names a part or an extent, the other does not",
    BASIS: "one of them is a plan or an estimate, the other is not",
    TIME: "they speak of different times",
}

_UNITS = """
SELECT ?unit ?base ?factor WHERE { ?unit ehpc:baseUnit ?base ; ehpc:conversionFactor ?factor }"""
_TOLERANCES = "SELECT ?bound ?tolerance WHERE { ?bound ehpc:tolerance ?tolerance }"
_VARYING = "SELECT ?aspect WHERE { ?aspect skos:broader*/ehpc:variesOverTime true }"

_WIDER = (
    ox.NamedNode(EHPC + "locatedIn"),
    ox.NamedNode(EHPC + "partOf"),
    ox.NamedNode(SKOS + "broader"),
)
_MONTH = len("2025-10")
_IN_COUNTRY = ox.NamedNode(EHPC + "inCountry")
_RDF_TYPE = ox.NamedNode(RDF + "type")
_SIZES = tuple(ox.NamedNode(EHPC + name) for name in ("Country", "Region", "City"))


class Judge:
    """Compare claims of one thing and aspect."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._store = reader.store

    @cached_property
    def units(self) -> dict[str, tuple[str, Decimal]]:
        """Return the base unit and the factor of each unit."""
        rows = self._reader.rows(_UNITS)
        return {_text(unit): (_text(base), Decimal(_text(n))) for unit, base, n in rows}

    @cached_property
    def tolerances(self) -> dict[str, Decimal]:
        start = VOCABULARY + "bound/"
        rows = self._reader.rows(_TOLERANCES)
        return {_text(bound).removeprefix(start): Decimal(_text(n)) for bound, n in rows}

    @cached_property
    def varying(self) -> set[str]:
        """Return the aspects of which a thing has another value at another time."""
        return {EHPC + "status", *(_text(row[0]) for row in self._reader.rows(_VARYING))}

    def base_unit(self, claim: Claim) -> str:
        return self.units.get(claim.unit, (claim.unit,))[0]

    def comparable(self, one: Claim, other: Claim) -> bool:
        """Tell whether two claims can speak of the same: part, period, occasion and time."""
        if one.document == other.document:
            return False
        if one.regarding != other.regarding or one.period != other.period:
            return False
        if one.scope and other.scope and fold(one.scope) != fold(other.scope):
            return False
        if one.kind == RELATION:  # what a publisher says later replaces what it said before
            return same_time(one.date, other.date) or _publisher(one) != _publisher(other)
        if one.kind == STATUS and min(len(one.date), len(other.date)) < _MONTH:
            return False  # within a year a thing is in several states
        if one.aspect.value in self.varying:
            return one.kind != MILESTONE and same_time(one.date, other.date)
        return True

    def agree(self, one: Claim, other: Claim) -> bool:
        """Tell whether both values, as stated, can be true."""
        if one.kind == FIGURE:
            return self._range(one).agrees(self._range(other))
        first, second = one.value, other.value
        if one.kind == MILESTONE:
            return same_time(_text(first), _text(second))
        if first == second or one.kind != RELATION:
            return first == second
        assert isinstance(first, ox.NamedNode)
        assert isinstance(second, ox.NamedNode)
        return self._related(first, second)

    def apart(self, one: Claim, other: Claim) -> tuple[str, ...]:
        """Return what sets two claims apart that disagree."""
        found = []
        if bool(one.scope) != bool(other.scope):
            found.append(SCOPE)
        if one.is_plan != other.is_plan:
            found.append(BASIS)
        lasting = one.kind == MILESTONE and not (one.is_plan or other.is_plan)
        if not lasting and not same_time(one.date, other.date):
            found.append(TIME)
        return tuple(found)

    def _range(self, claim: Claim) -> Range:
        tolerance = self.tolerances.get(claim.bound, Decimal(0))
        factor = self.units.get(claim.unit, ("", Decimal(1)))[1]
        return range_of(_text(claim.value), claim.bound, tolerance, factor)

    def _related(self, one: ox.NamedNode, other: ox.NamedNode) -> bool:
        """Tell whether one holds the other, or nothing tells that it does not.

        A city and a region that nobody has put into it can both be right, unless they are in
        different countries.
        """
        if self._within(one, other) or self._within(other, one):
            return True
        sizes = {self._size(one), self._size(other)}
        if None in sizes or len(sizes) == 1:
            return False
        countries, others = self._countries(one), self._countries(other)
        return not countries or not others or bool(countries & others)

    def _within(self, one: ox.NamedNode, other: ox.NamedNode) -> bool:
        """Tell whether ``other`` is reached from ``one`` by what is wider."""
        seen, todo = {one}, [one]
        while todo:
            here = todo.pop()
            for wider in _WIDER:
                for quad in self._store.quads_for_pattern(here, wider, None):
                    if quad.object == other:
                        return True
                    if isinstance(quad.object, ox.NamedNode) and quad.object not in seen:
                        seen.add(quad.object)
                        todo.append(quad.object)
        return False

    def _size(self, place: ox.NamedNode) -> ox.NamedNode | None:
        return next((size for size in _SIZES if self._has(place, _RDF_TYPE, size)), None)

    def _countries(self, place: ox.NamedNode) -> set[Term]:
        if self._size(place) == _SIZES[0]:
            return {place}
        found = self._store.quads_for_pattern(place, _IN_COUNTRY, None)
        return {quad.object for quad in found if isinstance(quad.object, ox.NamedNode)}

    def _has(self, one: ox.NamedNode, relation: ox.NamedNode, other: ox.NamedNode) -> bool:
        return next(self._store.quads_for_pattern(one, relation, other), None) is not None


def _publisher(claim: Claim) -> str:
    return claim.document.removeprefix(SOURCE).partition("/")[0]


def _text(term: Term | None) -> str:
    return "" if term is None else term.value
