"""Everything known about a thing: what stands where, and in which form."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from asking import OTHER, SOURCE, graph_of, make_asking
from eurohpc_kg import Graph
from eurohpc_kg.errors import UsageError
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.show import FORMS, Line, Profile, write_profile
from eurohpc_kg.sources import INFERRED_GRAPH

EHPC, ID = NAMESPACE + "ontology#", NAMESPACE + "id/"
SUB_PROPERTY = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    made = graph_of(make_asking(tmp_path_factory.mktemp("content")))
    lumi, north = ox.NamedNode(ID + "lumi"), ox.NamedNode(ID + "north")
    weaker, added = ox.NamedNode(EHPC + "relatedTo"), ox.NamedNode(EHPC + "inCountry")
    hosted = ox.NamedNode(EHPC + "hostedBy")
    ontology = ox.NamedNode(NAMESPACE + "graph/ontology")
    made.store.add(ox.Quad(hosted, ox.NamedNode(SUB_PROPERTY), weaker, ontology))
    made.store.add(ox.Quad(lumi, weaker, north, INFERRED_GRAPH))
    made.store.add(ox.Quad(lumi, added, ox.NamedNode(ID + "north"), INFERRED_GRAPH))
    return made


@pytest.fixture(scope="module")
def lumi(graph: Graph) -> Profile:
    return graph.show("LUMI")


def lines(profile: Profile, heading: str) -> dict[str, Line]:
    return {line.aspect: line for line in profile.groups[heading]}


def test_a_thing_has_its_name_and_its_kind(lumi: Profile) -> None:
    assert (lumi.node.value, lumi.label, lumi.kinds) == (ID + "lumi", "LUMI", ("machine",))


def test_a_profile_prints_and_shows_in_a_notebook_as_it_is_written(lumi: Profile) -> None:
    assert str(lumi) == write_profile(lumi, "text")
    shown = lumi._repr_html_()
    assert "<th>LUMI</th>" in shown
    assert "<caption>relations</caption>" in shown
    assert "<td>North Centre</td>" in shown


def test_what_is_of_no_kind_has_no_empty_one(graph: Graph) -> None:
    profile = graph.show("ehpc:hostedBy")
    assert write_profile(profile, "text").splitlines()[0] == profile.label
    assert "\n\n<" in write_profile(profile, "md")


def test_what_several_documents_say_is_one_line_with_several_sources(lumi: Profile) -> None:
    line = lines(lumi, "relations")["hosted by"]
    assert line.value == "North Centre"
    assert line.sources == (SOURCE, NAMESPACE + OTHER)


def test_what_only_follows_is_kept_where_it_says_more(lumi: Profile) -> None:
    assert all(line.aspect != "ehpc:relatedTo" for line in lumi.groups["relations"])
    (followed,) = lumi.groups["place"]
    assert (followed.value, followed.sources) == ("North Centre", ())


def test_names_and_identifiers_stand_apart(graph: Graph) -> None:
    north = graph.show("id:north")
    names = [(line.aspect, line.value, line.detail) for line in north.groups["names"]]
    assert ("label", "North Centre", "") in names
    assert ("label", "Severní centrum", "cs") in names
    values = [line.value for line in north.groups["identifiers and links"]]
    assert "https://ror.org/00abc0de1" in values


def test_what_is_said_of_others_stands_last(graph: Graph) -> None:
    north = graph.show("id:north")
    assert list(north.groups)[-1] == "said of others"
    assert lines(north, "said of others")["hosted by"].value == "LUMI"


def test_the_documents_are_numbered_as_lines_name_them(lumi: Profile) -> None:
    documents = lumi.documents()
    assert [document.number for document in documents] == list(range(1, len(documents) + 1))
    assert {SOURCE, NAMESPACE + OTHER} <= {document.iri for document in documents}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_the_name(lumi: Profile, form: str) -> None:
    assert "LUMI" in write_profile(lumi, form)


def test_the_text_fits_the_terminal(lumi: Profile) -> None:
    text = write_profile(lumi, "text", 70)
    body = text[: text.rindex("\n\n")]
    assert max(map(len, body.splitlines())) <= 70
    assert "follows" in text
    assert "[1]" in text


def test_markdown_has_a_footnote_for_each_document(lumi: Profile) -> None:
    text = write_profile(lumi, "md")
    for document in lumi.documents():
        assert f"[^{document.number}]:" in text


def test_json_says_what_has_no_source(lumi: Profile) -> None:
    body = json.loads(write_profile(lumi, "json"))
    assert body["curie"] == "id:lumi"
    (place,) = body["groups"]["place"]
    assert (place["iri"], place["follows"]) == (ID + "north", True)


def test_turtle_and_json_ld_say_the_same_and_only_what_was_asserted(lumi: Profile) -> None:
    turtle = {q.triple for q in ox.parse(write_profile(lumi, "ttl"), ox.RdfFormat.TURTLE)}
    linked = {q.triple for q in ox.parse(write_profile(lumi, "jsonld"), ox.RdfFormat.JSON_LD)}
    assert turtle == linked == set(lumi.triples)
    assert all(triple.predicate.value != EHPC + "inCountry" for triple in turtle)


def test_a_form_that_is_none_is_refused(lumi: Profile) -> None:
    with pytest.raises(UsageError, match="'pdf' is no form") as error:
        write_profile(lumi, "pdf")
    assert "text" in error.value.remedy
