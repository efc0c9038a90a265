"""The saved questions beside a store: all of them, read beforehand, in one file.

To find the question that a sentence asks takes all of them, and to read their files with what each
says of its parameters takes as long as all else. The one file is written when a store is built; a
store is named by all that it is made of, so the questions there are those of the content.
"""

from __future__ import annotations

import os

import pyoxigraph as ox

from eurohpc_kg.questions import Parameter, Question, all_questions, by_group
from eurohpc_kg.store.notes import packed, read_note

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Any

    from eurohpc_kg.repository import Repository
    from eurohpc_kg.sparql import Term

FILE = "questions.marshal"
# What is kept as it is; of the rest, terms are written as texts, and paths depend on the place.
_PLAIN = ("slug", "summary", "description", "tags", "phrases", "text", "is_kept")
_PLAIN_OF_PARAMETER = ("name", "description", "kind", "within", "default_text", "is_today")


def write_questions(questions: Iterable[Question], folder: Path) -> None:
    """Write all questions into the folder of a store."""
    records = [_record(question) for question in by_group(questions)]
    (folder / FILE).write_bytes(packed(records))


def read_questions(repository: Repository, folder: str | Path) -> list[Question]:
    """Return all questions, by group: from beside the store, or else from their own files."""
    kept = read_note(os.path.join(folder, FILE))
    if kept is None:
        return all_questions(repository)
    return [_question(repository, *one) for one in kept]


def _record(question: Question) -> tuple[object, ...]:
    plain = {name: getattr(question, name) for name in _PLAIN}
    parameters = [
        ({name: getattr(one, name) for name in _PLAIN_OF_PARAMETER}, list(map(_parts, one.default)))
        for one in question.parameters.values()
    ]
    return plain, dict(question.columns), parameters


def _question(
    repository: Repository,
    plain: dict[str, Any],
    columns: dict[str, str],
    parameters: list[tuple[dict[str, Any], list[tuple[str, str, str]]]],
) -> Question:
    made = [Parameter(**one, default=tuple(_term(*term) for term in of)) for one, of in parameters]
    return Question(
        path=os.path.join(repository.top, "queries", "questions", f"{plain['slug']}.rq"),
        parameters={one.name: one for one in made},
        columns=columns,
        **plain,
    )


def _parts(term: Term) -> tuple[str, str, str]:
    """Return the text of a term, its language and its datatype; an IRI has neither."""
    if isinstance(term, ox.Literal):
        return term.value, term.language or "", term.datatype.value
    assert isinstance(term, ox.NamedNode)
    return term.value, "", ""


def _term(value: str, language: str, datatype: str) -> Term:
    if not datatype:
        return ox.NamedNode(value)
    if language:
        return ox.Literal(value, language=language)
    return ox.Literal(value, datatype=ox.NamedNode(datatype))
