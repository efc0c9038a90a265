"""How values are written for a reader: numbers, dates, and what a page counts.

Numbers keep the digits that their source wrote; only thousands are set apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from markupsafe import escape

from eurohpc_kg.amounts import agreeing
from eurohpc_kg.namespaces import RDF, XSD

_MONTHS = re.findall(
    r"\w+",
    "January February March April May June July August September October November December",
)
_NUMBER = re.compile(r"([+-]?)(\d+)(\.\d+)?")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DASHED = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_DATES = {XSD + "date", XSD + "gYearMonth", XSD + "gYear"}
_TEXTS = {XSD + "string", RDF + "langString"}
_THIN = "\u202f"
_SHORT = 120  # characters of a text that may be kept
_NEAREST, _FAR = 0.4, 0.85  # shares of the whole map
_ROOM = 60  # units of the map around the marks on it
_LEAST = 5  # digits of a number whose thousands are set apart


def number(text: object) -> str:
    """Set the thousands of a number apart; anything else stays as it is.

    >>> number("500000000"), number("2300"), number("12.50")
    ('500\u202f000\u202f000', '2300', '12.50')
    """
    match = _NUMBER.fullmatch(str(text))
    if match is None or len(match[2]) < _LEAST:
        return str(text)
    digits = match[2]
    first = len(digits) % 3 or 3
    groups = [digits[:first], *(digits[i : i + 3] for i in range(first, len(digits), 3))]
    return match[1] + _THIN.join(groups) + (match[3] or "")


def day(text: object) -> str:
    """Write a date, as precise as it is known.

    >>> day("2025-09-05"), day("2025-09"), day("2025"), day("undated")
    ('5 September 2025', 'September 2025', '2025', 'undated')
    """
    match = _DATE.fullmatch(str(text))
    if match is None:
        return str(text)
    year, month, of_month = match.groups()
    words = [str(int(of_month))] if of_month else []
    if month:
        if not 1 <= int(month) <= len(_MONTHS):
            return str(text)
        words.append(_MONTHS[int(month) - 1])
    return " ".join([*words, year])


def values(text: object) -> str:
    """Write a text in which a number may stand alone or before its unit.

    >>> values("500000000 EUR"), values("about 20 PB")
    ('500\u202f000\u202f000 EUR', 'about 20 PB')
    """
    return " ".join(number(word) for word in str(text).split(" "))


def days(text: object) -> str:
    """Write each date that stands in a remark of ours as a day.

    >>> days("2026 autumn, said 2026-03")
    '2026 autumn, said March 2026'
    """
    return _DASHED.sub(lambda match: day(match[0]), str(text))


def literal(text: object, term: object) -> str:
    """Write a value: numbers and dates for a reader, and any other text as its source wrote it.

    >>> literal("101101903", ox.Literal("101101903")), literal("40000000", ox.Literal(40000000))
    ('101101903', '40\u202f000\u202f000')
    """
    kind = term.datatype.value if isinstance(term, ox.Literal) else ""
    if kind in _DATES:
        return day(text)
    return str(text) if kind in _TEXTS else values(text)


def host(address: object) -> str:
    """Return the host of an address, to be read beside a link.

    >>> host("https://www.csc.fi/en/lumi")
    'csc.fi'
    """
    match = re.match(r"https?://(?:www\.)?([^/:?#]+)", str(address))
    return match[1] if match else ""


def capital(text: object) -> str:
    """Return a text with a capital first, where that is a plain word.

    >>> capital("hosted by"), capital("EU share"), capital("qPU")
    ('Hosted by', 'EU share', 'qPU')
    """
    words = str(text)
    plain = len(words) > 1 and words[0].islower() and not words[1].isupper()
    return words[0].upper() + words[1:] if plain else words


def count(amount: int, noun: str, several: str = "") -> str:
    """Write a number of things.

    >>> count(1, "source"), count(12000, "entry", "entries")
    ('1 source', '12\u202f000 entries')
    """
    return f"{number(amount)} {agreeing(amount, noun, several)}"


def urlencode(text: str) -> str:
    """Write a text as a part of an address.

    >>> urlencode("in country"), urlencode("id:lumi")
    ('in%20country', 'id%3Alumi')
    """
    return _quoted(text) if len(text) <= _SHORT else quote(text)


def escaped(text: str) -> str:
    """Write a text as HTML; one that is HTML already (`Markup`) stays as it is.

    >>> from markupsafe import Markup
    >>> escaped("<b>"), escaped(Markup("<b>"))
    ('&lt;b&gt;', '<b>')
    """
    return _escaped(text) if len(text) <= _SHORT else str(escape(text))


@lru_cache(maxsize=20_000, typed=True)  # by type too: what is HTML equals a text that is none
def _escaped(text: str) -> str:
    return str(escape(text))


_quoted = lru_cache(maxsize=20_000)(quote)  # the same few names stand on most pages


def frame(marks: Sequence[Any], width: float, height: float) -> tuple[float, float, float, float]:
    """Return the part of a map that holds all marks: its corner, width and height.

    It has the form of the whole and some room around the marks, and is the whole where they are far
    apart.

    >>> from eurohpc_kg.web.pages.spots import Mark
    >>> near, far = ([Mark("", "", "", "", x, 300) for x in xs] for xs in ((300, 340), (10, 790)))
    >>> frame(near, 800, 600), frame(far, 800, 600)
    ((160, 180, 320, 240), (0, 0, 800, 600))
    """
    if not marks:
        return 0, 0, width, height
    across = [mark.x for mark in marks]
    down = [mark.y for mark in marks]
    share = max(
        _NEAREST,
        (max(across) - min(across) + 2 * _ROOM) / width,
        (max(down) - min(down) + 2 * _ROOM) / height,
    )
    if share > _FAR:
        return 0, 0, width, height
    wide, high = round(width * share), round(height * share)
    x = (max(across) + min(across) - wide) / 2
    y = (max(down) + min(down) - high) / 2
    return (round(min(max(x, 0), width - wide)), round(min(max(y, 0), height - high)), wide, high)


FILTERS: dict[str, Callable[..., Any]] = {
    "number": number,
    "day": day,
    "values": values,
    "days": days,
    "literal": literal,
    "host": host,
    "capital": capital,
    "count": count,
    "frame": frame,
    "urlencode": urlencode,
}
