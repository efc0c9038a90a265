"""Days: a date as precise as it is known, and the day on which its whole period is over.

One rule for every date of this room: a month or a year counts from its last day on, and so does
one that a person writes (``2025-03`` is the 31st of March 2025).
"""

from __future__ import annotations

import datetime
import re

from eurohpc_kg.errors import UsageError

_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
REMEDY = "Write a day that there is, a month or a year: 2025-03-31, 2025-03 or 2025."


def read_day(text: str, place: str = "") -> str:
    """Return the last day of the period that a person wrote; raise `UsageError` for no date.

    >>> read_day("2024-02"), read_day("2025")
    ('2024-02-29', '2025-12-31')
    """
    day = last_day(text.strip())
    if not day:
        raise UsageError(f"{text!r} is not a date", place=place, remedy=REMEDY)
    return day


def looks_like_a_date(text: str) -> bool:
    """Tell whether a text has the form of a date, be there such a day or not."""
    return _DATE.fullmatch(text) is not None


def last_day(text: str) -> str:
    """Return the last day of a year, a month or a day as ``YYYY-MM-DD``, or an empty string.

    >>> last_day("2026-06"), last_day("2026-02-30"), last_day("2026-13")
    ('2026-06-30', '', '')
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return ""
    year, month = int(match["year"]), int(match["month"] or 12)
    try:
        first = datetime.date(year, month, int(match["day"] or 1))
    except ValueError:  # there is no such month or day
        return ""
    if match["day"]:
        return first.isoformat()
    if month == 12:
        return first.replace(day=31).isoformat()
    return (first.replace(month=month + 1) - datetime.timedelta(days=1)).isoformat()
