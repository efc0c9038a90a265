"""``eurohpc-kg export``: what the words do, and what a wrong one gets."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from eurohpc_kg.cli import export as command
from eurohpc_kg.cli import main
from eurohpc_kg.export import all_exporters
from eurohpc_kg.export.subset import KINDS
from eurohpc_kg.repository import Repository
from eurohpc_kg.store import building
from small_content import make_content
from small_repository import examiner

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(tmp_path / "content"))
    monkeypatch.setattr(building, "EXAMINER", examiner())
    yield make_content(tmp_path / "content")
    sys.modules.pop("examiner")


def test_without_output_the_formats_are_listed(capsys: Capture) -> None:
    assert main(["export"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in all_exporters())


def test_a_folder_is_written_and_named(tmp_path: Path, capsys: Capture) -> None:
    assert main(["export", "nq", "trig.gz", "-o", str(tmp_path / "out")]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{tmp_path / 'out'}\n"
    assert "3 files" in captured.err
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["eurohpc-kg.nq", "eurohpc-kg.trig.gz", "manifest.json"]


def test_the_default_formats_are_those_that_help_says(tmp_path: Path) -> None:
    assert main(["export", "-o", str(tmp_path / "out")]) == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["formats"] == list(command.DEFAULT)
    assert ", ".join(command.DEFAULT) in " ".join(command.EPILOG.split())


def test_the_ending_of_a_file_is_its_format(tmp_path: Path) -> None:
    assert main(["export", "-o", str(tmp_path / "a.nq.gz")]) == 0
    text = gzip.decompress((tmp_path / "a.nq.gz").read_bytes())
    assert list(ox.parse(text, format=ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("a.rdf", b"<?xml"),
        ("a.reified.ttl", b"@prefix"),
        ("a.rdf12.ttl", b"VERSION"),
        ("a.expanded.jsonld", b'[\n{"@id"'),
        ("a.framed.jsonl", b'{"@context":"https://'),
        ("a.geojson", b'{"type"'),
    ],
)
def test_every_ending_that_an_export_gives_is_one_that_it_takes(
    tmp_path: Path, name: str, begin: bytes
) -> None:
    assert main(["export", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(begin)
    if name == "a.reified.ttl":
        assert b"rdf:Statement" in (tmp_path / name).read_bytes()


def test_an_end_from_outside_leaves_nothing(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; sys.path.insert(0, 'tests')\n"
        "from small_repository import examiner\n"
        "from eurohpc_kg.store import building; building.EXAMINER = examiner()\n"
        "from eurohpc_kg.export.dataset import Dataset\n"
        "Dataset.parts = lambda *_: os.kill(os.getpid(), getattr(signal, sys.argv[1]))\n"
        "from eurohpc_kg.cli import main; sys.exit(main(['export', 'trig', '-o', sys.argv[2]]))\n"
    )
    root, place = Path(__file__).parents[1], tmp_path / "place"
    place.mkdir()
    ends = ("SIGTERM", "SIGHUP", "SIGINT")
    ends_heard = [end for end in ends if signal.getsignal(getattr(signal, end)) != signal.SIG_IGN]
    for end in ends_heard:  # under nohup, not all of them
        for name in ("out", "out.trig"):
            words = [sys.executable, "-c", code, end, str(place / name)]
            done = subprocess.run(words, capture_output=True, text=True, cwd=root)
            assert (done.returncode, done.stderr[-12:]) == (130, "interrupted\n"), done.stderr
            assert list(place.iterdir()) == []


def test_standard_output_takes_one_format(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); from small_repository import examiner; "
        "from eurohpc_kg.store import building; building.EXAMINER = examiner(); "
        "from eurohpc_kg.cli import main; sys.exit(main(['export', 'nquads', '-o', '-']))"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=root, check=True)
    assert list(ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS))
    assert list(tmp_path.glob("*.nq")) == []


def test_graphs_are_chosen_by_the_end_of_their_names(tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert main(["export", "nq", "-o", str(target), "--graph", "register"]) == 0
    manifest = json.loads((target / "manifest.json").read_bytes())
    assert [g["name"] for g in manifest["graphs"]] == ["https://w3id.org/eurohpc-kg/graph/register"]
    assert manifest["selection"] == "graphs register"
    assert main(["export", "nq", "-o", str(target), "--graph", "source/*"]) == 0
    assert (
        main(["export", "nq", "-o", str(target), "--asserted", "--subset", "thing=example-1"]) == 0
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nquods", "-o", "OUT"], 2, "Did you mean nquads"),
        (["nquads"], 2, "Give -o DIR"),
        (["nq", "trig", "-o", "-"], 2, "takes one format"),
        (["nq", "trig", "-o", "OUT.nq"], 2, "takes one format"),
        (["csv", "-o", "-"], 2, "needs a folder"),
        (["nq", "-o", "OUT", "--graph", "registre"], 2, "Did you mean register"),
        (["nq", "-o", "OUT", "--subset", "lumi"], 2, "country="),
        (["nq", "-o", "OUT", "--subset", "thing=lumi", "--steps", "9"], 2, "0 to 5"),
        (["w3id", "-o", "OUT"], 2, "--site"),
        (["w3id", "-o", "OUT", "--site", "kg.example.org"], 2, "https://"),
        (["nq", "-o", "OUT", "--steps", "2"], 2, "--subset thing="),
        (["nq", "-o", "OUT", "--subset", "question=nowhere.rq"], 2, "no such file"),
        (["nq", "-o", "OUT", "--asserted", "--with-inferred"], 2, "not allowed with"),
        (["nq", "-o", "/proc/nothing/out"], 3, "can't be written"),
        (["nquods", "-o", "OUT"], 2, "FORMAT: there is no format"),
        (["--subset", "thing=lumi"], 2, "Give -o DIR"),
        (["--graph", "register"], 2, "Give -o DIR"),
        (["csv", "-o", "OUT.csv"], 2, "Give -o DIR"),
        (["excel", "-o", "OUT.xlsx"], 2, "no format is written to one file ending in .xlsx"),
        (["bulk", "--for", "mulgara", "-o", "OUT"], 2, "there is no bulk loader for 'mulgara'"),
        (["nq", "--for", "tdb2", "-o", "OUT"], 2, "it goes with the format bulk"),
        (["nq", "-o", "OUT", "--subset", "thing=lumi"], 2, "--subset: no thing has the name"),
    ],
)
def test_what_can_not_be_done_is_said_and_nothing_is_left(
    tmp_path: Path, capsys: Capture, words: list[str], code: int, said: str
) -> None:
    words = [word.replace("OUT", str(tmp_path / "out")) for word in words]
    assert main(["export", *words]) == code
    assert said in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir() if p.name not in ("cache", "content")) == []


def test_a_terminal_sees_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["export", "trig", "-o", str(tmp_path / "out")]) == 0
    assert "trig" in capsys.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    assert main(["export", "trig", "-o", str(tmp_path / "out")]) == 0
    assert "%" not in capsys.readouterr().err


def test_the_guide_names_every_format_and_part() -> None:
    guide = (Path(__file__).parents[1] / "docs" / "exporting.md").read_text(encoding="utf-8")
    assert [name for name in all_exporters() if f"`{name}`" not in guide] == []
    assert [kind for kind in KINDS if f"`{kind}=" not in guide] == []
