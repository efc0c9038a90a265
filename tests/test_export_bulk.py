"""Files for bulk loaders: what each product takes, and the commands; `load` adopts the result."""

from __future__ import annotations

import configparser
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.cli import main
from eurohpc_kg.endpoint import Pieces
from eurohpc_kg.export.bulk import DATA, LOADERS, shortened
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.folder import Folder
from eurohpc_kg.export.formats import bulk_qlever, bulk_tdb2, bulk_virtuoso
from eurohpc_kg.export.registry import Exporter, all_exporters
from eurohpc_kg.loading import load_store
from eurohpc_kg.repository import find_repository
from eurohpc_kg.store.canonical import read_graphs
from stores.far import SMALL, at, built, oxigraph


def written(exporter: Exporter, tmp_path: Path) -> Path:
    graphs = read_graphs(built(tmp_path / "small", SMALL))
    with Folder(tmp_path / "out") as folder:
        assert exporter.write_folder is not None
        exporter.write_folder(_dataset(graphs, folder), folder)
    return tmp_path / "out"


def _dataset(graphs: object, folder: Folder) -> Dataset:
    return Dataset(graphs, find_repository(), folder.work)  # type: ignore[arg-type]


def test_every_loader_is_a_format_that_is_written_only_when_it_is_named() -> None:
    for name in LOADERS:
        assert all_exporters()[f"bulk-{name}"].only_named


def test_load_adopts_what_a_bulk_loader_loaded(tmp_path: Path) -> None:
    out = written(bulk_virtuoso.EXPORTER, tmp_path)
    assert "ld_dir" in (out / "bulk-virtuoso" / "load.sql").read_text()
    assert "eurohpc-kg load URL" in (out / "bulk-virtuoso" / "COMMANDS.txt").read_text()
    with oxigraph(tmp_path / "oxigraph") as server:
        data = (out / "bulk-virtuoso" / DATA).read_bytes()
        at(server).post_quads(Pieces(lambda: [data]), repeatable=False)
        done = load_store(tmp_path / "small", at(server))
        assert done.send == ()
        assert sorted(done.adopt) == sorted(SMALL)


def test_qlever_is_told_that_it_gets_n_quads(tmp_path: Path) -> None:
    """Without FORMAT it takes its input for Turtle."""
    text = (written(bulk_qlever.EXPORTER, tmp_path) / "bulk-qlever" / "Qleverfile").read_text()
    settings = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
    settings.optionxform = str  # type: ignore[assignment,method-assign]
    settings.read_string(text)
    assert settings["data"]["FORMAT"] == "nq"
    assert settings["index"]["CAT_INPUT_FILES"] == f"cat {DATA}"
    assert settings["server"]["ACCESS_TOKEN"] == "eurohpc-kg"


def test_tdb2_gets_decimals_that_it_can_delete_again(tmp_path: Path) -> None:
    data = (written(bulk_tdb2.EXPORTER, tmp_path) / "bulk-tdb2" / DATA).read_bytes()
    assert b'"12.5"^^' in data
    assert len(list(ox.parse(data, format=ox.RdfFormat.N_QUADS))) == 9
    end = b"^^<http://www.w3.org/2001/XMLSchema#decimal>"
    for text, short in ((b"13", b"13.0"), (b"-0.50", b"-0.5"), (b".5", b"0.5"), (b"7.", b"7.0")):
        assert shortened(b'"' + text + b'"' + end) == b'"' + short + b'"' + end


@pytest.mark.parametrize("words", [["bulk"], ["--for", "virtuoso"], ["bulk", "--for", "nothing"]])
def test_bulk_needs_the_store_that_it_is_for(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *words, "-o", "-"]) == 2
    assert "export bulk --for" in capsys.readouterr().err
