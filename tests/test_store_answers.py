"""The answers kept beside a store: made when it is, asked with the defaults only, never needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from eurohpc_kg import Graph
from eurohpc_kg.questions import find_question
from eurohpc_kg.repository import Repository
from eurohpc_kg.store import building, folder_of, open_folder
from eurohpc_kg.store.answers import FOLDER, kept_answer
from small_repository import examiner, make_repository

QUESTION = """\
#+ summary: What is called what?
#+ description: Names.
#+ tags:
#+   - network
{kept}#+ defaults:
#+   - thing: any
#+ parameters:
#+   - thing: one thing
#+ columns:
#+   - thing: the thing
#+   - name: its name
#+   - source: where it is said

SELECT ?thing ?name ?source
WHERE {{
  VALUES ?thing {{ UNDEF }}
  GRAPH ?source {{ ?thing <urn:label> ?name }}
}}
ORDER BY ?name
"""
MORE = '\n<https://w3id.org/eurohpc-kg/id/b> <urn:label> "B" .\n'


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setattr(building, "EXAMINER", examiner())
    monkeypatch.setenv("EUROHPC_KG_CACHE", str(tmp_path / "cache"))
    made = make_repository(tmp_path / "content")
    _write(made, "kept", "#+ kept: true\n")
    _write(made, "not-kept", "")
    return made


def _write(repository: Repository, slug: str, kept: str) -> None:
    repository.questions.mkdir(parents=True, exist_ok=True)
    text = QUESTION.format(kept=kept)
    (repository.questions / f"{slug}.rq").write_text(text, encoding="utf-8")


def _open(repository: Repository) -> tuple[Path, Graph]:
    folder = folder_of(repository)
    return folder, Graph(repository, open_folder(folder), folder)


def test_the_answer_is_kept_of_a_question_that_says_so_and_of_no_other(
    repository: Repository,
) -> None:
    folder, graph = _open(repository)
    assert {path.name for path in (folder / FOLDER).iterdir()} == {"kept.srj", "kept.parts"}
    assert graph.ask("kept").rows == graph.ask("not-kept").rows
    assert graph.ask("kept").columns == ("thing", "name", "source")


def test_it_is_read_where_the_defaults_hold_and_not_where_a_value_is_given(
    repository: Repository,
) -> None:
    folder, graph = _open(repository)
    kept = folder / FOLDER / "kept.srj"
    kept.write_text(kept.read_text(encoding="utf-8").replace('"A"', '"kept"'), encoding="utf-8")
    assert graph.ask("kept").to_dicts()[0]["name"] == "kept"
    assert graph.ask("kept", thing="id:a").to_dicts()[0]["name"] == "A"


@pytest.mark.parametrize("text", [None, "", "{", '{"head": {}, "boolean": true}'])
def test_without_it_or_where_it_is_damaged_the_store_is_asked(
    repository: Repository, text: str | None
) -> None:
    folder, graph = _open(repository)
    kept = folder / FOLDER / "kept.srj"
    kept.unlink()
    if text is not None:
        kept.write_text(text, encoding="utf-8")
    question = find_question(repository, "kept")
    assert kept_answer(folder, question, question.text, graph.store) is None
    assert graph.ask("kept").to_dicts()[0]["name"] == "A"


def test_a_changed_file_has_an_answer_of_its_own(repository: Repository) -> None:
    before, _ = _open(repository)
    path = repository.root / "data" / "register" / "things.ttl"
    path.write_text(path.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    after, graph = _open(repository)
    assert before != after
    assert (after / FOLDER / "kept.srj").is_file()
    assert [row["name"] for row in graph.ask("kept").to_dicts()] == ["A", "B"]
