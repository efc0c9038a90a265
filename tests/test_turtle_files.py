"""House form on disk: whole files or none, and the finding for a file that is not in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eurohpc_kg.errors import InputError, UsageError
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.turtle.files import format_files, turtle_files, write_file

REPOSITORY = find_repository(Path(__file__))
HOUSE = "# Top.\n\n<urn:s> <urn:p> 1 ;\n    <urn:q> 2 .\n"
OTHER = "# Top.\n\n<urn:s> <urn:p> 1 ;\n  <urn:q> 2 .\n"


@pytest.mark.parametrize(("text", "line"), [(OTHER, 4), (HOUSE + "\n", 5), (HOUSE[:-1], 4)])
def test_the_finding_names_the_first_line_that_differs_and_the_command(
    tmp_path: Path, text: str, line: int
) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(text)
    (finding,) = format_files(REPOSITORY, [path], check=True).findings
    assert finding.place == f"{path}:{line}"
    assert finding.remedy == f"Run eurohpc-kg fmt {path}"


def test_files_are_written_in_house_form_and_the_unreadable_are_left_alone(tmp_path: Path) -> None:
    other, broken = tmp_path / "a.ttl", tmp_path / "b.ttl"
    other.write_text(OTHER)
    broken.write_text("<urn:s>")
    other.chmod(0o640)
    result = format_files(REPOSITORY, [tmp_path], check=False)
    assert (result.files, len(result.findings)) == (2, 1)
    assert [error.place for error in result.errors] == [f"{broken}:1:8"]
    assert other.read_text() == HOUSE
    assert other.stat().st_mode & 0o777 == 0o640
    assert broken.read_text() == "<urn:s>"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ttl", "b.ttl"]


def test_a_look_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(OTHER)
    before = path.stat().st_mtime_ns
    assert len(format_files(REPOSITORY, [path], check=True).findings) == 1
    assert (path.read_text(), path.stat().st_mtime_ns) == (OTHER, before)


def test_a_file_in_house_form_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(HOUSE)
    before = path.stat().st_ino
    assert not format_files(REPOSITORY, [path], check=False).findings
    assert path.stat().st_ino == before


def test_without_paths_the_content_is_meant() -> None:
    found = list(turtle_files(REPOSITORY, []))
    assert REPOSITORY.ontology / "prefixes.ttl" in found
    assert {path.relative_to(REPOSITORY.root).parts[0] for path in found} <= {
        "ontology",
        "data",
        "shapes",
    }


def test_the_content_of_an_installed_package_is_not_edited(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="installed package"):
        list(turtle_files(Repository(tmp_path), []))


def test_a_path_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="no such file"):
        list(turtle_files(REPOSITORY, [Path("absent")]))


def test_a_file_that_can_not_be_written_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(OTHER)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(InputError, match="No space left") as caught:
        write_file(path, HOUSE)
    assert caught.value.place == str(path)
    assert path.read_text() == OTHER
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.ttl"]
