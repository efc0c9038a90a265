"""Terms as numbers: both engines work on integers only.

A literal gets an odd number, everything else an even one, so that "no literal may be a subject"
is one bit. Variables of rules are negative.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal, Triple

from eurohpc_kg.reason.rules import Pattern, Place, Rule, Term

Fact = tuple[int, int, int]
"""A triple as numbers; as a pattern, a negative number is a variable (-1 is the first)."""


class EncodedRule(NamedTuple):
    """Hold a rule as numbers; its variables are negative."""

    head: Fact | None
    body: tuple[Fact, ...]
    distinct: tuple[tuple[int, int], ...] = ()


class Dictionary:
    """Give each term a number, the same one each time, and find the term again."""

    def __init__(self) -> None:
        self._numbers: dict[Term, int] = {}
        self._names: list[Term] = []
        self._literals: list[Term] = []

    def encode(self, term: Term) -> int:
        """Return the number of a term; a term not met before gets the next one."""
        number = self._numbers.get(term)
        if number is None:
            if isinstance(term, Literal):
                number = 2 * len(self._literals) + 1
                self._literals.append(term)
            else:
                number = 2 * len(self._names)
                self._names.append(term)
            self._numbers[term] = number
        return number

    def decode(self, number: int) -> Term:
        """Return the term that has this number."""
        return self._literals[number >> 1] if number & 1 else self._names[number >> 1]

    def names(self) -> list[tuple[int, Term]]:
        """Return the terms met so far that are no literals, with their numbers."""
        return [(2 * index, term) for index, term in enumerate(self._names)]

    def literals(self) -> list[tuple[int, Term]]:
        """Return the literals met so far, with their numbers."""
        return [(2 * index + 1, term) for index, term in enumerate(self._literals)]

    def facts(self, triples: Iterable[Triple]) -> list[Fact]:
        """Encode triples."""
        encode = self.encode
        return [(encode(s), encode(p), encode(o)) for s, p, o in triples]

    def pattern(self, pattern: Pattern) -> Fact:
        """Encode a pattern; variable n becomes -1 - n."""
        subject, predicate, object_ = pattern
        return (self._place(subject), self._place(predicate), self._place(object_))

    def rule(self, rule: Rule) -> EncodedRule:
        """Encode a rule."""
        head = None if rule.head is None else self.pattern(rule.head)
        body = tuple(self.pattern(pattern) for pattern in rule.body)
        return EncodedRule(head, body, tuple((-1 - a, -1 - b) for a, b in rule.distinct))

    def _place(self, place: Place) -> int:
        return -1 - place if isinstance(place, int) else self.encode(place)
