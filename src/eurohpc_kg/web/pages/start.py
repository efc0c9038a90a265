"""The front page: what this is, how much, where, what is new, and what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

import pyoxigraph as ox

from eurohpc_kg.names import EHPC, THING
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Event, Gathering
from eurohpc_kg.web.maps import HEIGHT, WIDTH
from eurohpc_kg.web.pages.page import Page

# What the map shows: class, heading, style of its marks.
_LAYERS = (
    ("AIFactory", "AI Factories", "factory"),
    ("AIFactoryAntenna", "AI Factory Antennas", "antenna"),
    ("Supercomputer", "supercomputers of the Joint Undertaking", "super"),
    ("QuantumSystem", "quantum systems", "quantum"),
    ("AIGigafactory", "AI Gigafactories, candidates", "giga"),
)
_COUNTED = (
    ("AIFactory", "AI Factory", "AI Factories"),
    ("AIFactoryAntenna", "antenna", "antennas"),
    ("QuantumSystem", "quantum system", "quantum systems"),
    ("Supercomputer", "supercomputer, past and present", "supercomputers, past and present"),
    ("NationalCompetenceCentre", "National Competence Centre", "National Competence Centres"),
    ("Institution", "institution", "institutions"),
)
_TRY = (
    "factories-targeting-sector", "quantum-systems-by-technology", "planned-against-actual",
    "partners-of-factory", "systems-in-the-top-ten", "conflicting-figures", "calls-open-on",
    "nearest-way-in",
)  # fmt: skip
_OWNED_BY = ox.NamedNode(EHPC + "ownedBy")
_JOINT_UNDERTAKING = ox.NamedNode(THING + "eurohpc-ju")
_NEWEST = 8
_APART = 9.0  # units between marks at the same place


@dataclass(frozen=True)
class Mark:
    iri: str
    name: str
    place: str
    style: str
    x: float
    y: float


def start_page(build: Build) -> Page:
    """Return the front page."""
    gathered = Gathering.of(build)
    questions = [build.questions[slug] for slug in _TRY if slug in build.questions]
    done, ahead = _around(gathered.events, gathered.date)
    counts = [(kind, len(gathered.members(kind)), one, several) for kind, one, several in _COUNTED]
    data = {
        "counts": [count for count in counts if count[1]],
        "documents": len(gathered.documents),
        "statements": len(build.store),
        "date": gathered.date,
        "layers": [(heading, style, kind) for kind, heading, style in _LAYERS],
        "marks": marks_of(build, [(kind, style) for kind, _, style in _LAYERS]),
        "map_width": WIDTH,
        "map_height": HEIGHT,
        "newest": done,
        "ahead": ahead,
        "questions": questions,
        "all_questions": len(build.questions),
    }
    return Page(
        "index", "European HPC and AI, and who says so", "start", data,
        description="The open knowledge graph of the European HPC and AI ecosystem: what exists, "
        "what published sources say about it, and where they disagree.",
    )  # fmt: skip


def marks_of(build: Build, layers: list[tuple[str, str]]) -> list[Mark]:
    """Return a mark for each thing of these classes that has a place; none hides another."""
    gathered = Gathering.of(build)
    taken: dict[tuple[float, float], int] = {}
    marks = []
    for kind, style in layers:
        for name, iri in gathered.members(kind):
            if kind == "Supercomputer" and not _is_joint(build, iri):
                continue  # thousands stood on the rankings
            spot = gathered.spot(iri)
            if spot is None:
                continue
            number = taken.get((spot.x, spot.y), 0)
            taken[spot.x, spot.y] = number + 1
            x, y = _beside(spot.x, spot.y, number)
            marks.append(Mark(iri, name, spot.place, style, x, y))
    return marks


def _is_joint(build: Build, iri: str) -> bool:
    quads = build.store.quads_for_pattern(ox.NamedNode(iri), _OWNED_BY, _JOINT_UNDERTAKING)
    return next(iter(quads), None) is not None


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


def _around(events: list[Event], date: str) -> tuple[list[Event], list[Event]]:
    """Return the newest milestones up to a day, and the next that are planned."""
    done = [one for one in events if not one.moment.is_planned and one.moment.date[:10] <= date]
    ahead = [one for one in events if one.moment.is_planned and one.moment.date > date]
    return done[: -_NEWEST - 1 : -1], ahead[:_NEWEST]
