"""What a saved page says: its text, and whether a number, a date or a name stands in it.

A page is HTML or plain text, in any language. Numbers are compared as numbers, whatever marks
their thousands and decimals, also when they are spoken in millions; dates by day, month and year
near each other; names by all names of the thing, without case and accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from html.parser import HTMLParser

from eurohpc_kg.names import fold

_SILENT = ("script", "style", "noscript", "template")
_NUMBER = re.compile(r"\d+(?:[.,'\u2019 \u00a0\u2009\u202f]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'\u2019 \u00a0\u2009\u202f]\d{3})+")
_SEPARATOR = re.compile(r"[.,'\u2019 \u00a0\u2009\u202f]")
_WORD = re.compile(r"[\s\u00a0-]*([^\W\d_]+)", re.UNICODE)
# How the languages of the sources begin the word for a power of a thousand, folded; whole words
# are those that must not go on. Longer ones first: a milliard is no million.
_THOUSAND, _MILLION, _BILLION = 1_000, 1_000_000, 1_000_000_000
_BEGINNINGS = {
    **dict.fromkeys(("milliard", "miliard", "miljard", "mrd", "mld", "billion"), _BILLION),
    **dict.fromkeys(("δισ", "млрд", "милиард"), _BILLION),
    **dict.fromkeys(("mill", "milh", "mili", "milj", "mio", "mln", "trieu"), _MILLION),
    **dict.fromkeys(("εκατ", "млн", "милион"), _MILLION),
    **dict.fromkeys(("thousand", "tausend", "tis", "tys"), _THOUSAND),
}
_WHOLE = {
    **dict.fromkeys(("bn", "b", "mia", "ty"), _BILLION),
    **dict.fromkeys(("mil", "mille", "mila", "k"), _THOUSAND),
    "m": _MILLION,
}
_THOUSAND_MILLION = ("mil millones", "mil milhoes")
_SMALL = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty",
)
_NEAR = 25  # characters between a day and its year
_KINDS = {"canonical": "href", "og:url": "content"}


class Page:
    """Hold the text of a saved page, and answer what stands in it."""

    def __init__(self, text: str, *, is_html: bool) -> None:
        reader = _Reader()
        if is_html:
            reader.feed(text)
            reader.close()
        self.text = "".join(reader.parts) if is_html else text
        self.addresses = tuple(reader.addresses)

    @cached_property
    def folded(self) -> str:
        """Return the text without case, accents and punctuation, with a space at both ends."""
        return f" {_words(self.text)} "

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """Return every number that the text can be read to say."""
        spoken = (Decimal(n) for n, word in enumerate(_SMALL) if f" {word} " in self.folded)
        return frozenset([*_numbers(self.text), *spoken])

    def has_number(self, number: Decimal) -> bool:
        """Tell whether the text has a number, in digits or in words.

        >>> Page("costs 40,5 Mio. Euro", is_html=False).has_number(Decimal("40500000"))
        True
        """
        return number in self.numbers

    def has_date(self, date: str) -> bool:
        """Tell whether the text has a date as precise as this one; of a month only the year.

        >>> Page("le 12 octobre 2025", is_html=False).has_date("2025-10-12")
        True
        """
        year, _, rest = date.partition("-")
        day = rest.partition("-")[2].lstrip("0")
        if date in self.text or not day:
            return re.search(rf"(?<!\d){year}(?!\d)", self.text) is not None
        gap = rf"(?!\d).{{0,{_NEAR}}}?(?<!\d)"
        forth = rf"(?<!\d)0?{day}{gap}{year}(?!\d)"
        back = rf"(?<!\d){year}{gap}0?{day}(?!\d)"
        return re.search(f"{forth}|{back}", self.text, re.DOTALL) is not None

    def has_name(self, names: Iterable[str]) -> bool:
        """Tell whether the text has one of these names."""
        keys = (_words(name) for name in names)
        return any(f" {key} " in self.folded for key in keys if key)


class _Reader(HTMLParser):
    """Take the text out of HTML, and the addresses that a page gives for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.addresses: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        named = dict(attrs)
        kind = named.get("rel") if tag == "link" else named.get("property")
        address = named.get(_KINDS.get(kind or "", ""))
        if tag in ("link", "meta") and address:
            self.addresses.append(address)
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)

    def handle_comment(self, data: str) -> None:
        """Take the address that browsers write into a page that they save."""
        saved = re.search(r"saved from url=\(\d+\)(\S+)", data)
        if saved:
            self.addresses.append(saved[1])


def _numbers(text: str) -> Iterator[Decimal]:
    for match in _NUMBER.finditer(text):
        after = _scale(text[match.end() : match.end() + 30])
        for number in _readings(match.group()):
            yield number
            if after > 1:
                yield number * after


def _readings(token: str) -> Iterator[Decimal]:
    """Yield what digits with marks between them can mean: 1.234 is one or a thousand.

    >>> sorted(map(int, _readings("1.234")))
    [1, 1234]
    """
    parts = _SEPARATOR.split(token)
    if len(parts) == 1:
        yield Decimal(token)
        return
    if _GROUPED.fullmatch(token):
        yield Decimal("".join(parts))
    last = _SEPARATOR.findall(token)[-1]
    if last in ".,":
        yield Decimal("".join(parts[:-1]) + "." + parts[-1])
    if last.isspace():
        yield from (Decimal(part) for part in parts)


def _scale(after: str) -> int:
    """Return how much a word behind a number multiplies it.

    >>> _scale(" million euro"), _scale(" Mrd. Euro"), _scale(" nodes")
    (1000000, 1000000000, 1)
    """
    folded = fold(after)
    if folded.lstrip().startswith(_THOUSAND_MILLION):
        return _BILLION
    match = _WORD.match(folded)
    word = match[1] if match else ""
    if word in _WHOLE:
        return _WHOLE[word]
    return next((times for start, times in _BEGINNINGS.items() if word.startswith(start)), 1)


def _words(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())
