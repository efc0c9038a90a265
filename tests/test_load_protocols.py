"""The requests to products that can't be installed here, against a double that records them.

The double takes what the product's documentation says it takes, at the addresses that it names, and
refuses everything else; what it takes it gives to an Oxigraph server, so that a whole load runs.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from eurohpc_kg.endpoint import connect
from eurohpc_kg.endpoint.detecting import detect
from eurohpc_kg.endpoint.products import product_named
from eurohpc_kg.endpoint.transport import Transport
from eurohpc_kg.loading import load_store
from eurohpc_kg.loading.reading import count_graphs
from eurohpc_kg.loading.staging import drop
from stores.far import CHANGED, REPORT, SMALL, at, built, held, oxigraph
from stores.faults import FaultyProxy, nothing
from stores.servers import Server

# Product -> the path of its dataset, and what it takes: (method, path below it, type of the body).
# GraphDB and RDF4J: RDF4J REST API; Stardog: HTTP API; Neptune: SPARQL and Graph Store HTTP API;
# Blazegraph: NanoSparqlServer; QLever: SPARQL 1.1 Protocol with an access token.
FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
TAKES: dict[str, tuple[str, set[tuple[str, str, str]]]] = {
    "graphdb": (
        "/repositories/kg",
        {
            ("GET", "", ""),
            ("POST", "", QUERY),
            ("POST", "/statements", UPDATE),
            ("POST", "/statements", "application/n-quads"),
            ("GET", "/statements", ""),
            ("PUT", "/rdf-graphs/service", "application/n-triples"),
            ("GET", "/rdf-graphs/service", ""),
        },
    ),
    "stardog": (
        "/kg",
        {
            ("GET", "", ""),
            ("POST", "/query", QUERY),
            ("POST", "/update", UPDATE),
            ("PUT", "", "application/n-triples"),
        },
    ),
    "neptune": (
        "",
        {
            ("GET", "/", ""),
            ("POST", "/sparql", FORM),
            ("PUT", "/sparql/gsp/", "application/n-triples"),
        },
    ),
    "blazegraph": (
        "/blazegraph/namespace/kb",
        {
            ("GET", "", ""),
            ("POST", "/sparql", QUERY),
            ("POST", "/sparql", UPDATE),
            ("POST", "/sparql", "text/x-nquads"),
            ("PUT", "/sparql", "application/n-triples"),
        },
    ),
    "qlever": ("", {("GET", "/", ""), ("POST", "/", FORM)}),
    "generic": ("/sparql", {("GET", "", ""), ("POST", "", FORM)}),
}


class Double(FaultyProxy):
    """Take what one product takes."""

    def __init__(self, target: str, name: str) -> None:
        super().__init__(target, nothing)
        self.base, self.takes = TAKES[name]
        self.refused: list[tuple[str, str, str]] = []
        self.forms: list[dict[str, list[str]]] = []

    def pass_on(
        self, method: str, path: str, body: bytes, headers: http.client.HTTPMessage
    ) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(path)
        kind = (headers.get("Content-Type") or "") if body else ""
        seen = (method, parts.path.removeprefix(self.base), kind.partition(";")[0])
        if seen not in self.takes:
            self.refused.append(seen)
            return 404, {}, b"not taken"
        form = parse_qs(body.decode()) if kind == FORM else {}
        if form:
            self.forms.append(form)
        kinds = {"text/x-nquads": "application/n-quads"}
        if kind in kinds:
            headers.replace_header("Content-Type", kinds[kind])
        end = "/update" if kind == UPDATE or form.get("update") else "/query"
        if "graph=" in parts.query or "quads" in kind or (method == "GET" and "ASK" not in path):
            end = "/store"
        question = f"?{parts.query}" if parts.query else ""
        return super().pass_on(method, end + question, body, headers)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with oxigraph(tmp_path_factory.mktemp("double")) as running:
        yield running


@pytest.mark.parametrize("name", TAKES)
def test_a_load_asks_for_nothing_that_the_product_does_not_take(
    server: Server, name: str, tmp_path: Path
) -> None:
    drop(at(server), list(count_graphs(at(server))))
    with Double(server.address, name) as double:
        address = double.address + double.base
        for graphs, size in ((SMALL, 3), (SMALL, 3), (CHANGED, 1), (SMALL, 3)):
            folder = built(tmp_path / f"{len(double.seen)}", graphs)
            load_store(folder, connect(address, store=name, timeout=20))
            assert len(held(server.address)[REPORT]) == size
        assert double.refused == []
    assert not any(graph.startswith("staged:") for graph in count_graphs(at(server)))


def test_qlever_gets_its_token_with_every_update(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EUROHPC_KG_TOKEN", "t0ken")
    with Double(server.address, "qlever") as double:
        folder = built(tmp_path / "small", {REPORT: "<urn:a> <urn:b> <urn:c> ."})
        load_store(folder, connect(double.address, store="qlever"))
    updates = [form for form in double.forms if "update" in form]
    assert updates
    assert all(form["access-token"] == ["t0ken"] for form in updates)
    assert not any("access-token" in form for form in double.forms if "query" in form)


@pytest.mark.parametrize(
    ("header", "path", "name"),
    [
        ({"Server": "Virtuoso/07.20.3229 (Linux)"}, "/sparql", "virtuoso"),
        ({"Fuseki-Request-Id": "1"}, "/ds", "fuseki"),
        ({"Server": "GraphDB/10.7 RDF4J/4.3"}, "/repositories/kg", "graphdb"),
        ({}, "/rdf4j-server/repositories/kg", "rdf4j"),
        ({"Server": "Jetty"}, "/blazegraph/namespace/kb", "blazegraph"),
        ({"Server": "nginx"}, "/sparql", "generic"),
    ],
)
def test_a_product_is_known_by_what_it_says_and_where_it_is(
    header: dict[str, str], path: str, name: str
) -> None:
    with FaultyProxy("http://127.0.0.1:1", nothing) as proxy:
        proxy.pass_on = lambda *_: (200, header, b"{}")  # type: ignore[method-assign]
        assert detect(Transport(), proxy.address + path).name == name
    assert product_named(name).how
