"""The front page: what this is, how much, where, what is new, and what to ask."""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.names import EHPC, THING
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.gathering import Event, Gathering
from eurohpc_kg.web.pages.page import Page
from eurohpc_kg.web.pages.spots import Mark, marks_of

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
        "spots": _marks(build),
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


def _marks(build: Build) -> list[Mark]:
    """Return a mark for each thing of the layers that has a place."""
    gathered = Gathering.of(build)
    return marks_of(
        build,
        (
            (iri, name, style)
            for kind, _, style in _LAYERS
            for name, iri in gathered.members(kind)
            if kind != "Supercomputer" or _is_joint(build, iri)  # thousands stood on the rankings
        ),
    )


def _is_joint(build: Build, iri: str) -> bool:
    quads = build.store.quads_for_pattern(ox.NamedNode(iri), _OWNED_BY, _JOINT_UNDERTAKING)
    return next(iter(quads), None) is not None


def _around(events: list[Event], date: str) -> tuple[list[Event], list[Event]]:
    """Return the newest milestones up to a day, and the next that are planned."""
    done = [one for one in events if not one.moment.is_planned and one.moment.date[:10] <= date]
    ahead = [one for one in events if one.moment.is_planned and one.moment.date > date]
    return done[: -_NEWEST - 1 : -1], ahead[:_NEWEST]
