"""The facts of the sheets are in the graph, conflicts side by side, each with its document."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from eurohpc_kg.names import SOURCE, read_prefixes
from eurohpc_kg.repository import find_repository

REPOSITORY = find_repository()
FILES = sorted(path for path in REPOSITORY.sources.rglob("*.ttl") if path.parent.name != "top500")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """All source documents but the editions of rankings, and the register as default graph."""
    store = ox.Store()
    for path in FILES:
        iri = f"{SOURCE}{path.parent.name}/{path.stem}"
        graph = ox.NamedNode(iri)
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE, base_iri=iri, to_graph=graph)
    for path in sorted(REPOSITORY.register.glob("*.ttl")):
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
    return store


def _rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query, prefixes=dict(read_prefixes(REPOSITORY)))
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(term.value for term in row) for row in found]


@pytest.mark.parametrize(
    ("thing", "quantity", "values"),
    [
        ("karolina", "peak-performance", {"15.7", "15.2", "12.91"}),
        ("marenostrum-5", "total-cost", {"202000000", "151410000"}),
        ("jupiter-booster", "node-count", {"6000", "5884"}),
        ("daedalus", "total-cost", {"36000000"}),
        ("meluxina-ai", "gpu-count", {"1008", "2100"}),
        ("nlaif", "eu-contribution", {"70000000"}),
        ("aigf-eoi-2025", "proposal-count", {"76"}),
        ("eurohpc-ju", "participating-state-count", {"34", "35", "37"}),
    ],
)
def test_conflicting_figures_stand_side_by_side(
    store: ox.Store, thing: str, quantity: str, values: set[str]
) -> None:
    query = (
        f"SELECT ?value WHERE {{ GRAPH ?d {{ ?f ehpc:of id:{thing} ;"
        f" ehpc:quantity quantity:{quantity} ; ehpc:value ?value . }} }}"
    )
    assert values <= {value for (value,) in _rows(store, query)}


@pytest.mark.parametrize(
    ("kind", "count"),
    [("AIFactory", 19), ("AIFactoryAntenna", 13), ("NationalCompetenceCentre", 36)],
)
def test_the_register_has_all_of_a_kind(store: ox.Store, kind: str, count: int) -> None:
    assert len(_rows(store, f"SELECT ?x WHERE {{ ?x a ehpc:{kind} }}")) == count


def test_each_document_has_one_file(store: ox.Store) -> None:
    query = (
        "SELECT ?address ?title WHERE"
        " { GRAPH ?d { ?d dcterms:source ?address ; dcterms:title ?title } }"
    )
    counts = Counter(_rows(store, query))
    assert [row for row, count in counts.items() if count > 1] == []
    assert len(counts) == len(FILES)


def test_no_record_stands_in_two_documents(store: ox.Store) -> None:
    query = "SELECT ?record WHERE { GRAPH ?d { ?record ehpc:of ?thing } }"
    counts = Counter(_rows(store, query))
    assert [record for record, count in counts.items() if count > 1] == []


def test_each_claim_is_about_things_of_the_register(store: ox.Store) -> None:
    query = """SELECT DISTINCT ?thing WHERE {
      GRAPH ?d { ?subject ?property ?thing }
      FILTER(STRSTARTS(STR(?thing), "https://w3id.org/eurohpc-kg/id/"))
      FILTER NOT EXISTS { ?thing rdfs:label ?name }
    }"""
    assert _rows(store, query) == []


def test_a_quoted_page_is_never_the_document_itself(store: ox.Store) -> None:
    query = (
        "SELECT ?d WHERE { GRAPH ?d { ?d dcterms:source ?page . ?any prov:wasQuotedFrom ?page } }"
    )
    assert _rows(store, query) == []
