"""Every saved question of the real graph: each row is cited, by documents that hold what it says.

The check looks at nothing that the search keeps: it asks the store itself whether each cited graph
holds a statement that the row rests on, and whether the row's documents are all needed.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from eurohpc_kg import Graph, Question, load
from eurohpc_kg.cite.answer import Answer
from eurohpc_kg.cite.citation import Citation
from eurohpc_kg.names import GRAPH, SOURCE
from eurohpc_kg.questions import all_questions
from eurohpc_kg.repository import find_repository
from eurohpc_kg.results import Cell, Results, plain

# Of longer answers so many rows are cited, taken evenly from all.
MOST_ROWS = 25
QUESTIONS = all_questions(find_repository())
INFERRED = GRAPH + "inferred"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_every_row_is_cited_by_documents_that_hold_what_it_rests_on(
    graph: Graph, question: Question
) -> None:
    answer = some_of(graph.ask_question(question, {}))
    assert len(answer.citations) == len(answer.rows)
    for row, citation in zip(answer.rows, answer.citations, strict=True):
        assert citation.is_complete, row
        assert citation.cited, f"nothing supports {row}"
        named = named_sources(answer, row)
        assert named <= {*citation.documents}, "a document that the question names is not cited"
        hold(graph.store, citation, named)


def some_of(answer: Answer) -> Answer:
    """Return an answer with rows taken evenly from it."""
    rows = answer.rows[:: max(1, len(answer) // MOST_ROWS)]
    fewer = Results(answer.columns, rows, answer.names, answer.form)
    return Answer.of(fewer, answer.query, answer.explainer)


def named_sources(answer: Answer, row: tuple[Cell, ...]) -> set[str]:
    """Return the documents that a row itself names, as its author wrote it with GRAPH."""
    words = {word for i in answer.source_columns for word in plain(row[i]).split()}
    return {word for word in words if word.startswith(SOURCE)}


def hold(store: ox.Store, citation: Citation, named: set[str]) -> None:
    """Hold a citation against the store: each cited graph says something, and none is idle."""
    cited = {*citation.documents, *citation.own}
    needed = set(named)
    for (subject, predicate, object_), graph in citation.statements:
        assert not isinstance(subject, ox.Literal)
        quads = store.quads_for_pattern(subject, predicate, object_)  # type: ignore[arg-type]
        saying = {quad.graph_name.value for quad in quads} - {INFERRED}  # type: ignore[union-attr]
        assert graph in saying, "a graph does not say what it is cited for"
        if saying & cited == {graph}:
            needed.add(graph)
    assert cited == {graph for _, graph in citation.statements}, "a cited graph says nothing"
    assert cited == needed, "a cited graph says only what the others say too"


def test_a_count_rests_on_all_that_it_counts(graph: Graph) -> None:
    count = graph.sparql(
        "SELECT (COUNT(DISTINCT ?f) AS ?n) { ?f a ehpc:AIFactory ; ehpc:hostedBy ?h }"
    )
    members = graph.sparql("SELECT DISTINCT ?f { ?f a ehpc:AIFactory ; ehpc:hostedBy ?h }")
    (whole,) = count.citations
    said = {statement.subject for statement, _ in whole.statements}
    assert {row[0] for row in members.rows} <= said
    alone = {document for citation in members.citations for document in citation.documents}
    assert 0 < len(whole.documents) <= len(alone)


def test_a_thousand_rows_are_cited(graph: Graph) -> None:
    answer = graph.sparql(
        "SELECT ?system ?rank { ?entry ehpc:of ?system ; ehpc:rank ?rank } LIMIT 1000"
    )
    graph.explainer()
    assert len(answer.citations) == 1000
