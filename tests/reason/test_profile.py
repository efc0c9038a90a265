"""The profile: what OWL 2 RL and OWL 2 DL do not allow, each with its finding."""

from __future__ import annotations

import pytest
from graphs import EXAMPLE, triples

from eurohpc_kg.reason import outside_profile

DECLARATIONS = """
:C a owl:Class . :D a owl:Class . :E a owl:Class .
:p a owl:ObjectProperty . :q a owl:ObjectProperty . :r a owl:ObjectProperty .
:d a owl:DatatypeProperty .
"""
SOME = "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :D ]"
ONLY = "[ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :D ]"
VALUE = "[ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :x ]"
ONE = "[ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 1 ]"


def findings(text: str) -> list[tuple[str, str]]:
    return [
        (finding.code, finding.message.replace(EXAMPLE, ":"))
        for finding in outside_profile(triples(DECLARATIONS + text))
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{SOME} rdfs:subClassOf :C .",
        f":C rdfs:subClassOf {ONLY} .",
        f":C rdfs:subClassOf {ONE} .",
        f":C owl:equivalentClass {VALUE} .",
        ":C rdfs:subClassOf [ owl:complementOf :D ] .",
        f":C owl:equivalentClass [ owl:intersectionOf (:D {VALUE}) ] .",
        f"[ owl:unionOf (:C {SOME}) ] rdfs:subClassOf :D .",
        "[ owl:oneOf (:x) ] rdfs:subClassOf :D .",
        f":p rdfs:domain :C ; rdfs:range {ONLY} .",
        ":p a owl:TransitiveProperty ; owl:inverseOf :q .",
        ":r owl:propertyChainAxiom (:p :q) .",
        ":d rdfs:range xsd:decimal .",
        ":C owl:hasKey (:d) .",
        "[] a owl:AllDisjointClasses ; owl:members (:C :D :E) .",
    ],
)
def test_what_the_profile_allows_gives_no_finding(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f":C rdfs:subClassOf {SOME} .", ":C has owl:someValuesFrom in a superclass."),
        (":C rdfs:subClassOf [ owl:unionOf (:D :E) ] .", ":C has owl:unionOf in a superclass."),
        (":C rdfs:subClassOf [ owl:oneOf (:x) ] .", ":C has owl:oneOf in a superclass."),
        (f":C owl:equivalentClass {SOME} .", ":C has owl:someValuesFrom in an equivalent class."),
        (":C rdfs:subClassOf owl:Thing .", ":C has owl:Thing as a superclass."),
        (f":p rdfs:range {SOME} .", ":p has owl:someValuesFrom in a superclass."),
        (
            f":C rdfs:subClassOf [ owl:intersectionOf (:D {SOME}) ] .",
            ":C has owl:someValuesFrom in a superclass.",
        ),
        (
            f":C rdfs:subClassOf [ owl:complementOf {ONLY} ] .",
            ":C has owl:allValuesFrom in a subclass.",
        ),
        (f":C owl:disjointWith {ONLY} .", ":C has owl:allValuesFrom in a subclass."),
    ],
)
def test_a_class_expression_on_the_wrong_side_is_a_finding(text: str, message: str) -> None:
    assert findings(text) == [("owl-rl-class", message)]


@pytest.mark.parametrize("datatype", ["date", "gYear", "gYearMonth", "duration"])
def test_a_datatype_that_owl_2_lacks_is_a_finding(datatype: str) -> None:
    message = f":d has rdfs:range xsd:{datatype}."
    assert ("owl-rl-datatype", message) in findings(f":d rdfs:range xsd:{datatype} .")


@pytest.mark.parametrize(
    "text",
    [
        ":p a owl:TransitiveProperty , owl:AsymmetricProperty .",
        ":p a owl:FunctionalProperty ; owl:propertyChainAxiom (:q :r) .",
        ":p a owl:IrreflexiveProperty . :q a owl:TransitiveProperty ; rdfs:subPropertyOf :p .",
        ":p a owl:InverseFunctionalProperty ; owl:inverseOf :q . :q a owl:TransitiveProperty .",
        ":p a owl:TransitiveProperty ; owl:propertyDisjointWith :q .",
        f":p a owl:TransitiveProperty . :C rdfs:subClassOf {ONE} .",
    ],
)
def test_a_property_that_is_not_simple_can_not_be_counted(text: str) -> None:
    assert [code for code, _ in findings(text)] == ["owl-dl-simple"]


def test_a_term_used_and_not_declared_is_a_finding() -> None:
    assert findings(":C rdfs:subClassOf :New . :p rdfs:subPropertyOf :new .") == [
        ("owl-dl-declaration", ":New is used as a class and is not declared as one."),
        ("owl-dl-declaration", ":new is used as a property and is not declared as one."),
    ]


def test_a_property_of_things_and_of_literals_is_a_finding() -> None:
    assert [code for code, _ in findings(":p a owl:DatatypeProperty .")] == ["owl-dl-declaration"]


def test_what_has_no_rule_is_a_finding_with_the_term_as_its_subject() -> None:
    (finding,) = outside_profile(triples(":p a owl:ObjectProperty , owl:ReflexiveProperty ."))
    assert (finding.code, finding.subject) == ("owl-uncovered", EXAMPLE + "p")
    assert finding.remedy
