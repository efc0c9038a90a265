"""What the page of a ranking's edition has besides: the list itself, by rank."""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.names import EHPC
from eurohpc_kg.records import dataclass
from eurohpc_kg.show import Record
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering

IN_EDITION = ox.NamedNode(EHPC + "inEdition")
_MEASURES = ("rmax", "rpeak", "cores", "powerKilowatt", "efficiencyGflopsPerWatt")


@dataclass(frozen=True)
class Place:
    """Hold one place of the list: the system and what the list says of it."""

    rank: int
    name: str
    iri: str
    measures: tuple[str, ...]


def list_of(build: Build, node: ox.NamedNode) -> list[Place]:
    """Return the places of an edition that the graph holds, by rank; none for any other thing."""
    if node not in Gathering.of(build).nodes("RankingEdition"):
        return []
    found = []
    for quad in build.store.quads_for_pattern(None, IN_EDITION, node):
        if isinstance(quad.subject, ox.NamedNode):
            record = Record(build.names, quad.subject)
            rank = record.text("rank")
            measures = tuple(record.text(name) for name in _MEASURES)
            found.append(
                Place(int(rank) if rank.isdigit() else 0, record.text("of"), record.iri("of"),
                      measures)
            )  # fmt: skip
    return sorted(set(found), key=lambda place: (place.rank, place.name))
