"""A small dataset with every trap that a format may fall into, and its ways back into quads."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import rdflib

from eurohpc_kg.export import choose
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.exporting import as_bytes
from eurohpc_kg.graph import assemble
from eurohpc_kg.store.canonical import read_graphs, write_graphs
from small_content import make_content

N = "https://w3id.org/eurohpc-kg/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
INFERRED = N + "graph/inferred"

Quads = set[ox.Quad]


def node(name: str) -> ox.NamedNode:
    """Return a node by its IRI, or by what comes after the namespace."""
    return ox.NamedNode(name if ":" in name else N + name)


def typed(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


VALUES = (
    ox.Literal('quote " backslash \\ line\nfeed \t tab \r return \x7f delete'),
    ox.Literal("no \x85 line \u2028 break, 😀 é"),
    ox.Literal(""),
    ox.Literal("{| ~ |} << >> ''' \"\"\" .\n<urn:x> ."),
    ox.Literal("LUMI", language="en"),
    ox.Literal("LUMI", language="fi"),
    ox.Literal("LUMI"),
    *(typed(text, "decimal") for text in ("12.50", "12.5", "5", ".5", "-0.10")),
    *(typed(text, "integer") for text in ("5", "007", "+3", "-12", "123456789012345678901")),
    *(typed(text, "double") for text in ("1.0E6", "INF", "5")),
    *(typed(text, "boolean") for text in ("true", "1")),
    typed("2026", "gYear"),
    typed("2026-11", "gYearMonth"),
    typed("2026-11-26", "date"),
    typed("12.50", "string"),
)


def traps() -> Iterable[ox.Quad]:
    """Give quads that are hard to write."""
    one, two = node("source/example-centre/2026-01-01-a"), node("source/example-centre/2026-b")
    thing, value = node("id/trap"), node("ontology#value")
    yield ox.Quad(thing, node(TYPE), node("ontology#Centre"), one)
    yield ox.Quad(thing, node(TYPE), node("ontology#LargeCentre"), two)
    for literal in VALUES:
        yield ox.Quad(thing, value, literal, one)
    # The same statement in three graphs, the last of them inferred.
    for graph in (one, two, node(INFERRED)):
        yield ox.Quad(thing, node("ontology#of"), node("id/example-1"), graph)
    # Names that no prefix shortens.
    for iri in (
        "id/a/b",
        "id/ends-with-dot.",
        "id/é",
        "id/",
        "urn:example:y",
        "ontology#a%20b",
        "id/a,b",
    ):
        yield ox.Quad(thing, node("ontology#of"), node(iri), two)
    # Blank nodes of two graphs are not one node, whatever they are called there.
    for graph in (one, two):
        blank, other = ox.BlankNode(f"x{graph.value[-1]}"), ox.BlankNode(f"y{graph.value[-1]}")
        yield ox.Quad(blank, node("ontology#of"), other, graph)
        yield ox.Quad(thing, node("ontology#of"), blank, graph)
        yield ox.Quad(other, node(LABEL), ox.Literal(graph.value), graph)


def make_dataset(folder: Path, *, inferred: bool = True, more: Iterable[ox.Quad] = ()) -> Dataset:
    """Return the small content with the traps, and what is given, as a dataset."""
    repository = make_content(folder / "content")
    quads = [*assemble(repository), *traps(), *more]
    work, built = folder / "work", folder / "built"
    for path in (work, built):
        path.mkdir()
    write_graphs(built, quads)
    graphs = read_graphs(built)
    kept = [graph for graph in graphs if inferred or graph.name != INFERRED]
    return Dataset(kept, repository, work, known=graphs)


def written(dataset: Dataset, name: str) -> bytes:
    """Return a format of one file as bytes."""
    (choice,) = choose([name])
    return as_bytes(choice, dataset)


def quads_of(dataset: Dataset) -> Quads:
    """Return what is to come back: the quads, with canonical blank nodes."""
    texts = ((graph.name, b"".join(dataset.chunks(graph))) for graph in dataset.graphs)
    return canonical(
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
        for name, text in texts
        for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    )


def triples_of(dataset: Dataset) -> Quads:
    """Return the union of the graphs."""
    return union(quads_of(dataset))


def union(quads: Iterable[ox.Quad]) -> Quads:
    """Return quads without their graphs."""
    return canonical(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


def canonical(quads: Iterable[ox.Quad]) -> Quads:
    """Return quads with the blank nodes that RDFC-1.0 gives them."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def by_oxigraph(data: bytes, form: ox.RdfFormat) -> Quads:
    return canonical(ox.parse(data, format=form))


def by_rdflib(data: bytes, form: str) -> Quads:
    """Parse with rdflib, which must not rewrite literals."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's, about itself
            dataset = rdflib.Dataset()
            dataset.parse(data=data, format=form)
            text = dataset.serialize(format="nquads", encoding="utf-8")
    finally:
        rdflib.NORMALIZE_LITERALS = before
    return canonical(ox.parse(text, format=ox.RdfFormat.N_QUADS))
