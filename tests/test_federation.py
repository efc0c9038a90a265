"""Questions that join other endpoints, against a local server that holds a slice of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.endpoint import Pieces
from eurohpc_kg.errors import EndpointError, QuerySyntaxError
from eurohpc_kg.labels import Names
from eurohpc_kg.names import read_prefixes
from eurohpc_kg.questions import Question, federated_questions, find_question
from eurohpc_kg.questions.saved import SERVICES
from eurohpc_kg.repository import find_repository
from eurohpc_kg.results import Results, answer
from stores.far import oxigraph
from stores.servers import Server

REPOSITORY = find_repository(Path(__file__))
QUESTIONS = {question.slug: question for question in federated_questions(REPOSITORY)}
BASE = "https://w3id.org/eurohpc-kg/"

# Invented, in the shape that the three services have.
SLICE = """\
@prefix eurio: <http://data.europa.eu/s66#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<urn:project> a eurio:Project ; eurio:identifier "000001" ; eurio:title "A made-up project" ;
    eurio:startDate "2024-01-01"^^xsd:date .
wd:Q1 rdfs:label "Made-up centre"@en , "Centre inventé"@fr ; wdt:P1128 12 .
<http://publications.europa.eu/resource/authority/country/XXX>
    skos:prefLabel "Pays inventé"@fr , "Made-up country"@en .
"""
OURS = f"""\
@prefix ehpc: <{BASE}ontology#> .
@prefix id: <{BASE}id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .

id:p rdfs:label "P"@en ; ehpc:cordisGrantNumber "000001" .
id:q rdfs:label "Q"@en ; ehpc:cordisGrantNumber "000002" .
id:c a ehpc:Institution ; rdfs:label "C"@en ; schema:sameAs <http://www.wikidata.org/entity/Q1> .
id:x a ehpc:Country ; rdfs:label "X"@en ;
    schema:sameAs <http://publications.europa.eu/resource/authority/country/XXX> .
"""
EXPECTED = {
    "cordis-grants": {"name": "P", "title": "A made-up project", "starts": "2024-01-01"},
    "wikidata-institutions": {"name": "C", "label": "Made-up centre", "employees": 12},
    "country-names": {"name": "X", "official": "Pays inventé"},
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("services")
    with oxigraph(folder / "oxigraph") as running:
        store = ox.Store()
        store.load(SLICE.encode(), format=ox.RdfFormat.TURTLE)
        from stores.far import at

        body = store.dump(format=ox.RdfFormat.N_QUADS)
        assert body is not None
        at(running).post_quads(Pieces(lambda: [body]), repeatable=False)
        yield running


def ask(question: Question, address: str) -> Results:
    """Ask a question of a small graph, with ``address`` in place of the service that it names."""
    store = ox.Store()
    store.load(
        OURS.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(BASE + "graph/register")
    )
    text = question.bind({})
    for service in SERVICES:
        text = text.replace(f"<{service}>", f"<{address}>")
    return answer(store, text, Names(store, read_prefixes(REPOSITORY)), services=[address])


@pytest.mark.parametrize("slug", sorted(QUESTIONS))
def test_a_question_joins_what_the_other_endpoint_has(slug: str, service: Server) -> None:
    (row,) = ask(QUESTIONS[slug], service.root + "/query").to_dicts()
    assert EXPECTED[slug].items() <= row.items()
    assert row["source"] == BASE + "graph/register"
    assert list(row) == list(QUESTIONS[slug].columns)


def test_every_question_of_the_group_is_expected_here() -> None:
    assert QUESTIONS.keys() == EXPECTED.keys()
    assert all(question.group == "federation" for question in QUESTIONS.values())
    assert find_question(REPOSITORY, "cordis-grants").services == SERVICES


def test_a_service_that_does_not_answer_is_told_as_such() -> None:
    with pytest.raises(EndpointError, match="another endpoint") as caught:
        ask(QUESTIONS["cordis-grants"], "http://127.0.0.1:1/query")
    assert caught.value.remedy


def test_no_other_question_may_ask_elsewhere(service: Server) -> None:
    store = ox.Store()
    text = f"SELECT * {{ SERVICE <{service.root}/query> {{ ?s ?p ?o }} }}"
    with pytest.raises(QuerySyntaxError, match="SERVICE is not allowed"):
        answer(store, text, Names(store, read_prefixes(REPOSITORY)))
