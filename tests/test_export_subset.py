"""A part of the graph: what was chosen, all of it, in its graphs, with its sources."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.errors import (
    EncodingError,
    EurohpcKgError,
    InputError,
    QuerySyntaxError,
    UnknownNameError,
    UsageError,
)
from eurohpc_kg.export import choose_graphs
from eurohpc_kg.export.subset import ANSWER, read_part, subset
from eurohpc_kg.repository import Repository
from eurohpc_kg.store import building
from eurohpc_kg.store.canonical import CanonicalGraph
from exporting import N
from small_content import make_content
from small_repository import examiner

PREFIXES = """\
@prefix ehpc: <https://w3id.org/eurohpc-kg/ontology#> .
@prefix id: <https://w3id.org/eurohpc-kg/id/> .
@prefix figure: <https://w3id.org/eurohpc-kg/figure/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
REGISTER = """
ehpc:Country a owl:Class ; rdfs:label "country"@en .
ehpc:AIFactory a owl:Class ; rdfs:label "AI Factory"@en .
id:finland a ehpc:Country ; rdfs:label "Finland"@en .
id:france a ehpc:Country ; rdfs:label "France"@en .
id:lumi rdfs:label "LUMI"@en ; ehpc:locatedIn id:finland ; ehpc:hostedBy id:csc .
id:csc rdfs:label "CSC"@en .
id:factory a ehpc:AIFactory ; ehpc:usesSystem id:lumi .
"""
SOURCE = """
@base <https://w3id.org/eurohpc-kg/source/centre/2025-03-02-a> .
<> a ehpc:SourceDocument ; rdfs:label "a document"@en .
figure:lumi-power ehpc:of id:lumi ; ehpc:asOf "2025-03"^^xsd:gYearMonth .
figure:other ehpc:of id:other ; ehpc:asOf "2026"^^xsd:gYear .
"""
CONSTRUCT = """\
#+ summary: Who hosts what?
#+ description: |
#+   Pairs.
#+ tags:
#+   - systems
#+ columns:
#+   - subject: the system
#+   - predicate: the relation
#+   - object: the host

PREFIX ehpc: <https://w3id.org/eurohpc-kg/ontology#>

CONSTRUCT { ?host <urn:example:hosts> ?system }
WHERE { ?system ehpc:hostedBy ?host }
"""
SELECT = CONSTRUCT.replace("CONSTRUCT { ?host <urn:example:hosts> ?system }", "SELECT ?system")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(building, "EXAMINER", examiner())
    found = make_content(tmp_path / "content")
    (found.register / "more.ttl").write_text(PREFIXES + REGISTER, encoding="utf-8")
    path = found.sources / "centre" / "2025-03-02-a.ttl"
    path.parent.mkdir()
    path.write_text(PREFIXES + SOURCE, encoding="utf-8")
    yield found
    sys.modules.pop("examiner")


@pytest.fixture
def graphs(repository: Repository) -> list[CanonicalGraph]:
    return choose_graphs(repository)


def subjects(
    repository: Repository, graphs: list[CanonicalGraph], folder: Path, *parts: str, steps: int = 0
) -> set[str]:
    folder.mkdir(exist_ok=True)
    found = subset([read_part(part) for part in parts], steps, graphs, repository, folder)
    text = b"".join(chunk for graph in found for chunk in graph.chunks())
    quads = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    return {str(quad.subject.value).removeprefix(N) for quad in quads}  # type: ignore[union-attr]


DOCUMENT = "source/centre/2025-03-02-a"
LUMI = {"id/lumi", "figure/lumi-power", DOCUMENT}


@pytest.mark.parametrize(
    ("part", "steps", "expected"),
    [
        ("thing=LUMI", 0, LUMI),
        ("thing=id:lumi", 1, LUMI | {"id/csc", "id/finland", "id/factory"}),
        ("class=AI Factory", 0, {"id/factory"}),
        ("class=AIFactory", 0, {"id/factory"}),
        ("country=Finland", 0, LUMI | {"id/finland"}),
        ("date=2025", 0, {"figure/lumi-power", DOCUMENT}),
        ("date=2026..", 0, {"figure/other", DOCUMENT}),
        ("date=..2025-03", 0, {"figure/lumi-power", DOCUMENT}),
    ],
)
def test_a_part_is_what_is_said_of_it_its_records_and_its_documents(
    repository: Repository,
    graphs: list[CanonicalGraph],
    tmp_path: Path,
    part: str,
    steps: int,
    expected: set[str],
) -> None:
    assert subjects(repository, graphs, tmp_path / "out", part, steps=steps) == expected


def test_statements_stay_in_their_graphs_unchanged(
    repository: Repository, graphs: list[CanonicalGraph], tmp_path: Path
) -> None:
    found = subset([read_part("thing=lumi")], 0, graphs, repository, tmp_path)
    whole = {g.name: set(b"".join(g.chunks()).splitlines()) for g in graphs}
    for graph in found:
        assert set(b"".join(graph.chunks()).splitlines()) <= whole[graph.name]


def test_two_parts_are_both(
    repository: Repository, graphs: list[CanonicalGraph], tmp_path: Path
) -> None:
    found = subjects(repository, graphs, tmp_path / "out", "thing=csc", "thing=france")
    assert found == {"id/csc", "id/france"}


def test_the_things_of_an_answer_are_a_part(
    repository: Repository, graphs: list[CanonicalGraph], tmp_path: Path
) -> None:
    path = tmp_path / "systems.rq"
    path.write_text(SELECT.replace("subject: the system", "system: the system")
        .replace("#+   - predicate: the relation\n#+   - object: the host\n", "")
        + "ORDER BY ?system\n")  # fmt: skip
    assert subjects(repository, graphs, tmp_path / "out", f"question={path}") == LUMI


def test_what_a_construct_makes_is_a_graph_of_its_own(
    repository: Repository, graphs: list[CanonicalGraph], tmp_path: Path
) -> None:
    path = tmp_path / "hosts.rq"
    path.write_text(CONSTRUCT)
    (found,) = subset([read_part(f"question={path}")], 0, graphs, repository, tmp_path)
    assert found.name == ANSWER
    assert b"<urn:example:hosts>" in b"".join(found.chunks())


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?host <urn:example:hosts> ?system } WHERE { ?system ehpc:hostedBy ?host }",
        "DESCRIBE id:lumi",
    ],
)
def test_a_file_with_a_query_needs_no_header(
    repository: Repository, graphs: list[CanonicalGraph], tmp_path: Path, query: str
) -> None:
    path = tmp_path / "plain.rq"
    path.write_text(query)
    (found,) = subset([read_part(f"question={path}")], 0, graphs, repository, tmp_path)
    assert (found.name, found.count > 0) == (ANSWER, True)


@pytest.mark.parametrize(
    ("query", "error"),
    [(b"SELECT ?s WHERE { ?s", QuerySyntaxError), (b"# \xff", EncodingError)],
)
def test_a_file_without_a_query_is_named(
    repository: Repository,
    graphs: list[CanonicalGraph],
    tmp_path: Path,
    query: bytes,
    error: type[EurohpcKgError],
) -> None:
    path = tmp_path / "bad.rq"
    path.write_bytes(query)
    with pytest.raises(error) as caught:
        subset([read_part(f"question={path}")], 0, graphs, repository, tmp_path)
    assert caught.value.place.startswith(str(path))
    assert caught.value.remedy


def test_blank_nodes_come_with_what_leads_to_them(repository: Repository, tmp_path: Path) -> None:
    (repository.register / "blank.ttl").write_text(
        PREFIXES + 'id:nested ehpc:of [ ehpc:of [ rdfs:label "deep"@en ] ] .\n'
    )
    graphs = choose_graphs(repository)
    found = subset([read_part("thing=id:nested")], 0, graphs, repository, tmp_path)
    assert b"deep" in b"".join(found[0].chunks())


@pytest.mark.parametrize("text", ["lumi", "thing", "thing=", "person=x"])
def test_what_is_no_part_is_refused_with_the_kinds(text: str) -> None:
    with pytest.raises(UsageError, match="country="):
        read_part(text)


@pytest.mark.parametrize(
    ("part", "error", "words"),
    [
        ("thing=lumy", UnknownNameError, "lumy"),
        ("class=AIFactori", UnknownNameError, "AIFactory"),
        ("country=LUMI", UnknownNameError, "LUMI"),
        ("question=nothing", UnknownNameError, "nothing"),
        ("date=yesterday", UsageError, "period"),
        ("date=2026..2025", UsageError, "period"),
        ("date=1999", InputError, "nothing is left"),
    ],
)
def test_a_part_that_names_nothing_is_refused(
    repository: Repository,
    graphs: list[CanonicalGraph],
    tmp_path: Path,
    part: str,
    error: type[Exception],
    words: str,
) -> None:
    with pytest.raises(error, match=words) as caught:
        subset([read_part(part)], 0, graphs, repository, tmp_path)
    assert isinstance(caught.value, EurohpcKgError)
    assert caught.value.place == "--subset"
    assert caught.value.remedy
