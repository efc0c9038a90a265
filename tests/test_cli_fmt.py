"""``eurohpc-kg fmt``: what it writes, what it only says, and its exit codes."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from eurohpc_kg.cli import main
from eurohpc_kg.repository import find_repository

ROOT = find_repository(Path(__file__)).root
HOUSE = "<urn:s> <urn:p> 1 ;\n    <urn:q> 2 .\n"
OTHER = "<urn:s> <urn:p> 1 ; <urn:q> 2 .\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.ttl"
    path.write_text(OTHER)
    return path


def test_a_file_is_written_in_house_form(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", str(file)]) == 0
    assert file.read_text() == HOUSE
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", f"wrote {file}\n1 file, 1 written\n")
    assert main(["fmt", str(file)]) == 0
    assert capsys.readouterr().err == "1 file, 0 written\n"


def test_check_says_which_and_changes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fmt", "--check", str(file)]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith(f"{file}:1  error  house-form  ")
    assert captured.err == "1 file, 1 to write\n"
    assert file.read_text() == OTHER


def test_a_file_that_is_not_turtle_exits_with_3_and_the_rest_is_written(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = file.with_name("broken.ttl")
    broken.write_text("<urn:s> <urn:p> [ .\n")
    assert main(["fmt", str(file.parent)]) == 3
    assert f"{broken}:1:19: " in capsys.readouterr().err
    assert (file.read_text(), broken.read_text()) == (HOUSE, "<urn:s> <urn:p> [ .\n")


@pytest.mark.parametrize(
    ("data", "code", "out"),
    [(OTHER.encode(), 0, HOUSE), (b"<urn:s>", 3, ""), (b"\xff", 3, "")],
    ids=["turtle", "not turtle", "not utf-8"],
)
def test_standard_input_goes_to_standard_output(
    data: bytes,
    code: int,
    out: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["fmt", "-"]) == code
    assert capsys.readouterr().out == out


def test_check_of_standard_input_prints_no_turtle(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(OTHER.encode())))
    assert main(["fmt", "--check", "-"]) == 1
    assert capsys.readouterr().out == ""


def test_a_path_that_is_not_there_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "absent.ttl"]) == 2
    assert "absent.ttl: there is no such file" in capsys.readouterr().err


def test_the_content_of_this_repository_is_in_house_form(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["fmt", "--check"]) == 0, capsys.readouterr().out
