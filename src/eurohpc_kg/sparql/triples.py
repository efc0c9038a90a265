"""The triples of a query: blocks, lists, blank nodes with properties, property paths.

Blank nodes become variables, and paths are taken apart as far as an engine does that too
(SPARQL 1.1, section 18.2.2.4): ``a/b`` is two patterns, ``^a`` one the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from eurohpc_kg.sparql.cursor import FIRST, NIL, REST, TYPE, Cursor
from eurohpc_kg.sparql.parts import Pattern, Place
from eurohpc_kg.sparql.paths import Choice, Inverse, Link, Negated, Path, Repeat, Sequence


class TriplesReader(Cursor):
    """Read triples from where the cursor stands."""

    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        super().__init__(text, prefixes)
        self._patterns: list[Pattern] = []
        self._blanks: dict[str, str] = {}

    def triples(self) -> list[Pattern]:
        """Read one subject with all that is said of it."""
        self._patterns = []
        is_bracket = self.peek().text in ("[", "(")
        subject = self._node()
        if not is_bracket or self._starts_verb():
            self._properties(subject)
        return self._patterns

    def _starts_verb(self) -> bool:
        word = self.peek()
        return word.kind in ("variable", "iri", "name") or word.text in ("a", "^", "!", "(")

    def _properties(self, subject: Place) -> None:
        while True:
            verb = self._verb()
            while True:
                self._say(subject, verb, self._node())
                if self.peek().text in ("~", "{|"):
                    self.refuse("statements about statements")
                if not self.take(","):
                    break
            if not self.take(";"):
                return
            while self.take(";"):
                pass
            if not self._starts_verb():
                return

    def _say(self, subject: Place, verb: Place | Path, object_: Place) -> None:
        if isinstance(verb, Link):
            self._say(subject, verb.name, object_)
        elif isinstance(verb, Inverse):
            self._say(object_, verb.path, subject)
        elif isinstance(verb, Sequence):
            for path in verb.paths[:-1]:
                middle = ox.Variable(self.fresh())
                self._say(subject, path, middle)
                subject = middle
            self._say(subject, verb.paths[-1], object_)
        else:
            self._patterns.append(Pattern(subject, verb, object_, self.line))

    def _node(self) -> Place:
        word = self.peek()
        if word.text == "<<":
            self.refuse("statements about statements")
        if word.kind == "blank":
            return ox.Variable(self._named_blank(self.next().text))
        if word.text == "[":
            self.next()
            node = ox.Variable(self.fresh())
            if not self.take("]"):
                self._properties(node)
                self.expect("]")
            return node
        if word.text == "(":
            self.next()
            return self._list()
        return self.term()

    def _list(self) -> Place:
        if self.take(")"):
            return NIL
        first = cell = ox.Variable(self.fresh())
        while True:
            self._say(cell, FIRST, self._node())
            if self.take(")"):
                self._say(cell, REST, NIL)
                return first
            following = ox.Variable(self.fresh())
            self._say(cell, REST, following)
            cell = following

    def _named_blank(self, label: str) -> str:
        return self._blanks.setdefault(label, self.fresh())

    def _verb(self) -> Place | Path:
        if self.peek().kind == "variable":
            return self.term()
        return self._alternatives()

    def _alternatives(self) -> Path:
        paths = [self._sequence()]
        while self.take("|"):
            paths.append(self._sequence())
        return paths[0] if len(paths) == 1 else Choice(tuple(paths))

    def _sequence(self) -> Path:
        paths = [self._step()]
        while self.take("/"):
            paths.append(self._step())
        return paths[0] if len(paths) == 1 else Sequence(tuple(paths))

    def _step(self) -> Path:
        if self.take("^"):
            return Inverse(self._repeated())
        return self._repeated()

    def _repeated(self) -> Path:
        path = self._primary()
        if self.peek().text in ("*", "+", "?"):
            return Repeat(path, self.next().text)
        if self.peek().text == "{":
            self.refuse("a path of a given length")
        return path

    def _primary(self) -> Path:
        if self.take("("):
            path = self._alternatives()
            self.expect(")")
            return path
        if self.take("!"):
            return self._negated()
        return Link(self._property())

    def _property(self) -> ox.NamedNode:
        word = self.next()
        if word.text == "a":
            return TYPE
        if word.kind not in ("iri", "name"):
            self.refuse(f"{word.text!r} in a path", word)
        return self.iri(word)

    def _negated(self) -> Negated:
        forwards: set[ox.NamedNode] = set()
        backwards: set[ox.NamedNode] = set()
        is_many = self.take("(")
        if not (is_many and self.take(")")):
            while True:
                (backwards if self.take("^") else forwards).add(self._property())
                if not (is_many and self.take("|")):
                    break
            if is_many:
                self.expect(")")
        has_forwards = bool(forwards) or not backwards
        return Negated(frozenset(forwards) if has_forwards else None, frozenset(backwards) or None)
