"""The endpoint describing itself: the SPARQL 1.1 Service Description, and what VoID says of it.

Names of features and formats are the W3C's; the bounds on a query are in words, in the comment.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from eurohpc_kg.export.catalog import catalog
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.names import GRAPH, NAMESPACE, Prefixes
from eurohpc_kg.namespaces import RDF, RDFS
from eurohpc_kg.store.canonical import read_graphs
from eurohpc_kg.web.build import Build
from eurohpc_kg.web.rdf import write_triples
from eurohpc_kg.web.workers import Bounds

SERVICE = NAMESPACE + "sparql"

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_MORE = {"formats": _FORMATS, "sd": _SD}  # prefixes that nothing else in the graph uses
_VOID = "http://rdfs.org/ns/void#"
_PLACES = (
    ox.NamedNode(_SD + "endpoint"),
    ox.NamedNode("http://www.w3.org/ns/dcat#endpointURL"),
)
_A = ox.NamedNode(RDF + "type")
_COMMENT = ox.NamedNode(RDFS + "comment")
_WRITTEN = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG",
)  # fmt: skip


def describe_endpoint(build: Build, bounds: Bounds, address: str, suffix: str) -> bytes:
    """Return the description of the endpoint at ``address``, with the graphs of our own."""
    service = ox.NamedNode(SERVICE)
    dataset, default = ox.BlankNode("dataset"), ox.BlankNode("default")
    triples = [
        ox.Triple(service, _A, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), ox.NamedNode(address or SERVICE)),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(service, _COMMENT, ox.Literal(in_words(bounds), language="en")),
        ox.Triple(dataset, _A, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), default),
        ox.Triple(default, _A, _sd("Graph")),
        ox.Triple(default, ox.NamedNode(_VOID + "triples"), ox.Literal(len(build.store))),
    ]
    triples += [
        ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _WRITTEN
    ]
    for number, graph in enumerate(sorted(build.store.named_graphs(), key=str)):
        if not isinstance(graph, ox.NamedNode) or not graph.value.startswith(GRAPH):
            continue  # a graph a document would make this long: a query lists those
        named = ox.BlankNode(f"graph{number}")
        triples += [
            ox.Triple(dataset, _sd("namedGraph"), named),
            ox.Triple(named, _A, _sd("NamedGraph")),
            ox.Triple(named, _sd("name"), graph),
        ]
    return _written(triples, suffix, build)


class _Whole:
    """Hold the description of the dataset, which it takes seconds to count."""

    def __init__(self, build: Build) -> None:
        with TemporaryDirectory() as work:
            dataset = Dataset(read_graphs(build.folder), build.graph.repository, Path(work))
            self.triples = sorted(catalog(dataset, endpoint=SERVICE), key=str)


def describe_dataset(build: Build, bounds: Bounds, address: str, suffix: str) -> bytes:
    """Return what VoID, DCAT and the service description say of a build, in a form of RDF."""
    found = build.kept(_Whole)
    here = ox.NamedNode(address or SERVICE)
    triples = [
        ox.Triple(one.subject, one.predicate, here if one.predicate in _PLACES else one.object)
        for one in found.triples
    ]
    words = ox.Literal(in_words(bounds), language="en")
    triples.append(ox.Triple(ox.NamedNode(SERVICE), _COMMENT, words))
    return _written(triples, suffix, build)


def in_words(bounds: Bounds) -> str:
    """Say what a query may take.

    >>> in_words(Bounds(seconds=20, rows=1000))[:58]
    'For reading only. A query may take 20 seconds and give 1,0'
    """
    return (
        f"For reading only. A query may take {bounds.seconds:g} seconds and give "
        f"{bounds.rows:,} rows or triples; where there are more, the answer ends there and the "
        f"header Row-Limit-Reached says so. {bounds.at_once} run at once, the others wait. SERVICE "
        "is refused, apart from addresses that the operator allows."
    )


def _written(triples: Iterable[ox.Triple], suffix: str, build: Build) -> bytes:
    prefixes = Prefixes({**build.prefixes.namespaces, **_MORE})
    return write_triples([*map(str, triples)], suffix, prefixes)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
