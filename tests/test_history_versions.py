"""A version is a repository of its own in the cache, found again without reading anything."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from dated_content import FIRST, SECOND, make_dated
from eurohpc_kg.errors import InputError, StoreError, UsageError
from eurohpc_kg.history import version
from eurohpc_kg.history import versions as module
from eurohpc_kg.history.versions import read_files, store_files
from eurohpc_kg.repository import Repository


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    return make_dated(tmp_path / "content")


def test_a_version_holds_the_documents_of_its_day(repository: Repository) -> None:
    found = version(repository, as_of="2025-03-31")
    assert (found.repository.root / FIRST).is_file()
    assert not (found.repository.root / SECOND).exists()
    assert str(found) == "as of 2025-03-31: 2 of 3 documents"


def test_both_days_are_named(repository: Repository) -> None:
    found = version(repository, as_of="2025", on="2024-12")
    assert str(found.lens) == "as of 2025-12-31, on 2024-12-31"


def test_without_a_day_it_is_the_content_itself(repository: Repository) -> None:
    assert version(repository).repository == repository


def test_a_day_on_which_all_was_known_is_the_content_itself(repository: Repository) -> None:
    assert version(repository, as_of="2026-12-31").repository.root == repository.root


def test_two_days_between_which_nothing_came_are_one_version(repository: Repository) -> None:
    first, second = (version(repository, as_of=day) for day in ("2025-03-31", "2025-04-01"))
    assert first.repository == second.repository


def test_the_second_look_reads_no_file(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = version(repository, as_of="2025-03-31")
    monkeypatch.setattr(module, "read_files", lambda _: pytest.fail("the files were read"))
    assert version(repository, as_of="2025-03-31") == first


def test_a_file_that_changed_is_seen(repository: Repository) -> None:
    first = version(repository, as_of="2025-03-31")
    path = repository.root / FIRST
    path.write_text(path.read_text(encoding="utf-8").replace("4.5", "4.6"), encoding="utf-8")
    second = version(repository, as_of="2025-03-31")
    assert second.repository != first.repository
    assert "4.6" in (second.repository.root / FIRST).read_text(encoding="utf-8")


def test_a_note_that_is_damaged_is_no_matter(repository: Repository) -> None:
    first = version(repository, as_of="2025-03-31")
    (note,) = (module._folder() / "notes").iterdir()
    note.write_bytes(b"nonsense")
    assert version(repository, as_of="2025-03-31") == first


def test_a_day_before_the_first_document_is_refused(repository: Repository) -> None:
    with pytest.raises(InputError, match="no document was published by 1999-12-31") as caught:
        version(repository, as_of="1999")
    assert "later day" in caught.value.remedy


def test_what_is_no_date_is_refused(repository: Repository) -> None:
    with pytest.raises(UsageError, match="'soon' is not a date"):
        version(repository, on="soon")


def test_a_cache_that_can_not_be_written_is_a_message(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(repository.root / FIRST))
    with pytest.raises(StoreError, match="the version can't be written") as caught:
        version(repository, as_of="2025-03-31")
    assert "EUROHPC_KG_CACHE" in caught.value.remedy


def test_nothing_but_whole_versions_lies_in_the_cache(repository: Repository) -> None:
    root = version(repository, as_of="2025-03-31").repository.root
    assert {path.name for path in root.parent.iterdir()} == {root.name, "notes"}


def test_versions_that_nobody_used_for_long_are_removed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT", 0)
    files = read_files(repository)
    first = store_files(files | {"data/a.json": b"1"}).root
    long_ago = time.time() - module.UNUSED - 60
    os.utime(first, (long_ago, long_ago))
    second = store_files(files | {"data/a.json": b"2"}).root
    assert second.is_dir()
    assert not first.exists()
