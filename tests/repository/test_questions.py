"""The saved questions: their headers, their golden answers, the claims that they answer, and that
rdflib answers the same: over a slice as it comes, over the whole graph made quicker.

``make golden`` writes the golden answers anew.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from answers import ANSWERED_BY
from claims import CLAIMS, DOCUMENT
from quick_rdflib import QuickRdflib, our_cells, rdflib_cells

from eurohpc_kg import Graph, Question, load
from eurohpc_kg.questions import GROUPS, all_questions
from eurohpc_kg.repository import find_repository
from eurohpc_kg.results import answer
from eurohpc_kg.sources import INFERRED_GRAPH, ONTOLOGY_GRAPH, REGISTER_GRAPH

sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))
from rewrite import golden_path, golden_text

QUESTIONS = all_questions(find_repository())
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.slug)


@pytest.fixture(scope="session")
def graph() -> Graph:
    return load()


# Those that people asked for first; none may be lost.
WANTED = frozenset(
    re.findall(
        r"\S+",
        """
    factories-targeting-sector factory-profile factories-by-country factories-in-selection-round
    factories-serving-target-group factories-offering-service who-leads-what systems-in-the-top-ten
    systems-owned-by-the-joint-undertaking quantum-systems-operating sectors-by-number-of-factories
    joint-undertaking-profile stated-counts countries-with-factory-and-quantum-system search-by-name
    system-profile top500-history country-performance-by-edition european-share-by-edition
    efficiency-ranking planned-against-actual cost-per-petaflop budget-shares-of-factories
    vendors-by-number-of-systems accelerators-in-use factories-without-operational-system
    countries-without-factory nearest-way-in antennas-of-factory institutions-in-several-factories
    partners-of-institution shared-consortia quantum-systems-by-technology
    quantum-systems-and-their-hosts milestones-in-year timeline-of status-now sources-of
    statements-of-source conflicting-figures single-source-claims stale-facts access-modes-for
    allocations-on-system competence-centre-of-country centres-of-excellence-by-domain
    gigafactory-candidates calls-open-on participating-states-by-joining-date
    largest-systems-of-country retired-systems
    """,
    )
)


def test_every_wanted_question_is_there() -> None:
    assert {question.slug for question in QUESTIONS} >= WANTED


def test_every_group_has_questions() -> None:
    assert {question.group for question in QUESTIONS} == set(GROUPS) - {"federation"}


@pytest.mark.parametrize(
    ("slug", "values", "column", "count"),
    [
        ("factories-by-country", {}, "factory", 19),
        ("antennas-of-factory", {}, "antenna", 13),
        ("factories-in-selection-round", {}, "factory", 6),
    ],
)
def test_an_answer_names_as_many_as_there_are(
    graph: Graph, slug: str, values: dict[str, str], column: str, count: int
) -> None:
    found = {row[column] for row in graph.ask(slug, **values).to_dicts()}
    assert len(found) == count


@pytest.mark.parametrize(("one", "other"), [("Czechia", "Belgium"), ("Belgium", "Czechia")])
def test_a_pair_of_countries_is_found_from_either_side(graph: Graph, one: str, other: str) -> None:
    rows = graph.ask("shared-consortia", country=one).in_words()
    assert {row["one"] for row in rows} == {one}
    assert other in {row["other"] for row in rows}


def test_the_article_names_four_factories_that_target_healthcare(graph: Graph) -> None:
    found = graph.ask("factories-targeting-sector", sector="healthcare", document=DOCUMENT)
    assert sorted(row["factory"].rpartition("/")[2] for row in found.to_dicts()) == [
        "1healthai", "gaia-aif", "litai", "nlaif",
    ]  # fmt: skip
    assert found.sources() == [DOCUMENT]


def test_a_thing_is_in_one_state_now(graph: Graph) -> None:
    things = [row["thing"] for row in graph.ask("status-now").to_dicts()]
    assert len(things) == len(set(things))


def test_what_is_retired_does_not_operate(graph: Graph) -> None:
    retired = {row["thing"] for row in graph.ask("status-now", status="retired").to_dicts()}
    operating = {row["system"] for row in graph.ask("quantum-systems-operating").to_dicts()}
    assert retired
    assert not retired & operating


@each_question
def test_no_row_stands_twice(graph: Graph, question: Question) -> None:
    rows = graph.ask_question(question, {}).rows
    assert len(set(rows)) == len(rows)


@each_question
def test_the_columns_are_the_variables_of_the_query(graph: Graph, question: Question) -> None:
    projected = graph.ask_question(question, {}).columns
    assert tuple(question.columns) == projected, "Make 'columns' and SELECT name the same."


@each_question
def test_every_answer_has_its_sources(question: Question) -> None:
    last = [name.split("_")[-1] for name in question.columns]
    assert {"source", "sources"} & set(last), "Return the GRAPH of each row as ?source."


@each_question
def test_the_header_names_the_default_of_the_values_line(graph: Graph, question: Question) -> None:
    for parameter in question.parameters.values():
        if parameter.is_optional:
            assert parameter.default_text == "any"
        else:
            read = graph.term(parameter, parameter.default_text)
            assert [read] == list(parameter.default)


@each_question
def test_the_query_is_written_in_house_form(question: Question) -> None:
    lines = question.text.splitlines()
    prefixes = [line.split()[1] for line in lines if line.startswith("PREFIX ")]
    assert prefixes == sorted(prefixes), "Sort the prefixes."
    body = question.text[question.text.rindex("PREFIX ") :]
    for prefix in prefixes:
        assert body.count(prefix) + question.text.count(" " + prefix) > 1, f"{prefix} is not used."
    assert "ORDER BY" in question.text, "Order the rows."
    assert question.text.endswith("\n")
    assert not any(line != line.rstrip() for line in lines), "Drop the space at a line's end."


@each_question
def test_the_question_describes_itself(question: Question) -> None:
    assert question.summary.endswith("?")
    assert question.description.endswith(".")
    assert question.phrases, "Add other wordings as 'phrases': sentences are matched with them."
    assert all(question.columns.values())
    assert all(parameter.description for parameter in question.parameters.values())


@each_question
def test_the_answer_is_the_golden_one(graph: Graph, question: Question) -> None:
    path = golden_path(question)
    assert path.is_file(), "Run make golden, and read the new answer."
    assert golden_text(graph, question) == path.read_text(encoding="utf-8"), (
        "The answer has changed: run make golden, and read the diff."
    )


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.is_kept], ids=lambda q: q.slug)
def test_the_answer_that_is_kept_is_what_the_store_says(graph: Graph, question: Question) -> None:
    asked = answer(graph.store, question.text, graph.names)
    assert graph.ask_question(question, {}).rows == asked.rows


@each_question
def test_the_golden_answer_is_not_empty(question: Question) -> None:
    assert len(golden_path(question).read_text(encoding="utf-8").splitlines()) > 1


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"claim-{claim.number}")
def test_a_question_answers_the_claim(graph: Graph, claim: object) -> None:
    answers = ANSWERED_BY[claim.number]  # type: ignore[attr-defined]
    assert answers
    for expected in answers:
        rows = graph.ask(expected.question, **expected.values).to_dicts()
        for wanted in expected.rows:
            full = {**wanted, **({} if expected.aggregate else {expected.source: DOCUMENT})}
            assert any(full.items() <= {**row}.items() for row in rows), (
                f"{expected.question} {expected.values} has no row with {full}"
            )


RDFLIB_ITSELF = "ignore:Dataset:DeprecationWarning"  # rdflib's own use of itself


@pytest.fixture(scope="session")
def slices(graph: Graph) -> tuple[Graph, QuickRdflib]:
    """Return the article with what is known of the things it names, in both engines."""
    article = ox.NamedNode(DOCUMENT)
    kept = list(graph.store.quads_for_pattern(None, None, None, article))
    named = {term for quad in kept for term in (quad.subject, quad.object)}
    for quad in graph.store.quads_for_pattern(None, None, None, ONTOLOGY_GRAPH):
        is_label = "abel>" in str(quad.predicate)
        if isinstance(quad.object, ox.NamedNode) or (is_label and quad.object.language == "en"):
            kept.append(quad)
    for other in (REGISTER_GRAPH, INFERRED_GRAPH):
        kept += (
            quad
            for quad in graph.store.quads_for_pattern(None, None, None, other)
            if quad.subject in named and not quad.predicate.value.endswith("source")
        )
    small = ox.Store()
    small.extend(kept)
    smaller = Graph(graph.repository, small)
    return smaller, QuickRdflib(smaller.to_rdflib())


@each_question
@pytest.mark.filterwarnings(RDFLIB_ITSELF)
def test_rdflib_answers_the_same(slices: tuple[Graph, QuickRdflib], question: Question) -> None:
    small, quick = slices
    ours = our_cells(small.ask_question(question, {}))
    assert rdflib_cells(quick.dataset, question.text, tuple(question.columns)) == ours
    assert quick.cells(question.text, tuple(question.columns)) == ours


# One test, so that one process makes the dataset: it takes half a gigabyte.
@pytest.mark.skipif(not os.environ.get("EUROHPC_KG_LONG"), reason="long; EUROHPC_KG_LONG=1 runs it")
@pytest.mark.filterwarnings(RDFLIB_ITSELF)
def test_rdflib_answers_the_same_over_the_whole_graph(graph: Graph) -> None:
    rdflib_ = QuickRdflib(graph.to_rdflib())
    others = {}
    for question in QUESTIONS:
        ours = our_cells(graph.ask_question(question, {}))
        theirs = rdflib_.cells(question.text, tuple(question.columns))
        if theirs != ours:
            others[question.slug] = {"ours": ours - theirs, "rdflib": theirs - ours}
    assert not others
