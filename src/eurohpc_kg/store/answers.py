"""Answers kept beside a store: of the questions that take long, worked out when it is built.

A question whose header says ``kept: true`` is answered with its defaults at the end of a build,
into ``answers/<name>.srj`` of the store's folder. A store is named by all that it is made of, the
questions among them, so an answer there can't be older than the graph or the query.

With other values the question is asked, but for those of its sub-queries that no value reaches:
their answers stand in ``answers/<name>.parts`` (`store.parts`).
"""

from __future__ import annotations

import os

import pyoxigraph as ox

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from eurohpc_kg.questions import Question

FOLDER = "answers"
_FORM = ox.QueryResultsFormat.JSON
_END = "\0"  # of a sub-query, and of what stands for it


def keep_answers(questions: Iterable[Question], folder: Path) -> None:
    """Write those answers that are to be kept beside the finished store in ``folder``."""
    from eurohpc_kg.store.parts import parts

    kept = [question for question in questions if question.is_kept]
    if not kept:
        return
    (folder / FOLDER).mkdir()
    store = ox.Store.read_only(str(folder))
    for question in kept:
        known = list(parts(store, question))
        _ask(store, _with(known, question.text)).serialize(_path(folder, question, "srj"), _FORM)
        path = folder / FOLDER / f"{question.slug}.parts"
        text = "".join(one + _END for pair in known for one in pair)
        path.write_text(text, encoding="utf-8", newline="")


def kept_answer(
    folder: str | Path, question: Question, text: str, store: ox.Store
) -> ox.QuerySolutions | None:
    """Return the answer to a question, where all or a part of it is kept.

    ``text`` is the question with its values in it.
    """
    if not question.is_kept:
        return None
    try:
        if text == question.text:
            found = ox.parse_query_results(path=_path(folder, question, "srj"), format=_FORM)
            return found if isinstance(found, ox.QuerySolutions) else None
        with open(_path(folder, question, "parts"), encoding="utf-8", newline="") as file:
            kept = iter(file.read().split(_END)[:-1])
        shorter = _with(zip(kept, kept, strict=True), text)
        return _ask(store, shorter) if shorter != text else None
    except (OSError, SyntaxError, ValueError):  # none is kept, or it is damaged: the store has all
        return None


def _with(parts: Iterable[tuple[str, str]], text: str) -> str:
    """Put the answers of sub-queries in their places."""
    for part, values in parts:
        text = text.replace(part, values)
    return text


def _ask(store: ox.Store, text: str) -> ox.QuerySolutions:
    """Return the solutions of a ``SELECT`` over the union of all graphs."""
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return found


def _path(folder: str | Path, question: Question, ending: str) -> str:
    return os.path.join(folder, FOLDER, f"{question.slug}.{ending}")
