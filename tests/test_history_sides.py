"""What a person may write for a version, and what is said of what names none."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from dated_content import FIRST, QUESTION, SECOND, make_dated
from eurohpc_kg.errors import (
    EurohpcKgError,
    InputError,
    MissingDependencyError,
    TurtleSyntaxError,
    UnknownNameError,
    UsageError,
)
from eurohpc_kg.history.graphs import load
from eurohpc_kg.history.sides import Side, read_side
from eurohpc_kg.history.unjudged import folder_of, is_store
from eurohpc_kg.names import GRAPH, SOURCE
from eurohpc_kg.repository import Repository

FIRST_GRAPH = SOURCE + FIRST.removeprefix("data/sources/").removesuffix(".ttl")
SECOND_GRAPH = SOURCE + SECOND.removeprefix("data/sources/").removesuffix(".ttl")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    return make_dated(tmp_path / "content")


@pytest.fixture
def checkout(repository: Repository) -> Repository:
    """Make two commits: in the second, a figure changes and a tag names the first."""
    (repository.root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    git(repository, "init", "--quiet", "--initial-branch=main")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "first")
    git(repository, "tag", "v0.1.0")
    path = repository.root / FIRST
    path.write_text(path.read_text(encoding="utf-8").replace("4.5", "4.6"), encoding="utf-8")
    git(repository, "commit", "--quiet", "-am", "second")
    return repository


def git(repository: Repository, *words: str) -> str:
    who = {f"GIT_{role}_{key}": "test" for role in ("AUTHOR", "COMMITTER") for key in ("NAME",)}
    who |= {f"GIT_{role}_EMAIL": "test@example.org" for role in ("AUTHOR", "COMMITTER")}
    done = subprocess.run(
        ["git", *words],
        cwd=repository.root,
        env=os.environ | who | {"GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def side(text: str, repository: Repository) -> Side:
    return read_side(text, repository, lambda _: None)


def power(found: Side) -> list[str]:
    value = ox.NamedNode("https://w3id.org/eurohpc-kg/ontology#value")
    node = ox.NamedNode("https://w3id.org/eurohpc-kg/figure/example-1-power-2024")
    return [str(quad.object) for quad in found.store.quads_for_pattern(node, value, None)]


def test_now_is_the_content_as_it_lies_there(repository: Repository) -> None:
    found = side("now", repository)
    assert found.repository == repository
    assert {FIRST_GRAPH, SECOND_GRAPH, GRAPH + "register"} <= found.graphs.keys()


def test_a_day_is_what_was_known_by_then(repository: Repository) -> None:
    found = side("2025-03", repository)
    assert str(found) == "2025-03 (as of 2025-03-31: 2 of 3 documents)"
    assert SECOND_GRAPH not in found.graphs


def test_a_folder_with_content_is_that_content(repository: Repository) -> None:
    assert side(str(repository.root), repository).repository is not None


def test_what_follows_is_part_of_a_version(repository: Repository) -> None:
    assert GRAPH + "inferred" in side("now", repository).graphs


def test_a_version_that_would_not_pass_the_checks_has_a_difference_too(
    repository: Repository,
) -> None:
    path = repository.root / FIRST
    text = path.read_text(encoding="utf-8").replace("ehpc:of id:example-1", 'ehpc:of "nothing"')
    path.write_text(text, encoding="utf-8")
    assert side("now", repository).graphs


def test_a_question_of_the_past_that_is_none_today_is_no_hindrance(repository: Repository) -> None:
    path = repository.root / QUESTION
    path.write_text(path.read_text(encoding="utf-8").replace("#+   - systems\n", ""), "utf-8")
    assert GRAPH + "questions" not in side("now", repository).graphs


def test_the_second_look_at_a_version_reads_what_is_kept(repository: Repository) -> None:
    said: list[str] = []
    first, second = folder_of(repository, said.append), folder_of(repository, said.append)
    assert first == second
    assert not is_store(first)
    assert len(said) == 1


@pytest.mark.parametrize("name", ["a.nq", "a.nq.gz", "a.trig"])
def test_a_file_is_the_statements_in_it(tmp_path: Path, repository: Repository, name: str) -> None:
    quad = ox.Quad(*(ox.NamedNode("urn:a"),) * 3, ox.NamedNode("urn:g"))
    form = ox.RdfFormat.TRIG if "trig" in name else ox.RdfFormat.N_QUADS
    data = ox.serialize([quad], format=form)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    found = side(str(tmp_path / name), repository)
    assert list(found.store) == [quad]
    assert found.repository is None


def test_a_source_document_fills_the_graph_of_its_name(repository: Repository) -> None:
    assert list(side(str(repository.root / FIRST), repository).graphs) == [FIRST_GRAPH]


def test_other_turtle_fills_the_default_graph(tmp_path: Path, repository: Repository) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> 12.50 .", encoding="utf-8")
    found = side(str(tmp_path / "a.ttl"), repository)
    assert list(found.graphs) == [""]
    assert b'"12.50"' in found.graphs[""].read()


def test_a_folder_of_files_is_all_of_them(tmp_path: Path, repository: Repository) -> None:
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "a.nt").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    (folder / "b.ttl").write_text("<urn:a> <urn:b> <urn:d> .", encoding="utf-8")
    (folder / "readme.md").write_text("no statements", encoding="utf-8")
    assert len(side(str(folder), repository).store) == 2


def test_a_revision_is_the_content_of_then(checkout: Repository) -> None:
    assert power(side("v0.1.0", checkout)) == ['"4.5"^^<http://www.w3.org/2001/XMLSchema#decimal>']
    assert power(side("HEAD", checkout)) == ['"4.6"^^<http://www.w3.org/2001/XMLSchema#decimal>']
    assert side("v0.1.0", checkout).note.startswith("commit ")


def test_reading_a_revision_leaves_the_checkout_alone(checkout: Repository) -> None:
    side("HEAD~1", checkout)
    assert git(checkout, "status", "--porcelain") == ""


def test_a_git_that_a_caller_is_busy_with_is_not_asked(
    checkout: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert side("v0.1.0", checkout).graphs


def test_an_unknown_revision_gets_the_nearest_names(checkout: Repository) -> None:
    with pytest.raises(UnknownNameError, match="is no revision, date, file or folder") as caught:
        side("v0.1", checkout)
    assert caught.value.candidates == ("v0.1.0",)


def test_a_revision_is_never_taken_for_an_option(checkout: Repository) -> None:
    with pytest.raises(UnknownNameError):
        side("--help", checkout)


def test_a_revision_from_before_the_content_is_a_message(checkout: Repository) -> None:
    git(checkout, "checkout", "--quiet", "--orphan", "bare")
    git(checkout, "rm", "-r", "--quiet", "--cached", ".")
    git(checkout, "add", "pyproject.toml")
    git(checkout, "commit", "--quiet", "-m", "nothing yet")
    with pytest.raises(InputError, match="this revision has no ontology"):
        side("bare", checkout)


def test_an_installed_package_has_no_revisions(repository: Repository) -> None:
    with pytest.raises(UsageError, match="an installed package has no revisions"):
        side("HEAD", repository)


def test_content_that_is_not_in_git_has_no_revisions(repository: Repository) -> None:
    (repository.root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    with pytest.raises(UsageError, match="this is no git repository"):
        side("HEAD", repository)


def test_without_git_it_is_said_what_is_missing(
    checkout: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingDependencyError, match="git is not installed"):
        side("HEAD", checkout)


def test_a_version_is_made_once_for_all_processes(checkout: Repository) -> None:
    first = side("v0.1.0", checkout).repository
    assert first is not None
    assert side("v0.1.0", checkout).repository == first
    shutil.rmtree(first.root)
    assert power(side("v0.1.0", checkout))


@pytest.mark.parametrize(
    ("name", "data", "kind", "problem"),
    [
        ("a.ttl", b"<urn:a> <urn:b>", TurtleSyntaxError, "a.ttl"),
        ("a.nq", b'<urn:a> <urn:b> "\xff" .', EurohpcKgError, "a.nq"),
        ("a.nq.gz", b"not packed", InputError, "can't be read"),
        ("a.txt", b"", InputError, "names no form of RDF"),
    ],
)
def test_a_file_that_can_not_be_read_is_a_message(
    tmp_path: Path,
    repository: Repository,
    name: str,
    data: bytes,
    kind: type[EurohpcKgError],
    problem: str,
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(kind) as caught:
        side(str(tmp_path / name), repository)
    assert problem in f"{caught.value}"
    assert caught.value.remedy


def test_an_empty_folder_is_a_message(tmp_path: Path, repository: Repository) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no content and no file of statements"):
        side(str(tmp_path / "empty"), repository)


def test_no_graphs_are_an_empty_store() -> None:
    assert len(load({})) == 0
