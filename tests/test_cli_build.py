"""``eurohpc-kg build``: the folder on stdout, talk on stderr, the errors of a refused graph."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eurohpc_kg.cli import main
from eurohpc_kg.findings import Finding, Report
from eurohpc_kg.repository import Repository
from eurohpc_kg.store import building
from small_repository import examiner, make_repository


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(tmp_path / "content"))
    monkeypatch.setattr(building, "EXAMINER", examiner())
    yield make_repository(tmp_path / "content")
    sys.modules.pop("examiner")


@pytest.mark.usefixtures("repository")
def test_the_folder_is_printed_and_the_second_time_nothing_is_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["build"]) == 0
    first = capsys.readouterr()
    assert Path(first.out.strip()).is_dir()
    assert "built: " in first.err
    assert main(["build"]) == 0
    assert capsys.readouterr() == (first.out, "")


@pytest.mark.usefixtures("repository")
def test_force_builds_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == main(["build", "--force"]) == 0
    assert capsys.readouterr().err.count("built: ") == 2


@pytest.mark.usefixtures("repository")
def test_a_graph_with_errors_prints_them_and_exits_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = Finding("data/x.ttl", 3, "figure-undated", "No date.", "Give it one.")
    monkeypatch.setattr(building, "EXAMINER", examiner(Report([fault])))
    assert main(["build"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ("data/x.ttl:3  error  figure-undated  No date.\n    Give it one.\n")
    assert "the graph has errors (1 error)" in captured.err


def test_a_statement_of_two_files_of_one_graph_counts_once(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = []
    for name in ("", "twice-a.ttl", "twice-b.ttl"):
        if name:
            text = '<urn:example:a> <urn:example:p> "once" .\n'
            (repository.register / name).write_text(text, encoding="utf-8")
        assert main(["build"]) == 0
        counts.append(int(capsys.readouterr().err.split("built: ")[1].split()[0]))
    assert counts == [counts[0], counts[0] + 1, counts[0] + 1]


def test_a_cache_that_can_not_be_written_exits_with_3(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = repository.ontology / "prefixes.ttl"
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(place))
    assert main(["build"]) == 3
    assert f"{place}: the store can't be written" in capsys.readouterr().err


def test_a_root_without_rooms_exits_with_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(tmp_path))
    assert main(["build"]) == 3
    assert "the folder has no ontology" in capsys.readouterr().err
