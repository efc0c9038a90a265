"""The ontology: complete, in house form, consistent, in OWL 2 RL; and its checks, each proven."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from ontology_faults import FAULTS

from eurohpc_kg.check.queries import Check, all_checks
from eurohpc_kg.names import EHPC, read_prefixes
from eurohpc_kg.reason import inconsistencies, outside_profile
from eurohpc_kg.repository import find_repository
from eurohpc_kg.sources import ONTOLOGY_GRAPH, content_files, read_content
from eurohpc_kg.terms import Term, read_terms

ROOT = Path(__file__).parents[2]
REPOSITORY = find_repository(ROOT)
PREFIXES = read_prefixes(REPOSITORY)
FILES = [file for file in content_files(REPOSITORY) if file.graph == ONTOLOGY_GRAPH]
OURS = [f.path for f in FILES if f.path.parent.name != "vocabularies"]
ALIGNMENTS = [path for path in OURS if path.parent.name == "alignments"]
CHECKS = [c for c in all_checks(REPOSITORY) if "#+   - ontology\n" in c.text]

# What the design promises by name.
CARD = {"JointUndertaking", "AIFactory", "Supercomputer", "QuantumSystem", "Institution", "Sector"}
CLASSES = CARD | {
    *("AIFactoryAntenna", "AIGigafactory", "DataCentre", "ComputingSystem", "SystemPartition"),
    *("University", "ResearchInstitute", "SupercomputingCentre", "Company", "Foundation"),
    *("PublicBody", "Consortium", "NationalCompetenceCentre", "CentreOfExcellence", "Programme"),
    *("Project", "Call", "SelectionRound", "AccessMode", "LegalAct", "Country", "City"),
    *("SourceDocument", "Figure", "Milestone", "RankingEdition", "RankingEntry"),
}


@cache
def quads() -> tuple[ox.Quad, ...]:
    return tuple(quad for file in FILES for quad in read_content(REPOSITORY, file))


@cache
def terms() -> dict[str, Term]:
    return {i.removeprefix(EHPC): t for i, t in read_terms(quads()).items() if i.startswith(EHPC)}


@cache
def store() -> ox.Store:
    filled = ox.Store()
    filled.extend(quads())
    return filled


def rows(check: Check, data: ox.Store) -> list[ox.QuerySolution]:
    found = data.query(check.text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    assert [v.value for v in found.variables] == list(check.columns)
    return list(found)


def broken(turtle: str) -> ox.Store:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES)
    data = ox.Store()
    data.load(prefixes + turtle, ox.RdfFormat.TURTLE, to_graph=ONTOLOGY_GRAPH)
    return data


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.slug)
def test_a_check_of_the_ontology_finds_nothing_in_the_real_one(check: Check) -> None:
    found = [" ".join(str(cell) for cell in row) for row in rows(check, store())]
    assert not found, f"{check.problem}: {found[:5]}. {check.solution}"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.slug)
def test_a_check_of_the_ontology_names_the_broken_thing(check: Check) -> None:
    turtle, subject = FAULTS[check.slug]
    found = {getattr(row[0], "value", "") for row in rows(check, broken(turtle))}
    if not subject:
        assert found
    else:
        iri = subject if subject.startswith("https:") else PREFIXES.expand(subject)
        assert iri in found


def test_every_broken_ontology_belongs_to_a_check() -> None:
    assert set(FAULTS) == {check.slug for check in CHECKS}


def test_the_ontology_contradicts_nothing_not_even_with_a_member_in_every_class() -> None:
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    members = [
        ox.Quad(ox.NamedNode(f"https://example.org/{name}"), kind, ox.NamedNode(EHPC + name))
        for name, term in terms().items()
        if term.kind == "class"
    ]
    assert [one.message for one in inconsistencies([*quads(), *members])] == []


def test_the_ontology_is_in_the_owl_2_rl_profile() -> None:
    assert [finding.message for finding in outside_profile(quads())] == []


def test_two_disjoint_classes_with_a_common_member_contradict_each_other() -> None:
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    thing = ox.NamedNode("https://example.org/both")
    both = [ox.Quad(thing, kind, ox.NamedNode(EHPC + name)) for name in ("City", "University")]
    assert [one.rule for one in inconsistencies([*quads(), *both])] == ["cax-adc"]


def test_every_class_of_the_design_is_there_under_its_name() -> None:
    assert {name for name, term in terms().items() if term.kind == "class"} >= CLASSES


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("ledBy", "hasParticipant"),
        ("coordinatedBy", "ledBy"),
        ("chairedBy", "ledBy"),
        ("usesSystem", "associatedSystem"),
        ("capitalOf", "locatedIn"),
        ("coolingMethod", "characteristic"),
        ("rorIdentifier", "identifier"),
    ],
)
def test_a_narrow_property_implies_the_wide_one(narrow: str, wide: str) -> None:
    assert EHPC + wide in terms()[narrow].parents


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_of_the_ontology_can_be_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert path.name == "prefixes.ttl" or len(lines) <= 300


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_an_alignment_says_at_its_top_how_links_were_judged(path: Path) -> None:
    assert "exactMatch: " in path.read_text(encoding="utf-8").split("@prefix")[0]
