"""``--as-of`` and ``--on`` of ask, show and build."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import eurohpc_kg
from dated_content import QUESTION, make_dated
from eurohpc_kg.cli import main
from eurohpc_kg.repository import Repository
from eurohpc_kg.store import building
from small_repository import examiner

ASK = ["ask", "figures-of-centres", "--format", "csv"]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(tmp_path / "content"))
    monkeypatch.setattr(building, "EXAMINER", examiner())
    yield make_dated(tmp_path / "content")
    sys.modules.pop("examiner")


def asked(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    assert main([*ASK, *options]) == 0
    return [row.rsplit("/")[-1] for row in capsys.readouterr().out.split()[1:]]


@pytest.mark.usefixtures("repository")
def test_ask_knows_only_what_was_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys) == ["example-1,4.5", "example-2,12.5"]
    assert asked(capsys, "--as-of", "2025-03-31") == ["example-1,4.5"]


@pytest.mark.usefixtures("repository")
def test_ask_leaves_out_what_did_not_hold_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "--on", "2025-09") == ["example-1,4.5"]
    assert asked(capsys, "--on", "2023", "--as-of", "2025") == []


@pytest.mark.usefixtures("repository")
def test_how_much_was_known_is_said_and_the_first_time_builds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*ASK, "--as-of", "2025-03-31"]) == 0
    said = capsys.readouterr().err
    assert "as of 2025-03-31: 2 of 3 documents" in said
    assert "building the store" in said
    assert main([*ASK, "--as-of", "2025-04-30"]) == 0
    assert "building" not in capsys.readouterr().err


def test_the_question_may_be_newer_than_the_version(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    path = repository.root / QUESTION
    path.with_name("newest.rq").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["ask", "newest", "--as-of", "2025-03-31"]) == 0
    assert "4.5" in capsys.readouterr().out


@pytest.mark.usefixtures("repository")
def test_show_knows_only_what_was_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "id:example-1", "--as-of", "2025-01-01"]) == 0
    out = capsys.readouterr().out
    assert "computing" in out
    assert "teaching" not in out
    assert main(["show", "Example-2", "--as-of", "2025-01-01"]) == 2
    assert "no thing has the name 'Example-2'" in capsys.readouterr().err


@pytest.mark.usefixtures("repository")
def test_build_makes_the_store_of_that_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--as-of", "2025-03-31"]) == main(["build"]) == 0
    first, second = capsys.readouterr().out.split()
    assert first != second


@pytest.mark.usefixtures("repository")
def test_the_library_takes_days_as_dates(capsys: pytest.CaptureFixture[str]) -> None:
    import datetime

    graph = eurohpc_kg.load(as_of=datetime.date(2025, 3, 31))
    assert len(graph.ask("figures-of-centres")) == 1
    capsys.readouterr()


@pytest.mark.parametrize("option", ["--as-of", "--on"])
@pytest.mark.parametrize("text", ["2025-13", "yesterday", "31.03.2025"])
@pytest.mark.usefixtures("repository")
def test_what_is_no_date_is_said(
    option: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ASK, option, text]) == 2
    said = capsys.readouterr().err
    assert f"{text!r} is not a date" in said
    assert "2025-03-31, 2025-03 or 2025" in said


@pytest.mark.usefixtures("repository")
def test_a_day_before_all_documents_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASK, "--as-of", "1999"]) == 3
    assert "no document was published by 1999-12-31" in capsys.readouterr().err
