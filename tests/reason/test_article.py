"""The real graph: on the article our closure is owlrl's; the whole is consistent, in OWL 2 RL.

The slice is all that the article's file says, the axioms of the ontology, and what the register and
the vocabularies say about each thing that these name, without the annotations that no rule reads.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from graphs import shown
from owlrl_reference import owlrl_closure

from eurohpc_kg.names import EHPC, VOCABULARY
from eurohpc_kg.reason import Reasoning, outside_profile, reason
from eurohpc_kg.reason.axioms import Axioms, is_axiom
from eurohpc_kg.reason.closure import Closure
from eurohpc_kg.reason.compile import data_rules
from eurohpc_kg.reason.vocabulary import TYPE
from eurohpc_kg.repository import find_repository
from eurohpc_kg.sources import ONTOLOGY_GRAPH, content_files, read_content

REPOSITORY = find_repository(Path(__file__))
ARTICLE = "source/vtv/2025-10-12"


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    files = content_files(REPOSITORY)
    return [quad for file in files for quad in read_content(REPOSITORY, file)]


@pytest.fixture(scope="module")
def reasoning(quads: list[ox.Quad]) -> Reasoning:
    return reason(quads, REPOSITORY)


def slice_of(quads: list[ox.Quad]) -> set[ox.Triple]:
    article = {plain(q) for q in quads if ARTICLE in q.graph_name.value}
    others = {plain(q) for q in quads if "/source/" not in q.graph_name.value}
    axioms = {triple for triple in others if is_axiom(triple)}
    read = {p for rule in data_rules(Axioms(axioms)) for pattern in rule.body for p in pattern[1:2]}
    about = defaultdict(set)
    for triple in others:
        if triple.predicate == TYPE or triple.predicate in read:
            about[triple.subject].add(triple)
    found, seen = article | axioms, set()
    todo = [term for triple in article for term in triple]
    while todo:
        term = todo.pop()
        if term not in seen and not term.value.startswith(EHPC):
            seen.add(term)
            found |= about[term]
            todo += [object_ for triple in about[term] for object_ in (triple.object,)]
    return found


def plain(quad: ox.Quad) -> ox.Triple:
    return ox.Triple(quad.subject, quad.predicate, quad.object)


def test_the_articles_closure_is_owlrls_triple_for_triple(quads: list[ox.Quad]) -> None:
    graph = slice_of(quads)
    assert {t for t in graph if t.subject.value.startswith(VOCABULARY)}, "no sector in the slice"
    ours, reference = set(Closure(graph).inferred()), owlrl_closure(graph)
    assert (shown(ours - reference), shown(reference - ours)) == ([], [])
    assert len(ours) > 500


def test_the_graph_does_not_contradict_itself(reasoning: Reasoning) -> None:
    assert [clash.message for clash in reasoning.inconsistencies] == []


def test_the_ontology_is_inside_owl_2_rl(quads: list[ox.Quad]) -> None:
    ontology = [quad for quad in quads if quad.graph_name == ONTOLOGY_GRAPH]
    assert [finding.message for finding in outside_profile(ontology)] == []


def test_healthcare_is_targeted_through_the_narrower_sectors(reasoning: Reasoning) -> None:
    healthcare = ox.NamedNode(VOCABULARY + "sector/healthcare")
    inferred = {
        quad.subject.value.rpartition("/")[2]
        for quad in reasoning.inferred
        if quad.predicate.value == EHPC + "targetsSector" and quad.object == healthcare
    }
    assert {"litai", "1healthai"} <= inferred


def test_nothing_inferred_is_asserted(quads: list[ox.Quad], reasoning: Reasoning) -> None:
    assert not {plain(quad) for quad in reasoning.inferred} & {plain(quad) for quad in quads}
