"""Answers: every form in which rows leave, and what each does with hard terms."""

from __future__ import annotations

import csv
import io
import json

import polars
import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eurohpc_kg.errors import MissingDependencyError, QuerySyntaxError
from eurohpc_kg.labels import Names
from eurohpc_kg.names import NAMESPACE, read_prefixes, short_source
from eurohpc_kg.repository import find_repository
from eurohpc_kg.results import Cell, Results, answer
from eurohpc_kg.results.tables import html_table, markdown_table, text_table

XSD = "http://www.w3.org/2001/XMLSchema#"
ID, SOURCE = NAMESPACE + "id/", NAMESPACE + "source/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
A, B = SOURCE + "paper/2026-03-02-news", SOURCE + "centre/undated-about"
HARD = 'quote " comma , line\nfeed \r tab \t pipe | <b> é 😀 \x1b[2J'

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('"\n\r\t,|<\\'))


def store() -> ox.Store:
    made = ox.Store()
    lumi, rank = ox.NamedNode(ID + "lumi"), ox.NamedNode("urn:rank")
    for graph, value in ((A, "9"), (B, "9"), (A, "12")):
        literal = ox.Literal(value, datatype=ox.NamedNode(XSD + "integer"))
        made.add(ox.Quad(lumi, rank, literal, ox.NamedNode(graph)))
    name = ox.Literal("LUMI", language="en")
    made.add(ox.Quad(lumi, ox.NamedNode(LABEL), name, ox.NamedNode(A)))
    return made


STORE = store()
NAMES = Names(STORE, read_prefixes(find_repository()))
QUERY = """SELECT ?thing ?rank ?source { GRAPH ?source { ?thing <urn:rank> ?rank } }
ORDER BY ?rank ?source"""


def of(*rows: tuple[Cell, ...], columns: tuple[str, ...] = ("a", "b")) -> Results:
    return Results(columns, rows, NAMES)


@pytest.fixture
def results() -> Results:
    return answer(STORE, QUERY, NAMES, title="Which ranks?")


def test_an_answer_has_columns_rows_and_sources(results: Results) -> None:
    assert results.columns == ("thing", "rank", "source")
    assert len(results) == 3
    assert results.sources() == [B, A]
    assert results.to_dicts()[0] == {"thing": ID + "lumi", "rank": 9, "source": B}


def test_rows_that_differ_in_nothing_but_their_source_are_one_for_people(results: Results) -> None:
    assert [(row[1].value, sources) for row, sources in results.merged()] == [
        ("9", [B, A]),
        ("12", [A]),
    ]
    table = results.to_table()
    assert table.splitlines()[0].split() == ["thing", "rank", "source"]
    assert table.splitlines()[2].split("  ")[0] == "LUMI"
    assert "centre, paper 2026-03-02" in table


def test_an_answer_in_words_has_names_and_a_row_for_what_several_documents_say(
    results: Results,
) -> None:
    words = results.in_words()
    assert words.columns == ("thing", "rank", "sources")
    assert words.to_csv().splitlines()[1:] == [f"LUMI,9,{B} {A}", f"LUMI,12,{A}"]
    assert [row["rank"] for row in words] == [9, 12]


def test_an_answer_of_yes_or_no_is_true_or_false_and_any_other_whether_there_is_one() -> None:
    asked = [answer(STORE, text, NAMES) for text in ("ASK { ?s ?p 9 }", "ASK { ?s ?p 10 }")]
    assert list(map(bool, asked)) == [True, False]
    assert (bool(of()), bool(of((None, None)))) == (False, True)


def test_an_answer_prints_as_its_table_and_shows_its_size(results: Results) -> None:
    assert str(results) == results.to_table()
    assert repr(results) == "Results(3 rows: thing, rank, source)"


def test_an_address_that_has_no_name_stands_there_as_one_can_copy_it() -> None:
    page = ox.NamedNode("https://example.org/apply")
    assert of((page, None)).to_table().splitlines()[2] == "https://example.org/apply"


def test_numbers_of_sources_stand_in_place_of_their_short_names(results: Results) -> None:
    assert "[1][2]" in results.to_table(numbers={A: 1, B: 2})
    assert "[^1]" in results.to_markdown(numbers={A: 1, B: 2})


@given(st.lists(st.tuples(texts, texts), max_size=4))
def test_csv_is_read_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    written = of(*((ox.Literal(a), ox.Literal(b)) for a, b in rows)).to_csv()
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read == [["a", "b"], *(list(row) for row in rows)]


@given(st.lists(st.tuples(texts, texts), max_size=4))
def test_tsv_is_read_back_by_an_engine(rows: list[tuple[str, str]]) -> None:
    cells = [(ox.Literal(a), ox.Literal(b, language="en")) for a, b in rows]
    written = of(*cells).to_tsv()
    read = ox.parse_query_results(written, format=ox.QueryResultsFormat.TSV)
    assert isinstance(read, ox.QuerySolutions)
    assert [(row["a"], row["b"]) for row in read] == cells


@given(st.lists(st.tuples(texts, texts), max_size=4))
def test_json_results_are_read_back_by_an_engine(rows: list[tuple[str, str]]) -> None:
    cells = [(ox.NamedNode("urn:a"), ox.Literal(a)) for a, _ in rows]
    read = ox.parse_query_results(of(*cells).to_srj(), format=ox.QueryResultsFormat.JSON)
    assert isinstance(read, ox.QuerySolutions)
    assert [(row["a"], row["b"]) for row in read] == cells


def test_what_is_not_bound_is_empty_everywhere() -> None:
    empty = of((None, ox.Literal("x")))
    assert empty.to_csv() == "a,b\n,x\n"
    assert empty.to_tsv() == '?a\t?b\n\t"x"\n'
    assert json.loads(empty.to_srj())["results"]["bindings"] == [
        {"b": {"type": "literal", "value": "x"}}
    ]
    assert empty.to_dicts() == [{"a": None, "b": "x"}]


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("12", "integer", 12),
        ("12.50", "decimal", 12.5),
        ("1.0E6", "double", 1e6),
        ("true", "boolean", True),
        ("0", "boolean", False),
        ("2026-03", "gYearMonth", "2026-03"),
        ("twelve", "integer", "twelve"),
    ],
)
def test_numbers_and_truth_are_python_s_dates_stay_texts(
    text: str, datatype: str, value: object
) -> None:
    literal = ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))
    assert of((literal, None)).to_dicts()[0]["a"] == value


def test_an_answer_becomes_a_table_of_pandas_and_of_polars(results: Results) -> None:
    frame = results.to_pandas()
    assert list(frame.columns) == ["thing", "rank", "source"]
    assert frame["rank"].sum() == 30
    assert results.to_polars()["rank"].sum() == 30


def test_an_empty_answer_keeps_its_columns() -> None:
    assert list(of().to_pandas().columns) == ["a", "b"]
    whole = ox.Literal("9", datatype=ox.NamedNode(XSD + "integer"))
    assert str(of((whole, None), (None, None)).to_pandas()["a"].dtype) == "Int64"
    assert of().to_polars().columns == ["a", "b"]
    assert of().to_csv() == "a,b\n"
    assert "<th>a</th>" in of().to_html()


def test_a_column_of_numbers_and_words_is_a_table_of_polars_too() -> None:
    number = ox.Literal("1", datatype=ox.NamedNode(XSD + "integer"))
    frame = of((number, None), (ox.Literal("one"), None)).to_polars()
    assert isinstance(frame, polars.DataFrame)
    assert frame.shape == (2, 2)


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_package_that_is_missing_is_named(
    results: Results, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(MissingDependencyError, match=f"{package} is not installed") as error:
        getattr(results, f"to_{package}")()
    assert error.value.remedy == f"Install it: pip install 'eurohpc-kg[{package}]'"


def test_a_notebook_shows_a_table_that_is_safe() -> None:
    shown = of((ox.Literal("<script>"), ox.Literal("https://example.org/")))._repr_html_()
    assert "<script>" not in shown
    assert '<a href="https://example.org/">' in shown


def test_ask_construct_and_describe_have_rows_too() -> None:
    yes = answer(STORE, "ASK { ?s ?p ?o }", NAMES)
    assert (yes.form, yes.columns, yes.to_dicts()) == ("ASK", ("answer",), [{"answer": True}])
    assert json.loads(yes.to_srj()) == {"head": {}, "boolean": True}
    made = answer(STORE, "CONSTRUCT WHERE { ?s <urn:rank> ?o }", NAMES)
    assert made.columns == ("subject", "predicate", "object")
    assert {str(triple.object.value) for triple in made.triples()} == {"9", "12"}
    assert answer(STORE, "DESCRIBE id:lumi", NAMES).rows


def test_rows_become_triples_in_the_result_set_vocabulary(results: Results) -> None:
    triples = results.triples()
    variables = [t.object.value for t in triples if t.predicate.value.endswith("#resultVariable")]
    assert variables == ["thing", "rank", "source"]
    assert sum(t.predicate.value.endswith("#solution") for t in triples) == 3


def test_a_query_that_is_no_query_says_where() -> None:
    with pytest.raises(QuerySyntaxError) as error:
        answer(STORE, "SELECT ?s\nWHERE { ?s ?p }", NAMES, "my.rq")
    assert error.value.place.startswith("my.rq:2:")


def test_an_update_never_reaches_the_store() -> None:
    with pytest.raises(QuerySyntaxError, match="only reading"):
        answer(STORE, "INSERT DATA { <urn:a> <urn:b> <urn:c> }", NAMES)
    assert len(STORE) == 4


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (A, "paper 2026-03-02"),
        (B, "centre"),
        (NAMESPACE + "graph/register", "register"),
        (SOURCE + "paper/2025-06-76-letters", "paper 2025-06"),
        (SOURCE + "paper/2025-13-01-letters", "paper 2025"),
        (SOURCE + "paper/2025-10-12", "paper 2025-10"),  # the title is 12
        (SOURCE + "paper/2025-letters", "paper 2025"),
        (SOURCE + "paper/2025", "paper"),
    ],
)
def test_a_source_is_short_by_publisher_and_date(iri: str, short: str) -> None:
    assert short_source(iri) == short


def test_a_list_of_sources_is_in_order_whatever_the_engine_does() -> None:
    query = f'SELECT ("{B} {A}" AS ?sources) {{}}'
    found = answer(STORE, query, NAMES)
    assert found.sources() == sorted([A, B])


# --- tables -----------------------------------------------------------------------------------


def test_no_cell_moves_the_cursor_of_a_terminal() -> None:
    assert "\x1b" not in text_table(["a"], [[HARD]])
    assert "\r" not in text_table(["a"], [[HARD]])


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5), st.integers(20, 60))
def test_no_text_is_left_out_of_a_narrow_table(cells: list[str], width: int) -> None:
    text = text_table(["name", "note"], [[cell, "x"] for cell in cells], width)
    letters = "".join(character for character in "".join(cells) if character.isalnum())
    for letter in set(letters):
        assert text.count(letter) >= letters.count(letter)


def test_a_table_too_wide_for_its_words_is_a_block_a_row() -> None:
    header = ["thing", "quantity", "value", "scope"]
    row = ["id:supercomputer", "contribution of partners", "15000000", ""]
    assert text_table(header, [row, row], 60).splitlines()[0].split() == header
    lines = ["thing     id:supercomputer", "quantity  contribution of"]
    lines += ["          partners", "value     15000000"]
    block = "\n".join(lines) + "\n"
    assert text_table(header, [row, row], 30, right=[2]) == f"{block}\n{block}"
    assert text_table(header, [], 10).splitlines()[0].split() == header


@given(st.lists(st.from_regex(r"[a-z]{1,18}", fullmatch=True), min_size=1, max_size=6))
def test_a_table_breaks_no_word_that_is_not_long(words: list[str]) -> None:
    text = text_table(["a", "b"], [[" ".join(words), words[0]]], 40)
    assert sorted(text.split()[4:]) == sorted([*words, words[0]])


def test_without_names_of_columns_the_cells_of_a_row_stand_one_after_another() -> None:
    rows = [["*", "12.91 PFlop/s", "secondary", "github 2026-10-10"], ["", "15.7 PFlop/s", "", ""]]
    assert text_table([], rows, 30) == (
        "*  12.91 PFlop/s\n    secondary\n    github 2026-10-10\n   15.7 PFlop/s\n"
    )


@given(
    st.lists(st.from_regex(r"[a-z]{0,18}", fullmatch=True), min_size=1, max_size=6),
    st.integers(30, 60),
)
@example(["", "", "", "aaaaa", "aaaaaaaaaaaaaaaaaa"], 30)
def test_a_table_without_header_breaks_no_word_and_is_not_too_wide(
    words: list[str], width: int
) -> None:
    rows = [[" ".join(words), *words], [*words, words[0]]]
    text = text_table([], rows, width)
    assert sorted(text.split()) == sorted(" ".join(map(" ".join, rows)).split())
    assert all(len(line) <= width for line in text.splitlines())


def test_a_table_for_markdown_has_one_line_a_row() -> None:
    text = markdown_table(["a"], [[HARD]])
    assert len(text.splitlines()) == 3
    assert "\\|" in text


def test_a_table_for_the_web_escapes_what_it_shows() -> None:
    text = html_table(["<i>"], [[HARD], ["javascript:alert(1)"]], caption="a & b")
    assert "<b>" not in text
    assert "<i>" not in text
    assert "href" not in text
    assert "a &amp; b" in text
