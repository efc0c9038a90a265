"""W3C's manifests of protocol tests, read: each test as the requests to send and what to expect.

The manifests describe requests in the vocabulary "HTTP in RDF", those before 2023 in words
(`w3c_prose`); `read_tests` alone knows which.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import Graph, Namespace, Node
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS
from w3c_prose import WRONG, exchanges_of, expected_of, graphs_of

HOME = Path(
    os.environ.get("EUROHPC_KG_W3C", Path(__file__).parents[2] / "build" / "w3c" / "rdf-tests")
)
"""Where ``install/rdf-tests.sh`` puts the suite."""

SPARQL_11 = HOME / "sparql" / "sparql11"

_CNT = Namespace("http://www.w3.org/2011/content#")
_HT = Namespace("http://www.w3.org/2011/http#")
_MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")


@dataclass(frozen=True)
class Expected:
    """Hold what a reply must be: kinds of status (``2xx``), the form of the answer, its truth."""

    statuses: frozenset[str]
    form: str
    truth: bool | None


@dataclass(frozen=True)
class Sent:
    """Hold one request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    expected: Expected


@dataclass(frozen=True)
class ProtocolTest:
    """Hold one test: the graphs it needs (name, N-Triples), and its requests in order."""

    name: str
    title: str
    graphs: tuple[tuple[str, str], ...]
    requests: tuple[Sent, ...]


def names_of(room: str) -> list[str]:
    """Return the names of the tests of ``protocol`` or ``service-description``."""
    manifest = _manifest(room)
    if manifest is None:
        return []
    entries = manifest.value(manifest.value(None, RDF.type, _MF.Manifest), _MF.entries)
    return [str(one).rpartition("#")[2] for one in Collection(manifest, entries)]


def read_tests() -> dict[str, ProtocolTest]:
    """Return the tests of the protocol by name; none where the suite is not there."""
    manifest = _manifest("protocol")
    if manifest is None:
        return {}
    entries = manifest.value(manifest.value(None, RDF.type, _MF.Manifest), _MF.entries)
    tests = (_test(manifest, one) for one in Collection(manifest, entries))
    return {test.name: test for test in tests}


def _manifest(room: str) -> Graph | None:
    path = SPARQL_11 / room / "manifest.ttl"
    return Graph().parse(path) if path.exists() else None


def _test(manifest: Graph, test: Node) -> ProtocolTest:
    requests = manifest.value(manifest.value(test, _MF.action), _HT.requests)
    if requests is None:
        return _in_words(manifest, test)
    return ProtocolTest(
        name=str(test).rpartition("#")[2],
        title=str(manifest.value(test, _MF.name)),
        graphs=tuple(
            (
                str(manifest.value(data, RDFS.label)),
                _file(str(manifest.value(data, _UT.graph))),
            )
            for data in manifest.objects(test, _UT.graphData)
        ),
        requests=tuple(_request(manifest, one) for one in Collection(manifest, requests)),
    )


def _file(address: str) -> str:
    return (SPARQL_11 / "protocol" / address.rpartition("/")[2]).read_text(encoding="utf-8")


def _in_words(manifest: Graph, test: Node) -> ProtocolTest:
    comment = str(manifest.value(test, RDFS.comment))
    name = str(test).rpartition("#")[2]
    if name in WRONG:
        comment = comment.replace("\n    true\n", "\n")
    return ProtocolTest(
        name=name,
        title=str(manifest.value(test, _MF.name)),
        graphs=tuple(graphs_of(comment)),
        requests=tuple(
            Sent(method, path, headers, body, Expected(*expected_of(body, replied)))
            for method, path, headers, body, replied in exchanges_of(comment)
        ),
    )


def _request(manifest: Graph, node: Node) -> Sent:
    response: Any = manifest.value(node, _HT.resp)
    truth = manifest.value(response, _MF.expectedBoolean)
    body = manifest.value(node, _HT.body)
    headers = manifest.value(node, _HT.headers)
    return Sent(
        method=str(manifest.value(node, _HT.methodName)),
        path=str(manifest.value(node, _HT.absolutePath)),
        headers={
            str(manifest.value(one, _HT.fieldName)): str(manifest.value(one, _HT.fieldValue))
            for one in (Collection(manifest, headers) if headers else ())
        },
        body=(
            str(manifest.value(body, _CNT.chars)).encode(
                str(manifest.value(body, _CNT.characterEncoding))
            )
            if body
            else b""
        ),
        expected=Expected(
            frozenset(
                str(status).rpartition("StatusCode")[2]
                for status in manifest.objects(response, _MF.expectedStatus)
            ),
            str(manifest.value(response, _MF.expectedFormat) or ""),
            truth.toPython() if truth is not None else None,
        ),
    )
