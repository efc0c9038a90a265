"""Addresses of statements: made of the three terms alone, and read back."""

from __future__ import annotations

import hashlib

import pyoxigraph as ox
import pytest

from eurohpc_kg.names import GRAPH, SOURCE
from eurohpc_kg.statements import STATEMENT, address_of, claim_of, parts_of


def test_the_address_is_the_hash_of_the_canonical_statement() -> None:
    triple = ox.Triple(
        ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal('say "é"\n', language="en")
    )
    line = b'<urn:a> <urn:b> "say \\"\xc3\xa9\\"\\n"@en'
    assert str(triple).encode() == line
    expected = STATEMENT + hashlib.sha256(line).hexdigest()[:32]
    assert address_of(str(triple.subject), str(triple.predicate), str(triple.object)) == expected


def test_numbers_count_as_they_are_written() -> None:
    one, same = (f'"{n}"^^<http://www.w3.org/2001/XMLSchema#decimal>' for n in ("12.5", "12.50"))
    assert address_of("<urn:a>", "<urn:b>", one) != address_of("<urn:a>", "<urn:b>", same)


@pytest.mark.parametrize("graph", [SOURCE + "vtv/2025-10-12-six-more", GRAPH + "register", ""])
def test_the_address_of_a_claim_leads_back_to_the_statement_and_the_graph(graph: str) -> None:
    whole = STATEMENT + "0123456789abcdef" * 2
    assert parts_of(claim_of(whole, graph) if graph else whole) == (whole, graph)


@pytest.mark.parametrize(
    "other", [GRAPH + "register", STATEMENT, STATEMENT + "xyz", STATEMENT + "0" * 31]
)
def test_another_address_is_none_of_a_statement(other: str) -> None:
    assert parts_of(other) is None
