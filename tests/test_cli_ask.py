"""``eurohpc-kg ask``: what it prints and where, and one clear message for what is off."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asking import built_asking, make_asking
from eurohpc_kg.cli import main, parser_for
from eurohpc_kg.cli.ask import parse, quick
from eurohpc_kg.questions.parameters import RESERVED
from eurohpc_kg.repository import Repository
from eurohpc_kg.store import building
from imports import imported_by
from small_repository import examiner

HEAD = "centre,name,source"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make the content and its store once; the tests only read them."""
    with built_asking(tmp_path_factory.mktemp("world"), "examiner_of_ask") as folder:
        yield folder


class Asked:
    """Hold how a call ended, and what it wrote."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Ask = Callable[..., Asked]
Query = Callable[[str | bytes], str]


@pytest.fixture
def ask(world: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    assert world

    def call(*words: str) -> Asked:
        code = main(["ask", *words])
        written = capsys.readouterr()
        assert "Traceback" not in written.err
        return Asked(code, written.out, written.err)

    return call


def test_without_words_the_questions_are_listed_by_group(ask: Ask) -> None:
    found = ask()
    lines = found.out.splitlines()
    assert found.code == 0
    assert lines[0] == "AI Factories, antennas and gigafactories (factories)"
    assert lines[1].split(maxsplit=1) == ["centres-of-sector", "Which centres target a sector?"]


def test_a_question_takes_its_parameters_as_options(ask: Ask) -> None:
    found = ask("centres-of-sector", "--sector", "Zdravotnictví", "--format", "csv")
    assert found.code == 0
    assert found.out.splitlines()[0] == HEAD
    assert "North Centre" in found.out
    assert found.err == ""


def test_a_default_that_was_taken_is_said(ask: Ask) -> None:
    found = ask("centres-of-sector", "--format", "csv")
    assert found.err == "eurohpc-kg: sector is sector:health; --sector changes it\n"


def test_the_help_of_a_question_has_its_options_and_columns(ask: Ask) -> None:
    found = ask("centres-of-sector", "--help")
    assert found.code == 0
    assert "--sector VALUE" in found.out
    assert "the sector; 100% of it (default: sector:health)" in " ".join(found.out.split())
    assert "centre  the centre" in found.out


def test_an_answer_of_no_rows_is_said_to_be_one(ask: Ask) -> None:
    found = ask("figures-since", "--day", "2030", "--least", "1", "--format", "csv")
    assert (found.code, found.out) == (0, "figure,value,date,source\n")
    assert found.err == "eurohpc-kg: nothing in the graph answers this\n"


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "srj", "md", "html", "ttl", "nt"])
def test_every_form_has_the_row(ask: Ask, form: str) -> None:
    found = ask("centres-of-sector", "--sector", "health", "-f", form)
    assert found.code == 0
    assert "North Centre" in found.out


def test_footnotes_name_the_documents(ask: Ask) -> None:
    found = ask("centres-of-sector", "--sector", "health", "--sources")
    assert "[1]" in found.out
    assert "Example-1 is inaugurated" in found.out


def test_the_ending_of_a_file_is_the_form(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    found = ask("centres-of-sector", "--sector", "health", "-o", str(path))
    assert (found.code, found.out) == (0, "")
    assert json.loads(path.read_text(encoding="utf-8"))["rows"][0]["name"] == "North Centre"
    assert list(tmp_path.iterdir()) == [path]


def test_an_ending_that_means_no_form_is_refused_and_nothing_written(
    ask: Ask, tmp_path: Path
) -> None:
    found = ask("centres-of-sector", "--sector", "health", "-o", str(tmp_path / "a.pdf"))
    assert found.code == 2
    assert "the ending .pdf names no form" in found.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "a.csv"
    found = ask("centres-of-sector", "--sector", "health", "-o", str(path))
    assert found.code == 3
    assert "No such file or directory" in found.err
    assert f"{path}: " in found.err
    assert ".part" not in found.err


# --- sentences --------------------------------------------------------------------------------


def test_a_sentence_says_what_it_was_taken_for(ask: Ask) -> None:
    found = ask("Which centres target healthcare?", "--format", "csv")
    assert found.code == 0
    assert found.err == "eurohpc-kg: took: centres-of-sector --sector 'healthcare'\n"
    assert "North Centre" in found.out


def test_json_has_the_question_that_a_sentence_was_taken_for_and_its_values(ask: Ask) -> None:
    found = json.loads(ask("Which centres target healthcare?", "-f", "json").out)
    assert (found["question"], found["name"]) == (
        *("Which centres target a sector?", "centres-of-sector"),
    )
    (value,) = found["values"]["sector"]
    assert (value["curie"], value["name"]) == ("sector:healthcare", "healthcare")


def test_json_has_the_defaults_and_of_a_query_no_question(ask: Ask) -> None:
    (value,) = json.loads(ask("centres-of-sector", "-f", "json").out)["values"]["sector"]
    assert value["curie"] == "sector:health"
    assert not {"name", "values"} & set(json.loads(ask("ASK { ?s ?p ?o }", "-f", "json").out))


def test_a_sentence_that_means_nothing_here_gets_the_nearest_questions(ask: Ask) -> None:
    found = ask("How do I bake bread?")
    assert (found.code, found.out) == (2, "")
    assert "it is not clear which question is meant" in found.err
    assert "List the questions with: eurohpc-kg ask" in found.err


# --- queries ----------------------------------------------------------------------------------


@pytest.fixture
def query(tmp_path: Path) -> Query:
    def write(text: str | bytes) -> str:
        path = tmp_path / "my.rq"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def test_a_file_is_asked_with_the_prefixes_of_the_project(ask: Ask, query: Query) -> None:
    path = query("SELECT ?s { ?s ehpc:hostedBy id:south }")
    found = ask(path, "-f", "csv")
    assert found.out == "s\nhttps://w3id.org/eurohpc-kg/id/north\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?s { ?s ehpc:hostedBy id:south }", "s\nhttps://w3id.org/eurohpc-kg/id/north\n"),
        ("ASK { id:north ehpc:hostedBy id:south }", "answer\ntrue\n"),
        ("describe id:north", "subject,predicate,object\n"),
    ],
)
def test_a_query_may_be_written_on_the_line(ask: Ask, text: str, said: str) -> None:
    found = ask(text, "-f", "csv")
    assert (found.code, found.out.replace("\r", "")[: len(said)]) == (0, said)


def test_stdin_is_asked_too(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"ASK { id:lumi ?p ?o }"))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert ask("-", "-f", "csv").out == "answer\ntrue\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT *\nWHERE { ?s ?p }", "my.rq:2:"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT changes data"),
        ("\ufeffDROP ALL", "DROP changes data"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("", "the query is empty"),
        (b"SELECT \xff", "byte 7 is not UTF-8"),
    ],
)
def test_a_query_that_is_off_says_what_and_where(
    ask: Ask, query: Query, text: str | bytes, said: str
) -> None:
    found = ask(query(text))
    assert (found.code, found.out) == (3, "")
    assert said in found.err
    assert "my.rq" in found.err
    assert len(found.err.splitlines()) >= 2  # the problem, and the remedy


def test_a_literal_of_200_megabytes_is_refused_before_it_is_read(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "large.rq"
    with path.open("wb") as file:
        file.write(b'SELECT * { ?s ?p "')
        file.seek(200_000_000)
        file.write(b'" }')
    found = ask(str(path))
    assert found.code == 3
    assert "the query is too long" in found.err


def test_a_file_that_is_not_there_is_named(ask: Ask) -> None:
    found = ask("nowhere.rq")
    assert found.code == 2
    assert "nowhere.rq: there is no such file or folder" in found.err


# --- words that are off -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["centre-of-sectors"], "Did you mean centres-of-sector"),
        (["centres-of-sector", "extra"], "'extra' is too much after the name of a question"),
        (["centres-of-sector", "--sector", "heath"], "Did you mean health"),
        (["figures-since", "--day", "soon"], "day: 'soon' is not a date"),
        (["figures-since", "--least", "many"], "least: 'many' is not a number"),
        (["figures-since", "--centre", "NC"], "'NC' is the name of 2 things"),
        (["figures-since", "--centre", "id:lumi"], "id:lumi is no centre"),
        (["centres-of-sector", "--sektor", "x"], "unrecognized arguments: --sektor"),
        (["centres-of-sector", "--sektor", "x"], "Did you mean --sector"),
        (["centres-of-sector", "--format", "pdf"], "invalid choice: 'pdf'"),
        (["centres-of-sector", "--sector"], "expected one argument"),
    ],
)
def test_words_that_are_off_are_a_fault_of_the_call(ask: Ask, words: list[str], said: str) -> None:
    found = ask(*words)
    assert (found.code, found.out) == (2, "")
    assert said in found.err


@pytest.mark.parametrize("text", ['" } DROP ALL #', "\\u0022 } ?s ?p ?o . {", "a\nb", "{}"])
def test_no_text_becomes_a_part_of_a_query(ask: Ask, text: str) -> None:
    found = ask("names-with-text", "--text", text, "-f", "json")
    assert found.code == 0
    assert json.loads(found.out)["rows"] == [{"text": text.strip(), "thing": None}]


# --- stores that are off ----------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(tmp_path / "content"))
    monkeypatch.setattr(building, "EXAMINER", examiner())
    yield make_asking(tmp_path / "content")
    sys.modules.pop("examiner")


def run(capsys: pytest.CaptureFixture[str]) -> Asked:
    code = main(["ask", "hosts-of-machines", "-f", "csv"])
    written = capsys.readouterr()
    assert "Traceback" not in written.err
    return Asked(code, written.out, written.err)


@pytest.mark.usefixtures("own")
def test_a_damaged_store_says_how_to_make_it_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys).code == 0
    (folder,) = (path for path in (tmp_path / "cache" / "stores").iterdir() if path.is_dir())
    for path in folder.glob("*"):
        if path.name.startswith(("MANIFEST", "CURRENT")):
            path.write_bytes(b"nonsense")
    found = run(capsys)
    assert found.code == 3
    assert "the store is damaged" in found.err
    assert "eurohpc-kg build --force" in found.err
    assert main(["build", "--force"]) == 0
    capsys.readouterr()
    assert run(capsys).code == 0


@pytest.mark.usefixtures("own")
def test_a_cache_that_is_a_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cache").write_text("not a folder", encoding="utf-8")
    found = run(capsys)
    assert (found.code, found.out) == (3, "")
    assert str(tmp_path / "cache") in found.err
    assert "EUROHPC_KG_CACHE" in found.err


@pytest.mark.usefixtures("own")
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_may_not_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cache").mkdir(mode=0o500)
    found = run(capsys)
    assert found.code == 3
    assert "EUROHPC_KG_CACHE" in found.err


@pytest.mark.usefixtures("own")
def test_a_root_that_is_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(tmp_path))
    found = run(capsys)
    assert found.code == 3
    assert f"EUROHPC_KG_ROOT={tmp_path}" in found.err


QUESTION_WORDS = st.sampled_from(
    ["centres-of-sector", "figures-since", "hosts-of-machines", "ask", "Who?", "--sources", "-", ""]
)
WORDS = st.sampled_from(
    [
        *("--sector", "--sector=health", "--day", "--centre", "--sources", "--format", "-f"),
        *("--output", "--as-of", "--help", "--", "-1", "csv", "xml", "health", "2025", "a b", ""),
    ]
)


@given(QUESTION_WORDS, st.lists(WORDS, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("world")
def test_plain_words_mean_what_argparse_takes_them_for(first: str, more: list[str]) -> None:
    """What is read without argparse, because importing it takes long, it would read the same."""
    words = [first, *more]
    taken = quick(words)
    if taken is not None:
        assert taken == vars(parse(parser_for("ask"), words))


@pytest.mark.usefixtures("world")
def test_the_words_of_most_calls_are_read_without_argparse() -> None:
    words = ["centres-of-sector", "--sector", "health", "--sources", "--format", "csv"]
    taken = quick(words)
    assert taken is not None
    assert taken["value_of_sector"] == ["health"]
    assert quick(["centres-of-sector"]) is not None
    assert quick(["Which", "centres?", "--format", "csv"]) is not None
    assert quick(["--format", "csv", "Which centres?"]) is None
    assert quick(["centres-of-sector", "--sector", "--format"]) is None


@pytest.mark.parametrize("form", ["csv", "table"])
@pytest.mark.usefixtures("world")
def test_a_process_that_answers_imports_nothing_dear(form: str) -> None:
    """Each of these takes as long as a part of the answer: see docs/architecture.md."""
    dear = {"argparse", "collections", "contextlib", "dataclasses", "enum", "functools"}
    dear |= {"inspect", "json", "pathlib", "re", "typing", "unicodedata", "urllib"}
    words = ["ask", "centres-of-sector", "--sector", "healthcare", "--format", form]
    code = f"from eurohpc_kg.cli import main; assert main({words}) == 0"
    modules, said = imported_by(code, after="pass")
    assert "North Centre" in said
    assert not dear & modules


@pytest.mark.usefixtures("world")
def test_a_process_that_understands_a_sentence_reads_no_question_but_those_beside_the_store() -> (
    None
):
    dear = {"argparse", "contextlib", "dataclasses", "inspect", "json", "pathlib", "typing"}
    words = ["ask", "Which centres target healthcare?"]
    code = f"from eurohpc_kg.cli import main; assert main({words}) == 0"
    modules, said = imported_by(code, after="pass")
    assert "North Centre" in said
    assert not dear & modules


def test_no_parameter_of_a_question_can_hide_an_option() -> None:
    actions = parser_for("ask")._actions
    options = {a.dest for a in actions if a.option_strings}
    assert options == RESERVED
