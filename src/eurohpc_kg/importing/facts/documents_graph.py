"""The block ``<>`` of a source document: what it is, where it stands, how far to trust it."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from eurohpc_kg.importing.facts.documents import Document, Known, document_key
from eurohpc_kg.importing.facts.terms import (
    ISSUED,
    PUBLISHER,
    QUOTED_FROM,
    RDF_TYPE,
    SOURCE,
    TITLE,
    date_literal,
    ehpc,
)
from eurohpc_kg.importing.facts.things import thing_iri
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import source_graph
from eurohpc_kg.turtle import read

RETRIEVED = ehpc("retrieved")


def document_triples(document: Document, retrieved: str, quotes: Iterable[str]) -> set[Triple]:
    """Return what a source file says of its document; ``retrieved`` is when it was read."""
    subject = NamedNode(document.iri)
    standing = "PrimarySource" if document.primary else "SecondarySource"
    triples = {
        Triple(subject, RDF_TYPE, ehpc("SourceDocument")),
        Triple(subject, TITLE, Literal(document.title, language=document.language)),
        Triple(subject, PUBLISHER, NamedNode(thing_iri(document.publisher))),
        Triple(subject, SOURCE, NamedNode(document.address)),
        Triple(subject, RETRIEVED, date_literal(retrieved)),
        Triple(subject, ehpc("standing"), ehpc(standing)),
    }
    if document.issued:
        triples.add(Triple(subject, ISSUED, date_literal(document.issued)))
    if document.weakness:
        text = Literal(document.weakness, language="en")
        triples.add(Triple(subject, ehpc("weakness"), text))
    return triples | {Triple(subject, QUOTED_FROM, NamedNode(quote)) for quote in quotes}


def header_of(document: Document, publisher: str) -> str:
    """Return the comment at the top of a source file."""
    date = f", {document.issued}" if document.issued else ", undated"
    return f'{publisher}, "{document.title}"{date}.'


def known_documents(repository: Repository) -> dict[str, Known]:
    """Return each document that has a file, by `document_key`."""
    known: dict[str, Known] = {}
    for path in sorted(repository.sources.rglob("*.ttl")):
        graph = source_graph(path.parent.name, path.stem)
        cells = {SOURCE: "", TITLE: "", ISSUED: "", RETRIEVED: ""}
        for quad in read(path, graph, graph.value):
            if quad.subject == graph and quad.predicate in cells:
                value = quad.object
                cells[quad.predicate] = value.value if not isinstance(value, Triple) else ""
        if cells[SOURCE]:
            key = document_key(cells[SOURCE], cells[TITLE])
            known[key] = Known(graph.value, cells[ISSUED], cells[RETRIEVED])
    return known
