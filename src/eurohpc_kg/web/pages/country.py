"""What a country's page has besides: everything in it, and the way in for who works there."""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.names import EHPC
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering

_A = ox.NamedNode(RDF + "type")
_COUNTRY = ox.NamedNode(EHPC + "Country")
_INSIDE = "inCountry"
# Heading -> class, in the order in which the page shows them.
_KINDS = {
    "AI Factories": "AIFactory",
    "AI Factory Antennas": "AIFactoryAntenna",
    "AI Gigafactories": "AIGigafactory",
    "Quantum systems": "QuantumSystem",
    "Supercomputers": "Supercomputer",
    "National Competence Centres": "NationalCompetenceCentre",
    "Centres of Excellence": "CentreOfExcellence",
    "Supercomputing centres": "SupercomputingCentre",
    "Data centres": "DataCentre",
    "Universities": "University",
    "Research institutes": "ResearchInstitute",
    "Companies": "Company",
    "Public bodies": "PublicBody",
    "Cities": "City",
}
_WAY_IN = (
    ("AI Factory Antenna", "servesCountry", "AIFactoryAntenna"),
    ("National Competence Centre", "servesCountry", "NationalCompetenceCentre"),
    ("AI Factory", _INSIDE, "AIFactory"),
    ("AI Factory with participation", "hasParticipatingState", "AIFactory"),
)
_RELATIONS = {_INSIDE, *(relation for _, relation, _ in _WAY_IN)}
_MANY = 24


def country_of(build: Build, node: ox.NamedNode) -> dict[str, object] | None:
    """Return what stands in a country, or ``None`` for what is no country."""
    if next(build.store.quads_for_pattern(node, _A, _COUNTRY), None) is None:
        return None
    gathering = Gathering.of(build)
    related = {way: _subjects(build, ox.NamedNode(EHPC + way), node) for way in _RELATIONS}

    groups = []
    for heading, kind in _KINDS.items():
        of_kind = related[_INSIDE] & gathering.nodes(kind)
        if of_kind:
            first = sorted(of_kind, key=gathering.places.__getitem__)[:_MANY]
            groups.append({"heading": heading, "kind": kind,
                           "things": [(build.names.label(one), one.value) for one in first],
                           "more": len(of_kind) - _MANY})  # fmt: skip
    ways = {
        one.value: (way, build.names.label(one), one.value)
        for way, relation, kind in reversed(_WAY_IN)
        for one in related[relation] & gathering.nodes(kind)
    }
    order = [way for way, _, _ in _WAY_IN]
    listed = sorted(ways.values(), key=lambda way: (order.index(way[0]), way[1]))
    return {"groups": groups, "ways": listed}


def _subjects(build: Build, relation: ox.NamedNode, node: ox.NamedNode) -> set[ox.NamedNode]:
    return {
        quad.subject
        for quad in build.store.quads_for_pattern(None, relation, node)
        if isinstance(quad.subject, ox.NamedNode)
    }
