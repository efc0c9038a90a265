"""``eurohpc-kg diff``: forms, files, and messages for what names no version."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from dated_content import FIRST, make_dated
from eurohpc_kg.cli import main
from eurohpc_kg.history.patch import apply_patch
from eurohpc_kg.repository import Repository


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(tmp_path / "content"))
    monkeypatch.chdir(tmp_path)
    return make_dated(tmp_path / "content")


@pytest.fixture
def files(repository: Repository) -> tuple[Path, Path]:
    """Write two files of one document: in the second a figure has another value."""
    before = repository.root / FIRST
    after = repository.root.parent / "after.ttl"
    text = before.read_text(encoding="utf-8").replace("4.5", "4.75")
    after.write_text(text, encoding="utf-8")
    return before, after


def quads(path: Path) -> set[ox.Quad]:
    parser = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    found = list(parser)
    graph = ox.NamedNode(str(parser.base_iri))
    return {ox.Quad(*quad.triple, graph) for quad in found}


@pytest.mark.usefixtures("repository")
def test_two_days_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2025-03-31", "2025-12-31"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith(
        "before  2025-03-31 (as of 2025-03-31: 2 of 3 documents)\n"
        "after   2025-12-31 (as of 2025-12-31: 3 of 3 documents)\n"
    )
    assert "Example-2  (centre)  new\n" in captured.out
    assert "new source: example-centre 2025-10-12" in captured.out
    assert "a version that was not looked at before" in captured.err


@pytest.mark.usefixtures("repository")
def test_without_b_it_is_compared_with_now(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2025-03-31", "--no-answers"]) == 0
    out = capsys.readouterr().out
    assert "after   now\n" in out
    assert "answers" not in out


def test_a_patch_of_two_files_makes_the_second_of_the_first(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = files
    store = ox.Store()
    store.extend(quads(before))
    assert main(["diff", *map(str, files), "--format", "rdfp"]) == 0
    apply_patch(store, capsys.readouterr().out)
    assert set(store) == quads(after)


def test_an_update_of_two_files_makes_the_second_of_the_first(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    before, after = files
    store = ox.Store()
    store.extend(quads(before))
    assert main(["diff", *map(str, files), "-o", str(tmp_path / "change.ru")]) == 0
    store.update((tmp_path / "change.ru").read_text(encoding="utf-8"))
    assert set(store) == quads(after)


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.txt", "before  "), ("a.md", "# From "), ("a.json", "{"), ("a.rdfp", "H id <uuid:")],
)
def test_the_ending_of_the_file_is_the_form(
    files: tuple[Path, Path], tmp_path: Path, name: str, start: str
) -> None:
    assert main(["diff", *map(str, files), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_json_can_be_read(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *map(str, files), "-f", "json", "--no-answers"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["counts"]["statements"] == {"added": 0, "gone": 0, "changed": 1}
    assert "answers" not in body


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["nowhere"], 2, "an installed package has no revisions"),
        (["2025-02-30"], 2, "'2025-02-30' is not a date"),
        (["1999"], 3, "no document was published by 1999-12-31"),
        (["now", "now", "--limit", "-1"], 2, "--limit is below 0"),
        (["now", "now", "-o", "a.exe"], 2, "names no form"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_can_not_be_done_is_said(
    words: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *words]) == code
    assert message in capsys.readouterr().err


def test_nothing_is_left_beside_the_content(repository: Repository, tmp_path: Path) -> None:
    before = sorted(path for path in tmp_path.rglob("*") if "cache" not in path.parts)
    assert main(["diff", "2025-03-31", "now", "-o", "out.md"]) == 0
    (tmp_path / "out.md").unlink()
    assert sorted(path for path in tmp_path.rglob("*") if "cache" not in path.parts) == before
    left = [path.name for path in (tmp_path / "cache").rglob(".*")]
    assert left == []
    shutil.rmtree(repository.root)
