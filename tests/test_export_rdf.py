"""The formats of RDF: what is written comes back, whoever reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.export.context import CONTEXT
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.names import NAMESPACE
from exporting import (
    INFERRED,
    by_oxigraph,
    by_rdflib,
    canonical,
    make_dataset,
    node,
    quads_of,
    triples_of,
    written,
)

DATASETS = {
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
    "jsonld-expanded": (ox.RdfFormat.JSON_LD, "json-ld"),
}
UNIONS = {
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt"),
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "rdfxml": (ox.RdfFormat.RDF_XML, "xml"),
}
PROV = ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@pytest.fixture(params=["with inferred", "asserted"])
def dataset(request: pytest.FixtureRequest, tmp_path: Path) -> Dataset:
    return make_dataset(tmp_path, inferred=request.param == "with inferred")


@pytest.mark.parametrize("name", DATASETS)
def test_named_graphs_come_back_through_oxigraph(dataset: Dataset, name: str) -> None:
    assert by_oxigraph(written(dataset, name), DATASETS[name][0]) == quads_of(dataset)


@pytest.mark.parametrize("name", DATASETS)
def test_named_graphs_come_back_through_rdflib(dataset: Dataset, name: str) -> None:
    assert by_rdflib(written(dataset, name), DATASETS[name][1]) == quads_of(dataset)


@pytest.mark.parametrize("name", UNIONS)
def test_the_union_comes_back_through_oxigraph(dataset: Dataset, name: str) -> None:
    assert by_oxigraph(written(dataset, name), UNIONS[name][0]) == triples_of(dataset)


@pytest.mark.parametrize("name", UNIONS)
def test_the_union_comes_back_through_rdflib(dataset: Dataset, name: str) -> None:
    assert by_rdflib(written(dataset, name), UNIONS[name][1]) == triples_of(dataset)


def test_reification_reifiers_and_named_graphs_give_the_same_sourced_facts(
    dataset: Dataset,
) -> None:
    named = {
        (quad.subject, quad.predicate, quad.object, quad.graph_name)
        for quad in quads_of(dataset)
        if not _has_blank(quad)
    }
    assert _reified(dataset) == _reifiers(dataset) == named


def test_both_kinds_of_statements_have_the_same_names(dataset: Dataset) -> None:
    names = []
    for form in ("reified", "rdf12"):
        quads = ox.parse(written(dataset, form), format=ox.RdfFormat.TURTLE)
        names.append({quad.subject for quad in quads if quad.predicate == PROV})
    assert names[0] == names[1]
    assert len(names[0]) == len(triples_of(dataset))


@pytest.mark.parametrize("form", ["reified", "rdf12"])
def test_a_form_with_statements_also_states_them(dataset: Dataset, form: str) -> None:
    quads = ox.parse(written(dataset, form), format=ox.RdfFormat.TURTLE)
    own = {
        quad
        for quad in quads
        if not str(quad.subject.value if isinstance(quad.subject, ox.NamedNode) else "").startswith(
            NAMESPACE + "statement/"
        )
    }
    assert canonical(own) == triples_of(dataset)


def test_a_framed_document_is_one_thing_with_its_records(dataset: Dataset) -> None:
    documents = [json.loads(line) for line in written(dataset, "jsonld-framed").splitlines()]
    assert all(document["@context"] == CONTEXT for document in documents)
    things = [document["@id"] for document in documents]
    assert len(things) == len(set(things))
    (thing,) = [document for document in documents if document["@id"] == "id:example-1"]
    figures = [record["@id"] for record in thing["records"]]
    assert "figure:example-1-power" in figures


def test_framed_documents_say_nothing_that_the_dataset_does_not(dataset: Dataset) -> None:
    context = json.loads(written(dataset, "context"))["@context"]
    documents = [json.loads(line) for line in written(dataset, "jsonld-framed").splitlines()]
    found = {
        quad
        for document in documents
        for quad in ox.parse(
            json.dumps({**document, "@context": context}), format=ox.RdfFormat.JSON_LD
        )
        if not _has_blank(quad)
    }
    expected = {quad for quad in triples_of(dataset) if not _has_blank(quad)}
    assert found
    assert found <= expected
    figure = ox.NamedNode(NAMESPACE + "figure/example-1-power")
    assert {q for q in expected if q.subject == figure} <= found


BELL = ox.Quad(
    node("id/trap"), node("ontology#value"), ox.Literal("a \\\\ \x07 bell"), node("source/a/2026-b")
)


def test_a_control_character_goes_everywhere_but_into_xml(tmp_path: Path) -> None:
    dataset = make_dataset(tmp_path, more=[BELL])
    for name, (form, _) in DATASETS.items():
        assert by_oxigraph(written(dataset, name), form) == quads_of(dataset)
    assert by_rdflib(written(dataset, "turtle"), "turtle") == triples_of(dataset)
    with pytest.raises(EurohpcKgError, match="XML has no way"):
        written(dataset, "rdfxml")


def test_inferred_statements_are_left_out_on_demand(tmp_path: Path) -> None:
    asserted = make_dataset(tmp_path, inferred=False)
    assert INFERRED.encode() not in written(asserted, "nquads")


def test_the_same_dataset_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = make_dataset(tmp_path / "one"), make_dataset(tmp_path / "two")
    for name in (*DATASETS, *UNIONS, "jsonld-framed", "reified", "rdf12", "context"):
        assert written(one, name) == written(two, name), name


def test_the_canonical_form_is_what_n_quads_is(tmp_path: Path) -> None:
    dataset = make_dataset(tmp_path)
    plain = [g for g in dataset.graphs if not g.has_blank_nodes]
    text = written(Dataset(plain, dataset.repository, tmp_path / "work"), "nquads")
    parsed = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    parsed.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    canonical_text = ox.serialize(parsed, format=ox.RdfFormat.N_QUADS)
    assert canonical_text is not None
    assert sorted(text.splitlines()) == sorted(canonical_text.splitlines())


def _has_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _reified(dataset: Dataset) -> set[tuple[object, ...]]:
    parts: dict[object, dict[str, object]] = {}
    sources: list[tuple[object, object]] = []
    for quad in ox.parse(written(dataset, "reified"), format=ox.RdfFormat.TURTLE):
        if quad.predicate == PROV:
            sources.append((quad.subject, quad.object))
        name = quad.predicate.value.removeprefix(RDF)
        if name in ("subject", "predicate", "object"):
            parts.setdefault(quad.subject, {})[name] = quad.object
    found = {
        (*(parts[name][key] for key in ("subject", "predicate", "object")), source)
        for name, source in sources
    }
    return {fact for fact in found if not any(isinstance(t, ox.BlankNode) for t in fact)}


def _reifiers(dataset: Dataset) -> set[tuple[object, ...]]:
    reified: dict[object, ox.Triple] = {}
    sources: list[tuple[object, object]] = []
    for quad in ox.parse(written(dataset, "rdf12"), format=ox.RdfFormat.TURTLE):
        if quad.predicate == PROV:
            sources.append((quad.subject, quad.object))
        if isinstance(quad.object, ox.Triple):
            assert quad.predicate.value == RDF + "reifies"
            reified[quad.subject] = quad.object
    found = {
        (reified[name].subject, reified[name].predicate, reified[name].object, source)
        for name, source in sources
    }
    return {fact for fact in found if not any(isinstance(t, ox.BlankNode) for t in fact)}
