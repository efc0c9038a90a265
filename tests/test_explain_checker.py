"""The judge of proofs: it takes right ones only, and every inferred triple has a right one.

``EUROHPC_KG_ALL_PROOFS=1`` proves all inferred triples of the graph; otherwise a sample, the same
each time for the same graph, with some of each property.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg import load
from eurohpc_kg.explain import Explainer, Proof, Statement
from eurohpc_kg.explain.checker import faults
from eurohpc_kg.explain.wording import MEANINGS
from eurohpc_kg.reason.rulebook import DATA, EQUALITY, SCHEMA, templates
from eurohpc_kg.sources import INFERRED_GRAPH
from explaining import BEST, CONCLUSIONS, IN_COUNTRY, REGISTER, Small, said, small, statements

ALL = os.environ.get("EUROHPC_KG_ALL_PROOFS") == "1"
OF_EACH_PROPERTY = 12
PARTS = 8

PLACES = """
:in a owl:TransitiveProperty ; owl:inverseOf :holds .
:centre :in :city . :city :in :land . :land a :Country .
"""


def test_every_rule_has_a_line_that_says_what_it_means() -> None:
    book = {t.rule.name for table in (DATA, EQUALITY, SCHEMA) for t in templates(table)}
    of_lists = {"prp-spo2", "prp-key", "cls-int1", "cls-int2", "cls-uni", "cls-oo"}
    assert set(MEANINGS) == book | of_lists | {"scm-int", "scm-uni", "dt-type2"}


@pytest.mark.parametrize(("rule", "premises", "conclusion"), CONCLUSIONS)
def test_what_each_rule_concludes_has_a_proof_by_that_rule(
    rule: str, premises: str, conclusion: str, tmp_path: Path
) -> None:
    graph = small(tmp_path, premises)
    names: set[str] = set()
    for statement in statements(conclusion):
        proofs = graph.explainer.alternatives(statement)
        assert proofs, f"{statement} does not follow"
        assert [graph.faults(proof) for proof in proofs] == [[]] * len(proofs)
        names |= {step.name for step in graph.explainer.steps(statement)}
    assert rule in names


@pytest.mark.parametrize("case", CONCLUSIONS, ids=lambda c: c[0])
def test_a_step_without_one_of_its_premises_is_refused(
    case: tuple[str, str, str], tmp_path: Path
) -> None:
    graph = small(tmp_path, case[1])
    (statement, *_) = statements(case[2])
    proof = graph.explainer.prove(statement)
    assert proof is not None
    for at in range(len(proof.premises)):
        fewer = proof.premises[:at] + proof.premises[at + 1 :]
        assert graph.faults(replace(proof, premises=fewer)), f"accepted without premise {at}"
    for at in range(len(proof.axioms)):
        less = proof.axioms[:at] + proof.axioms[at + 1 :]
        assert graph.faults(replace(proof, axioms=less)), f"accepted without axiom {at}"


@pytest.fixture
def places(tmp_path: Path) -> Small:
    return small(tmp_path, PLACES, {"in-country": IN_COUNTRY})


def test_a_step_by_another_rule_is_refused(places: Small) -> None:
    proof = places.prove(":centre :in :land")
    for name in sorted(set(MEANINGS) - {"prp-trp"}):
        assert places.faults(replace(proof, name=name)), f"{name} is accepted"


def test_another_conclusion_is_refused(places: Small) -> None:
    proof = places.prove(":centre :in :land")
    (fault,) = places.faults(replace(proof, statement=said(":land :in :centre")))
    assert fault.endswith("does not follow by prp-trp from its premises")


def test_a_step_with_a_premise_that_it_does_not_need_is_refused(places: Small) -> None:
    proof = places.prove(":centre :in :land")
    extra = places.prove(":land a :Country")
    assert places.faults(replace(proof, premises=(*proof.premises, extra)))


def test_a_leaf_that_no_graph_asserts_is_refused(places: Small) -> None:
    leaf = places.prove(":centre :in :city")
    assert "is not asserted in" in places.faults(replace(leaf, statement=said(":a :in :b")))[0]
    assert places.faults(replace(leaf, graphs=()))
    assert places.faults(Proof(said(":centre :in :land"), graphs=(INFERRED_GRAPH,)))


def test_a_leaf_with_premises_is_refused(places: Small) -> None:
    leaf = places.prove(":centre :in :city")
    assert places.faults(replace(leaf, premises=(leaf,)))


def test_a_proof_that_runs_in_a_circle_is_refused(places: Small) -> None:
    down = places.prove(":land :holds :centre")
    up = replace(
        down,
        statement=said(":centre :in :land"),
        name="prp-inv2",
        premises=(down,),
    )
    assert places.faults(up) == [
        "<https://example.org/centre> <https://example.org/in> "
        "<https://example.org/land> is proved by itself"
    ]


def test_a_fault_deep_in_a_proof_is_found(places: Small) -> None:
    proof = places.prove(":land :holds :centre")
    inner = replace(proof.premises[0], name="prp-symp")
    (fault,) = places.faults(replace(proof, premises=(inner,)))
    assert "prp-symp" in fault


def test_a_view_s_step_is_refused_without_a_premise_or_with_the_wrong_view(places: Small) -> None:
    proof = places.prove(":centre :inCountry :land")
    for at in range(2):
        fewer = proof.premises[:at] + proof.premises[at + 1 :]
        assert places.faults(replace(proof, premises=fewer))
    assert places.faults(replace(proof, name="no-such-view"))
    assert places.faults(replace(proof, statement=said(":centre :inCountry :city")))


def test_a_view_s_premise_counts_only_in_its_graph(tmp_path: Path) -> None:
    graph = small(tmp_path, ":r :of :x ; :value 5 .", {"best": BEST})
    proof = graph.prove(":x :best 5")
    (value, of) = proof.premises
    assert value.graphs == (REGISTER,)
    assert graph.faults(replace(proof, premises=(replace(value, graphs=()), of)))


@pytest.fixture(scope="session")
def explainer() -> Explainer:
    graph = load()
    return Explainer(graph.store, graph.repository, graph.names)


@pytest.fixture(scope="session")
def inferred(explainer: Explainer) -> list[Statement]:
    """Return all inferred statements, or some of each property."""
    groups: dict[ox.NamedNode, list[Statement]] = defaultdict(list)
    for quad in explainer.names.store.quads_for_pattern(None, None, None, INFERRED_GRAPH):
        groups[quad.predicate].append(Statement(*quad.triple))
    chooser = random.Random(20261125)
    found: list[Statement] = []
    for predicate in sorted(groups, key=str):
        group = groups[predicate]
        if not ALL:
            group = chooser.sample(sorted(group, key=str), min(OF_EACH_PROPERTY, len(group)))
        found += group
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_every_inferred_triple_has_a_proof_that_the_checker_accepts(
    explainer: Explainer, inferred: list[Statement], part: int
) -> None:
    store = explainer.names.store
    views = {name: view.text for name, view in explainer.views.items()}

    def holds(statement: Statement, graph: ox.NamedNode) -> bool:
        return ox.Quad(*statement, graph) in store  # type: ignore[arg-type]

    wrong = []
    for statement in inferred[part::PARTS]:
        proof = explainer.prove(statement)
        if proof is None:
            wrong.append(f"{statement}: no proof")
        else:
            wrong += faults(proof, holds, views)
    assert inferred
    assert not wrong, "\n".join(wrong[:20])
