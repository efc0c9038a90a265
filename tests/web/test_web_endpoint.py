"""The SPARQL 1.1 Protocol, read only."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

REGISTER = "https://w3id.org/eurohpc-kg/graph/register"
SHAPES = "https://w3id.org/eurohpc-kg/graph/shapes"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
QUERY = "SELECT ?c WHERE { id:lumi a ?c } ORDER BY ?c LIMIT 2"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) }"


def count(client: TestClient, **values: str | list[str]) -> int:
    reply = client.get("/sparql", params={"query": COUNT, **values})
    assert reply.status_code == 200, reply.text
    return int(reply.json()["results"]["bindings"][0]["n"]["value"])


def ask_by_get(client: TestClient) -> object:
    return client.get("/sparql", params={"query": QUERY}).json()


def ask_by_form(client: TestClient) -> object:
    return client.post("/sparql", data={"query": QUERY}).json()


def ask_directly(client: TestClient) -> object:
    headers = {"content-type": "application/sparql-query; charset=utf-8"}
    return client.post("/sparql", content=QUERY.encode(), headers=headers).json()


def test_a_query_is_sent_in_three_ways(client: TestClient) -> None:
    first = ask_by_get(client)
    assert first["results"]["bindings"]  # type: ignore[index]
    assert first == ask_by_form(client) == ask_directly(client)


def test_an_iri_may_be_written_from_the_namespace_on(client: TestClient) -> None:
    short = client.get("/sparql", params={"query": QUERY.replace("id:lumi", "<id/lumi>")})
    assert short.json() == ask_by_get(client)


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml; charset=utf-8"),
        ("application/xml", "application/sparql-results+xml; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+xml;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_rows_come_in_the_form_that_is_accepted(
    client: TestClient, accept: str, content_type: str
) -> None:
    for query in (QUERY, "ASK { id:lumi a ?c }"):
        reply = client.get("/sparql", params={"query": query}, headers={"accept": accept})
        assert reply.status_code == 200
        assert reply.headers["content-type"] == content_type
        assert reply.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("*/*", ox.RdfFormat.TURTLE),
    ],
)
def test_triples_come_in_the_form_that_is_accepted(
    client: TestClient, accept: str, form: ox.RdfFormat
) -> None:
    query = "CONSTRUCT { id:lumi a ?c } WHERE { id:lumi a ?c }"
    reply = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert reply.status_code == 200
    assert len(list(ox.parse(reply.content, format=form))) > 1


def test_the_default_graph_is_the_union_and_the_request_may_name_another(
    client: TestClient,
) -> None:
    everything = count(client)
    register = count(client, **{"default-graph-uri": REGISTER})
    shapes = count(client, **{"default-graph-uri": SHAPES})
    both = count(client, **{"default-graph-uri": [REGISTER, SHAPES]})
    assert 0 < shapes < register < everything
    assert both == register + shapes
    assert count(client, **{"named-graph-uri": REGISTER}) == 0


def test_named_graphs_of_the_request_are_the_only_ones(client: TestClient) -> None:
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    reply = client.get("/sparql", params={"query": query, "named-graph-uri": REGISTER})
    assert [row["g"]["value"] for row in reply.json()["results"]["bindings"]] == [REGISTER]


def test_the_dataset_of_the_request_wins_over_that_of_the_query(client: TestClient) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{REGISTER}> WHERE {{ ?s ?p ?o }}"

    def asked(**values: str) -> str:
        reply = client.get("/sparql", params={"query": query, **values})
        return str(reply.json()["results"]["bindings"][0]["n"]["value"])

    assert int(asked()) == count(client, **{"default-graph-uri": REGISTER})
    assert int(asked(**{"default-graph-uri": SHAPES})) < int(asked())


@pytest.mark.parametrize(
    ("update", "status"),
    [
        ({"data": {"update": "CLEAR ALL"}}, 403),
        (
            {
                "content": b"CLEAR ALL",
                "headers": {"content-type": "application/sparql-update"},
            },
            403,
        ),
        ({"data": {"query": "CLEAR ALL"}}, 400),
        ({"data": {"query": "LOAD <file:///etc/passwd>"}}, 400),
        ({"data": {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}}, 400),
        ({"data": {"query": "SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }"}}, 400),
        ({"data": {"query": ""}}, 400),
        ({"data": {"query": ["ASK {}", "ASK {}"]}}, 400),
        ({"data": {"query": "SELECT * WHERE {"}}, 400),
        ({"data": {"query": "ASK {}", "default-graph-uri": "not an iri"}}, 400),
        ({"content": b"ASK {}", "headers": {"content-type": "text/plain"}}, 415),
        ({"content": b"\xff\xfe", "headers": {"content-type": "application/sparql-query"}}, 400),
        (
            {"content": b"x" * 5_000_000, "headers": {"content-type": "application/sparql-query"}},
            413,
        ),
    ],
)
def test_what_is_no_query_for_reading_is_refused_with_a_remedy(
    client: TestClient, update: dict[str, object], status: int
) -> None:
    reply = client.post("/sparql", **update)  # type: ignore[arg-type]
    assert reply.status_code == status
    assert reply.json()["remedy"]


def test_a_form_that_an_answer_does_not_have_is_a_406(client: TestClient) -> None:
    reply = client.get("/sparql", params={"query": QUERY}, headers={"accept": "image/png"})
    assert reply.status_code == 406
    assert "text/csv" in reply.json()["remedy"]


def test_more_rows_than_allowed_are_cut_and_that_is_said(client: TestClient) -> None:
    whole = client.get("/sparql", params={"query": QUERY})
    assert whole.headers["row-limit"] == "50"
    assert "row-limit-reached" not in whole.headers
    for accept in ("application/sparql-results+json", "text/turtle"):
        query = "SELECT ?s { ?s ?p ?o }" if "json" in accept else "CONSTRUCT WHERE { ?s ?p ?o }"
        cut = client.get("/sparql", params={"query": query}, headers={"accept": accept})
        assert cut.headers["row-limit-reached"] == "true"
    assert (
        len(
            client.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o }"}).json()["results"][
                "bindings"
            ]
        )
        == 50
    )


def from_memory(client: TestClient) -> int:
    text = client.get("/-/metrics").text
    return int(text.partition("\neurohpc_kg_answers_from_memory_total ")[2].partition("\n")[0])


def test_an_answer_that_was_given_before_is_given_from_memory(client: TestClient) -> None:
    query = {"query": QUERY + " # again"}
    first, before = client.get("/sparql", params=query), from_memory(client)
    again = client.post("/sparql", data=query)
    assert again.content == first.content
    assert again.headers["row-limit"] == first.headers["row-limit"]
    assert from_memory(client) == before + 1
    csv = client.get("/sparql", params=query, headers={"accept": "text/csv"})
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    elsewhere = client.get("/sparql", params={**query, "default-graph-uri": SHAPES})
    assert elsewhere.json()["results"]["bindings"] == []
    assert from_memory(client) == before + 1


@pytest.mark.parametrize("word", ["NOW", "RAND", "UUID", "STRUUID"])
def test_what_changes_is_asked_anew(client: TestClient, word: str) -> None:
    query = {"query": f"SELECT ({word}() AS ?x) {{}}"}
    before = from_memory(client)
    answers = {client.get("/sparql", params=query).text for _ in range(3)}
    assert len(answers) == 3
    assert from_memory(client) == before


def test_a_client_that_has_the_answer_is_not_sent_it_again(client: TestClient) -> None:
    first = client.get("/sparql", params={"query": QUERY})
    known = {"if-none-match": first.headers["etag"]}
    again = client.get("/sparql", params={"query": QUERY}, headers=known)
    assert (again.status_code, again.content) == (304, b"")


def test_a_heavy_query_is_stopped_and_the_next_one_answered(client: TestClient) -> None:
    reply = client.post("/sparql", data={"query": HEAVY})
    assert reply.status_code == 503
    assert reply.headers["retry-after"]
    assert ask_by_get(client)["results"]["bindings"]  # type: ignore[index]


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void", "/graph/catalog"])
def test_the_endpoint_describes_itself(client: TestClient, path: str) -> None:
    reply = client.get(path, headers={"accept": "text/turtle"})
    assert reply.status_code == 200
    triples = {
        str(quad.predicate.value) for quad in ox.parse(reply.content, format=ox.RdfFormat.TURTLE)
    }
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert {sd + "endpoint", sd + "resultFormat", sd + "defaultDataset", sd + "feature"} <= triples


def test_the_description_is_rdf_only(client: TestClient) -> None:
    reply = client.get("/.well-known/void", headers={"accept": "image/png"})
    assert reply.status_code == 406
    assert "The description is RDF." in reply.text


def test_a_browser_gets_a_page_with_the_answer(client: TestClient) -> None:
    accept = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert "<textarea" in client.get("/sparql", headers=accept).text
    page = client.get("/sparql", params={"query": QUERY}, headers=accept)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<table" in page.text
    wrong = client.get("/sparql", params={"query": "SELECT"}, headers=accept)
    assert wrong.status_code == 400
    assert wrong.headers["content-type"] == "text/html; charset=utf-8"
