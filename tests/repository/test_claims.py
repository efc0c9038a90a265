"""The article's graph says each of its 29 claims, and only through that graph."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from claims import CLAIMS, DOCUMENT, Claim

from eurohpc_kg.names import SOURCE, read_prefixes
from eurohpc_kg.repository import find_repository

REPOSITORY = find_repository()
PATH = REPOSITORY.sources / (DOCUMENT.removeprefix(SOURCE) + ".ttl")


@pytest.fixture(scope="module")
def article() -> ox.Store:
    store = ox.Store()
    store.load(
        path=PATH,
        format=ox.RdfFormat.TURTLE,
        base_iri=DOCUMENT,
        to_graph=ox.NamedNode(DOCUMENT),
    )
    return store


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"claim-{claim.number}")
def test_the_article_says(article: ox.Store, claim: Claim) -> None:
    query = f"ASK {{ GRAPH <{DOCUMENT}> {{ {claim.pattern} }} }}"
    found = article.query(query, prefixes=dict(read_prefixes(REPOSITORY)))
    assert found, f"Claim {claim.number} is not in {PATH.name}: {claim.text}"


def test_all_claims_are_walked() -> None:
    assert [claim.number for claim in CLAIMS] == list(range(1, 30))


def test_the_article_does_not_say_what_only_the_register_knows(article: ox.Store) -> None:
    query = "ASK { GRAPH ?document { id:ostrava ?predicate ?object } }"
    assert not article.query(query, prefixes=dict(read_prefixes(REPOSITORY)))
