"""The files of the register: what stands at their top, and what they already know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.importing.facts.terms import LABEL, RDF_TYPE
from eurohpc_kg.importing.facts.things import FILES, Kind
from eurohpc_kg.names import EHPC, THING
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import REGISTER_GRAPH
from eurohpc_kg.turtle import read

HEADERS = {
    "access-modes": "Access modes: the standing ways to apply for computing time.",
    "access-offers": "Access offers: the share of one system in one mode and period.",
    "ai-factories": "AI Factories: names and places.",
    "ai-factory-antennas": "AI Factory Antennas: names and places.",
    "ai-gigafactories": "AI Gigafactories: candidates and their names.",
    "associations": "Associations: names, identifiers and places.",
    "calls": "Calls: for proposals, for expressions of interest, for tenders.",
    "centres-of-excellence": "Centres of Excellence: names.",
    "cities": "Cities: names, identifiers, coordinates and countries.",
    "companies": "Companies: names, identifiers and places.",
    "consortia": "Consortia: names, identifiers and places.",
    "countries": "Countries: names in English and in their own languages, and codes.",
    "data-centres": "Data centres: names and places.",
    "data-spaces": "Data spaces: names.",
    "events": "Events: names and places.",
    "facilities": "Facilities of no narrower kind: names and places.",
    "foundations": "Foundations: names, identifiers and places.",
    "institutions": "Institutions of no narrower kind: names, identifiers and places.",
    "joint-undertakings": "Joint undertakings: names, identifiers and places.",
    "legal-acts": "Legal acts: names.",
    "national-competence-centres": "National Competence Centres: names and countries.",
    "processors": "Processors: names.",
    "programmes": "Programmes: names.",
    "projects": "Projects: names.",
    "public-bodies": "Public bodies: names, identifiers and places.",
    "publishers": "Publishers: who issued the documents that the graph cites.",
    "quantum-systems": "Quantum systems: names and places.",
    "regions": "Regions: names.",
    "research-infrastructures": "Research infrastructures: names.",
    "research-institutes": "Research institutes: names, identifiers and places.",
    "selection-rounds": "Selection rounds of EuroHPC JU: names.",
    "software": "Software: names.",
    "supercomputers": "Supercomputers: names, identifiers and places.",
    "supercomputing-centres": "Supercomputing centres: names, identifiers and places.",
    "system-partitions": "Partitions of supercomputers: names and identifiers.",
    "universities": "Universities: names, identifiers and places.",
}


def known_kinds(repository: Repository) -> dict[str, Kind]:
    """Return what each thing of the register is, by slug; a publisher alone is no kind."""
    kinds: dict[str, Kind] = {}
    for triple in _register(repository):
        if triple.predicate == RDF_TYPE and isinstance(triple.object, NamedNode):
            name = triple.object.value.removeprefix(EHPC)
            if name in FILES and name != "Publisher":
                kinds[_slug(triple)] = Kind(name)
    return kinds


def english_labels(repository: Repository, register: Mapping[str, set[Triple]]) -> dict[str, str]:
    """Return the English names of things, of the register's files and of what is to be added."""
    labels: dict[str, str] = {}
    new = (triple for triples in register.values() for triple in triples)
    for triple in (*new, *_register(repository)):
        name = triple.object
        if triple.predicate == LABEL and isinstance(name, Literal) and name.language == "en":
            labels[_slug(triple)] = name.value
    return labels


def _register(repository: Repository) -> Iterable[Triple]:
    for path in sorted(repository.register.rglob("*.ttl")):
        for quad in read(path, REGISTER_GRAPH):
            yield quad.triple


def _slug(triple: Triple) -> str:
    assert isinstance(triple.subject, NamedNode)
    return triple.subject.value.removeprefix(THING)
