"""Saved questions: reading a file, finding one, and values that stay values."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import QUESTIONS, make_asking
from eurohpc_kg.errors import (
    EncodingError,
    InputError,
    QuerySyntaxError,
    TooLargeError,
    UnknownNameError,
)
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.questions import Question, all_questions, find_question, read_question
from eurohpc_kg.questions.parameters import RESERVED
from eurohpc_kg.repository import Repository
from eurohpc_kg.sparql import LARGEST_QUERY

TEXT = QUESTIONS["names-with-text"]
EHPC = NAMESPACE + "ontology#"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return make_asking(tmp_path_factory.mktemp("content"))


def written(folder: Path, text: str | bytes, name: str = "trial.rq") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def changed(old: str, new: str, text: str = TEXT) -> str:
    assert old in text
    return text.replace(old, new)


def test_a_header_may_say_of_which_class_a_parameter_is(tmp_path: Path) -> None:
    text = QUESTIONS["figures-since"].replace("?centre a ehpc:Centre .", "")
    kinds = "#+ kinds:\n#+   - centre: {}\n#+ columns:"
    path = written(tmp_path, text.replace("#+ columns:", kinds.format("ehpc:Centre")))
    assert read_question(path).parameters["centre"].within == EHPC + "Centre"
    for wrong in ("UNDEF", "5", "ehpc:Centre ehpc:Country"):
        path = written(tmp_path, text.replace("#+ columns:", kinds.format(wrong)))
        with pytest.raises(InputError, match="is no class"):
            read_question(path)


def test_a_question_is_what_its_file_says(repository: Repository) -> None:
    question = find_question(repository, "figures-since")
    assert question.summary == "Which figures are at least as large and new?"
    assert question.description == "Figures from a day on, from a number on."
    assert question.group == "money"
    assert list(question.columns) == ["figure", "value", "date", "source"]
    assert {name: one.kind for name, one in question.parameters.items()} == {
        "day": "date",
        "least": "number",
        "centre": "thing",
    }
    centre = question.parameters["centre"]
    assert centre.is_optional
    assert centre.is_named
    assert centre.within == EHPC + "Centre"
    assert centre.default_text == "any"


def test_the_scheme_of_the_default_says_which_concepts_fit(repository: Repository) -> None:
    sector = find_question(repository, "centres-of-sector").parameters["sector"]
    assert (sector.kind, sector.within) == ("concept", NAMESPACE + "vocabulary/sector")
    assert not sector.is_optional


def test_questions_stand_by_group_then_by_name(repository: Repository) -> None:
    assert [question.slug for question in all_questions(repository)] == [
        "centres-of-sector",
        "hosts-of-machines",
        "figures-since",
        "names-with-text",
    ]


def test_an_unknown_question_gets_the_nearest(repository: Repository) -> None:
    with pytest.raises(UnknownNameError, match="no question 'centre-of-sectors'") as error:
        find_question(repository, "centre-of-sectors")
    assert error.value.candidates[0] == "centres-of-sector"
    assert error.value.remedy.startswith("Did you mean centres-of-sector")


@pytest.mark.parametrize("name", ["xyzzy", "../questions/figures-since", "", "Figures-Since\n"])
def test_a_name_like_none_gets_the_way_to_the_list(repository: Repository, name: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        find_question(repository, name)
    assert error.value.remedy


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("#+ summary: Which names contain a text?\n", "", "lacks summary"),
        ("#+   - quality", "#+   - other", "no tag names a group"),
        ("#+   - text: the text\n#+ columns", "#+   - other: x\n#+ columns", "not in all three"),
        ('VALUES ?text { "LUMI" }', "BIND('LUMI' AS ?text)", "not in all three"),
        ('VALUES ?text { "LUMI" }', "VALUES ?text { nonsense }", "not a term"),
        (
            'VALUES ?text { "LUMI" }\n',
            'VALUES ?text { "LUMI" }\n  VALUES ?text { "other" }\n',
            "two defaults",
        ),
        ("#+ summary: Which", "#+ summery: Which", "unknown key 'summery'"),
        ("#+ tags:\n", "#+ tags:\n#+ tags:\n", "'tags' stands twice"),
        ("#+ tags:\n", "#+ kept: maybe\n#+ tags:\n", "'kept' is not 'true'"),
        ("#+ parameters:\n", "#+ today: day\n#+ parameters:\n", "'today' names no parameter"),
        ("#+ parameters:\n", "#+ today: text\n#+ parameters:\n", "'text' is no date"),
        ("#+ summary: Which names", "#+ summary: Which: names", "not a plain text"),
        ("SELECT ?text", "INSERT DATA {} ; SELECT ?text", "only reading"),
    ],
)
def test_a_file_that_is_off_says_where(tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = written(tmp_path, changed(old, new))
    with pytest.raises(InputError, match=problem) as error:
        read_question(path)
    assert str(path) in error.value.place
    assert error.value.remedy


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_parameter_is_not_named_as_an_option_of_ask(tmp_path: Path, name: str) -> None:
    text = TEXT.replace("- text:", f"- {name}:").replace("?text", f"?{name}")
    with pytest.raises(InputError, match=f"option '{name}' of its own"):
        read_question(written(tmp_path, text))


def test_a_file_that_is_not_utf_8_says_which_byte(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT.encode().replace(b"LUMI", b"\xff"))
    with pytest.raises(EncodingError, match="is not UTF-8") as error:
        read_question(path)
    assert error.value.place == str(path)


def test_a_file_that_is_too_long_is_not_read_further(tmp_path: Path) -> None:
    path = written(tmp_path, TEXT + "#" * LARGEST_QUERY)
    with pytest.raises(TooLargeError):
        read_question(path)


# --- values ---------------------------------------------------------------------------------------

values = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    st.sampled_from("\\\"'{}()<>@^uU0022\n\r }.#?$ab")
)


def asked(question: Question, value: str) -> list[ox.QuerySolution]:
    found = ox.Store().query(question.bind({"text": ox.Literal(value)}))
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


@pytest.fixture(scope="module")
def question(repository: Repository) -> Question:
    return find_question(repository, "names-with-text")


@given(value=values)
def test_a_value_comes_back_as_the_same_term(question: Question, value: str) -> None:
    rows = asked(question, value)
    assert len(rows) == 1
    assert rows[0]["text"] == ox.Literal(value)


@given(value=values)
def test_a_value_adds_nothing_to_the_query(question: Question, value: str) -> None:
    before, after = question.text.rsplit('"LUMI"', 1)
    bound = question.bind({"text": ox.Literal(value)})
    assert bound.startswith(before)
    assert bound.endswith(after)
    assert "\n" not in bound[len(before) : len(bound) - len(after)]


@pytest.mark.parametrize(
    "attack",
    [
        '" } ?s ?p ?o . VALUES ?x { "',
        '" } } ; DROP ALL #',
        "\\u0022 } ?s ?p ?o . { \\u0022",
        '\\" } UNION { SERVICE <http://example.org/> { ?s ?p ?o } } #',
        "}\nVALUES ?text { 'b'",
        r"\\U00000022 } #",
    ],
)
def test_no_text_closes_the_values_block(question: Question, attack: str) -> None:
    assert [row["text"] for row in asked(question, attack)] == [ox.Literal(attack)]


def test_several_values_stand_beside_each_other(question: Question) -> None:
    text = question.bind({"text": [ox.Literal("a"), ox.NamedNode("urn:b")]})
    assert 'VALUES ?text { "a" <urn:b> }' in text


def test_a_parameter_that_is_not_there_says_which_are(question: Question) -> None:
    with pytest.raises(UnknownNameError, match="no parameter 'sector'") as error:
        question.bind({"sector": ox.Literal("x")})
    assert error.value.remedy == "It has text."
    assert error.value.place == "names-with-text"


def test_a_blank_node_is_no_value(question: Question) -> None:
    with pytest.raises(InputError, match="blank node"):
        question.bind({"text": ox.BlankNode()})


def test_what_is_not_given_keeps_its_default(repository: Repository) -> None:
    text = find_question(repository, "figures-since").bind({"least": ox.Literal(5)})
    assert 'VALUES ?day { "2026-03"^^xsd:gYearMonth }' in text
    assert "VALUES ?centre { UNDEF }" in text
    assert "VALUES ?least { 10 }" not in text


def test_a_default_that_is_no_term_says_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, changed('{ "LUMI" }', '{ "LUMI }'))
    with pytest.raises(QuerySyntaxError) as error:
        read_question(path)
    line = path.read_text().splitlines().index('  VALUES ?text { "LUMI }') + 1
    assert error.value.place == f"{path}:{line}"
