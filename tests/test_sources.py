"""File and named graph: each gives the other, and a file in the wrong place is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from eurohpc_kg.errors import PlacementError, TurtleSyntaxError
from eurohpc_kg.names import SOURCE
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.sources import (
    CORRECTIONS_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    QUESTIONS_GRAPH,
    REGISTER_GRAPH,
    SHAPES_GRAPH,
    ContentFile,
    content_files,
    graph_of,
    parse_content,
    path_of,
    read_content,
    source_graph,
)

REPOSITORY = find_repository(Path(__file__))
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
dates = st.one_of(
    st.just("undated"),
    st.dates().map(lambda date: date.isoformat()),
    st.dates().map(lambda date: date.isoformat()[:7]),
    st.dates().map(lambda date: date.isoformat()[:4]),
)


def relative(path: str) -> Path:
    return REPOSITORY.root / path


@given(slugs, dates, slugs)
def test_a_source_graph_and_its_path_give_each_other(publisher: str, date: str, slug: str) -> None:
    graph = source_graph(publisher, f"{date}-{slug}")
    path = path_of(REPOSITORY, graph)
    assert path == REPOSITORY.sources / publisher / f"{date}-{slug}.ttl"
    assert graph_of(REPOSITORY, path) == graph


@pytest.mark.parametrize(
    ("path", "graph"),
    [
        ("ontology/systems.ttl", ONTOLOGY_GRAPH),
        ("ontology/vocabularies/sector.ttl", ONTOLOGY_GRAPH),
        ("data/register/countries.ttl", REGISTER_GRAPH),
        ("data/corrections/a.ttl", CORRECTIONS_GRAPH),
        ("shapes/Figure.ttl", SHAPES_GRAPH),
        ("data/sources/vtv/2025-x.ttl", NamedNode(SOURCE + "vtv/2025-x")),
    ],
)
def test_the_room_of_a_file_says_its_graph(path: str, graph: NamedNode) -> None:
    assert graph_of(REPOSITORY, relative(path)) == graph


@pytest.mark.parametrize(
    "path",
    [
        "data/x.ttl",
        "data/sources/x.ttl",
        "data/sources/vtv/deeper/2025-x.ttl",
        "data/sources/VTV/2025-x.ttl",
        "data/sources/vtv/x.ttl",
        "data/sources/vtv/2025-X.ttl",
        "data/register/x.nt",
        "queries/x.ttl",
        "../x.ttl",
    ],
)
def test_a_file_in_the_wrong_place_is_refused_with_the_right_ones(path: str) -> None:
    with pytest.raises(PlacementError) as caught:
        graph_of(REPOSITORY, relative(path))
    assert caught.value.place
    assert "data/sources" in caught.value.remedy or "<publisher>" in caught.value.remedy


def test_a_room_has_a_folder_and_what_no_file_fills_has_none() -> None:
    assert path_of(REPOSITORY, REGISTER_GRAPH) == REPOSITORY.register
    assert path_of(REPOSITORY, QUESTIONS_GRAPH) == REPOSITORY.questions
    for graph in (INFERRED_GRAPH, NamedNode("urn:x"), NamedNode(SOURCE + "x")):
        with pytest.raises(PlacementError):
            path_of(REPOSITORY, graph)


DOCUMENT = ContentFile(Path("x.ttl"), NamedNode(SOURCE + "vtv/2025-x"), SOURCE + "vtv/2025-x")
REGISTER = ContentFile(Path("x.ttl"), REGISTER_GRAPH)


def test_a_source_document_has_its_graph_as_its_base() -> None:
    (quad,) = parse_content(f"@base <{DOCUMENT.base}> .\n<> <urn:p> 1 .", DOCUMENT, "x.ttl")
    assert quad.subject == quad.graph_name == DOCUMENT.graph


@pytest.mark.parametrize(
    ("text", "file", "line", "remedy"),
    [
        ("@base <urn:other> .\n<> <urn:p> 1 .", DOCUMENT, 1, f"Write @base <{DOCUMENT.base}>"),
        ("# Top.\n\nBASE <urn:other>\n<> <urn:p> 1 .", DOCUMENT, 3, "or move the file"),
        ("<urn:s> <urn:p> 1 .", DOCUMENT, 1, f"Write @base <{DOCUMENT.base}>"),
        ("@base <urn:x> .\n<> <urn:p> 1 .", REGISTER, 1, "Remove the @base"),
    ],
)
def test_a_wrong_base_is_refused_with_the_right_one(
    text: str, file: ContentFile, line: int, remedy: str
) -> None:
    with pytest.raises(PlacementError) as caught:
        parse_content(text, file, "data/x.ttl")
    assert caught.value.place == f"data/x.ttl:{line}"
    assert remedy in caught.value.remedy


def test_errors_name_the_file_as_the_repository_does(tmp_path: Path) -> None:
    path = tmp_path / "data" / "register" / "x.ttl"
    path.parent.mkdir(parents=True)
    path.write_text("<urn:s>")
    with pytest.raises(TurtleSyntaxError) as caught:
        read_content(Repository(tmp_path), ContentFile(path, REGISTER_GRAPH))
    assert caught.value.place == "data/register/x.ttl:1:8"


def test_hidden_files_and_files_that_are_not_rdf_are_no_content(tmp_path: Path) -> None:
    for name in (".x.ttl", "README.md", "x.ttl"):
        (tmp_path / "data" / "register").mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / "register" / name).write_text("")
    found = [file.path.name for file in content_files(Repository(tmp_path))]
    assert found == ["x.ttl"]


@pytest.mark.parametrize(
    "file",
    content_files(REPOSITORY),
    ids=lambda file: REPOSITORY.relative(file.path),
)
def test_every_content_file_is_in_its_place_and_can_be_read(file: ContentFile) -> None:
    quads = read_content(REPOSITORY, file)
    assert {quad.graph_name for quad in quads} == {file.graph}
    if file.base:
        assert path_of(REPOSITORY, file.graph) == file.path
