"""Marks on a map: one for each thing that has a place, none hidden by another."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin

import pyoxigraph as ox

from eurohpc_kg.records import dataclass
from eurohpc_kg.results import Results
from eurohpc_kg.web.addresses import path_of
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Gathering

_APART = 9.0  # units between marks at the same place
_MOST = 500  # marks on the map of an answer
_FEWEST = 2


@dataclass(frozen=True)
class Mark:
    """Hold one mark: what it stands for, where that is, and in which style it is drawn."""

    iri: str
    name: str
    place: str
    style: str
    x: float
    y: float


def marks_of(build: Build, things: Iterable[tuple[str, str, str]]) -> list[Mark]:
    """Return a mark for each thing (IRI, name, style) that has a place on the map."""
    gathered = Gathering.of(build)
    taken: dict[tuple[float, float], int] = {}
    marks = []
    for iri, name, style in things:
        spot = gathered.spot(iri)
        if spot is None:
            continue
        number = taken.get((spot.x, spot.y), 0)
        taken[spot.x, spot.y] = number + 1
        x, y = _beside(spot.x, spot.y, number)
        marks.append(Mark(iri, name, spot.place, style, x, y))
    return marks


def marks_of_answer(build: Build, results: Results) -> list[Mark]:
    """Return the marks of the column that has most things with a place; none for fewer than two."""
    best: list[Mark] = []
    columns = list(zip(*(row for row, _ in results.merged()), strict=True))
    for cells in columns:
        iris = dict.fromkeys(
            cell.value
            for cell in cells
            if isinstance(cell, ox.NamedNode) and path_of(cell.value).startswith("id/")
        )
        found = marks_of(build, ((iri, build.label(iri), "factory") for iri in list(iris)[:_MOST]))
        if len(found) > len(best):
            best = found
    return best if len(best) >= _FEWEST else []


def _beside(x: float, y: float, number: int) -> tuple[float, float]:
    """Return the place of the n-th mark at one spot: around the first, ring after ring.

    >>> _beside(10, 10, 0), _beside(10, 10, 1)
    ((10, 10), (19.0, 10.0))
    """
    if number == 0:
        return x, y
    ring = (number - 1) // 6 + 1
    angle = (number - 1) % 6 * pi / 3
    return round(x + _APART * ring * cos(angle), 1), round(y + _APART * ring * sin(angle), 1)
