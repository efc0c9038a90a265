"""Dates: the year, month or day in a cell, and the words that make it vaguer."""

from __future__ import annotations

import datetime
import re

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


def date_problem(text: str) -> str:
    """Say why a text is not a date as precise as known, or return nothing.

    >>> date_problem("2026-02-30")
    "'2026-02-30' is not in the calendar"
    """
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text, re.ASCII):
        return f"{text!r} is not a date"
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    try:
        datetime.date(year, month, day)
    except ValueError:
        return f"{text!r} is not in the calendar"
    return ""
