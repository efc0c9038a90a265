"""What a country's page has besides: everything in it, and the way in for who works there."""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering

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
_MANY = 24


def country_of(build: Build, node: ox.NamedNode) -> dict[str, object] | None:
    """Return what stands in a country, or ``None`` for what is no country."""
    gathering = Gathering.of(build)
    if node not in gathering.nodes("Country"):
        return None
    inside = gathering.related(_INSIDE, node)
    groups = []
    for heading, kind in _KINDS.items():
        of_kind = inside & gathering.nodes(kind)
        if of_kind:
            first = sorted(of_kind, key=gathering.places.__getitem__)[:_MANY]
            groups.append({"heading": heading, "kind": kind,
                           "things": [(build.names.label(one), one.value) for one in first],
                           "more": len(of_kind) - _MANY})  # fmt: skip
    ways = {
        one.value: (way, build.names.label(one), one.value)
        for way, relation, kind in reversed(_WAY_IN)
        for one in gathering.related(relation, node) & gathering.nodes(kind)
    }
    order = [way for way, _, _ in _WAY_IN]
    listed = sorted(ways.values(), key=lambda way: (order.index(way[0]), way[1]))
    return {"groups": groups, "ways": listed}
