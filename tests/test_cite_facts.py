"""How to cite one fact: its words, its document, and an address that leads back to it."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from citing import EX, REGISTER, A, B, store_of
from eurohpc_kg.cite.facts import Facts, write_facts
from eurohpc_kg.errors import UsageError
from eurohpc_kg.explain import Explainer
from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.labels import Names
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.repository import find_repository
from eurohpc_kg.statements import claim_of
from eurohpc_kg.store.canonical import write_graphs

ABOUT = (
    "<{iri}> dcterms:title '{title}'@en ; ehpc:standing ehpc:{standing} ; dcterms:issued '2026' ;"
    " dcterms:source <https://example.org/{title}> ."
)
HOSTED = ":lumi :host :csc . "
GRAPHS = {
    A: HOSTED
    + ":lumi :power 12.50 . "
    + ABOUT.format(iri=A, title="a", standing="SecondarySource"),
    B: HOSTED + ABOUT.format(iri=B, title="b", standing="PrimarySource"),
    REGISTER: HOSTED + ":lumi rdfs:label 'LUMI'@en . :csc rdfs:label 'CSC'@en .",
}


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    store = store_of(GRAPHS)
    quads = [quad for name, text in GRAPHS.items() for quad in written(text, name)]
    write_graphs(tmp_path, quads)
    where = find_repository()
    return Facts(Explainer(store, where, Names(store, read_prefixes(where))), lambda: tmp_path)


def written(text: str, graph: str) -> list[ox.Quad]:
    """Return quads with numbers as they are written, which a store does not keep."""
    from citing import _TURTLE

    name = ox.NamedNode(graph)
    parsed = ox.parse(_TURTLE + text, format=ox.RdfFormat.TURTLE)
    return [ox.Quad(q.subject, q.predicate, q.object, name) for q in parsed]


def statement(predicate: str, object_: ox.NamedNode | ox.Literal) -> Statement:
    return Statement(ox.NamedNode(EX + "lumi"), ox.NamedNode(EX + predicate), object_)


HOST = statement("host", ox.NamedNode(EX + "csc"))


def test_the_preferred_of_the_documents_that_say_it_is_cited(facts: Facts) -> None:
    fact = facts.of(HOST)
    assert [document.iri for document in fact.documents] == [B]
    assert not fact.follows
    assert fact.line.startswith("LUMI · ")
    assert ". b. 2026. primary. https://example.org/b. EuroHPC knowledge graph " in fact.line
    assert fact.line.endswith(fact.address)


def test_each_graph_that_says_it_has_an_address_for_that(facts: Facts) -> None:
    fact = facts.of(HOST)
    assert set(fact.claims) == {claim_of(fact.address, graph) for graph in (A, B, REGISTER)}


def test_an_address_leads_back_to_the_statement_and_its_graphs(facts: Facts) -> None:
    fact = facts.of(HOST)
    for address in (fact.address, *fact.claims):
        assert facts.find(address) == (HOST, tuple(sorted((A, B, REGISTER))))
    assert facts.find(fact.address[:-1] + ("0" if fact.address[-1] != "0" else "1")) is None
    assert facts.find(A) is None


def test_a_number_has_the_address_of_what_is_written_not_of_what_the_store_keeps(
    facts: Facts,
) -> None:
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    kept, said = (statement("power", ox.Literal(n, datatype=decimal)) for n in ("12.5", "12.50"))
    assert facts.address(kept) == facts.address(said)
    assert facts.find(facts.of(kept).address) == (said, (A,))


def test_facts_are_written_in_lines_as_a_list_or_as_json(facts: Facts) -> None:
    fact = facts.of(HOST)
    assert write_facts([fact], "text") == fact.line + "\n"
    assert write_facts([fact], "md") == f"- {fact.line}\n"
    (one,) = json.loads(write_facts([fact], "json"))
    assert one["address"] == fact.address
    assert one["cite"] == fact.line
    assert [source["iri"] for source in one["sources"]] == [B]
    with pytest.raises(UsageError, match="no form 'ttl'"):
        write_facts([fact], "ttl")
