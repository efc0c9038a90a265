"""A statement of several graphs counts once, whichever way a query is asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.store import merged as merged_module
from eurohpc_kg.store import open_folder
from eurohpc_kg.store.canonical import write_graphs
from eurohpc_kg.store.merged import NAME, merged_in_memory, open_merged
from eurohpc_kg.store.previous import PARTS, copy_database, write_parts

COUNT = "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }"
BOTH = "SELECT ?o ?g { ?s <urn:p> ?o . GRAPH ?g { ?s <urn:q> ?b } ?b <urn:r> ?c }"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a store in which two graphs say the same, and one has a blank node."""
    text = (
        "<urn:s> <urn:p> <urn:o> <urn:g1> .\n<urn:s> <urn:p> <urn:o> <urn:g2> .\n"
        "<urn:s> <urn:q> _:b <urn:g3> .\n_:b <urn:r> <urn:c> <urn:g3> .\n"
    )
    path = tmp_path / "store"
    quads = list(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    store = ox.Store(str(path))
    store.bulk_extend(quads)
    store.flush()
    del store
    write_graphs(path, quads)
    write_parts(path, {})
    return path


def count(store: ox.Store) -> str:
    """Return what a query counts that is told nothing of unions."""
    return str(next(iter(store.query(COUNT)))["n"].value)  # type: ignore[union-attr]


def test_a_statement_counts_once(folder: Path) -> None:
    said: list[str] = []
    for _ in range(2):
        assert count(open_merged(folder, said.append)) == "1"
    assert len(said) == 1
    assert count(merged_in_memory(folder)) == "1"


def test_graphs_and_their_blank_nodes_stay_what_they_are(folder: Path) -> None:
    for store in (open_merged(folder), merged_in_memory(folder)):
        rows = [(str(row["o"]), str(row["g"])) for row in store.query(BOTH)]  # type: ignore[union-attr, str-bytes-safe]
        assert rows == [("<urn:o>", "<urn:g3>")]


def test_it_is_no_part_of_the_store(folder: Path, tmp_path: Path) -> None:
    noted = (folder / PARTS).read_bytes()
    open_merged(folder)
    write_parts(folder, {})
    assert (folder / PARTS).read_bytes() == noted
    copy_database(folder, tmp_path / "copy")
    assert not (tmp_path / "copy" / NAME).exists()
    assert len(open_folder(folder)) == 4


def test_where_it_can_not_be_written_it_is_held_in_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Path) -> None:
        raise OSError("no room")

    monkeypatch.setattr(merged_module, "copy_database", refuse)
    assert count(open_merged(folder, print)) == "1"
    assert not (folder / NAME).exists()


def test_who_comes_second_takes_what_is_there(folder: Path, tmp_path: Path) -> None:
    open_merged(folder)
    shutil.copytree(folder / NAME, tmp_path / "kept")
    merged_module._write(folder, folder / NAME)
    assert [path for path in folder.iterdir() if path.name.startswith(f".{NAME}")] == []
    assert count(open_merged(folder, print)) == "1"
