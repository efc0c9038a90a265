"""Dates: the year, month or day in a cell, and the words that make it vaguer."""

from __future__ import annotations

import re

from eurohpc_kg.importing.facts.sheets import date_problem

_DATE = re.compile(r"\b(\d{4}(?:-\d{2}){0,2})\b", re.ASCII)


def read_date(text: str) -> tuple[str, str] | None:
    """Return the date in a cell and the words around it, or nothing when there is no one date.

    >>> read_date("2027 spring")
    ('2027', 'spring')
    >>> read_date("2025-10-12")
    ('2025-10-12', '')
    """
    dates = _DATE.findall(text)
    if len(dates) != 1 or date_problem(dates[0]):
        return None
    words = text.replace(dates[0], " ").replace("-", " ")
    words = re.sub(r"\b(of|about)\b", " ", words)
    return dates[0], " ".join(words.split())


def is_later(date: str, other: str) -> bool:
    """Say whether a date lies after another for certain, whatever their precision.

    >>> is_later("2026", "2026-05"), is_later("2026-06", "2026-05-31")
    (False, True)
    """
    length = min(len(date), len(other))
    return date[:length] > other[:length]
