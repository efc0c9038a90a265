"""The graphs of a store in canonical form: sorted, hashed, as written, whole."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.errors import StoreError
from eurohpc_kg.store.canonical import INDEX, TRIPLES, read_graphs, rewrite_graphs, write_graphs

A, B, P = (ox.NamedNode(f"urn:{name}") for name in "abp")
ONE, TWO = ox.NamedNode("urn:graph/one"), ox.NamedNode("urn:graph/two")
DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def text_of(folder: Path) -> dict[str, str]:
    return {g.name: b"".join(g.chunks()).decode() for g in read_graphs(folder)}


def test_each_graph_is_sorted_text_of_its_own(tmp_path: Path) -> None:
    write_graphs(tmp_path, [ox.Quad(B, P, A, TWO), ox.Quad(B, P, A, ONE), ox.Quad(A, P, B, ONE)])
    assert text_of(tmp_path) == {
        "urn:graph/one": "<urn:a> <urn:p> <urn:b> .\n<urn:b> <urn:p> <urn:a> .\n",
        "urn:graph/two": "<urn:b> <urn:p> <urn:a> .\n",
    }


def test_a_statement_given_twice_stands_once_and_numbers_stay_as_written(tmp_path: Path) -> None:
    value = ox.Literal("12.50", datatype=DECIMAL)
    write_graphs(tmp_path, [ox.Quad(A, P, value, ONE)] * 2)
    (graph,) = read_graphs(tmp_path)
    assert graph.count == 1
    assert '"12.50"' in text_of(tmp_path)["urn:graph/one"]


def test_the_hash_is_that_of_the_text(tmp_path: Path) -> None:
    write_graphs(tmp_path, [ox.Quad(A, P, B, ONE), ox.Quad(A, P, ox.Literal("é\n"), TWO)])
    for graph in read_graphs(tmp_path):
        assert graph.hash == hashlib.sha256(b"".join(graph.chunks())).hexdigest()
        assert graph.size == sum(map(len, graph.chunks()))


def test_blank_nodes_have_the_names_of_rdfc_whatever_they_were_called(tmp_path: Path) -> None:
    texts = []
    for names in (("x", "y"), ("y", "x")):
        one, two = map(ox.BlankNode, names)
        write_graphs(tmp_path, [ox.Quad(A, P, one, ONE), ox.Quad(one, P, two, ONE)])
        texts.append(text_of(tmp_path))
        assert read_graphs(tmp_path)[0].has_blank_nodes
    assert texts[0] == texts[1]
    assert "_:c14n0" in texts[0]["urn:graph/one"]


def test_pieces_are_whole_lines_whatever_their_size(tmp_path: Path) -> None:
    write_graphs(tmp_path, [ox.Quad(A, P, ox.Literal("x" * n), ONE) for n in range(50)])
    (graph,) = read_graphs(tmp_path)
    pieces = list(graph.chunks(64))
    assert len(pieces) > 10
    assert all(piece.endswith(b" .\n") for piece in pieces)
    assert b"".join(pieces) == b"".join(graph.chunks())


@pytest.mark.parametrize("name", [TRIPLES, INDEX])
def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    write_graphs(tmp_path, [ox.Quad(A, P, B, ONE)])
    (tmp_path / name).unlink()
    with pytest.raises(StoreError, match="build --force"):
        read_graphs(tmp_path)


def test_a_file_cut_short_is_damaged(tmp_path: Path) -> None:
    write_graphs(tmp_path, [ox.Quad(A, P, B, ONE)])
    (tmp_path / TRIPLES).write_bytes(b"<urn:a>")
    with pytest.raises(StoreError):
        read_graphs(tmp_path)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.tuples(TEXT, st.sampled_from(["", "en", "cs"])), max_size=8))
def test_sorted_triples_are_what_rdfc_gives_where_no_node_is_blank(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("canonical")
    quads = [ox.Quad(A, P, ox.Literal(t, language=lang or None), ONE) for t, lang in texts]
    write_graphs(folder, quads)
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS)
    assert written is not None
    lines = sorted(written.splitlines(keepends=True))
    assert text_of(folder).get("urn:graph/one", "") == b"".join(lines).decode()
    assert sum(graph.count for graph in read_graphs(folder)) == len(set(quads))


def test_graphs_that_are_written_again_stand_in_the_same_order(tmp_path: Path) -> None:
    graphs = [ox.NamedNode(f"urn:graph/{name}") for name in ("one", "one-more", "one.more", "on")]
    write_graphs(tmp_path, [ox.Quad(A, P, B, graph) for graph in graphs])
    known = {graph.name: graph for graph in read_graphs(tmp_path)}
    texts = {name: b"".join(graph.chunks()) for name, graph in known.items()}
    again = tmp_path / "again"
    again.mkdir()
    rewrite_graphs(again, texts, known)
    for name in (TRIPLES, INDEX):
        assert (again / name).read_bytes() == (tmp_path / name).read_bytes()
