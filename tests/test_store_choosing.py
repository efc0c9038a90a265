"""One way to name graphs, wherever some are chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from eurohpc_kg.errors import UnknownNameError
from eurohpc_kg.store.canonical import CanonicalGraph
from eurohpc_kg.store.choosing import named_graphs

N = "https://w3id.org/eurohpc-kg/"
GRAPHS = [
    CanonicalGraph(N + name, Path("graphs.nt"), 0, 0, 0, "", has_blank_nodes=False)
    for name in ("graph/ontology", "graph/register", "source/top500/2026-06-top500")
]


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("register", ["graph/register"]),
        ("graph/register", ["graph/register"]),
        (N + "graph/register", ["graph/register"]),
        ("graph/*", ["graph/ontology", "graph/register"]),
        ("source/top500/*", ["source/top500/2026-06-top500"]),
        ("top500/*", ["source/top500/2026-06-top500"]),
        ("*", ["graph/ontology", "graph/register", "source/top500/2026-06-top500"]),
    ],
)
def test_a_graph_is_named_by_its_iri_or_an_end_of_it(name: str, chosen: list[str]) -> None:
    assert [graph.name.removeprefix(N) for graph in named_graphs(GRAPHS, [name], "")] == chosen


def test_no_name_chooses_all() -> None:
    assert named_graphs(GRAPHS, [], "") == GRAPHS


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        named_graphs(GRAPHS, ["regster"], "--graph")
    assert caught.value.candidates == ("register",)
    assert caught.value.place == "--graph"


@pytest.mark.parametrize("name", ["catalog", "graph/catalog", N + "graph/catalog"])
def test_of_the_catalogue_it_is_said_where_it_comes_from(name: str) -> None:
    with pytest.raises(UnknownNameError, match="computed") as caught:
        named_graphs(GRAPHS, [name], "--graph")
    assert "export void" in caught.value.remedy
