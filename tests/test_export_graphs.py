"""The graph as things and relations: only what is stated, once, with who states it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest

from eurohpc_kg.export import choose, export
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.networks import to_networkx
from eurohpc_kg.store.canonical import read_graphs, write_graphs
from exporting import INFERRED, LABEL, TYPE, N, make_dataset, node, typed
from exporting import written as written_as

A, B = node("source/a/2026-a"), node("source/a/2026-b")
LAT, LONG = (node(f"http://www.w3.org/2003/01/geo/wgs84_pos#{name}") for name in ("lat", "long"))
KINDS = {"system": "Supercomputer", "centre": "University", "city": "City", "land": "Country"}
MORE = (
    *(ox.Quad(node(f"id/{n}"), node(TYPE), node(f"ontology#{k}"), A) for n, k in KINDS.items()),
    *(
        ox.Quad(node(f"id/{n}"), node(LABEL), ox.Literal(n.title(), language="en"), A)
        for n in KINDS
    ),
    ox.Quad(node("id/system"), node("ontology#hostedBy"), node("id/centre"), A),
    ox.Quad(node("id/system"), node("ontology#hostedBy"), node("id/centre"), B),
    ox.Quad(node("id/centre"), node("ontology#hosts"), node("id/system"), node(INFERRED)),
    ox.Quad(node("id/centre"), node("ontology#locatedIn"), node("id/city"), A),
    ox.Quad(node("id/system"), node("ontology#inCountry"), node("id/land"), node(INFERRED)),
    ox.Quad(
        node("ontology#peakPerformance"),
        node("ontology#shortcutFor"),
        node("vocabulary/quantity/peak-performance"),
        node("graph/ontology"),
    ),
    ox.Quad(node("id/system"), node("ontology#peakPerformance"), typed("1.5", "decimal"), A),
    ox.Quad(node("id/city"), LAT, typed("60.2", "decimal"), A),
    ox.Quad(node("id/city"), LONG, typed("24.9", "decimal"), A),
    ox.Quad(node("id/land"), LAT, typed("1", "decimal"), A),
    ox.Quad(node("id/land"), LONG, typed("2", "decimal"), A),
)


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return make_dataset(tmp_path / "made", more=MORE)


@pytest.fixture
def written(dataset: Dataset, tmp_path: Path) -> Path:
    target = tmp_path / "out"
    export(choose(["graphs"]), dataset.graphs, dataset.repository, target)
    return target


def test_a_relation_is_one_edge_with_its_sources(dataset: Dataset) -> None:
    graph = to_networkx(dataset)
    edge = graph.edges[N + "id/system", N + "id/centre", "hostedBy"]
    assert edge["sources"] == f"{A.value}|{B.value}"
    assert not graph.has_edge(N + "id/centre", N + "id/system")


def test_a_node_has_its_name_kind_and_derived_values(dataset: Dataset) -> None:
    found = to_networkx(dataset).nodes[N + "id/system"]
    assert found["name"] == "System"
    assert found["class"] == "Supercomputer"
    assert found["country"] == "Land"
    assert found["peakPerformance"] == 1.5


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_back_the_same_graph(dataset: Dataset, written: Path, form: str) -> None:
    read = networkx.read_graphml if form == "graphml" else networkx.read_gexf
    found = read(written / f"eurohpc-kg.{form}")
    wanted = to_networkx(dataset)
    assert set(found.nodes) == set(wanted.nodes)
    ends = sorted((one, other, data["property"]) for one, other, data in found.edges(data=True))
    assert ends == sorted((o, t, data["property"]) for o, t, data in wanted.edges(data=True))


def test_gexf_has_the_day_of_the_data_not_of_today(dataset: Dataset, written: Path) -> None:
    assert f'lastmodifieddate="{dataset.date}"' in (written / "eurohpc-kg.gexf").read_text()


def table(path: Path, between: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=between))


def test_neo4j_takes_nodes_by_id_and_edges_between_them(written: Path) -> None:
    nodes = table(written / "neo4j" / "nodes.csv", ",")
    ids = [row["iri:ID"] for row in nodes]
    assert len(ids) == len(set(ids))
    system = next(row for row in nodes if row["id"] == "system")
    assert system[":LABEL"] == "Supercomputer"
    assert system["peakPerformance:double"] == "1.5"
    for edge in table(written / "neo4j" / "relationships.csv", ","):
        assert {edge[":START_ID"], edge[":END_ID"]} <= set(ids)
    types = {edge[":TYPE"] for edge in table(written / "neo4j" / "relationships.csv", ",")}
    assert "HOSTED_BY" in types


def test_kgx_has_curies_categories_and_sources(written: Path) -> None:
    nodes = {row["id"]: row for row in table(written / "kgx" / "nodes.tsv", "\t")}
    assert nodes["id:system"]["category"] == "ehpc:Supercomputer"
    (edge,) = [
        row
        for row in table(written / "kgx" / "edges.tsv", "\t")
        if row["predicate"] == "ehpc:hostedBy"
    ]
    assert (edge["subject"], edge["object"]) == ("id:system", "id:centre")
    assert edge["primary_knowledge_source"] == f"{A.value}|{B.value}"
    ids = [row["id"] for row in table(written / "kgx" / "edges.tsv", "\t")]
    assert len(ids) == len(set(ids))


def test_a_system_is_on_the_map_where_its_host_is(written: Path) -> None:
    found = json.loads((written / "eurohpc-kg.geojson").read_bytes())
    features = {feature["properties"]["id"]: feature for feature in found["features"]}
    assert set(features) == {"system", "centre"}
    assert features["system"]["geometry"]["coordinates"] == [24.9, 60.2]
    assert features["system"]["properties"]["at"] == "City"
    assert features["system"]["properties"]["exact"] is False


def test_a_part_of_the_graph_has_places_from_the_whole(tmp_path: Path) -> None:
    whole = make_dataset(tmp_path, more=MORE)
    alone = tmp_path / "alone"
    alone.mkdir()
    write_graphs(alone, [quad for quad in MORE if quad.subject == node("id/system")])
    work = tmp_path / "more-work"
    work.mkdir()
    part = Dataset(read_graphs(alone), whole.repository, work, known=whole.known)
    (feature,) = json.loads(written_as(part, "geojson"))["features"]
    assert feature["properties"]["id"] == "system"
    assert feature["geometry"]["coordinates"] == [24.9, 60.2]
