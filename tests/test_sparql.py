"""SPARQL as text: what only reads, and terms that stay terms."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.errors import InputError, QuerySyntaxError, TooLargeError
from eurohpc_kg.sparql import (
    LARGEST_QUERY,
    counts_solutions,
    names_dataset,
    query_form,
    require_read_only,
    syntax_error,
    term_text,
)

XSD = "http://www.w3.org/2001/XMLSchema#"
# All but surrogates, which no UTF-8 text has.
texts = st.text(st.characters(exclude_categories=["Cs"]))
hard = st.text(st.sampled_from("\\\"'{}()<>@^uU0022\n\r\t }.#?$ab\u2028\x00\x85é😀"))
languages = st.sampled_from(["en", "cs", "zh-hant", "sr-latn"])
datatypes = st.sampled_from(["date", "gYear", "integer", "string", "decimal"])


def read_back(text: str) -> ox.Literal:
    """Return what an engine reads for a term, as the only term of a VALUES block."""
    found = list(ox.Store().query(f"SELECT ?v ?w {{ VALUES ?v {{ {text} }} }}"))
    assert len(found) == 1
    assert found[0][1] is None
    return found[0][0]


def as_kept(literal: ox.Literal) -> ox.Literal:
    """Return a literal as the engine keeps it: of a number the value, so that 00 is 0."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), literal))
    (quad,) = store
    return quad.object


@given(texts | hard)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert read_back(term_text(ox.Literal(text))) == ox.Literal(text)


@given(texts | hard, languages)
def test_a_text_with_a_language_is_read_back_as_it_was(text: str, language: str) -> None:
    literal = ox.Literal(text, language=language)
    assert read_back(term_text(literal)) == literal


@given(hard, datatypes)
def test_a_typed_text_is_read_back_as_it_was(text: str, datatype: str) -> None:
    literal = ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))
    assert read_back(term_text(literal)) == as_kept(literal)


@given(texts | hard)
def test_a_text_is_still_one_where_code_points_are_replaced_before_parsing(text: str) -> None:
    written = term_text(ox.Literal(text))
    replaced = written.encode("ascii", "backslashreplace").decode()
    for i in range(len(replaced) - 5):
        assert replaced[i : i + 6].lower() != "\\u0022"
    require_read_only(f"SELECT * {{ VALUES ?v {{ {written} }} }}")


def test_an_address_stands_between_angle_brackets() -> None:
    assert term_text(ox.NamedNode("urn:a")) == "<urn:a>"


def test_a_blank_node_is_no_value() -> None:
    with pytest.raises(InputError, match="blank node"):
        term_text(ox.BlankNode("a"))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'DELETE' }",
        "SELECT * { ?delete ?insert ?load }",
        "# DROP ALL\nASK { ?s ?p ?o }",
        "PREFIX drop: <urn:drop#> SELECT * { drop:all drop:clear ?x }",
        "DESCRIBE <urn:insert>",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT (INSERT AS ?x) {}",
    ],
)
def test_a_query_that_reads_is_let_through(text: str) -> None:
    require_read_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "delete where { ?s ?p ?o }",
        "PREFIX a: <urn:a> DROP ALL",
        "# a comment\nClear All",
        "LOAD <file:///etc/passwd>",
        "BASE <urn:x> MOVE <urn:a> TO <urn:b>",
        "\\u0049NSERT DATA { <urn:a> <urn:b> <urn:c> }",
    ],
)
def test_an_update_is_refused(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="only reading is allowed") as error:
        require_read_only(text, "my.rq")
    assert error.value.place == "my.rq"
    assert error.value.remedy.startswith("Start the query with SELECT")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?x SERVICE ?x { ?s ?p ?o } }",
    ],
)
def test_another_machine_is_not_asked(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="SERVICE is not allowed"):
        require_read_only(text, services=["http://else.org/"])


def test_a_machine_that_is_allowed_is_asked() -> None:
    text = "SELECT * { SERVICE SILENT <http://example.org/> { ?s ?p ?o } }"
    require_read_only(text, services=["http://example.org/"])


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_query_is_refused(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="empty"):
        require_read_only(text)


def test_a_query_may_be_long_but_not_endless() -> None:
    with pytest.raises(TooLargeError, match="1,000,001 characters"):
        require_read_only("A" * (LARGEST_QUERY + 1))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("select ?s {}", "SELECT"),
        ("# ASK\nDESCRIBE <urn:a>", "DESCRIBE"),
        ("PREFIX ask: <urn:select> CONSTRUCT {} {}", "CONSTRUCT"),
        ("BASE <urn:x>", ""),
    ],
)
def test_the_form_of_a_query_is_its_first_such_word(text: str, form: str) -> None:
    assert query_form(text) == form


LINES = [
    *("", "# ASK", " #SELECT", "PREFIX a: <urn:a>", "PREFIX ask-b: <urn:b> ASK", "SELECT ?s"),
    *("PREFIX a: <urn:'ASK'>", 'PREFIX a: <urn:"ASK>', "PREFIX a ASK <b>", "ASK{}", "?ASK", "ask"),
    *("DESCRIBE<urn:a>", "ask :a", "'''", "BASE <urn:x>", "PREFIX : <urn:ASK>", "<", "ASK:", "ASK"),
]


@given(st.lists(st.sampled_from(LINES)))
def test_lines_that_need_no_cutting_are_read_as_if_cut(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert query_form(text) == query_form(text + "\r")  # with this in it, all of it is cut


def test_a_query_that_names_its_own_graphs_is_known() -> None:
    assert names_dataset("SELECT * from named <urn:g> {}")
    assert not names_dataset("SELECT * { ?from <urn:from> 'FROM' } # FROM <urn:g>")


def test_a_syntax_error_says_line_and_column() -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query("SELECT *\nWHERE { ?s ?p }")
    error = syntax_error(caught.value, "my.rq")
    assert error.place.startswith("my.rq:2:")
    assert error.problem.startswith("not SPARQL: ")
    assert error.remedy


def test_of_what_could_stand_there_the_first_is_said() -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query("SELECT * WHERE { ?s ?p\n")  # half of the grammar could
    problem = syntax_error(caught.value).problem
    assert problem.startswith("not SPARQL: expected one of ")
    assert problem.endswith(", …")
    assert len(problem) < 200
    assert len(problem.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "is_counting"),
    [
        ("SELECT ?s { ?s ?p ?o }", True),
        ("select ?s { ?s ?p ?o } # DISTINCT", True),
        ("SELECT DISTINCT ?s { ?s ?p '{ COUNT' } LIMIT 4", False),
        ("SELECT REDUCED ?s { ?s ?p ?country }", False),
        ("SELECT DISTINCT ?s { { SELECT ?s { ?s a ?c } } }", False),
        ("SELECT DISTINCT ?s { { SELECT ?s { ?s a ?c } LIMIT 9 } }", True),
        ("SELECT DISTINCT ?s { { select ?s { ?s a ?c } offset 9 } }", True),
        ("SELECT DISTINCT ?n { { SELECT (COUNT(?x) AS ?n) { ?s ?p ?x } } }", True),
        ("SELECT ?s { { SELECT DISTINCT ?s { ?s ?p ?o } } }", True),
        ("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { { SELECT * { ?s a ?c } } } GROUP BY ?c", False),
        ("SELECT ?c (SUM(?s) AS ?n) { ?s a ?c } GROUP BY ?c", True),
        ("ASK { { SELECT ?s { ?s ?p ?o } } }", False),
        ("ASK { { SELECT ?s { ?s ?p ?o } LIMIT 1 } }", True),
        ("CONSTRUCT WHERE { ?s ?p ?o }", False),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3", True),
        ("SELECT ?s FROM <urn:g> { ?s ?p ?o }", False),
    ],
)
def test_a_query_counts_where_it_matters_how_often_a_solution_is_found(
    text: str, is_counting: bool
) -> None:
    assert counts_solutions(text) == is_counting
