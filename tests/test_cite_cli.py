"""Citations on the command line: footnotes for any query, a column, bibliographies, facts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eurohpc_kg.cli import main

Run = Callable[..., str]
HOSTS = "SELECT DISTINCT ?host { id:lumi ehpc:hostedBy ?host }"
CODES = "SELECT ?code { id:finland ehpc:isoAlpha2Code ?code }"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what asks a query with options, and gives what was written."""

    def ask(query: str, *options: str) -> str:
        path = tmp_path / "query.rq"
        path.write_text(query, encoding="utf-8")
        assert main(["ask", str(path), *options]) == 0
        return capsys.readouterr().out

    return ask


def test_any_query_gets_footnotes(run: Run) -> None:
    lines = run(HOSTS, "--sources").splitlines()
    assert lines[0].split() == ["host", "source"]
    assert lines[2].endswith("[1]")
    assert lines[4].startswith("[1] ")
    assert "primary. https://" in lines[4]


def test_without_sources_there_are_none(run: Run) -> None:
    assert run(HOSTS).splitlines()[0].split() == ["host"]


def test_markdown_and_html_have_footnotes_too(run: Run) -> None:
    assert "[^1]: " in run(HOSTS, "--sources", "-f", "md")
    page = run(HOSTS, "--sources", "-f", "html")
    assert '<li id="source-1">' in page
    assert '<td><a href="#source-1">[1]</a>' in page


def test_json_and_csv_have_a_column(run: Run) -> None:
    found = json.loads(run(HOSTS, "--sources", "-f", "json"))
    assert [row["sources"] for row in found["rows"]] == [[1]]
    assert found["sources"][0]["standing"] == "primary"
    header, row = run(HOSTS, "--sources", "-f", "csv").splitlines()
    assert header == "host,sources"
    assert row.endswith(found["sources"][0]["iri"])


def test_what_the_register_says_is_cited_with_where_it_has_it(run: Run) -> None:
    text = run(CODES, "--sources")
    assert "[1] eurohpc-kg: Register of things" in text
    assert "quotes " in text


def test_the_bibliography_is_written_in_place_of_the_answer(run: Run, tmp_path: Path) -> None:
    assert run(HOSTS, "--cite", "bibtex").startswith("@misc{")
    file = tmp_path / "answer.json"
    assert run(HOSTS, "--cite", "csl-json", "-o", str(file)) == ""
    (item,) = json.loads(file.read_text(encoding="utf-8"))
    assert item["author"][0].keys() == {"literal"}


def test_row_sources_adds_what_else_a_row_says(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["ask", "factories-targeting-sector", "--sector", "healthcare", "-f", "json"]
    assert main([*words, "--sources"]) == 0
    named = json.loads(capsys.readouterr().out)["sources"]
    assert main([*words, "--row-sources"]) == 0
    whole = json.loads(capsys.readouterr().out)["sources"]
    assert {one["iri"] for one in named} <= {one["iri"] for one in whole}


def test_each_fact_of_a_thing_is_citable(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "Finland", "--cite", "-f", "json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts
    assert all(fact["cite"].endswith(fact["address"]) for fact in facts)
    assert all(fact["claims"] for fact in facts)


def test_a_form_that_facts_do_not_have_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "Finland", "--cite", "-f", "ttl"]) == 2
    assert "Use text, md or json." in capsys.readouterr().err
