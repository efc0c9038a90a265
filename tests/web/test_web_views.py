"""Answers on pages: as a table, a plot, a map, or as they were sent; names in one's language."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from eurohpc_kg.web.build import Build
from eurohpc_kg.web.publish import Publisher

READER = {"accept": "text/html"}
COUNTED = """SELECT ?factory (COUNT(?sector) AS ?sectors)
WHERE { ?factory a ehpc:AIFactory ; ehpc:targetsSector ?sector } GROUP BY ?factory"""
TEXTS = 'SELECT ?a ?b WHERE { VALUES (?a ?b) { ("x" "<y>") } }'


def asked(client: TestClient, query: str, view: str) -> str:
    reply = client.get("/sparql", params={"query": query, "view": view}, headers=READER)
    assert reply.status_code == 200
    assert (
        "script" not in reply.headers["content-security-policy"]
        or "unsafe-inline" not in (reply.headers["content-security-policy"])
    )
    return reply.text[reply.text.index('<div id="answer">') :]


def test_a_table_is_what_one_gets_without_asking_for_a_view(client: TestClient) -> None:
    reply = client.get("/sparql", params={"query": COUNTED}, headers=READER)
    assert '<table class="answer"' in reply.text
    assert 'data-view="table" aria-current="true"' in reply.text


def test_each_view_is_a_link_that_works_without_scripts(client: TestClient) -> None:
    page = asked(client, TEXTS, "table")
    for view in ("table", "plot", "map", "raw"):
        assert f"?query={quote(TEXTS, safe='/')}&amp;view={view}#h-answer" in page


def test_a_plot_stands_beside_its_table(client: TestClient) -> None:
    pytest.importorskip("vl_convert", reason="the extra web is not installed")
    page = asked(client, COUNTED, "plot")
    assert '<svg class="drawn"' in page
    assert 'role="img" tabindex="0" aria-label="Sectors; the table below has the numbers"' in page
    assert '<table class="answer"' in page


def test_dates_that_come_once_a_name_make_a_line_a_name_and_of_ranks_the_top_is_best(
    client: TestClient,
) -> None:
    pytest.importorskip("vl_convert", reason="the extra web is not installed")
    rows = " ".join(
        f'("{year}" "{name}" {rank})'
        for year in (2024, 2025, 2026)
        for name, rank in (("one", 4), ("other", 9))
    )
    page = asked(client, f"SELECT * {{ VALUES (?year ?name ?rank) {{ {rows} }} }}", "plot")
    assert 'aria-label="Rank; the top is better; the table below has the numbers"' in page
    assert page.count('stroke="#1c6fb5"') == page.count('stroke="#c07a12"') > 0
    assert ">one</text>" in page
    assert ">other</text>" in page


def test_a_map_stands_beside_its_table(client: TestClient) -> None:
    page = asked(client, COUNTED, "map")
    assert '<circle class="pin factory"' in page
    assert '<table class="answer"' in page


def test_an_answer_without_the_shape_for_it_says_what_it_takes(client: TestClient) -> None:
    assert "This answer has no plot" in asked(client, TEXTS, "plot")
    assert "This answer has no map" in asked(client, TEXTS, "map")


def test_raw_is_what_was_sent_and_escaped(client: TestClient) -> None:
    page = asked(client, TEXTS, "raw")
    assert "&#34;bindings&#34;" in page
    assert "&lt;y&gt;" in page


def test_a_view_of_another_name_is_a_table(client: TestClient) -> None:
    assert '<table class="answer"' in asked(client, TEXTS, "<script>")


def test_triples_are_a_table_and_n_triples(client: TestClient) -> None:
    query = "CONSTRUCT { ?s a ehpc:AIFactory } WHERE { ?s a ehpc:AIFactory }"
    assert "<th" in asked(client, query, "table")
    assert "#AIFactory&gt; ." in asked(client, query, "raw")


def test_a_long_query_may_be_posted_for_a_page(client: TestClient) -> None:
    query = f"{COUNTED} # {'x' * 9000}"
    reply = client.post("/sparql", data={"query": query, "view": "table"}, headers=READER)
    assert '<table class="answer"' in reply.text


def test_a_faulty_query_stays_in_the_field_beside_what_is_wrong(client: TestClient) -> None:
    reply = client.get("/sparql", params={"query": "SELECT nonsense"}, headers=READER)
    assert reply.status_code == 400
    assert "SELECT nonsense</textarea>" in reply.text
    assert 'role="alert"' in reply.text


def test_sources_of_an_answer_are_listed_under_it(client: TestClient) -> None:
    query = "SELECT ?thing ?source { GRAPH ?source { ?thing a ehpc:AIFactory } }"
    page = asked(client, query, "table")
    assert 'href="#source-1"' in page
    assert 'id="source-1"' in page


def test_names_are_in_the_language_of_the_reader(publisher: Publisher, built: Build) -> None:
    language = publisher.language("fi-FI,fi;q=0.9,en;q=0.5")
    assert language == "fi"
    page = publisher.reply("id/finland.html", {}, "", language)
    assert '<h1><span lang="fi" dir="auto">Suomi</span></h1>' in page.body.decode()
    assert ("vary", "Accept-Language") in page.headers
    assert "Suomi</span></h1>" not in publisher.reply("id/finland.html", {}, "").body.decode()
    assert built.own_label("https://w3id.org/eurohpc-kg/id/finland", "xx") == ""


def test_the_language_is_negotiated_by_the_server(client: TestClient) -> None:
    reply = client.get("/id/finland.html", headers={"accept-language": "fi"})
    assert '<span lang="fi" dir="auto">Suomi</span>' in reply.text
    assert client.get("/id/finland.html").text != reply.text


@pytest.mark.parametrize("header", ["", "en-GB, fi;q=0.3", "xx", "fi;q=x", "*", "," * 500])
def test_what_no_name_is_in_is_english(publisher: Publisher, header: str) -> None:
    assert publisher.language(header) == ""
