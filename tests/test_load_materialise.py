"""What a store computes by itself is what a build computes here, triple for triple."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.errors import EndpointError, QuerySyntaxError, RuleError
from eurohpc_kg.graph import assemble
from eurohpc_kg.loading import load_store, materialise
from eurohpc_kg.loading.canonical import digest
from eurohpc_kg.loading.lock import LockedError, new_owner, read_lock, release, take_lock
from eurohpc_kg.loading.reading import count_graphs, read_graphs
from eurohpc_kg.loading.views import insert_of_view
from eurohpc_kg.reason import close
from eurohpc_kg.reason.views import View, read_views
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import INFERRED_GRAPH
from eurohpc_kg.store.canonical import write_graphs
from small_content import ROOT, make_content
from stores.far import at, oxigraph
from stores.servers import Server

INFERRED = INFERRED_GRAPH.value
MORE = """\

ehpc:locatedIn a owl:ObjectProperty , owl:TransitiveProperty ;
    owl:inverseOf ehpc:locationOf .

ehpc:standsIn a owl:ObjectProperty ;
    rdfs:subPropertyOf ehpc:locatedIn .

ehpc:of rdfs:range ehpc:Centre .

ehpc:nextTo a owl:ObjectProperty , owl:SymmetricProperty .

ehpc:place a owl:ObjectProperty ;
    owl:propertyChainAxiom ( ehpc:of ehpc:standsIn ) .
"""
PLACES = """\

id:c a ehpc:Centre ;
    ehpc:nextTo id:example-1 .

id:example-1 ehpc:standsIn id:town .

id:town ehpc:locatedIn id:country .
"""
VIEW = """\
#+ summary: What is the power of a centre?

PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

CONSTRUCT { ?centre ehpc:power ?power }
WHERE {
  {
    SELECT ?centre (MAX(?key) AS ?best)
    WHERE {
      GRAPH ?source { ?figure ehpc:value ?value }
      ?figure ehpc:of ?centre .
      ?centre a ehpc:Centre .
      BIND(CONCAT(STR(?source), " ", STR(?value)) AS ?key)
    }
    GROUP BY ?centre
  }
  BIND(xsd:decimal(REPLACE(?best, "^.* ", "")) AS ?power)
}
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with oxigraph(tmp_path / "oxigraph") as running:
        yield running


@pytest.fixture
def content(tmp_path: Path) -> Repository:
    repository = make_content(tmp_path / "content")
    _append(repository.root / "ontology" / "ontology.ttl", MORE)
    _append(repository.root / "data" / "register" / "things.ttl", PLACES)
    (repository.root / "queries" / "views").mkdir(exist_ok=True)
    (repository.root / "queries" / "views" / "power.rq").write_text(VIEW, encoding="utf-8")
    return repository


def test_the_store_computes_what_a_build_computes(server: Server, content: Repository) -> None:
    _load_without_inferred(server, content)
    found = materialise(at(server), content)
    assert _inferred(server) == _closed(content)
    assert found.count == len(_closed(content))
    assert any("ontology#power" in line and "4.5" in line for line in _inferred(server))
    assert any("ontology#place" in line for line in _inferred(server))
    assert not any(name.startswith("staged:") for name in count_graphs(at(server)))


def test_a_second_time_gives_the_same_and_a_load_then_sends_nothing(
    server: Server, content: Repository, tmp_path: Path
) -> None:
    _load_without_inferred(server, content)
    first = materialise(at(server), content)
    assert materialise(at(server), content) == first
    whole = _written(tmp_path / "whole", [*assemble(content), *close(assemble(content), content)])
    assert load_store(whole, at(server)).is_empty


def test_what_no_longer_follows_goes(server: Server, content: Repository) -> None:
    _load_without_inferred(server, content)
    materialise(at(server), content)
    at(server).update(
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } "
        "FILTER(STRENDS(STR(?p), 'standsIn') || STRENDS(STR(?s), 'standsIn')) }"
    )
    materialise(at(server), content)
    assert not any("/town>" in line and "example-1" in line for line in _inferred(server))


def test_what_another_load_has_staged_is_left_to_it(server: Server, content: Repository) -> None:
    _load_without_inferred(server, content)
    other = new_owner()
    take_lock(at(server), other)
    text = "INSERT DATA { GRAPH <staged:9f:urn:a> { <staged:urn:a> <staged:urn:b> 1 } }"
    at(server).update(text)
    with pytest.raises(LockedError, match="another load is going on"):
        materialise(at(server), content)
    assert "staged:9f:urn:a" in count_graphs(at(server))
    assert [lock.owner for lock in read_lock(at(server))] == [other]
    release(at(server), other)
    materialise(at(server), content)
    assert not any(name.startswith("staged:") for name in count_graphs(at(server)))


def test_an_axiom_that_no_rule_covers_stops_it_and_changes_nothing(
    server: Server, content: Repository
) -> None:
    _load_without_inferred(server, content)
    materialise(at(server), content)
    before = _inferred(server)
    name = "https://w3id.org/eurohpc-kg/graph/ontology"
    at(server).update(
        f"INSERT DATA {{ GRAPH <{name}> {{ <urn:p> a <http://www.w3.org/2002/07/owl#Class> ; "
        "<http://www.w3.org/2002/07/owl#disjointUnionOf> <urn:list> } }"
    )
    with pytest.raises((RuleError, EndpointError)):
        materialise(at(server), content)
    assert _inferred(server) == before


def test_a_view_that_is_no_plain_construct_is_refused() -> None:
    view = View("v", "queries/views/v.rq", "SELECT * { ?s ?p ?o }", frozenset())
    with pytest.raises(QuerySyntaxError, match="no plain CONSTRUCT"):
        insert_of_view(view, "urn:d", [], "urn:t")


@pytest.mark.parametrize("view", read_views(Repository(ROOT)), ids=lambda view: view.name)
def test_every_view_of_the_repository_can_be_disguised(view: View) -> None:
    text = insert_of_view(view, "urn:d", ["urn:n"], "urn:t")
    ox.Store().update(text)
    assert "XMLSchema" not in text or "<http://www.w3.org/2001/XMLSchema#>" in text


def test_the_article_gives_the_same(server: Server, tmp_path: Path) -> None:
    content = Repository(tmp_path / "article")
    for room in ("ontology", "queries", "shapes"):
        shutil.copytree(ROOT / room, content.root / room)
    shutil.copytree(ROOT / "data" / "register", content.root / "data" / "register")
    for name in ("vtv", "eurohpc-ju"):
        source = ROOT / "data" / "sources" / name
        if source.is_dir():
            shutil.copytree(source, content.root / "data" / "sources" / name)
    quads = [quad for quad in assemble(content) if "register" not in quad.graph_name.value] + [
        quad for quad in assemble(content) if _few(quad)
    ]
    _written(tmp_path / "some", quads)
    load_store(tmp_path / "some", at(server))
    materialise(at(server), content)
    wanted = {str(quad.triple) for quad in close(quads, content)}
    assert (
        digest(_triples(server)).hash == digest(quad.triple for quad in close(quads, content)).hash
    ), (len(wanted), len(_inferred(server)))


def _few(quad: ox.Quad) -> bool:
    """Keep a tenth of the register, so that the test takes seconds."""
    return "register" in quad.graph_name.value and sum(str(quad.subject).encode()) % 10 == 0


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _written(folder: Path, quads: list[ox.Quad]) -> Path:
    folder.mkdir()
    write_graphs(folder, quads)
    return folder


def _load_without_inferred(server: Server, content: Repository) -> None:
    load_store(_written(content.root / "asserted", assemble(content)), at(server))


def _closed(content: Repository) -> set[str]:
    return {str(quad.triple) for quad in close(assemble(content), content)}


def _triples(server: Server) -> list[ox.Triple]:
    return read_graphs(at(server), [INFERRED], 0)[INFERRED]


def _inferred(server: Server) -> set[str]:
    return {str(triple) for triple in _triples(server)}
