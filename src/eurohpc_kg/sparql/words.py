"""The words of a query with their places: SPARQL 1.1, section 19.8, as far as reading needs it."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(
    r"(?P<skip>\s+|\#[^\r\n]*)"
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)"
    r"|(?P<string>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r"|\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')"
    r"|(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^)"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<blank>_:[\w](?:[\w.\-]*[\w\-])?)"
    r"|(?P<name>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:"
    r"(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\.)*"
    r"(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\.))?)?)"
    r"|(?P<number>(?:\d+\.\d*|\.\d+|\d+)[eE][+-]?\d+|\d*\.\d+|\d+)"
    r"|(?P<word>[^\W\d_]\w*)"
    r"|(?P<mark><<|>>|&&|\|\||[<>!]=|.)",
    re.DOTALL,
)


class Word(NamedTuple):
    """Hold one word: its kind, its text, and where it starts and ends."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def upper(self) -> str:
        """Return a bare word in upper case; of anything else, nothing."""
        return self.text.upper() if self.kind == "word" else ""


def words(text: str) -> list[Word]:
    """Return the words of a query, without comments and spaces, and one word ``end`` after all.

    >>> [word.text for word in words("ASK { ?x ^ex:p* 1.5 } # all")]
    ['ASK', '{', '?x', '^', 'ex:p', '*', '1.5', '}', '']
    """
    found = [
        Word(str(match.lastgroup), match.group(), match.start(), match.end())
        for match in _WORD.finditer(text)
        if match.lastgroup != "skip"
    ]
    return [*found, Word("end", "", len(text), len(text))]
