"""The description: its counts are those of the files, its links lead somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.errors import UsageError
from eurohpc_kg.export import about, choose, export
from eurohpc_kg.export.dataset import Dataset
from exporting import N, make_dataset, quads_of, triples_of

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
SD = "http://www.w3.org/ns/sparql-service-description#"
SH = "http://www.w3.org/ns/shacl#"
SPDX = "http://spdx.org/rdf/terms#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DATASET = ox.NamedNode(about.DATASET)
SITE = "https://kg.example.org"


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return make_dataset(tmp_path / "made")


@pytest.fixture
def written(dataset: Dataset, tmp_path: Path) -> Path:
    target = tmp_path / "out"
    words = ["nquads", "turtle.gz", "description", "w3id"]
    export(choose(words), dataset.graphs, dataset.repository, target, site=SITE)
    return target


@pytest.fixture
def void(written: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=written / "void.ttl", format=ox.RdfFormat.TURTLE)
    return store


def values(store: ox.Store, subject: ox.NamedNode, iri: str) -> list[str]:
    found = store.quads_for_pattern(subject, ox.NamedNode(iri), None)
    return sorted(str(quad.object.value) for quad in found)  # type: ignore[union-attr]


def test_the_counts_are_those_of_the_dataset(dataset: Dataset, void: ox.Store) -> None:
    triples = triples_of(dataset)
    want = {
        "triples": len(triples),
        "distinctSubjects": len({q.subject for q in triples}),
        "distinctObjects": len({q.object for q in triples}),
        "properties": len({q.predicate for q in triples}),
        "classes": len(
            {
                q.object
                for q in triples
                if q.predicate == TYPE and isinstance(q.object, ox.NamedNode)
            }
        ),
    }
    assert {name: int(*values(void, DATASET, VOID + name)) for name in want} == want


def test_every_class_and_property_has_its_partition(dataset: Dataset, void: ox.Store) -> None:
    triples = triples_of(dataset)
    for name, part, of in (
        ("classPartition", "class", "entities"),
        ("propertyPartition", "property", "triples"),
    ):
        found = {}
        for iri in values(void, DATASET, VOID + name):
            node = ox.NamedNode(iri)
            found[values(void, node, VOID + part)[0]] = int(values(void, node, VOID + of)[0])
        want: dict[str, int] = {}
        for quad in triples:
            key = quad.predicate if part == "property" else quad.object
            if (part == "property" or quad.predicate == TYPE) and isinstance(key, ox.NamedNode):
                want[key.value] = want.get(key.value, 0) + 1
        assert found == want


def test_every_graph_is_named_with_its_size_and_hash(dataset: Dataset, void: ox.Store) -> None:
    found = {}
    for iri in values(void, DATASET, SD + "namedGraph"):
        name = values(void, ox.NamedNode(iri), SD + "name")[0]
        graph = ox.NamedNode(values(void, ox.NamedNode(iri), SD + "graph")[0])
        checksum = ox.NamedNode(values(void, graph, SPDX + "checksum")[0])
        found[name] = (
            int(values(void, graph, VOID + "triples")[0]),
            values(void, checksum, SPDX + "checksumValue")[0],
        )
    assert found == {graph.name: (graph.count, graph.hash) for graph in dataset.graphs}
    assert sum(count for count, _ in found.values()) == len(quads_of(dataset))


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        (DCAT + "Catalog", ["title", "description", "publisher"]),
        (DCAT + "Dataset", ["title", "description"]),
        (DCAT + "DataService", ["title"]),
    ],
)
def test_what_dcat_ap_requires_is_there(void: ox.Store, kind: str, needed: list[str]) -> None:
    found = [q.subject for q in void.quads_for_pattern(None, TYPE, ox.NamedNode(kind))]
    assert found
    for subject in found:
        assert isinstance(subject, ox.NamedNode)
        for name in needed:
            assert values(void, subject, DCTERMS + name), name
    assert values(void, ox.NamedNode(about.SERVICE), DCAT + "endpointURL") == [f"{SITE}/sparql"]


def test_a_distribution_is_a_file_that_is_there(written: Path, void: ox.Store) -> None:
    places = set()
    for iri in values(void, DATASET, DCAT + "distribution"):
        node = ox.NamedNode(iri)
        (place,) = values(void, node, DCAT + "accessURL")
        places.add(place)
        path = written / place.rpartition("/")[2]
        assert path.stat().st_size == int(values(void, node, DCAT + "byteSize")[0])
    assert f"{SITE}/download/0.1.0/eurohpc-kg.nq" in places
    assert len(places) == 2


def test_a_kind_of_file_is_that_of_the_file_not_of_the_format(tmp_path: Path) -> None:
    dataset = make_dataset(tmp_path / "made")
    target = tmp_path / "out"
    export(choose(["csv", "rdf12", "kgx", "void"]), dataset.graphs, dataset.repository, target)
    store = ox.Store()
    store.load(path=target / "void.ttl", format=ox.RdfFormat.TURTLE)
    kinds = {
        values(store, ox.NamedNode(iri), DCAT + "downloadURL")[0].rpartition("/")[2]: [
            kind.rpartition("/")[2] for kind in values(store, ox.NamedNode(iri), DCTERMS + "format")
        ]
        for iri in values(store, DATASET, DCAT + "distribution")
    }
    assert kinds["statement.csv"] == ["CSV"]
    assert kinds["csv-metadata.json"] == ["JSON"]
    assert kinds["eurohpc-kg.rdf12.ttl"] == ["RDF_TURTLE"]
    assert kinds["edges.tsv"] == ["TSV"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (DCTERMS + "license", DCTERMS + "LicenseDocument"),
        (DCTERMS + "conformsTo", DCTERMS + "Standard"),
        (DCTERMS + "publisher", "http://xmlns.com/foaf/0.1/Agent"),
        (DCAT + "mediaType", DCTERMS + "MediaType"),
        (SPDX + "algorithm", SPDX + "ChecksumAlgorithm"),
    ],
)
def test_what_no_list_of_the_eu_has_is_of_the_class_that_dcat_ap_wants(
    void: ox.Store, path: str, kind: str
) -> None:
    found = list(void.quads_for_pattern(None, ox.NamedNode(path), None))
    assert found
    for quad in found:
        assert isinstance(quad.object, ox.NamedNode)
        assert kind in values(void, quad.object, TYPE.value)


def test_prefixes_are_declared_for_editors(dataset: Dataset, void: ox.Store) -> None:
    prefixes = {
        str(q.object.value)  # type: ignore[union-attr]
        for q in void.quads_for_pattern(None, ox.NamedNode(SH + "prefix"), None)
    }
    assert prefixes == set(dataset.prefixes.namespaces)


def test_saved_questions_are_described(tmp_path: Path) -> None:
    dataset = make_dataset(tmp_path / "made")
    text = (
        "#+ summary: Which things are there?\n#+ description: |\n#+   All of them.\n"
        "#+ tags:\n#+   - systems\n#+ columns:\n#+   - thing: the thing\n\n"
        "SELECT ?thing\nWHERE {\n  ?thing ?p ?o\n}\nORDER BY ?thing\n"
    )
    (dataset.repository.questions / "things.rq").parent.mkdir(parents=True, exist_ok=True)
    (dataset.repository.questions / "things.rq").write_text(text, encoding="utf-8")
    export(choose(["void"]), dataset.graphs, dataset.repository, tmp_path / "out")
    store = ox.Store()
    store.load(path=tmp_path / "out" / "void.ttl", format=ox.RdfFormat.TURTLE)
    assert values(store, ox.NamedNode(N + "question/things"), SH + "select")


def test_no_blank_node_and_no_clock(written: Path) -> None:
    text = (written / "void.ttl").read_text(encoding="utf-8")
    assert "_:" not in re.sub(r'"[^"]*"', "", text)
    assert " [" not in re.sub(r'"[^"]*"', "", text)


def test_the_crate_lists_every_file(written: Path) -> None:
    crate = json.loads((written / "ro-crate-metadata.json").read_bytes())
    graph = {one["@id"]: one for one in crate["@graph"]}
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    for part in graph["./"]["hasPart"]:
        assert (written / part["@id"]).is_file()
        assert graph[part["@id"]]["@type"] == "File"
        assert ";" not in graph[part["@id"]]["encodingFormat"]
    assert {"name", "description", "datePublished", "license"} <= graph["./"].keys()
    context, more = crate["@context"]
    assert context == "https://w3id.org/ro/crate/1.1/context"
    assert more == {"sha256": "http://schema.org/sha256"}, "Which that context does not have."


def rewritten(rules: str, path: str, accept: str) -> str:
    """Do what Apache does with the rules, as far as they use it."""
    condition = True
    for line in rules.splitlines():
        words = line.split()
        if line.startswith("RewriteCond"):
            condition = re.search(words[2], accept, re.IGNORECASE) is not None
        elif line.startswith("RewriteRule"):
            found = re.search(words[1], path)
            if found and condition:
                return found.expand(words[2].replace("$1", r"\1"))
            condition = True
    return ""


@pytest.mark.parametrize(
    ("path", "accept", "place"),
    [
        ("", "text/html", f"{SITE}/"),
        ("id/lumi", "text/html,*/*", f"{SITE}/id/lumi"),
        ("id/lumi", "text/turtle", f"{SITE}/id/lumi.ttl"),
        ("id/lumi", "application/ld+json", f"{SITE}/id/lumi.jsonld"),
        ("id/lumi.ttl", "text/html", f"{SITE}/id/lumi.ttl"),
        ("ontology", "application/rdf+xml", f"{SITE}/ontology.rdf"),
        ("source/vtv/2025-10-12-a", "text/turtle", f"{SITE}/source/vtv/2025-10-12-a.ttl"),
        ("sparql", "application/json", f"{SITE}/sparql"),
        ("download/0.1.0/eurohpc-kg.nq.gz", "*/*", f"{SITE}/download/0.1.0/eurohpc-kg.nq.gz"),
    ],
)
def test_w3id_sends_a_name_to_the_form_that_is_asked_for(
    written: Path, path: str, accept: str, place: str
) -> None:
    assert rewritten((written / "w3id.htaccess").read_text(), path, accept) == place


def test_w3id_needs_to_know_the_site(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--site"):
        export(choose(["w3id"]), dataset.graphs, dataset.repository, tmp_path / "out")
    assert not (tmp_path / "out").exists()
