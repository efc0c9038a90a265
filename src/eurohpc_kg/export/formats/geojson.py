"""GeoJSON (RFC 7946): systems, factories and institutions as points, for maps.

A thing without coordinates of its own gets those of where it is: the place it stands at, its host,
the city. ``at`` says which place the point is.
"""

from __future__ import annotations

import json
from typing import IO

from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.network import Network, Node, network
from eurohpc_kg.export.registry import Exporter

# The relations that lead to a place, the nearest first.
_WAYS = ("locatedAt", "hostedBy", "locatedIn", "capitalOf")
_STEPS = 4
_NOT_SHOWN = {"Country", "City", "Region"}


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write one feature a line."""
    found = network(dataset)
    ways = _ways(found)
    file.write(b'{"type": "FeatureCollection", "name": "EuroHPC Knowledge Graph", "features": [')
    before = "\n"
    for node in found.nodes.values():
        if _NOT_SHOWN.isdisjoint(node.classes) and (place := _place(node, found, ways)):
            feature = json.dumps(_feature(node, place), ensure_ascii=False)
            file.write(f"{before}{feature}".encode())
            before = ",\n"
    file.write(b"\n]}\n")


def _ways(found: Network) -> dict[str, list[str]]:
    """Return where each thing is said to be, the nearest first."""
    ways: dict[str, list[tuple[int, str]]] = {}
    for edge in found.edges:
        if edge.name in _WAYS:
            ways.setdefault(edge.subject, []).append((_WAYS.index(edge.name), edge.object))
    return {name: [place for _, place in sorted(places)] for name, places in ways.items()}


def _place(node: Node, found: Network, ways: dict[str, list[str]]) -> Node | None:
    """Return the nearest place with coordinates, the country last: it is no place to point at."""
    waiting, seen = [node.iri], {node.iri}
    for _ in range(_STEPS):
        for name in waiting:
            here = found.nodes[name]
            has_place = here.latitude is not None and here.longitude is not None
            if has_place and "Country" not in here.classes:
                return here
        waiting = [place for name in waiting for place in ways.get(name, ()) if place not in seen]
        seen.update(waiting)
    return None


def _feature(node: Node, place: Node) -> dict[str, object]:
    return {
        "type": "Feature",
        "id": node.iri,
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        "properties": {
            "id": node.id,
            "name": node.name,
            "class": node.classes[0],
            "country": node.country,
            "at": place.name,
            "exact": place is node,
            **dict(sorted(node.values.items())),
        },
    }


EXPORTER = Exporter(
    "GeoJSON: systems, factories and institutions as points",
    group="graphs",
    ending="geojson",
    media_type="application/geo+json",
    write=write,
    rank=4,
)
