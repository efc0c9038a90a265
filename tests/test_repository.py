"""The content is found in a checkout, under a named folder, or in the package itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from eurohpc_kg.errors import PlacementError
from eurohpc_kg.repository import ROOMS, Repository, cache_directory, find_repository

ROOT = Path(__file__).parents[1]


def test_a_checkout_is_found_from_a_folder_inside_it() -> None:
    assert find_repository(ROOT / "data").root == ROOT


def test_outside_a_checkout_the_package_has_its_own_content(tmp_path: Path) -> None:
    assert (find_repository(tmp_path).root / "ontology" / "prefixes.ttl").is_file()


def test_a_named_folder_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ROOMS:
        (tmp_path / room).mkdir()
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(tmp_path))
    assert find_repository().root == tmp_path


def test_a_named_folder_without_the_rooms_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EUROHPC_KG_ROOT", str(tmp_path))
    with pytest.raises(PlacementError, match="no ontology, data, shapes, queries") as caught:
        find_repository()
    assert "EUROHPC_KG_ROOT" in caught.value.place
    assert caught.value.remedy


def test_the_rooms_are_where_the_design_says() -> None:
    repository = Repository(ROOT)
    assert repository.is_checkout
    for folder in (
        repository.ontology, repository.data, repository.register, repository.sources,
        repository.shapes, repository.questions, repository.checks, repository.views,
    ):  # fmt: skip
        assert folder.is_dir(), folder
    assert repository.corrections == ROOT / "data" / "corrections"


def test_findings_show_paths_relative_to_the_root(tmp_path: Path) -> None:
    repository = Repository(ROOT)
    assert repository.relative(ROOT / "data" / "x.ttl") == "data/x.ttl"
    assert repository.relative(tmp_path) == tmp_path.as_posix()


def test_the_cache_is_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path))
    assert cache_directory() == tmp_path
    monkeypatch.delenv("EUROHPC_KG_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_directory() == tmp_path / "eurohpc-kg"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_directory().parts[-2:] == (".cache", "eurohpc-kg")
