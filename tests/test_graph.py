"""The graph of all that is asserted: every file in its graph, and the questions in theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from eurohpc_kg.errors import PlacementError
from eurohpc_kg.graph import assemble, from_files
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.sources import (
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    QUESTIONS_GRAPH,
    SHAPES_GRAPH,
    content_files,
)

REPOSITORY = find_repository(Path(__file__))
QUADS = assemble(REPOSITORY)


def test_every_content_file_gives_quads_in_its_graph() -> None:
    graphs = {file.graph for file in content_files(REPOSITORY)} | {QUESTIONS_GRAPH}
    assert {quad.graph_name for quad in QUADS} == graphs


def test_nothing_inferred_is_asserted() -> None:
    graphs = {quad.graph_name for quad in QUADS}
    assert INFERRED_GRAPH not in graphs
    assert {ONTOLOGY_GRAPH, SHAPES_GRAPH} <= graphs


def test_the_same_files_give_the_same_quads_in_the_same_order() -> None:
    assert assemble(REPOSITORY) == QUADS


def test_a_file_out_of_place_stops_the_assembly(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.ttl").write_text("")
    with pytest.raises(PlacementError) as caught:
        from_files(Repository(tmp_path))
    assert caught.value.place == "data/x.ttl"
