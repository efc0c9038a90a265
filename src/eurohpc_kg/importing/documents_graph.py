"""The block ``<>`` of a source document: what it is, where it stands, how far to trust it."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad, Triple

from eurohpc_kg.importing.documents import Document, document_key
from eurohpc_kg.importing.terms import (
    ISSUED,
    PUBLISHER,
    QUOTED_FROM,
    RDF_TYPE,
    SOURCE,
    TITLE,
    date_literal,
    ehpc,
)
from eurohpc_kg.importing.things import thing_iri
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import source_graph
from eurohpc_kg.turtle import read


def document_triples(document: Document, retrieved: str, quotes: Iterable[str]) -> set[Triple]:
    """Return what a source file says of its document; ``retrieved`` is when it was read."""
    subject = NamedNode(document.iri)
    standing = "PrimarySource" if document.primary else "SecondarySource"
    triples = {
        Triple(subject, RDF_TYPE, ehpc("SourceDocument")),
        Triple(subject, TITLE, Literal(document.title, language=document.language)),
        Triple(subject, PUBLISHER, NamedNode(thing_iri(document.publisher))),
        Triple(subject, SOURCE, NamedNode(document.address)),
        Triple(subject, ehpc("retrieved"), date_literal(retrieved)),
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


def known_documents(repository: Repository) -> dict[str, str]:
    """Return the IRI of each document that has a file, by `document_key`."""
    known: dict[str, str] = {}
    for path in sorted(repository.sources.rglob("*.ttl")):
        graph = source_graph(path.parent.name, path.stem)
        address, title = _address_and_title(read(path, graph, graph.value), graph)
        if address:
            known[document_key(address, title)] = graph.value
    return known


def _address_and_title(quads: Iterable[Quad], graph: NamedNode) -> tuple[str, str]:
    address = title = ""
    for quad in quads:
        if quad.subject == graph and quad.predicate == SOURCE:
            address = str(quad.object).strip("<>")
        elif quad.subject == graph and quad.predicate == TITLE:
            title = quad.object.value if isinstance(quad.object, Literal) else ""
    return address, title
