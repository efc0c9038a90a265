"""The text of a view taken apart: what it makes, and the groups and patterns that it reads.

Oxigraph runs SPARQL but does not show how it read it. This reads as much of SPARQL 1.1 as a view
needs to be explained: triples, ``GRAPH``, ``OPTIONAL``, ``UNION``, sub-queries; filters, bindings
and lists of values are kept as text. What it can't read it refuses, with `RuleError`; a test reads
every view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

import pyoxigraph as ox

from eurohpc_kg.errors import RuleError
from eurohpc_kg.explain.proof import Place, TriplePattern
from eurohpc_kg.explain.view_parts import (
    Assigned,
    Element,
    Group,
    InGraph,
    Optional,
    ReadView,
    SubQuery,
    Union,
)
from eurohpc_kg.reason.views import View
from eurohpc_kg.reason.vocabulary import TYPE
from eurohpc_kg.sparql import Term

_TOKEN = re.compile(
    r"(?P<skip>\s+|\#[^\r\n]*)"
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)"
    r"|(?P<string>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')"
    r"|(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^)"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<name>(?:[^\W\d_][\w\-]*)?:[\w\-]*(?:\.[\w\-]+)*)"
    r"|(?P<number>[+-]?(?:\d+\.\d+|\d+))"
    r"|(?P<word>[^\W\d_]\w*)"
    r"|(?P<mark>&&|\|\||[<>!]=|.)",
    re.DOTALL,
)
_PREFIX = re.compile(r"PREFIX\s+([^\s:]*):\s*<([^>]*)>", re.IGNORECASE)
_AGGREGATES = {"MAX", "MIN", "SUM", "COUNT", "AVG", "SAMPLE", "GROUP_CONCAT"}


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def read(view: View) -> ReadView:
    """Read a view; raise `RuleError` for what an explanation can't follow."""
    return _Reader(view).read()


class _Reader:
    def __init__(self, view: View) -> None:
        self.view = view
        self.tokens = [
            _Token(str(match.lastgroup), match.group(), match.start(), match.end())
            for match in _TOKEN.finditer(view.text)
            if match.lastgroup != "skip"
        ]
        self.tokens.append(_Token("end", "", len(view.text), len(view.text)))
        self.at = 0
        self.prefixes: dict[str, str] = dict(_PREFIX.findall(view.text))

    def read(self) -> ReadView:
        while self._word() != "CONSTRUCT":
            if self._next().kind == "end":
                self._refuse("something other than CONSTRUCT")
        prologue = self.view.text[: self._next().start]
        template = self._group()
        made = tuple(e for e in template.elements if isinstance(e, TriplePattern))
        if not made or len(made) != len(template.elements):
            self._refuse("a template of more than triples")
        if self._word() == "WHERE":
            self._next()
        return ReadView(self.view, prologue, made, self._group())

    def _group(self) -> Group:
        start = self._expect("{").end
        elements: list[Element] = []
        if self._word() == "SELECT":
            elements.append(self._sub_query())
        else:
            while self._peek().text != "}":
                elements += self._element()
        return Group(start, self._expect("}").start, tuple(elements))

    def _element(self) -> list[Element]:
        word = self._word()
        if self._peek().text == "{":
            groups = [self._group()]
            while self._word() == "UNION":
                self._next()
                groups.append(self._group())
            return [Union(tuple(groups))]
        if word == "OPTIONAL":
            self._next()
            return [Optional(self._group())]
        if word == "GRAPH":
            self._next()
            name = self._term()
            return [InGraph(name, self._group())]
        if word == "BIND":
            self._next()
            tokens = self._skip_parentheses()
            return [Assigned(tokens[-2].text[1:])]
        if word in ("FILTER", "MINUS", "VALUES"):
            self._next()
            self._skip_text(word)
            return []
        if self._peek().text == ".":
            self._next()
            return []
        return list(self._triples())

    def _sub_query(self) -> SubQuery:
        self._next()
        projected: list[str] = []
        aggregates: list[tuple[str, str, str]] = []
        while self._peek().text != "{" and self._word() != "WHERE":
            token = self._peek()
            if token.kind == "variable":
                projected.append(self._next().text[1:])
            elif token.text == "(":
                inner = self._skip_parentheses()
                projected.append(inner[-2].text[1:])
                function = inner[1].text.upper()
                if function in _AGGREGATES:
                    simple = [t.text for t in inner[2:-4] if t.text.upper() != "DISTINCT"]
                    argument = simple[1][1:] if len(simple) == 2 and simple[1][0] == "?" else ""
                    aggregates.append((projected[-1], function, argument))
            elif self._word() in ("DISTINCT", "REDUCED"):
                self._next()
            else:
                self._refuse(f"SELECT {token.text}")
        if self._word() == "WHERE":
            self._next()
        group = self._group()
        tail = set()
        while self._peek().text != "}":
            tail.add(self._word())
            if self._next().kind == "end":
                self._refuse("a sub-query without an end")
        is_cut = bool(tail & {"LIMIT", "OFFSET"})
        return SubQuery(tuple(projected), tuple(aggregates), group, is_cut, "GROUP" in tail)

    def _triples(self) -> Iterator[TriplePattern]:
        subject = self._term()
        while True:
            predicate = self._term(is_verb=True)
            while True:
                yield TriplePattern(subject, predicate, self._term())
                if self._peek().text != ",":
                    break
                self._next()
            if self._peek().text != ";":
                return
            while self._peek().text == ";":
                self._next()
            if self._peek().text in (".", "}"):
                return

    def _term(self, is_verb: bool = False) -> Place:
        token = self._next()
        if token.kind == "variable":
            return ox.Variable(token.text[1:])
        if token.kind == "iri":
            return ox.NamedNode(token.text[1:-1])
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix in self.prefixes:
                return ox.NamedNode(self.prefixes[prefix] + local)
        if token.text == "a" and is_verb:
            return TYPE
        if token.kind in ("string", "number") or token.text in ("true", "false"):
            return self._literal(token)
        return self._refuse(f"{token.text!r} in a pattern")

    def _literal(self, token: _Token) -> Term:
        text = token.text
        if self._peek().kind == "tag":
            text += self._next().text
            if text.endswith("^^"):
                text += str(self._term())
        (quad,) = ox.parse(f"<x:s> <x:p> {text} .", format=ox.RdfFormat.TURTLE)
        assert isinstance(quad.object, ox.Literal)
        return quad.object

    def _skip_text(self, word: str) -> None:
        """Pass over a filter, a ``MINUS`` or values: one pair of brackets, or what comes first."""
        while self._peek().text not in ("(", "{"):
            self._next()
        if word == "VALUES" and self._peek().text == "(":
            self._skip_parentheses()
        if self._peek().text == "(":
            self._skip_parentheses()
        else:
            self._skip_parentheses("{", "}")

    def _skip_parentheses(self, opening: str = "(", closing: str = ")") -> list[_Token]:
        tokens = [self._expect(opening)]
        depth = 1
        while depth:
            token = self._next()
            tokens.append(token)
            depth += (token.text == opening) - (token.text == closing)
            if token.kind == "end":
                self._refuse(f"{opening} without {closing}")
        return tokens

    def _peek(self) -> _Token:
        return self.tokens[self.at]

    def _next(self) -> _Token:
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def _word(self) -> str:
        token = self._peek()
        return token.text.upper() if token.kind == "word" else ""

    def _expect(self, text: str) -> _Token:
        token = self._next()
        return token if token.text == text else self._refuse(f"{token.text!r} instead of {text}")

    def _refuse(self, what: str) -> NoReturn:
        line = self.view.text.count("\n", 0, self._peek().start) + 1
        raise RuleError(
            f"the view has {what}, which an explanation can't follow",
            place=f"{self.view.place}:{line}",
            remedy="Write it with triples, GRAPH, OPTIONAL, UNION and sub-queries.",
        )
