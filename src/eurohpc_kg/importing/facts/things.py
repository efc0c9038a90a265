"""Things: which slugs of the sheets are one thing, of which class, and in which register file.

The tables ``merged-slugs.csv``, ``kinds.csv`` and ``institution-kinds.csv`` hold what a person
decided; everything else follows from the ``entity_type`` of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from eurohpc_kg.importing.csv_files import table
from eurohpc_kg.importing.facts.sheets import Fact
from eurohpc_kg.names import EHPC, THING

# The class of a thing by the entity_type of its rows; an institution's follows from its own row.
_CLASSES = {
    "AIFactory": "AIFactory",
    "AIFactoryAntenna": "AIFactoryAntenna",
    "AIGigafactory": "AIGigafactory",
    "AccessAllocation": "AccessOffer",
    "AccessMode": "AccessMode",
    "Building": "Facility",
    "Call": "Call",
    "CentreOfExcellence": "CentreOfExcellence",
    "City": "City",
    "Country": "Country",
    "DataCentre": "DataCentre",
    "DataSpace": "DataSpace",
    "Event": "Event",
    "Infrastructure": "ResearchInfrastructure",
    "Institution": "Institution",
    "JointUndertaking": "JointUndertaking",
    "LegalAct": "LegalAct",
    "NationalCompetenceCentre": "NationalCompetenceCentre",
    "Processor": "Processor",
    "Programme": "Programme",
    "Project": "Project",
    "QuantumSystem": "QuantumSystem",
    "Region": "Region",
    "Software": "Software",
    "Supercomputer": "Supercomputer",
    "SupercomputerPartition": "SystemPartition",
    "Vendor": "Company",
}
# A row about a list of sectors or of ranks is about no thing of its own.
TYPES = frozenset(_CLASSES) | {"Ranking", "Sector"}
INSTITUTIONS = frozenset(
    {
        "Association",
        "Company",
        "Consortium",
        "Foundation",
        "PublicBody",
        "ResearchInstitute",
        "SupercomputingCentre",
        "University",
    }
)
# The register file of each class.
FILES = {
    "AIFactory": "ai-factories",
    "AIFactoryAntenna": "ai-factory-antennas",
    "AIGigafactory": "ai-gigafactories",
    "AccessMode": "access-modes",
    "AccessOffer": "access-offers",
    "Association": "associations",
    "Call": "calls",
    "CentreOfExcellence": "centres-of-excellence",
    "City": "cities",
    "Company": "companies",
    "Consortium": "consortia",
    "Country": "countries",
    "DataCentre": "data-centres",
    "DataSpace": "data-spaces",
    "Event": "events",
    "Facility": "facilities",
    "Foundation": "foundations",
    "Institution": "institutions",
    "JointUndertaking": "joint-undertakings",
    "LegalAct": "legal-acts",
    "NationalCompetenceCentre": "national-competence-centres",
    "Processor": "processors",
    "Programme": "programmes",
    "Project": "projects",
    "PublicBody": "public-bodies",
    "Publisher": "publishers",
    "QuantumSystem": "quantum-systems",
    "Region": "regions",
    "ResearchInfrastructure": "research-infrastructures",
    "ResearchInstitute": "research-institutes",
    "SelectionRound": "selection-rounds",
    "Software": "software",
    "Supercomputer": "supercomputers",
    "SupercomputingCentre": "supercomputing-centres",
    "SystemPartition": "system-partitions",
    "University": "universities",
}


@dataclass(frozen=True)
class Kind:
    """Hold what a thing is: ``own`` is our classing, and stands in the register."""

    own: str

    @property
    def stated(self) -> str:
        """Return the class for the files of sources, who rarely class an institution as we do."""
        return "Institution" if self.own in INSTITUTIONS else self.own

    @property
    def file(self) -> str:
        """Return the name of the register file, without its ending."""
        return FILES[self.own]


def class_iri(name: str) -> str:
    return EHPC + name


def thing_iri(slug: str) -> str:
    return THING + slug


@lru_cache(maxsize=1)
def merged_slugs() -> Mapping[str, str]:
    """Return the slugs that were merged into another on evidence."""
    return {row["slug"]: row["kept"] for row in table(__file__, "merged-slugs.csv")}


def kept(slug: str) -> str:
    """Return the slug under which a thing is kept.

    >>> kept("bmbf"), kept("lumi")
    ('bmftr', 'lumi')
    """
    return merged_slugs().get(slug, slug)


def with_kept_slugs(facts: Iterable[Fact], known: frozenset[str]) -> list[Fact]:
    """Return the facts with merged slugs replaced, also in values that name a thing.

    Rows of a merged slug come last, so that the names of the kept one come first.
    """
    merged = merged_slugs()
    renamed = [
        replace(
            fact,
            entity=kept(fact.entity),
            value=merged[fact.value]
            if fact.value in merged and merged[fact.value] in known
            else fact.value,
        )
        for fact in sorted(facts, key=lambda fact: fact.entity in merged)
    ]
    return [fact for fact in renamed if fact.property != "same_as"]


def kinds_of(facts: Iterable[Fact]) -> dict[str, Kind]:
    """Return what each thing of the facts is; unknown entity types are left out."""
    decided = {row["slug"]: row["class"] for row in table(__file__, "kinds.csv")}
    institutions = {
        row["institution_type"]: row["class"] for row in table(__file__, "institution-kinds.csv")
    }
    kinds: dict[str, Kind] = {}
    for fact in facts:
        slug = kept(fact.entity)
        name = _CLASSES.get(fact.kind)
        if name is None:
            continue
        if slug in decided:
            kinds[slug] = Kind(decided[slug])
        elif fact.property == "institution_type" and fact.value in institutions:
            kinds[slug] = Kind(institutions[fact.value])
        else:
            kinds.setdefault(slug, Kind(name))
    return kinds
