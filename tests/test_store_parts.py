"""A part of a question may be answered beforehand, where nothing around it has a say in it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg import Graph, load
from eurohpc_kg.questions import Question, all_questions, read_question
from eurohpc_kg.repository import find_repository
from eurohpc_kg.store import parts as module
from eurohpc_kg.store.answers import kept_answer
from eurohpc_kg.store.parts import parts, sub_queries

VALUES = {
    "stale-facts": ({"day": "2026-01-01"}, {"day": "2019"}, {"day": "2030-06", "thing": "LUMI"}),
    "documents": ({"publisher": "European Commission"}, {"publisher": "VTV"}),
    "conflicting-figures": ({"thing": "LUMI"},),
    "planned-against-actual": ({"thing": "LUMI"}, {"thing": "JUPITER"}),
}
CASES = [(slug, values) for slug, several in VALUES.items() for values in several]
KEPT = [question.slug for question in all_questions(find_repository()) if question.is_kept]
NAMED = """\
#+ summary: What is called so?
#+ description: Names.
#+ tags:
#+   - network
#+ kept: true
#+ defaults:
#+   - name: "A"
#+ parameters:
#+   - name: the name
#+ columns:
#+   - thing: the thing
#+   - name: its name

PREFIX u: <urn:>

SELECT ?thing ?name
WHERE {
  VALUES ?name { "A" }
  { SELECT ?thing ?name { ?thing u:label ?name } }
}
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load()


@pytest.mark.parametrize(("slug", "values"), CASES, ids=[str(case) for case in CASES])
def test_with_parts_kept_the_answer_is_that_of_the_whole_question(
    graph: Graph, slug: str, values: dict[str, str]
) -> None:
    without = Graph(graph.repository, graph.store)
    assert graph.ask(slug, **values).rows == without.ask(slug, **values).rows


def test_every_kept_question_is_asked_with_values_here() -> None:
    assert sorted(KEPT) == sorted(VALUES)


def test_a_part_is_kept_unless_every_parameter_reaches_it(graph: Graph) -> None:
    assert graph._folder is not None
    questions = {question.slug: question for question in graph.questions()}
    found = {slug: list(parts(graph.store, questions[slug])) for slug in KEPT}
    assert [slug for slug in KEPT if found[slug]] == ["documents", "stale-facts"]
    for part, values in found["stale-facts"]:
        assert part in questions["stale-facts"].text
        assert values.startswith(
            "VALUES (?thing ?aspect ?value ?as_of ?limit_months ?page ?source)"
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SELECT * { ?a ?b ?c }", []),
        ("SELECT * { { SELECT * { ?a ?b 1 } } }", ["SELECT * { ?a ?b 1 } "]),
        (
            "SELECT * { { { SELECT * {} } UNION { SELECT ?a {} } } }",
            ["SELECT * {} ", "SELECT ?a {} "],
        ),
        ("SELECT * { OPTIONAL { select * {} LIMIT 1 } }", ["select * {} LIMIT 1 "]),
        ("SELECT * { { SELECT * { { SELECT ?a {} } } } }", ["SELECT * { { SELECT ?a {} } } "]),
        ("SELECT * { GRAPH ?g { { SELECT * {} } } }", []),
        ("SELECT * { GRAPH <urn:g> { SELECT * {} } }", []),
        ("SELECT * { FILTER NOT EXISTS { SELECT * {} } }", []),
        ("SELECT * { SERVICE SILENT <urn:s> { { SELECT * {} } } }", []),
        ("SELECT * { ?a ?b '{ SELECT * {} }' # { SELECT\n }", []),
        ("SELECT * { GRAPH ?g { ?a ?b ?c } { SELECT * {} } }", ["SELECT * {} "]),
    ],
)
def test_a_sub_query_is_found_where_its_answer_depends_on_nothing_else(
    text: str, found: list[str]
) -> None:
    assert [text[start:end] for start, end in sub_queries(text)] == found


def _named(
    tmp_path: Path, *names: ox.Literal | ox.NamedNode | ox.BlankNode
) -> tuple[Question, ox.Store]:
    path = tmp_path / "named.rq"
    path.write_text(NAMED, encoding="utf-8")
    store = ox.Store()
    for name in names:
        store.add(
            ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:label"), name, ox.NamedNode("urn:g"))
        )
    return read_question(path), store


def test_an_answer_is_written_so_that_each_term_stays_what_it_is(tmp_path: Path) -> None:
    terms = (ox.NamedNode("urn:b"), ox.Literal('"\\u0041\n', language="en"), ox.Literal(True))
    question, store = _named(tmp_path, *terms)
    ((part, values),) = parts(store, question)
    solutions = store.query(f"SELECT * {{ {values} }}")
    assert isinstance(solutions, ox.QuerySolutions)
    assert {solution["name"] for solution in solutions} == set(terms)
    assert part == "SELECT ?thing ?name { ?thing u:label ?name }"


def test_what_can_not_be_written_or_is_too_much_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not list(parts(*reversed(_named(tmp_path, ox.BlankNode("b")))))
    question, store = _named(tmp_path, ox.Literal("A"), ox.Literal("B"))
    assert list(parts(store, question))
    monkeypatch.setattr(module, "MOST_ROWS", 1)
    assert not list(parts(store, question))


@pytest.mark.parametrize("text", [None, "", "\0", "SELECT\0", "a\0b\0c\0", "VALUES ?thing\0{\0"])
def test_without_the_parts_or_where_they_are_damaged_the_store_is_asked(
    tmp_path: Path, text: str | None
) -> None:
    question, store = _named(tmp_path, ox.Literal("A"), ox.Literal("B"))
    (tmp_path / "answers").mkdir()
    if text is not None:
        (tmp_path / "answers" / "named.parts").write_text(text, encoding="utf-8")
    bound = question.bind({"name": ox.Literal("B")})
    assert kept_answer(tmp_path, question, bound, store) is None
