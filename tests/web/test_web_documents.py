"""Things, documents and their forms at the addresses that their IRIs have."""

from __future__ import annotations

import gzip

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from eurohpc_kg.web.build import Build
from eurohpc_kg.web.negotiate import FORMS, RDF_FORMS
from eurohpc_kg.web.publish import Publisher
from web_content import RDF_FORMATS

THING = "/id/eurohpc-ju"
DOCUMENT = "/source/vtv/2025-10-12-eu-opens-six-more-ai-factories"


@pytest.mark.parametrize("suffix", [*RDF_FORMS, "html", "csv", "json"])
def test_a_thing_is_answered_with_the_address_of_a_description(
    client: TestClient, suffix: str
) -> None:
    reply = client.get(THING, headers={"accept": FORMS[suffix].media_type})
    assert reply.status_code == 303
    assert reply.headers["vary"] == "Accept"
    assert reply.headers["location"] == f"eurohpc-ju.{suffix}"
    described = client.get(f"{THING}.{suffix}")
    assert described.status_code == 200
    assert described.headers["content-type"].startswith(FORMS[suffix].media_type)


@pytest.mark.parametrize("suffix", [*RDF_FORMS, "html", "csv", "json"])
def test_a_document_has_the_same_bytes_by_suffix_and_by_accept(
    client: TestClient, suffix: str
) -> None:
    negotiated = client.get(DOCUMENT, headers={"accept": FORMS[suffix].media_type})
    named = client.get(f"{DOCUMENT}.{suffix}")
    assert negotiated.status_code == named.status_code == 200
    assert negotiated.content == named.content
    assert "Accept" in negotiated.headers["vary"].split(", ")
    assert negotiated.headers["content-location"].endswith(f"ai-factories.{suffix}")


@pytest.mark.parametrize("path", [THING, DOCUMENT, "/vocabulary/sector", "/id/jupiter"])
def test_all_forms_of_rdf_say_the_same(publisher: Publisher, path: str) -> None:
    def triples(suffix: str) -> set[str]:
        reply = publisher.reply(f"{path[1:]}.{suffix}", {}, "")
        return {str(quad.triple) for quad in ox.parse(reply.body, format=RDF_FORMATS[suffix])}

    first = triples("nt")
    assert first
    assert all(triples(suffix) == first for suffix in RDF_FORMS)


def test_the_graphs_say_which_document_states_a_thing(publisher: Publisher) -> None:
    body = publisher.reply("id/eurohpc-ju.trig", {}, "").body
    graphs = {str(quad.graph_name) for quad in ox.parse(body, format=ox.RdfFormat.TRIG)}
    assert "<https://w3id.org/eurohpc-kg/graph/register>" in graphs
    assert any("/source/" in graph for graph in graphs)


def test_a_version_that_the_client_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{THING}.ttl")
    again = client.get(f"{THING}.ttl", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get(f"{THING}.ttl", headers={"if-none-match": '"another"'})
    assert other.status_code == 200


def test_packed_and_plain_are_the_same_with_tags_of_their_own(client: TestClient) -> None:
    plain = client.get(f"{THING}.ttl", headers={"accept-encoding": "identity"})
    packed = client.get(f"{THING}.ttl", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content == gzip.decompress(gzip.compress(plain.content))
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize("path", [THING, f"{THING}.ttl", f"{THING}.html", DOCUMENT, "/sparql"])
def test_head_has_the_headers_of_get_and_no_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code
    assert head.content == b""
    kept = ("content-type", "etag", "location", "content-length")
    assert [head.headers.get(name) for name in kept] == [get.headers.get(name) for name in kept]


def test_the_links_name_the_thing_the_licence_and_every_other_form(client: TestClient) -> None:
    link = client.get(f"{THING}.html").headers["link"]
    assert '<https://w3id.org/eurohpc-kg/id/eurohpc-ju>; rel="describes"' in link
    assert 'rel="license"' in link
    for form in (FORMS[s] for s in (*RDF_FORMS, "html", "csv", "json")):
        assert f'<eurohpc-ju.{form.suffix}>; rel="alternate"; type="{form.media_type}"' in link


def test_no_form_that_is_accepted_is_a_406_with_those_there_are(client: TestClient) -> None:
    reply = client.get(THING, headers={"accept": "image/png"})
    assert reply.status_code == 406
    assert "text/turtle" in reply.json()["remedy"]


def test_nothing_there_is_a_404_with_the_nearest_names(client: TestClient) -> None:
    reply = client.get("/id/eurohpc-jointundertaking")
    assert reply.status_code == 404
    page = client.get("/id/eurohpc-jointundertaking", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Not Found</h1>" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/../../etc/passwd",
        "/id/%2e%2e/%2e%2e/etc/passwd",
        "/-/static/..%2f__init__.py",
        "/-/static/.hidden",
        "/-/static/nothing.css",
        "/id//lumi",
        "/id/lumi/",
        "/id/l%00umi",
        "/%F0%9F%92%A9",
        "/" + "x" * 5000,
        "/id/" + "a/" * 150 + "b",
    ],
)
def test_a_path_that_is_none_of_ours_is_a_404(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert reply.json()["remedy"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_nothing_can_be_changed(client: TestClient, method: str) -> None:
    reply = client.request(method, THING)
    assert reply.status_code == 405
    assert "GET" in reply.headers["allow"]


def test_any_site_may_read(client: TestClient) -> None:
    assert client.get(f"{THING}.ttl").headers["access-control-allow-origin"] == "*"
    asked = client.options("/sparql", headers={"access-control-request-method": "POST"})
    assert asked.status_code == 204
    assert "POST" in asked.headers["access-control-allow-methods"]


def test_pages_load_nothing_from_elsewhere_and_run_no_script_inside(client: TestClient) -> None:
    policy = client.get(f"{THING}.html").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy


def test_the_log_tells_of_no_person(client: TestClient) -> None:
    client.get("/id/eurohpc-ju.ttl?secret=1", headers={"user-agent": "somebody"})
    line = client.log[-1]  # type: ignore[attr-defined]
    assert '"path": "/id/eurohpc-ju.ttl"' in line
    assert "secret" not in line
    assert "somebody" not in line
    assert "testclient" not in line


def test_health_and_metrics(client: TestClient) -> None:
    assert client.get("/-/health").json()["status"] == "ok"
    text = client.get("/-/metrics").text
    assert 'eurohpc_kg_requests_total{part="id",status="200"}' in text
    assert "eurohpc_kg_request_seconds_count" in text


@pytest.mark.parametrize(
    ("path", "accept", "other"),
    [
        (THING + ".ttl", "text/turtle", "application/json;q=0.9, */*"),
        (THING, "text/turtle", "text/turtle;q=0.7, image/png"),
        (DOCUMENT, "text/html", "application/xhtml+xml, text/turtle;q=0.1"),
    ],
)
def test_what_was_sent_is_known_however_the_same_form_is_asked_for(
    built: Build, path: str, accept: str, other: str
) -> None:
    publisher = Publisher(built)
    assert publisher.kept(path[1:], {}, other) is None
    sent = publisher.reply(path[1:], {}, accept)
    assert publisher.kept(path[1:], {}, other) is sent
    assert publisher.kept(path[1:], {"n": ["1"]}, other) is None


def test_another_form_or_language_is_another_reply(built: Build) -> None:
    publisher = Publisher(built)
    page = publisher.reply(THING[1:] + ".html", {}, "")
    assert publisher.kept(DOCUMENT[1:], {}, "image/png") is None
    assert publisher.kept(THING[1:] + ".html", {}, "", "fi") is None
    assert publisher.kept(THING[1:] + ".ttl", {}, "text/html") is None
    assert publisher.kept(THING[1:] + ".html", {}, "text/turtle") is page
    data = publisher.reply(THING[1:] + ".ttl", {}, "")
    assert publisher.kept(THING[1:] + ".ttl", {}, "", "fi") is data  # data have every language
