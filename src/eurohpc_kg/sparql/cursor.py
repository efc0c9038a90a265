"""A reader's place in a query: the words from here on, the terms they mean, fresh variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NoReturn

import pyoxigraph as ox

from eurohpc_kg.errors import QuerySyntaxError
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.sparql import Term
from eurohpc_kg.sparql.parts import Place
from eurohpc_kg.sparql.words import Word, words

TYPE, FIRST, REST, NIL = (ox.NamedNode(RDF + name) for name in ("type", "first", "rest", "nil"))
_ESCAPED = re.compile(r"\\([^uU])")
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class UnreadError(QuerySyntaxError):
    """Say what of a query is not taken apart (``what``), and in which line it stands."""

    def __init__(self, what: str, line: int) -> None:
        self.what = what
        self.line = line
        super().__init__(
            f"the query has {what}, which is not taken apart",
            place=f"query:{line}",
            remedy="Write this part of the query in plain SPARQL 1.1.",
        )


class Cursor:
    """Go through the words of one query."""

    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        self.text = text
        self.words = words(text)
        self.at = 0
        self.prefixes = dict(prefixes)
        self.base = ""
        self.prefix = "added"
        while re.search(rf"[?$]{self.prefix}\d", text):
            self.prefix += "_"
        self._fresh = 0

    def peek(self) -> Word:
        return self.words[self.at]

    def next(self) -> Word:
        word = self.words[self.at]
        self.at = min(self.at + 1, len(self.words) - 1)
        return word

    def take(self, text: str) -> bool:
        """Go past a word if it is this one (a bare word in upper case, a mark as it is)."""
        word = self.peek()
        if text in (word.upper, word.text):
            self.next()
            return True
        return False

    def expect(self, text: str) -> Word:
        word = self.next()
        return word if text in (word.upper, word.text) else self.refuse(f"{word.text!r}", word)

    def fresh(self) -> str:
        """Return the name of a variable that is new in the text."""
        self._fresh += 1
        return f"{self.prefix}{self._fresh}"

    def refuse(self, what: str, word: Word | None = None) -> NoReturn:
        """Raise `UnreadError` at a word, by default the next."""
        at = (word or self.peek()).start
        raise UnreadError(what, self.text.count("\n", 0, at) + 1)

    @property
    def line(self) -> int:
        """Return the line of the word before this place."""
        return self.text.count("\n", 0, self.words[self.at - 1].start) + 1

    def skip_pair(self, opening: str, closing: str) -> tuple[int, int]:
        """Go past a pair of brackets with all in it; return where they start and end."""
        start = self.expect(opening).start
        depth = 1
        while True:
            word = self.next()
            depth += (word.text == opening) - (word.text == closing)
            if depth == 0:
                return start, word.end
            if word.kind == "end":
                self.refuse(f"{opening} without {closing}")

    def variable(self) -> str:
        word = self.next()
        return word.text[1:] if word.kind == "variable" else self.refuse(f"{word.text!r}", word)

    def term(self) -> Place:
        """Read a variable, an IRI or a literal."""
        word = self.next()
        if word.kind == "variable":
            return ox.Variable(word.text[1:])
        if word.kind in ("iri", "name"):
            return self.iri(word)
        if word.kind in ("string", "number") or word.text in ("true", "false", "+", "-"):
            return self._literal(word)
        return self.refuse(f"{word.text!r} in a pattern", word)

    def iri(self, word: Word) -> ox.NamedNode:
        if word.kind == "iri":
            return ox.NamedNode(self.resolved(word.text[1:-1]))
        prefix, _, local = word.text.partition(":")
        if prefix not in self.prefixes:
            self.refuse(f"the unknown prefix {prefix!r}", word)
        return ox.NamedNode(self.prefixes[prefix] + _unescaped(_ESCAPED.sub(r"\1", local)))

    def resolved(self, iri: str) -> str:
        iri = _unescaped(iri)
        if not self.base:
            return iri
        from urllib.parse import urljoin

        # urljoin drops an empty fragment, as a namespace has one.
        return urljoin(self.base, iri) + ("#" if iri.endswith("#") else "")

    def _literal(self, word: Word) -> Term:
        text = word.text
        if text in ("+", "-"):
            text += self.next().text
        if self.peek().kind == "tag":
            text += self.next().text
            if text.endswith("^^"):
                text += str(self.iri(self.next()))
        return _literal(_unescaped(text))


def _unescaped(text: str) -> str:
    """Undo the code point escapes of SPARQL 1.1, section 19.2."""
    return _CODEPOINT.sub(lambda m: chr(int(m.group(1) or m.group(2), 16)), text)


@lru_cache(maxsize=4096)
def _literal(text: str) -> ox.Literal:
    """Read a literal: Turtle writes literals as SPARQL does."""
    (quad,) = ox.parse(f"<x:s> <x:p> {text} .", format=ox.RdfFormat.TURTLE)
    assert isinstance(quad.object, ox.Literal)
    return quad.object
