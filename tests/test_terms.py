"""Terms as records: of the ontology, of its vocabularies, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from eurohpc_kg.graph import from_files
from eurohpc_kg.names import EHPC, VOCABULARY, read_prefixes
from eurohpc_kg.repository import find_repository
from eurohpc_kg.sources import ONTOLOGY_GRAPH
from eurohpc_kg.terms import Term, read_terms
from eurohpc_kg.turtle import parse

REPOSITORY = find_repository(Path(__file__))
DECLARED = "".join(f"@prefix {p}: <{n}> .\n" for p, n in read_prefixes(REPOSITORY))


def terms(text: str) -> dict[str, Term]:
    return read_terms(parse(DECLARED + text, ONTOLOGY_GRAPH))


def test_a_class_has_its_texts_and_its_neighbours() -> None:
    (term,) = terms(
        """
        ehpc:Supercomputer a owl:Class ;
          rdfs:label "supercomputer"@en , "superpočítač"@cs ;
          skos:definition "A machine."@en ; skos:scopeNote "Note."@en ;
          skos:example "Two."@en , "One."@en ;
          rdfs:subClassOf ehpc:ComputingSystem , [ a owl:Restriction ] .
        schema:Thing a owl:Class .
        """
    ).values()
    assert term == Term(
        iri=EHPC + "Supercomputer",
        kind="class",
        label="supercomputer",
        definition="A machine.",
        scope_note="Note.",
        examples=("One.", "Two."),
        labels={"cs": "superpočítač", "en": "supercomputer"},
        types=("http://www.w3.org/2002/07/owl#Class",),
        parents=(EHPC + "ComputingSystem",),
    )


def test_an_inverse_counts_both_ways() -> None:
    found = terms(
        """
        ehpc:hosts a owl:ObjectProperty ; owl:inverseOf ehpc:hostedBy .
        ehpc:hostedBy a owl:ObjectProperty ; rdfs:range ehpc:Institution ;
          schema:domainIncludes ehpc:Facility .
        """
    )
    assert found[EHPC + "hostedBy"].inverses == (EHPC + "hosts",)
    assert found[EHPC + "hosts"].inverses == (EHPC + "hostedBy",)
    assert found[EHPC + "hostedBy"].domains == (EHPC + "Facility",)
    assert found[EHPC + "hostedBy"].ranges == (EHPC + "Institution",)


def test_a_concept_stands_in_its_scheme() -> None:
    found = terms(
        f"""
        <{VOCABULARY}sector> a skos:ConceptScheme ; dcterms:title "Sectors"@en .
        sector:x a ehpc:Sector ; skos:prefLabel "x"@en ; skos:altLabel "y"@de ;
          skos:inScheme <{VOCABULARY}sector> ; skos:broader sector:z .
        """
    )
    assert found[VOCABULARY + "sector"].kind == "scheme"
    assert found[VOCABULARY + "sector"].label == "Sectors"
    concept = found[VOCABULARY + "sector/x"]
    assert concept.kind == "concept"
    assert concept.scheme == VOCABULARY + "sector"
    assert concept.parents == (VOCABULARY + "sector/z",)
    assert concept.alternative_labels == (("de", "y"),)


def test_a_retired_term_names_its_replacement() -> None:
    (term,) = terms(
        "ehpc:Old a owl:Class ; owl:deprecated true ; dcterms:isReplacedBy ehpc:New ."
    ).values()
    assert term.deprecated
    assert term.replaced_by == (EHPC + "New",)


TERMS = read_terms(q for q in from_files(REPOSITORY) if q.graph_name == ONTOLOGY_GRAPH)


@pytest.mark.parametrize("name", ["JointUndertaking", "AIFactory", "Supercomputer"])
def test_the_classes_of_the_card_are_terms(name: str) -> None:
    assert TERMS[EHPC + name].kind == "class"


def test_every_term_has_a_label() -> None:
    assert [term.iri for term in TERMS.values() if not term.label] == []
