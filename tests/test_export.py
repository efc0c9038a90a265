"""An export: formats by name, a folder that is whole or not there, a manifest that is true."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from eurohpc_kg.errors import (
    EurohpcKgError,
    MissingDependencyError,
    UnknownNameError,
    UsageError,
)
from eurohpc_kg.export import all_exporters, choose, export, export_file, folder
from eurohpc_kg.export.compression import split_ending
from eurohpc_kg.export.dataset import EPOCH, Dataset
from eurohpc_kg.export.exporting import as_bytes
from eurohpc_kg.export.leftovers import held
from eurohpc_kg.export.lines import literal, split, value
from eurohpc_kg.export.registry import GROUPS, describes
from eurohpc_kg.export.sorting import batches, sort_lines
from exporting import N, make_dataset, typed, written

PLAIN = ("nquads", "trig", "csv", "void")


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return make_dataset(tmp_path / "made")


def run(dataset: Dataset, target: Path, *words: str, force: bool = False) -> Path:
    export(choose(words or PLAIN), dataset.graphs, dataset.repository, target, force=force)
    return target


def files(target: Path) -> dict[str, bytes]:
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }


# Formats by name


def test_every_module_of_the_room_is_a_format_with_a_summary_in_a_known_group() -> None:
    room = Path(str(folder.__file__)).parent / "formats"
    modules = {path.stem.replace("_", "-") for path in room.glob("[a-z]*.py")}
    assert set(all_exporters()) == modules
    for exporter in all_exporters().values():
        assert exporter.group in GROUPS
        assert exporter.summary
        assert (exporter.write is None) != (exporter.write_folder is None)


@pytest.mark.parametrize(
    ("word", "name", "compression"),
    [("nquads", "nquads", ""), ("nq.gz", "nquads", "gzip"), ("ttl.zst", "turtle", "zstd")],
)
def test_a_format_is_chosen_by_name_or_ending(word: str, name: str, compression: str) -> None:
    (choice,) = choose([word])
    assert (choice.name, choice.compression) == (name, compression)


def test_a_group_is_all_its_formats_but_those_that_need_an_option() -> None:
    names = [choice.name for choice in choose(["description"])]
    assert "void" in names
    assert "w3id" not in names
    assert next(choice.name for choice in choose(["description", "nquads"])) == "nquads"


def test_an_unknown_format_gets_the_nearest_names() -> None:
    with pytest.raises(UnknownNameError, match="trig") as caught:
        choose(["trgi"])
    assert "trig" in caught.value.candidates


def test_a_format_of_several_files_is_not_compressed() -> None:
    with pytest.raises(UsageError, match="not written compressed"):
        choose(["csv.gz"])


def test_one_format_compressed_and_not_is_refused() -> None:
    with pytest.raises(UsageError, match="twice"):
        choose(["nq", "nq.gz"])


def test_a_missing_library_is_named_with_what_installs_it(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(MissingDependencyError, match=re.escape("pip install 'eurohpc-kg[export]'")):
        run(dataset, tmp_path / "out", "graphml")
    assert not (tmp_path / "out").exists()


# The folder


def test_the_manifest_says_what_is_there(dataset: Dataset, tmp_path: Path) -> None:
    target = run(dataset, tmp_path / "out")
    found = files(target)
    manifest = json.loads(found.pop("manifest.json"))
    assert {file["name"] for file in manifest["files"]} == set(found)
    for file in manifest["files"]:
        assert file["sha256"] == hashlib.sha256(found[file["name"]]).hexdigest()
        assert file["bytes"] == len(found[file["name"]])
    assert manifest["quads"] == sum(graph["triples"] for graph in manifest["graphs"])


def test_the_hash_of_a_graph_is_that_of_its_canonical_form(
    dataset: Dataset, tmp_path: Path
) -> None:
    target = run(dataset, tmp_path / "out", "nquads")
    manifest = json.loads((target / "manifest.json").read_bytes())
    quads = list(ox.parse(path=target / "eurohpc-kg.nq", format=ox.RdfFormat.N_QUADS))
    for graph in manifest["graphs"]:
        own = ox.Dataset(
            ox.Quad(q.subject, q.predicate, q.object)
            for q in quads
            if q.graph_name == ox.NamedNode(graph["name"])
        )
        own.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        text = ox.serialize(own, format=ox.RdfFormat.N_QUADS)
        assert text is not None
        lines = sorted(text.splitlines(keepends=True))
        assert graph["rdfc10"] == hashlib.sha256(b"".join(lines)).hexdigest(), graph["name"]


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        words = [n for n in all_exporters() if n not in ("hdt", "w3id")]
        found.append(files(run(make_dataset(tmp_path / name), tmp_path / f"out-{name}", *words)))
    assert found[0].keys() == found[1].keys()
    assert [n for n in found[0] if found[0][n] != found[1][n]] == []


def test_the_day_comes_from_the_data_or_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = ox.Quad(
        ox.NamedNode(N + "source/a/2026-b"),
        ox.NamedNode(N + "ontology#retrieved"),
        ox.Literal("2026-03-05", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
        ox.NamedNode(N + "source/a/2026-b"),
    )
    assert make_dataset(tmp_path / "one", more=[seen]).date == "2026-03-05"
    month = ox.Quad(seen.subject, seen.predicate, typed("2026-11", "gYearMonth"), seen.graph_name)
    assert make_dataset(tmp_path / "month", more=[seen, month]).date == "2026-11-01"
    whole = make_dataset(tmp_path / "whole", more=[seen])
    register = [graph for graph in whole.graphs if graph.name.endswith("/register")]
    part = Dataset(register, whole.repository, whole.work, known=whole.known)
    assert part.date == "2026-03-05", "A part of the graph has the day of the whole."
    monkeypatch.setenv(EPOCH, "1700000000")
    assert make_dataset(tmp_path / "two").date == "2023-11-14"
    monkeypatch.setenv(EPOCH, "yesterday")
    with pytest.raises(UsageError, match="seconds"):
        _ = make_dataset(tmp_path / "three").date


def test_an_earlier_export_is_replaced(dataset: Dataset, tmp_path: Path) -> None:
    run(dataset, tmp_path / "out", "nquads")
    run(dataset, tmp_path / "out", "trig")
    assert set(files(tmp_path / "out")) == {"eurohpc-kg.trig", "manifest.json"}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_with_something_else_is_left_alone_without_force(
    dataset: Dataset, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    with pytest.raises(EurohpcKgError, match="--force"):
        run(dataset, target)
    assert set(files(target)) == {"thesis.txt"}
    run(dataset, target, "nquads", force=True)
    assert "thesis.txt" not in files(target)


def test_a_file_in_the_way_is_named(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(EurohpcKgError, match="Name a folder"):
        run(dataset, tmp_path / "out")


def test_an_export_that_fails_leaves_the_earlier_one_and_nothing_else(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = run(dataset, tmp_path / "out", "nquads")
    before = files(target)
    (choice,) = choose(["trig"])

    def full(*_: object) -> Iterator[object]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Dataset, "parts", full)
    with pytest.raises(EurohpcKgError, match="No space left") as caught:
        run(dataset, target, "trig")
    assert "Make room" in caught.value.remedy
    assert choice
    assert files(target) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "out"]


def test_a_folder_that_can_not_be_made_is_named(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EurohpcKgError, match="can't be written"):
        run(dataset, tmp_path / "file" / "out")


def test_a_full_disk_leaves_nothing_behind(dataset: Dataset, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        with pytest.raises(EurohpcKgError, match="No space left"):
            run(dataset, small / "out", "nquads", "trig", "csv", "sqlite")
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_what_an_export_that_was_killed_has_left_is_removed(
    dataset: Dataset, tmp_path: Path
) -> None:
    long_ago = time.time() - 3600
    dead, alive, young = (tmp_path / f".out.{name}.part" for name in ("dead", "alive", "young"))
    for path in (dead, alive, young):
        (path / ".work").mkdir(parents=True)
    for path in (dead, alive):
        os.utime(path, (long_ago, long_ago))
    other = tmp_path / ".another.dead.part"
    other.mkdir()
    os.utime(other, (long_ago, long_ago))
    with held(alive):
        run(dataset, tmp_path / "out", "nquads")
    left = {path.name for path in tmp_path.iterdir() if path.name.startswith(".")}
    assert left == {alive.name, young.name, other.name}
    replaced, only_copy = (tmp_path / f".{name}.dead.old" for name in ("out", "gone"))
    for path in (replaced, only_copy):
        path.mkdir()
        os.utime(path, (long_ago, long_ago))
    for name in ("out", "gone"):
        run(dataset, tmp_path / name, "nquads")
    assert (replaced.exists(), only_copy.exists()) == (False, True)
    half = tmp_path / ".a.nq.1.part"
    half.write_text("<urn:a>")
    os.utime(half, (long_ago, long_ago))
    export_file(choose(["nq"])[0], dataset.graphs, dataset.repository, tmp_path / "a.nq")
    assert not half.exists()


def test_the_folder_that_a_link_leads_to_is_replaced(dataset: Dataset, tmp_path: Path) -> None:
    run(dataset, tmp_path / "real" / "one", "nquads")
    (tmp_path / "out").symlink_to(tmp_path / "real" / "one")
    run(dataset, tmp_path / "out", "trig")
    assert (tmp_path / "out").is_symlink()
    assert set(files(tmp_path / "real" / "one")) == {"eurohpc-kg.trig", "manifest.json"}
    assert [p.name for p in (tmp_path / "real").iterdir()] == ["one"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["made", "out", "real"]


# Files and compression


def test_one_file_is_written_whole(dataset: Dataset, tmp_path: Path) -> None:
    (choice,) = choose(["nq.gz"])
    target = tmp_path / "a.nq.gz"
    export_file(choice, dataset.graphs, dataset.repository, target)
    assert gzip.decompress(target.read_bytes()) == written(dataset, "nquads")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.nq.gz", "made"]


def test_a_format_that_describes_a_folder_needs_one(dataset: Dataset, tmp_path: Path) -> None:
    (choice,) = choose(["void"])
    assert describes(choice)
    with pytest.raises(UsageError, match="folder"):
        export_file(choice, dataset.graphs, dataset.repository, tmp_path / "void.ttl")


def test_what_is_compressed_comes_back(dataset: Dataset) -> None:
    plain = written(dataset, "nquads")
    (zipped,), (packed,) = choose(["nquads.gz"]), choose(["nquads.zst"])
    assert gzip.decompress(as_bytes(zipped, dataset)) == plain
    stream = zstandard.ZstdDecompressor().stream_reader(as_bytes(packed, dataset))
    assert stream.read() == plain


def test_endings_are_those_of_the_tools() -> None:
    assert split_ending("a.nq.gz") == ("a.nq", "gzip")
    assert split_ending("a.nq.zst") == ("a.nq", "zstd")
    assert split_ending("a.nq") == ("a.nq", "")


# Lines


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXT, st.sampled_from(["", "en", "cs-x-y"]))
def test_a_literal_written_here_is_the_canonical_one(text: str, language: str) -> None:
    term = literal(text, language)
    assert term == str(ox.Literal(text, language=language or None))
    found = value(term)
    assert found is not None
    assert (found.text, found.language) == (text, language)


@given(TEXT)
def test_a_line_is_taken_apart_at_its_first_two_blanks(text: str) -> None:
    term = literal(text)
    assert split(f"<urn:a> <urn:p> {term} .\n".encode()) == ("<urn:a>", "<urn:p>", term)


@given(st.lists(st.binary(max_size=5).filter(lambda b: b"\n" not in b and b"\r" not in b)))
def test_lines_are_sorted_however_few_fit_in_memory(
    tmp_path_factory: pytest.TempPathFactory, texts: list[bytes]
) -> None:
    lines = [text + b"\n" for text in texts]
    lines = [line for line in lines if len(line.splitlines()) == 1]
    place = tmp_path_factory.mktemp("sort")
    assert list(sort_lines(lines, place, run=3)) == sorted(lines)
    assert b"".join(batches(lines, 2)) == b"".join(lines)
