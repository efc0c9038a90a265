"""Small graphs in several documents, and questions asked of them with their citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from eurohpc_kg.cite.answer import Answer
from eurohpc_kg.explain import Explainer
from eurohpc_kg.labels import Names
from eurohpc_kg.names import GRAPH, SOURCE, read_prefixes
from eurohpc_kg.reason import close
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.results import answer

EX = "urn:example:"
PREFIX = f"PREFIX : <{EX}>\n"
REGISTER, ONTOLOGY = GRAPH + "register", GRAPH + "ontology"
A, B, C, D = (f"{SOURCE}{name}/2026-01-0{day}-news" for day, name in enumerate("abcd", 1))

_TURTLE = f"""\
@prefix : <{EX}> .
@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def store_of(graphs: Mapping[str, str], repository: Repository | None = None) -> ox.Store:
    """Return a store with Turtle in each graph, closed where the repository is given."""
    store = ox.Store()
    for name, text in graphs.items():
        for quad in ox.parse(_TURTLE + text, format=ox.RdfFormat.TURTLE):
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name)))
    if repository is not None:
        store.extend(close(list(store), repository))
    return store


def only(store: ox.Store, graphs: Iterable[str], repository: Repository | None = None) -> ox.Store:
    """Return what is left of a store when only these graphs are kept, closed anew if asked."""
    kept = {ox.NamedNode(graph) for graph in graphs}
    less = ox.Store()
    less.extend(quad for quad in store if quad.graph_name in kept)
    if repository is not None:
        less.extend(close(list(less), repository))
    return less


def ask(store: ox.Store, query: str, repository: Repository | None = None) -> Answer:
    """Ask a store a query, with ``:`` as the prefix of the example."""
    where = repository or find_repository()
    names = Names(store, read_prefixes(where))
    explainer = Explainer(store, where, names)
    return Answer.of(answer(store, PREFIX + query, names), PREFIX + query, lambda: explainer)


def cited(store: ox.Store, query: str, repository: Repository | None = None) -> list[str]:
    """Return the documents of each different row in short: ``"ab"`` for those of a and b."""
    answer = ask(store, query, repository)
    return [
        short(one.documents)
        for one in dict(zip(answer.rows, answer.citations, strict=True)).values()
    ]


def short(documents: Iterable[str]) -> str:
    """Return the publishers of documents as one word."""
    return "".join(sorted(iri.removeprefix(SOURCE)[0] for iri in documents))
