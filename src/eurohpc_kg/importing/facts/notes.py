"""Notes: what the free words beside a number or date add to it.

``note-patterns.csv`` says which words are a basis, a bound, a period or a remark on a date;
``note-scopes.csv`` says in our words which part of a thing a note describes, and when in a year.
A note that neither table knows adds nothing: remarks on sources, conflicts and people stay in the
sheet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from eurohpc_kg.importing.csv_files import table


@dataclass(frozen=True)
class Note:
    """Hold what a note adds; empty if nothing.

    ``basis`` and ``bound`` are CURIEs; ``date_text`` says what the day of an event leaves open.
    """

    basis: str = ""
    bound: str = ""
    period: str = ""
    scope: str = ""
    date_text: str = ""


def read_note(note: str) -> Note:
    """Read a note.

    >>> read_note("period 2018-2020; around")
    Note(basis='', bound='bound:about', period='2018-2020', scope='', date_text='')
    """
    if not note:
        return Note()
    basis, bound, period = (_first(target, note) for target in ("basis", "bound", "period"))
    scope, date_text = _scopes().get(note, ("", ""))
    return Note(basis, bound, period, scope, date_text or _first("date-text", note))


def with_plan(text: str, note: str) -> str:
    """Return a text, marked where the note says that it is only planned.

    >>> with_plan("district heating", "planned")
    'district heating (planned)'
    """
    return f"{text} (planned)" if read_note(note).basis == "basis:planned" else text


def _first(target: str, note: str) -> str:
    """Return what the first pattern that fits a segment says; the segments go left to right."""
    for segment in re.split(r"[;,:]\s+", note):
        for pattern, value in _patterns().get(target, ()):
            match = pattern.match(segment)
            if match is not None:
                return match.expand(value)
    return ""


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, Sequence[tuple[re.Pattern[str], str]]]:
    patterns: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for row in table(__file__, "note-patterns.csv"):
        patterns.setdefault(row["target"], []).append(
            (re.compile(row["pattern"], re.IGNORECASE), row["value"])
        )
    return patterns


@lru_cache(maxsize=1)
def _scopes() -> Mapping[str, tuple[str, str]]:
    rows = table(__file__, "note-scopes.csv")
    return {row["note"]: (row["scope"], row["date_text"]) for row in rows}
