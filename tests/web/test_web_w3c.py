"""W3C's own tests of the SPARQL 1.1 Protocol and of the Service Description, sent as they are.

They are no part of this repository: ``tests/web/install/rdf-tests.sh`` fetches one commit of them,
or, where GitHub can't be reached, takes them from a release of Jena at Maven Central.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient
from w3c import SPARQL_11, Expected, names_of, read_tests

from conftest import BOUNDS
from eurohpc_kg.repository import Repository
from eurohpc_kg.web import serving as moment
from eurohpc_kg.web.server import application
from eurohpc_kg.web.serving import Serving, Settings

TESTS = read_tests()

pytestmark = pytest.mark.skipif(
    not TESTS, reason=f"W3C's tests are not at {SPARQL_11}: tests/web/install/rdf-tests.sh"
)

READ_ONLY = {
    "update_base_uri",
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_full",
    "update_dataset_named_graphs",
    "update_post_direct",
    "update_post_form",
}
"""Tests that change the graph: this endpoint is for reading, so each is refused with 403."""

FORMS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml",
                "text/csv", "text/tab-separated-values"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml"},
}  # fmt: skip


@pytest.fixture(scope="module")
def endpoint(
    content: tuple[Repository, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """Serve a copy of the small content with W3C's graphs added, without a look for new builds."""
    repository, folder = content
    copy = tmp_path_factory.mktemp("w3c") / folder.name
    shutil.copytree(folder, copy)
    store = ox.Store(str(copy))
    for name, text in sorted({pair for test in TESTS.values() for pair in test.graphs}):
        store.load(text, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    store.flush()
    del store
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moment, "_LOOK", 3600.0)
        app = application(Serving(repository, copy, Settings(BOUNDS, is_kept=False), print))
        with TestClient(app, follow_redirects=False) as client:
            del client.headers["accept"]  # no test of W3C has one
            yield client


@pytest.mark.parametrize("name", names_of("protocol"))
def test_protocol(endpoint: TestClient, name: str) -> None:
    for sent in TESTS[name].requests:
        reply = endpoint.request(
            sent.method,
            sent.path.replace("/sparql/", "/sparql", 1),
            content=sent.body,
            headers=sent.headers,
        )
        if name in READ_ONLY:
            assert reply.status_code == 403
            assert "read" in reply.json()["problem"]
            return
        assert f"{reply.status_code // 100}xx" in sent.expected.statuses, reply.text
        if reply.status_code < 400:
            _check(sent.expected, reply.headers["content-type"], reply.content)


def _check(expected: Expected, content_type: str, body: bytes) -> None:
    media_type = content_type.partition(";")[0]
    assert media_type in FORMS[expected.form]
    if expected.form == "RDF":
        form = ox.RdfFormat.from_media_type(media_type)
        assert form is not None
        assert list(ox.parse(body, format=form)) is not None
        return
    form = ox.QueryResultsFormat.from_media_type(media_type)
    assert form is not None
    found = ox.parse_query_results(body, format=form)
    assert isinstance(found, ox.QueryBoolean) == (expected.form == "boolean")
    if expected.truth is not None:
        assert bool(found) is expected.truth


def test_every_test_of_the_protocol_has_something_to_send() -> None:
    assert set(names_of("protocol")) == set(TESTS)
    assert all(test.requests for test in TESTS.values())
    assert set(TESTS) >= READ_ONLY


SD = "http://www.w3.org/ns/sparql-service-description#"
# Each property of the vocabulary with the class of what has it and of its value; a value without
# class may be any resource.
SCHEMA = {
    "endpoint": ("Service", ""),
    "feature": ("Service", ""),
    "defaultEntailmentRegime": ("Service", ""),
    "defaultSupportedEntailmentProfile": ("Service", ""),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "languageExtension": ("Service", ""),
    "supportedLanguage": ("Service", ""),
    "propertyFeature": ("Service", "Feature"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "resultFormat": ("Service", ""),
    "inputFormat": ("Service", ""),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", ""),
    "graph": ("NamedGraph", "Graph"),
    "entailmentRegime": ("NamedGraph", ""),
    "supportedEntailmentProfile": ("NamedGraph", ""),
}
VALUES = {
    "feature": {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs",
                "BasicFederatedQuery"},
    "supportedLanguage": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
}  # fmt: skip
CLASSES = {name for pair in SCHEMA.values() for name in pair if name} | {
    "Feature", "Language", "Function", "Aggregate", "EntailmentRegime", "EntailmentProfile",
}  # fmt: skip


@pytest.mark.parametrize("name", names_of("service-description"))
def test_service_description(endpoint: TestClient, name: str) -> None:
    reply = endpoint.get("/sparql")
    assert reply.status_code == 200
    form = ox.RdfFormat.from_media_type(reply.headers["content-type"].partition(";")[0])
    assert form is not None
    quads = list(ox.parse(reply.content, format=form))
    {
        "returns-rdf": lambda _: None,
        "has-endpoint-triple": _has_its_endpoint,
        "conforms-to-schema": _conforms,
    }[name](quads)
    assert quads


def _has_its_endpoint(quads: list[ox.Quad]) -> None:
    places = [quad.object for quad in quads if quad.predicate == ox.NamedNode(SD + "endpoint")]
    assert places == [ox.NamedNode("http://testserver/sparql")]


def _conforms(quads: list[ox.Quad]) -> None:
    """Hold every term of the vocabulary against what it is for."""
    a = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    kinds = {(quad.subject, quad.object) for quad in quads if quad.predicate == a}
    used = {
        kind.value.removeprefix(SD)
        for _, kind in kinds
        if isinstance(kind, ox.NamedNode) and kind.value.startswith(SD)
    }
    assert used <= CLASSES
    for quad in quads:
        if not quad.predicate.value.startswith(SD):
            continue
        name = quad.predicate.value.removeprefix(SD)
        of, value = SCHEMA[name]
        assert (quad.subject, ox.NamedNode(SD + of)) in kinds, quad
        assert not value or (quad.object, ox.NamedNode(SD + value)) in kinds, quad
        assert isinstance(quad.object, ox.NamedNode | ox.BlankNode)
        if name in VALUES:
            assert isinstance(quad.object, ox.NamedNode)
            assert quad.object.value.removeprefix(SD) in VALUES[name]
