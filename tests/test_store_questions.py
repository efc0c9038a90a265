"""The questions beside a store are those of the content, whatever lies there."""

from __future__ import annotations

from pathlib import Path

import pytest

from asking import make_asking
from eurohpc_kg.questions import all_questions
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.store.questions import FILE, read_questions, write_questions


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_asking(tmp_path / "content")


def test_what_is_written_is_read_the_same(tmp_path: Path) -> None:
    real = find_repository()
    write_questions(all_questions(real), tmp_path)
    assert read_questions(real, tmp_path) == all_questions(real)


def test_they_are_read_from_beside_the_store_without_their_files(
    repository: Repository, tmp_path: Path
) -> None:
    questions = all_questions(repository)
    write_questions(all_questions(repository), tmp_path)
    for question in questions:
        Path(question.path).unlink()
    assert read_questions(repository, tmp_path) == questions


def test_a_question_belongs_to_the_place_where_it_is_read(
    repository: Repository, tmp_path: Path
) -> None:
    write_questions(all_questions(repository), tmp_path)
    elsewhere = Repository(tmp_path / "elsewhere")
    paths = [Path(question.path) for question in read_questions(elsewhere, tmp_path)]
    assert {path.parent for path in paths} == {elsewhere.questions}


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "changed"])
def test_where_the_file_is_damaged_their_own_files_are_read(
    repository: Repository, tmp_path: Path, damage: str
) -> None:
    write_questions(all_questions(repository), tmp_path)
    path = tmp_path / FILE
    kept = path.read_bytes()
    path.write_bytes({"cut": kept[:-9], "changed": kept[:-1] + b"?"}.get(damage, b""))
    if damage == "missing":
        path.unlink()
    assert read_questions(repository, tmp_path) == all_questions(repository)
