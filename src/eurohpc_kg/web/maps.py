"""Where things stand on a map of Europe: the projection, the borders, and the marks.

The projection is that of the European grid, ETRS89-LAEA (EPSG:3035) on a sphere: areas are true.
The borders are one file, `base_map`, that pages lay under their marks; they come from `countryinfo`
(Natural Earth), and where that is not installed the map has only its graticule.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from eurohpc_kg.names import EHPC
from eurohpc_kg.namespaces import RDF, WGS84
from eurohpc_kg.records import dataclass
from eurohpc_kg.web.build import Build

BASE_MAP = "-/europe.svg"
_RADIUS = 6371.0  # km
_LATITUDE, _LONGITUDE = radians(52), radians(10)
_WEST, _NORTH, _EAST, _SOUTH = -2750.0, 2300.0, 2550.0, -2150.0  # km from the centre
_SCALE = 0.15  # units of the picture per km
WIDTH, HEIGHT = round((_EAST - _WEST) * _SCALE), round((_NORTH - _SOUTH) * _SCALE)
_NEAR = 600.0  # km beyond the edge, so that no border ends inside
_LAT, _LONG = ox.NamedNode(WGS84 + "lat"), ox.NamedNode(WGS84 + "long")
_LOCATED_IN, _LOCATED_AT = ox.NamedNode(EHPC + "locatedIn"), ox.NamedNode(EHPC + "locatedAt")
_CITY, _A = (
    ox.NamedNode(EHPC + "City"),
    ox.NamedNode(RDF + "type"),
)
# How a thing without a place of its own is found, one after the other.
_WAYS = tuple(ox.NamedNode(EHPC + name) for name in ("hostedBy", "coordinatedBy", "partOf"))
_CAPITAL = ox.NamedNode(EHPC + "hasCapital")
_IN_COUNTRY = ox.NamedNode(EHPC + "inCountry")


@dataclass(frozen=True)
class Spot:
    """Hold where a thing is: in units of the picture, and at which place that is.

    ``is_near`` is false where only the country is known, and its capital stands for it.
    """

    x: float
    y: float
    place: str
    is_near: bool = True


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a place stands in the picture, which is `WIDTH` by `HEIGHT`.

    >>> project(52, 10)
    (412.5, 345.0)
    """
    phi, delta = radians(latitude), radians(longitude) - _LONGITUDE
    k = sqrt(2 / (1 + sin(_LATITUDE) * sin(phi) + cos(_LATITUDE) * cos(phi) * cos(delta)))
    x = _RADIUS * k * cos(phi) * sin(delta)
    y = _RADIUS * k * (cos(_LATITUDE) * sin(phi) - sin(_LATITUDE) * cos(phi) * cos(delta))
    return round((x - _WEST) * _SCALE, 1), round((_NORTH - y) * _SCALE, 1)


def spot_of(build: Build, node: ox.NamedNode) -> Spot | None:
    """Return where a thing is: itself, its city, that of its host, or the capital."""
    place = _place(build, node) or next(
        (
            place
            for way in _WAYS
            for host in _objects(build, node, way)
            if (place := _place(build, host)) is not None
        ),
        None,
    )
    near = place is not None
    if place is None and (capital := _objects(build, node, _CAPITAL)):
        place, near = _place(build, capital[0]), True
    if place is None:
        capitals = [
            capital
            for country in _objects(build, node, _IN_COUNTRY)
            for capital in _objects(build, country, _CAPITAL)
        ]
        place = capitals[0] if len(capitals) == 1 else None
    if place is None:
        return None
    x, y = project(*_coordinates(build, place) or (0.0, 0.0))
    if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
        return None
    return Spot(x, y, build.label(place.value), near)


def _place(build: Build, node: ox.NamedNode) -> ox.NamedNode | None:
    """Return the thing itself or its city, whichever has coordinates."""
    if _coordinates(build, node) is not None:
        return node
    halls = _objects(build, node, _LOCATED_AT)
    for start in (*halls, node):
        if _coordinates(build, start) is not None:
            return start
        for place in _objects(build, start, _LOCATED_IN):
            is_city = next(build.store.quads_for_pattern(place, _A, _CITY), None)
            if is_city is not None and _coordinates(build, place) is not None:
                return place
    return None


def _objects(build: Build, node: ox.NamedNode, way: ox.NamedNode) -> list[ox.NamedNode]:
    found = {
        quad.object
        for quad in build.store.quads_for_pattern(node, way, None)
        if isinstance(quad.object, ox.NamedNode)
    }
    return sorted(found, key=str)


def _coordinates(build: Build, node: ox.NamedNode) -> tuple[float, float] | None:
    values = [
        quad.object.value
        for which in (_LAT, _LONG)
        for quad in list(build.store.quads_for_pattern(node, which, None))[:1]
        if isinstance(quad.object, ox.Literal)
    ]
    return (float(values[0]), float(values[1])) if len(values) == 2 else None


@lru_cache(maxsize=1)
def base_map() -> bytes:
    """Return the borders as a picture, in a grey that suits light and dark pages."""
    land = "".join(f'<path d="{_path(rings)}"/>' for rings in _countries())
    grid = "".join(f'<path d="{line}"/>' for line in _graticule())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g fill="none" stroke="#808080" stroke-opacity=".18" stroke-width=".6">{grid}</g>'
        '<g fill="#808080" fill-opacity=".16" stroke="#808080" stroke-opacity=".55"'
        f' stroke-width=".7" stroke-linejoin="round">{land}</g></svg>\n'
    ).encode()


Ring = Sequence[Sequence[float]]


def _countries() -> Iterator[list[Ring]]:
    """Yield the rings of each country that has a point in or near the picture."""
    found = importlib.util.find_spec("countryinfo")
    if found is None or found.origin is None:
        return
    for file in sorted((Path(found.origin).parent / "data").glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        shape = content.get("geoJSON") if isinstance(content, dict) else None
        rings = [ring for part in _polygons(shape or {}) for ring in part if _is_near(ring)]
        if rings:
            yield rings


def _polygons(shape: dict[str, Any]) -> Iterator[list[Ring]]:
    for feature in shape.get("features", ()):
        geometry = feature.get("geometry") or {}
        if geometry.get("type") == "Polygon":
            yield geometry["coordinates"]
        elif geometry.get("type") == "MultiPolygon":
            yield from geometry["coordinates"]


def _is_near(ring: Ring) -> bool:
    edge = _NEAR * _SCALE
    return any(
        -edge < x < WIDTH + edge and -edge < y < HEIGHT + edge
        for x, y in (project(point[1], point[0]) for point in ring)
        if not (x == 0 and y == 0)
    )


def _path(rings: Iterable[Ring]) -> str:
    parts = []
    for ring in rings:
        points = [project(point[1], point[0]) for point in ring]
        parts.append("M" + "L".join(f"{x:g},{y:g}" for x, y in points) + "Z")
    return "".join(parts)


def _graticule() -> Iterator[str]:
    for longitude in range(-30, 61, 10):
        points = (project(latitude, longitude) for latitude in range(28, 81, 2))
        yield "M" + "L".join(f"{x:g},{y:g}" for x, y in points)
    for latitude in range(30, 81, 10):
        points = (project(latitude, longitude) for longitude in range(-40, 71, 3))
        yield "M" + "L".join(f"{x:g},{y:g}" for x, y in points)
