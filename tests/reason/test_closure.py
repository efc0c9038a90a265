"""The closure: what owlrl says, noise aside; the same on both engines; never an axiom ignored."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from graphs import quads, shown, triples
from hypothesis import HealthCheck, given, settings
from owlrl_reference import owlrl_closure
from random_graphs import GRAPHS

import eurohpc_kg.reason.closure as closure_module
from eurohpc_kg.errors import RuleError
from eurohpc_kg.names import GRAPH
from eurohpc_kg.namespaces import OWL, RDFS
from eurohpc_kg.reason import close
from eurohpc_kg.reason.closure import Closure
from eurohpc_kg.reason.encoding import EncodedRule
from eurohpc_kg.reason.engines import SQL_FROM, Engine, engine_for
from eurohpc_kg.reason.memory import MemoryEngine
from eurohpc_kg.reason.noise import noise
from eurohpc_kg.reason.sql import SqlEngine
from eurohpc_kg.reason.vocabulary import SAME_AS, THING, TYPE

random_graphs = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@random_graphs
@given(GRAPHS)
def test_the_closure_is_owlrls_without_noise(graph: set[ox.Triple]) -> None:
    ours, reference = set(Closure(graph).inferred()), owlrl_closure(graph)
    assert (shown(ours - reference), shown(reference - ours)) == ([], [])


@random_graphs
@given(GRAPHS)
def test_both_engines_infer_the_same(graph: set[ox.Triple]) -> None:
    def by_sql(rules: list[EncodedRule], _: int) -> Engine:
        return SqlEngine(rules)

    in_memory = set(Closure(graph).inferred())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(closure_module, "engine_for", by_sql)
        assert set(Closure(graph).inferred()) == in_memory


@random_graphs
@given(GRAPHS)
def test_closing_twice_adds_nothing(graph: set[ox.Triple]) -> None:
    inferred = Closure(graph).inferred()
    assert Closure([*graph, *inferred]).inferred() == []


@random_graphs
@given(GRAPHS)
def test_triples_added_later_give_what_they_give_from_the_start(graph: set[ox.Triple]) -> None:
    first = sorted(graph, key=str)[::2]
    lists = {t for t in graph if isinstance(t.subject, ox.BlankNode)}
    axioms = {t for t in graph if t.predicate.value.startswith((OWL, RDFS)) or "owl#" in str(t)}
    early = {*first, *lists, *axioms}
    grown = Closure(early)
    follows = grown.add(graph - early)
    whole = set(Closure(graph).inferred())
    assert set(grown.inferred()) - graph == whole
    assert whole - set(Closure(early).inferred()) == set(follows) - graph


def test_an_axiom_that_only_follows_is_compiled_as_well() -> None:
    graph = triples(":isA rdfs:subPropertyOf rdfs:subClassOf . :C :isA :D . :a a :C .")
    assert set(Closure(graph).inferred()) == triples(":C rdfs:subClassOf :D . :a a :D .")


def test_a_sameness_that_only_follows_brings_the_rules_of_equality_in() -> None:
    graph = triples(":p a owl:InverseFunctionalProperty . :a :p 1 ; :q :x . :b :p 1 . :y :r :a .")
    expected = ":a owl:sameAs :b . :b owl:sameAs :a ; :q :x . :y :r :b ."
    assert set(Closure(graph).inferred()) == triples(expected)


def test_the_same_members_leave_a_list_as_it_is() -> None:
    graph = triples(":C owl:unionOf (:D :E) . :D owl:sameAs :F . :a a :F .")
    assert triples(":a a :C , :D .") <= set(Closure(graph).inferred())


def test_no_literal_becomes_a_subject() -> None:
    graph = triples(":p owl:inverseOf :q ; rdfs:range :C . :a :p 1 .")
    assert Closure(graph).inferred() == []


def test_things_are_asked_for_where_an_axiom_asks() -> None:
    graph = triples(
        ":C a owl:Class ; owl:intersectionOf (owl:Thing :D) . :D a owl:Class . :a a :D ."
    )
    assert set(Closure(graph).inferred()) >= triples(":a a :C .")


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("reflexive", ":a owl:sameAs :a ."),
        ("reflexive", ":C rdfs:subClassOf :C ."),
        ("top-or-bottom", ":a a owl:Thing ."),
        ("top-or-bottom", "owl:Nothing rdfs:subClassOf :C ."),
        ("about-the-vocabulary", "rdfs:label a owl:AnnotationProperty ."),
        ("blank-node", ":a a [] ."),
        ("", ":a a :C ."),
    ],
)
def test_noise_has_a_name(kind: str, statement: str) -> None:
    (triple,) = triples(statement)
    assert noise(*triple) == kind


def test_a_literal_as_subject_is_noise() -> None:
    assert noise(ox.Literal(1), SAME_AS, THING) == "literal-subject"


@pytest.mark.parametrize(
    ("axiom", "problem"),
    [
        (":r owl:onProperty :p ; owl:minCardinality 1 .", "owl:minCardinality"),
        (":r owl:onProperty :p ; owl:maxCardinality 2 .", "only 0 and 1"),
        (":r owl:onProperty :p ; owl:maxQualifiedCardinality 1 .", "no owl:onClass"),
        (":r owl:someValuesFrom :C .", "not one owl:onProperty"),
        (":r owl:onProperty :p ; owl:hasSelf true .", "owl:hasSelf"),
        (":C owl:disjointUnionOf (:D :E) .", "owl:disjointUnionOf"),
        (":p a owl:ReflexiveProperty .", "owl:ReflexiveProperty"),
        (":p rdfs:subPropertyOf [ owl:inverseOf :q ] .", "inverse without a name"),
        (":C owl:intersectionOf () .", "empty list"),
        (":C owl:unionOf :l . :l rdf:first :D .", "not a well-formed RDF list"),
        (":C owl:unionOf :l . :l rdf:first :D ; rdf:rest :l .", "not a well-formed RDF list"),
    ],
)
def test_an_axiom_without_a_rule_is_refused(axiom: str, problem: str) -> None:
    with pytest.raises(RuleError, match=problem) as caught:
        Closure(triples(axiom))
    assert caught.value.remedy


def test_an_axiom_without_a_rule_is_refused_in_the_data_too() -> None:
    with pytest.raises(RuleError, match="owl:hasSelf"):
        close(quads(":x owl:hasSelf true .", GRAPH + "register"))


def test_shapes_and_questions_are_not_reasoned_over() -> None:
    graph = quads(":C rdfs:subClassOf :D .", GRAPH + "ontology")
    graph += quads(":a a :C .", GRAPH + "shapes") + quads(":b a :C .", GRAPH + "questions")
    assert close(graph) == []


def test_what_any_graph_asserts_is_not_inferred() -> None:
    graph = quads(":C rdfs:subClassOf :D .", GRAPH + "ontology")
    graph += quads(":a a :C .") + quads(":a a :D .", GRAPH + "shapes")
    assert close(graph) == []


def test_inferred_quads_stand_in_their_graph_in_a_fixed_order() -> None:
    graph = quads(":C rdfs:subClassOf :D . :b a :C . :a a :C .")
    inferred = close(graph)
    assert inferred == close(reversed(graph)) == sorted(inferred, key=str)
    assert {q.graph_name for q in inferred} == {ox.NamedNode(GRAPH + "inferred")}


@pytest.mark.parametrize("engine", [MemoryEngine, SqlEngine])
def test_an_engine_grows(engine: type[MemoryEngine] | type[SqlEngine]) -> None:
    growing = engine([EncodedRule((-1, 0, -3), ((-1, 0, -2), (-2, 0, -3)))])
    assert growing.extend([(2, 0, 4)]) == []
    assert growing.extend([(4, 0, 6), (2, 0, 4)]) == [(2, 0, 6)]
    assert growing.extend([(2, 0, 6)]) == []


def test_a_type_by_a_variable_class_is_joined() -> None:
    graph = triples(":C owl:sameAs :D . :a a :C .")
    assert triples(":a a :D .") <= set(Closure(graph).inferred())
    assert TYPE in {t.predicate for t in Closure(graph).inferred()}


def test_the_size_chooses_the_engine() -> None:
    assert isinstance(engine_for([], SQL_FROM - 1), MemoryEngine)
    assert isinstance(engine_for([], SQL_FROM), SqlEngine)
