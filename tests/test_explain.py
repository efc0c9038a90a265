"""Explanations: the shortest proof of a statement, every other one, or what is missing."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.errors import RuleError
from eurohpc_kg.explain import all_proofs, explain
from eurohpc_kg.explain.view_parts import read
from eurohpc_kg.reason.views import View, read_views
from eurohpc_kg.repository import find_repository
from explaining import BEST, IN_COUNTRY, NEWS, PAPER, REGISTER, Small, outline, said, shown, small

PLACES = """
:in a owl:TransitiveProperty ; owl:inverseOf :holds .
:centre :in :city . :city :in :land . :land a :Country .
"""


def test_what_someone_wrote_is_its_own_proof_with_every_graph_that_says_it(tmp_path: Path) -> None:
    graph = small(tmp_path, PLACES, news=":centre :in :city .")
    proof = graph.prove(":centre :in :city")
    assert (proof.kind, proof.steps, proof.parts) == ("asserted", 0, ())
    assert proof.graphs == (REGISTER, ox.NamedNode(NEWS))


def test_a_proof_names_its_rule_with_the_premises_and_the_axioms(tmp_path: Path) -> None:
    proof = small(tmp_path, PLACES).prove(":centre :in :land")
    assert proof.name == "prp-trp"
    assert [shown(part.statement) for part in proof.premises] == [
        ":centre :in :city",
        ":city :in :land",
    ]
    assert [shown(part.statement) for part in proof.axioms] == [":in a owl:TransitiveProperty"]


def test_a_proof_goes_down_to_what_is_asserted(tmp_path: Path) -> None:
    proof = small(tmp_path, PLACES).prove(":land :holds :centre")
    assert outline(proof) == (
        "(:land :holds :centre <prp-inv1- "
        "(:centre :in :land <prp-trp- :centre :in :city, :city :in :land))"
    )
    assert {graph for leaf in proof.leaves() for graph in leaf.graphs} == {REGISTER}


def test_the_shortest_of_several_proofs_is_taken(tmp_path: Path) -> None:
    graph = small(
        tmp_path,
        """
        :p1 rdfs:subPropertyOf :p2 . :p2 rdfs:subPropertyOf :p3 . :short rdfs:subPropertyOf :p3 .
        :a :p1 :b ; :short :b .
        """,
    )
    assert outline(graph.prove(":a :p3 :b")) == "(:a :p3 :b <prp-spo1- :a :short :b)"


def test_a_long_chain_is_proved_without_a_circle(tmp_path: Path) -> None:
    links = " ".join(f":n{i} :next :n{i + 1} ." for i in range(9))
    graph = small(
        tmp_path,
        f":next a owl:TransitiveProperty , owl:SymmetricProperty ; owl:inverseOf :back . {links}",
    )
    proof = graph.prove(":n9 :back :n0")
    assert proof.steps == 9
    assert {shown(leaf.statement) for leaf in proof.leaves()} >= {":n0 :next :n1", ":n8 :next :n9"}


def test_a_proof_may_pass_through_what_the_graph_leaves_out(tmp_path: Path) -> None:
    graph = small(
        tmp_path,
        """
        :C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :v ] .
        :a a :C .
        """,
    )
    proof = graph.prove(":a :p :v")
    assert proof.name == "cls-hv1"
    assert [part.name for part in proof.walk() if part.kind == "rule"] == ["cls-hv1", "cax-sco"]


def test_an_axiom_that_follows_is_proved_too(tmp_path: Path) -> None:
    graph = small(tmp_path, ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :x a :A .")
    proof = graph.prove(":A rdfs:subClassOf :C")
    assert outline(proof).startswith("(:A rdfs:subClassOf :C <scm-")
    assert graph.prove(":x a :C").steps == 2


def test_of_equally_short_proofs_the_more_telling_rule_is_taken(tmp_path: Path) -> None:
    graph = small(
        tmp_path,
        ":p rdfs:domain :D . :C rdfs:subClassOf :D . :a a :C ; :p :b .",
    )
    assert graph.prove(":a a :D").name == "cax-sco"


def test_a_view_is_a_step_with_its_premises(tmp_path: Path) -> None:
    graph = small(tmp_path, PLACES, {"in-country": IN_COUNTRY})
    proof = graph.prove(":centre :inCountry :land")
    assert (proof.kind, proof.name) == ("view", "in-country")
    assert outline(proof) == (
        "(:centre :inCountry :land <in-country- "
        "(:centre :in :land <prp-trp- :centre :in :city, :city :in :land), :land a :Country)"
    )


RECORDS = """
:r1 :of :x ; :value 5 . :r2 :of :x ; :value 7 . :r3 :of :x ; :estimate 9 .
:r4 :of :x ; :value 8 ; :withdrawn "wrong" .
"""


def test_a_view_that_takes_the_best_gives_the_premises_of_the_one_taken(tmp_path: Path) -> None:
    graph = small(tmp_path, RECORDS, {"best": BEST})
    proof = graph.prove(":x :best 9")
    assert [shown(part.statement) for part in proof.premises] == [
        ":r3 :estimate 9",
        ":r3 :of :x",
    ]
    assert proof.weighed == 3, "the withdrawn one was not looked at"


def test_a_view_s_premise_stands_in_the_graph_that_the_view_asks_for(tmp_path: Path) -> None:
    stated = f"<{PAPER}> :standing :primary ."
    graph = small(
        tmp_path, RECORDS, {"best": BEST}, news=":r2 :value 7 .", paper=f":r2 :value 7 . {stated}"
    )
    proof = graph.prove(":x :best 7")
    assert [leaf.graphs for leaf in proof.premises] == [
        (ox.NamedNode(PAPER),),
        (REGISTER,),
        (ox.NamedNode(PAPER),),
    ]
    assert shown(proof.premises[2].statement).endswith(":standing :primary")


def test_all_members_of_a_count_are_premises(tmp_path: Path) -> None:
    view = """PREFIX ex: <https://example.org/>
    CONSTRUCT { ?land ex:places ?count }
    WHERE { { SELECT ?land (COUNT(?x) AS ?count) WHERE { ?x ex:in ?land } GROUP BY ?land } }
    """
    graph = small(tmp_path, ":a :in :l . :b :in :l . :c :in :m .", {"places": view})
    proof = graph.prove(":l :places 2")
    assert [shown(part.statement) for part in proof.premises] == [":a :in :l", ":b :in :l"]


def test_a_choice_among_the_first_few_is_not_disturbed(tmp_path: Path) -> None:
    view = """PREFIX ex: <https://example.org/>
    CONSTRUCT { ?x ex:isFirst true }
    WHERE { { SELECT ?x WHERE { ?x ex:rank ?rank } ORDER BY ?rank LIMIT 1 } }
    """
    graph = small(tmp_path, ":b :rank 2 . :a :rank 1 .", {"first": view})
    true = ox.Literal(True)
    first, second = said(":a :isFirst 1")._replace(object=true), said(":b :isFirst 1")
    proof = graph.explainer.prove(first)
    assert proof is not None
    assert [shown(part.statement).split()[0] for part in proof.premises] == [":a"]
    assert graph.explainer.prove(second._replace(object=true)) is None


def test_a_view_and_a_rule_take_turns(tmp_path: Path) -> None:
    graph = small(
        tmp_path, PLACES + ":inCountry owl:inverseOf :countryOf .", {"in-country": IN_COUNTRY}
    )
    proof = graph.prove(":land :countryOf :centre")
    assert [part.name for part in proof.walk() if part.name] == [
        "prp-inv1",
        "in-country",
        "prp-trp",
    ]


def test_all_proofs_rest_on_different_evidence_and_never_on_the_statement(tmp_path: Path) -> None:
    graph = small(
        tmp_path,
        PLACES + ":centre :near :land ; :in :land . :near rdfs:subPropertyOf :in .",
    )
    proofs = graph.explainer.alternatives(said(":centre :in :land"))
    assert [outline(proof) for proof in proofs] == [
        ":centre :in :land",
        "(:centre :in :land <prp-spo1- :centre :near :land)",
        "(:centre :in :land <prp-trp- :centre :in :city, :city :in :land)",
    ]
    assert all(graph.faults(proof) == [] for proof in proofs)


def test_the_functions_answer_for_one_statement(tmp_path: Path) -> None:
    graph = small(tmp_path, PLACES)
    statement = said(":centre :in :land")
    assert explain(graph.store, *statement).follows
    assert len(all_proofs(graph.store, *statement)) == 1


@pytest.fixture
def places(tmp_path: Path) -> Small:
    return small(tmp_path, PLACES + ":other a :Country .", {"in-country": IN_COUNTRY})


def test_what_is_missing_is_the_one_premise_that_does_not_hold(places: Small) -> None:
    explanation = places.explainer.explain(said(":centre :inCountry :other"))
    assert not explanation.follows
    (missing,) = explanation.missing
    assert (missing.kind, missing.name) == ("view", "in-country")
    assert str(missing.needed) == str(said(":centre :in :other"))
    assert [shown(statement) for statement in missing.held] == [":other a :Country"]
    assert [shown(statement) for statement in explanation.instead] == [":centre :inCountry :land"]


def test_other_ways_are_counted(places: Small) -> None:
    missing = places.explainer.explain(said(":centre :in :other")).missing[0]
    assert missing.name == "prp-trp"
    assert shown(said(":city :in :other")) in {":city :in :other", str(missing.needed)}
    assert missing.others == 1


def test_a_premise_with_a_variable_is_named_where_there_is_nothing_better(tmp_path: Path) -> None:
    graph = small(tmp_path, ":p rdfs:domain :D . :C rdfs:subClassOf :D . :a :q :b .")
    needed = [m.needed for m in graph.explainer.explain(said(":a a :D")).missing]
    assert [str(pattern) for pattern in needed][-1].endswith("?any1")
    assert str(needed[0]) == str(said(":a a :C"))


def test_a_view_that_chose_otherwise_says_so(tmp_path: Path) -> None:
    graph = small(tmp_path, RECORDS, {"best": BEST})
    explanation = graph.explainer.explain(said(":x :best 5"))
    assert [(m.name, m.needed) for m in explanation.missing] == [("best", None)]
    assert [s.object for s in explanation.instead] == [ox.Literal(9)]


def test_what_is_missing_is_found_in_an_arm_of_a_union(tmp_path: Path) -> None:
    view = """PREFIX ex: <https://example.org/>
    CONSTRUCT { ?thing ex:inCountry ?country }
    WHERE {
      { ?thing ex:in ?country } UNION { ?verdict ex:moves ?thing ; ex:to ?country ; ex:is ex:valid }
      ?country a ex:Country .
    }
    """
    graph = small(tmp_path, ":a :in :l . :l a :Country . :m a :Country .", {"in-country": view})
    (missing,) = graph.explainer.explain(said(":a :inCountry :m")).missing
    assert (missing.name, str(missing.needed)) == ("in-country", str(said(":a :in :m")))
    assert [shown(statement) for statement in missing.held] == [":m a :Country"]


def test_a_record_of_another_kind_is_not_what_is_missing(tmp_path: Path) -> None:
    view = """PREFIX ex: <https://example.org/>
    CONSTRUCT { ?thing ?short ?number }
    WHERE {
      ?record ex:of ?thing ; ex:quantity ?quantity ; ex:value ?value .
      ?short ex:shortFor ?quantity .
      BIND(?value * 2 AS ?number)
    }
    """
    data = """:cores :shortFor :many . :first :of :x ; :quantity :much ; :value 1 .
    :second :of :x ; :quantity :many ; :value 2 . :y a :System ."""
    graph = small(tmp_path, data, {"shortcut": view})
    (wrong,) = graph.explainer.explain(said(":x :cores 5")).missing
    assert wrong.needed is None
    (lacking,) = graph.explainer.explain(said(":y :cores 5")).missing
    assert lacking.needed is not None
    assert isinstance(lacking.needed.subject, ox.Variable)
    assert lacking.needed.object == said(":y a :System").subject


def test_an_idle_statement_is_said_to_be_left_out(places: Small) -> None:
    assert places.explainer.explain(said(":land a owl:Thing")).left_out == "top-or-bottom"


def test_nothing_comes_near_a_property_that_nothing_concludes(places: Small) -> None:
    explanation = places.explainer.explain(said(":land :unheardOf :city"))
    assert explanation.missing == explanation.instead == ()


@pytest.mark.parametrize("view", read_views(find_repository()), ids=lambda v: v.name)
def test_every_view_of_the_repository_can_be_read(view: View) -> None:
    assert read(view).template


@pytest.mark.parametrize(
    ("query", "place", "what"),
    [
        ("CONSTRUCT { ?s :p ?o }\nWHERE { ?s :q/:r ?o }", "v.rq:2", "a path or"),
        ("CONSTRUCT { ?s :p ?o }\nWHERE {\n?s :q [] }", "v.rq:3", "a node without a name"),
        ("CONSTRUCT { ?s :p ?o } WHERE { SERVICE :x { } }", "v.rq:1", "SERVICE"),
        ("SELECT * WHERE { ?s :q ?o }", "v.rq:1", "something other than CONSTRUCT"),
        ("CONSTRUCT { ?s x:p ?o } WHERE { ?s :q ?o }", "v.rq:1", "the unknown prefix 'x'"),
        ("CONSTRUCT { GRAPH ?g { ?s :p ?o } } WHERE { }", "v.rq:1", "'GRAPH' in a pattern"),
        ("CONSTRUCT { ?s :p ?o } WHERE { BIND(1 AS ?o", "v.rq:1", "without an end"),
        (
            "CONSTRUCT { ?s :p ?o } WHERE {\n{ SELECT * { ?s :q ?o } } }",
            "v.rq:2",
            "shows all it has",
        ),
        ("CONSTRUCT { ?s :p ?o } WHERE { ?s :q* ?o }", "v.rq:1", "a path"),
    ],
)
def test_a_view_that_can_t_be_followed_is_refused_with_its_line(
    query: str, place: str, what: str
) -> None:
    view = View("v", "queries/views/v.rq", f"PREFIX : <https://example.org/> {query}", frozenset())
    with pytest.raises(RuleError) as error:
        read(view)
    assert what in error.value.problem
    assert error.value.place == f"queries/views/{place}"
