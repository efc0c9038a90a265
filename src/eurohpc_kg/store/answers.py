"""Answers kept beside a store: of the questions that take long, worked out when it is built.

A question whose header says ``kept: true`` is answered with its defaults at the end of a build,
into ``answers/<name>.srj`` of the store's folder. A store is named by all that it is made of, the
questions among them, so an answer there can't be older than the graph or the query. With other
values than the defaults the question is asked as any other.
"""

from __future__ import annotations

import os

import pyoxigraph as ox

from eurohpc_kg.questions import kept_questions

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from pathlib import Path

    from eurohpc_kg.questions import Question
    from eurohpc_kg.repository import Repository

FOLDER = "answers"
_FORM = ox.QueryResultsFormat.JSON


def keep_answers(repository: Repository, folder: Path) -> None:
    """Write the answers that are to be kept beside the finished store in ``folder``.

    That the questions can be read and are SPARQL is settled when a store is made.
    """
    kept = kept_questions(repository)
    if not kept:
        return
    (folder / FOLDER).mkdir()
    store = ox.Store.read_only(str(folder))
    for question in kept:
        found = store.query(question.text, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        found.serialize(_path(folder, question), _FORM)


def kept_answer(folder: str | Path, question: Question) -> ox.QuerySolutions | None:
    """Return the answer that is kept for the defaults of a question, if there is one."""
    if not question.is_kept:
        return None
    try:
        found = ox.parse_query_results(path=_path(folder, question), format=_FORM)
    except (OSError, SyntaxError):  # none is kept, or it is damaged: the store has it all
        return None
    return found if isinstance(found, ox.QuerySolutions) else None


def _path(folder: str | Path, question: Question) -> str:
    return os.path.join(folder, FOLDER, f"{question.slug}.srj")
