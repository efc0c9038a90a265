"""GeoJSON (RFC 7946): systems, factories and institutions as points, for maps.

A thing without coordinates of its own gets those of where it is: the place it stands at, its host,
the city. ``at`` says which place the point is.
"""

from __future__ import annotations

import json
from typing import IO

from eurohpc_kg.export.dataset import INFERRED, Dataset
from eurohpc_kg.export.network import Network, Node, network
from eurohpc_kg.export.registry import Exporter

# The relations that lead to a place, the nearest first.
_WAYS = ("locatedAt", "hostedBy", "locatedIn", "capitalOf")
_STEPS = 4
_NOT_SHOWN = {"Country", "City", "Region"}


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write one feature a line."""
    found, places = network(dataset), _places(dataset)
    ways = _ways(places)
    file.write(b'{"type": "FeatureCollection", "name": "EuroHPC Knowledge Graph", "features": [')
    before = "\n"
    for node in found.nodes.values():
        if _NOT_SHOWN.isdisjoint(node.classes) and (place := _place(node, places, ways)):
            feature = json.dumps(_feature(node, place), ensure_ascii=False)
            file.write(f"{before}{feature}".encode())
            before = ",\n"
    file.write(b"\n]}\n")


def _places(dataset: Dataset) -> Network:
    """Return the network with all places: in a part of the graph those of the whole."""
    here = {graph.hash for graph in dataset.graphs}
    if here.issuperset(graph.hash for graph in dataset.known if graph.name != INFERRED):
        return network(dataset)
    work = dataset.work / "places"
    work.mkdir()
    return network(Dataset(dataset.known, dataset.repository, work))


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
            here = found.nodes.get(name)
            if here is None or "Country" in here.classes:
                continue
            if here.latitude is not None and here.longitude is not None:
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
            "exact": place.iri == node.iri,
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
