"""Saved questions whose answers two versions give differently.

Each question of the later version is asked of both, with its defaults. Rows are compared as people
read them, without the sources: another document for the same answer is no other answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox

from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.history.difference import Difference
from eurohpc_kg.history.relevance import Relevance
from eurohpc_kg.history.sides import Side
from eurohpc_kg.questions import Question
from eurohpc_kg.records import dataclass
from eurohpc_kg.results import Cell, Results, answer, plain

Row = tuple[str, ...]


@dataclass(frozen=True)
class AnswerChange:
    """Hold how the answer to a question changed; rows are in words.

    ``changed`` are rows about one thing, before and after. ``fault`` says why one of the versions
    can't answer.
    """

    question: Question
    columns: tuple[str, ...]
    rows_before: int
    rows_after: int
    added: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()
    changed: tuple[tuple[Row, Row], ...] = ()
    fault: str = ""


def changed_answers(
    questions: Iterable[Question], before: Side, after: Side, difference: Difference
) -> list[AnswerChange]:
    """Return the questions whose answers differ, in the order given."""
    relevance = Relevance(difference)
    asked = (question for question in questions if relevance.concerns(question.text))
    found = (_compare(question, before, after) for question in asked)
    return [change for change in found if change is not None]


def _compare(question: Question, before: Side, after: Side) -> AnswerChange | None:
    try:
        text = question.bind({})
        old, new = (
            answer(side.store, text, side.names, question.path, question.summary)
            for side in (before, after)
        )
    except EurohpcKgError as error:
        return AnswerChange(question, (), 0, 0, fault=error.problem)
    old_rows, new_rows = _keyed(old), _keyed(new)
    gone, come = old_rows.keys() - new_rows.keys(), new_rows.keys() - old_rows.keys()
    if not gone and not come:
        return None
    lost = {key: row for key, row in _in_words(old, old_rows).items() if key in gone}
    won = {key: row for key, row in _in_words(new, new_rows).items() if key in come}
    pairs = _pairs(lost, won)
    paired = {key for pair in pairs for key in pair}
    return AnswerChange(
        question,
        tuple(new.plain_columns()),
        len(old_rows),
        len(new_rows),
        tuple(row for key, row in won.items() if key not in paired),
        tuple(row for key, row in lost.items() if key not in paired),
        tuple((lost[one], won[other]) for one, other in pairs),
    )


Key = tuple[tuple[str, ...], ...]


def _keyed(results: Results) -> dict[Key, int]:
    """Return the rows by what is compared (lists in any order), with their places."""
    merged = results.merged()
    return {tuple(map(_parts, cells)): place for place, (cells, _) in enumerate(merged)}


def _in_words(results: Results, keyed: dict[Key, int]) -> dict[Key, Row]:
    """Return the rows as people read them, without the sources."""
    width = len(results.plain_columns())
    _, grid = results.grid()
    return {key: tuple(grid[place][:width]) for key, place in keyed.items()}


def _parts(cell: Cell) -> tuple[str, ...]:
    if isinstance(cell, ox.Literal):
        return tuple(sorted(re.split(r"[\s,;|]+", cell.value)))
    return (plain(cell),)


def _pairs(lost: dict[Key, Row], won: dict[Key, Row]) -> list[tuple[Key, Key]]:
    """Pair the rows that are about the same thing and say something else of it."""
    heads = Counter(key[0] for key in lost), Counter(key[0] for key in won)
    by_head = {key[0]: key for key in won}
    return [
        (key, by_head[key[0]])
        for key in lost
        if len(key) > 1 and heads[0][key[0]] == heads[1][key[0]] == 1
    ]
