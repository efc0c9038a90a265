"""Contradictions: what is said about one; and the edge of what is one."""

from __future__ import annotations

import pytest
from graphs import EXAMPLE, quads, triples

from eurohpc_kg.reason import inconsistencies
from eurohpc_kg.reason.closure import Closure
from eurohpc_kg.reason.consistency import Inconsistency, contradictions


def clashes(text: str) -> list[Inconsistency]:
    return contradictions(Closure(triples(text)))


def test_a_contradiction_says_what_clashes_and_by_which_axiom() -> None:
    (clash,) = clashes(":C owl:disjointWith :D . :E rdfs:subClassOf :D . :a a :C , :E .")
    assert clash.message.replace(EXAMPLE, ":") == (
        "<:a> rdf:type <:C> and <:a> rdf:type <:D> can't be,"
        " since <:C> owl:disjointWith <:D> (cax-dw)"
    )
    assert clash.subject.value == EXAMPLE + "a"
    assert set(clash.triples) == triples(":a a :C , :D .")


def test_a_list_is_told_without_its_cells() -> None:
    (clash,) = clashes(":n a owl:AllDisjointClasses ; owl:members (:C :D) . :a a :C , :D .")
    assert "rdf:first" not in clash.message
    assert "owl:AllDisjointClasses" in clash.message


def test_a_malformed_literal_is_told_without_an_axiom() -> None:
    (clash,) = clashes(':a :p "2026-13"^^xsd:gYearMonth .')
    assert clash.message.endswith("can't be (dt-not-type)")


def test_inferred_members_clash_as_well() -> None:
    (clash,) = inconsistencies(
        quads(":p rdfs:domain :C . :q rdfs:domain :D . :C owl:disjointWith :D . :a :p 1 ; :q 2 .")
    )
    assert clash.rule == "cax-dw"


def test_a_clash_through_a_class_without_a_name_is_found() -> None:
    (clash,) = clashes(
        ":C rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 0 ] . :a a :C ; :p :b ."
    )
    assert clash.rule == "cls-maxc1"


@pytest.mark.parametrize(
    ("datatype", "literal"),
    [
        ("integer", "5.0"),
        ("decimal", "5"),
        ("nonNegativeInteger", "0"),
        ("byte", "127"),
        ("unsignedShort", "65535"),
        ("string", '"x"'),
        ("token", '"two words"'),
        ("double", "1e3"),
        ("date", '"2026-11-25"^^xsd:date'),
        ("anyURI", '"https://example.org/"^^xsd:anyURI'),
        ("boolean", "true"),
        ("unknown", '"x"'),
    ],
)
def test_a_literal_whose_value_is_in_the_range_is_fine(datatype: str, literal: str) -> None:
    assert clashes(f":p rdfs:range xsd:{datatype} . :a :p {literal} .") == []


@pytest.mark.parametrize(
    ("datatype", "literal"),
    [
        ("integer", "5.5"),
        ("positiveInteger", "0"),
        ("byte", "128"),
        ("unsignedShort", "-1"),
        ("decimal", "1e3"),
        ("string", '"x"@en'),
        ("token", '" x"'),
        ("gYear", '"2026-11"^^xsd:gYearMonth'),
        ("date", '"2026"^^xsd:gYear'),
        ("anyURI", '"x"'),
    ],
)
def test_a_literal_whose_value_is_not_in_the_range_is_not(datatype: str, literal: str) -> None:
    (clash,) = clashes(f":p rdfs:range xsd:{datatype} . :a :p {literal} .")
    assert clash.rule == "dt-not-type"
    assert clash.axioms[0].predicate.value.endswith("#range")


@pytest.mark.parametrize(
    "literal",
    [
        '"12"^^xsd:integer',
        '"+012.50"^^xsd:decimal',
        '"-INF"^^xsd:double',
        '"2024-02-29"^^xsd:date',
        '"-0044"^^xsd:gYear',
        '"2026-06-13T12:00:00.5+02:00"^^xsd:dateTime',
        '"en-GB"^^xsd:language',
        '"x"^^<https://example.org/own>',
    ],
)
def test_a_literal_in_the_form_of_its_datatype_is_fine(literal: str) -> None:
    assert clashes(f":a :p {literal} .") == []


@pytest.mark.parametrize(
    "literal",
    [
        '"12.0"^^xsd:integer',
        '"1,5"^^xsd:decimal',
        '"300"^^xsd:byte',
        '"26"^^xsd:gYear',
        '"2026-1"^^xsd:gYearMonth',
        '"2026-02-32"^^xsd:date',
        '"yes"^^xsd:boolean',
        '"two words"^^xsd:anyURI',
        '"2026-06-13"^^xsd:dateTime',
    ],
)
def test_a_literal_outside_the_form_of_its_datatype_is_not(literal: str) -> None:
    assert [clash.rule for clash in clashes(f":a :p {literal} .")] == ["dt-not-type"]


def test_two_ways_to_write_one_number_are_one_value() -> None:
    assert clashes(":p a owl:FunctionalProperty . :a :p 1.0 , 1.00 , 1 .") == []


def test_a_graph_without_axioms_is_consistent() -> None:
    assert inconsistencies(quads(":a :p :b ; :q 1 .")) == []
