"""Terms as numbers: both engines work on integers only.

A literal gets an odd number, everything else an even one, so that "no literal may be a subject"
is one bit. Variables of rules are negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
        self._marks: dict[int, str] = {}
        self._looked_at = 0

    def encode(self, term: Term) -> int:
        """Return the number of a term; a term not met before gets the next one."""
        number = self._numbers.get(term)
        return self._add(term) if number is None else number

    def encode_all(self, terms: Iterable[Term]) -> list[int]:
        """Return the numbers of terms; quicker than one by one."""
        get, add = self._numbers.get, self._add
        return [add(term) if (number := get(term)) is None else number for term in terms]

    def decode(self, number: int) -> Term:
        """Return the term that has this number."""
        return self._literals[number >> 1] if number & 1 else self._names[number >> 1]

    def decode_all(self, numbers: Iterable[int]) -> list[Term]:
        """Return the terms that have these numbers; quicker than one by one."""
        names, literals = self._names, self._literals
        return [literals[n >> 1] if n & 1 else names[n >> 1] for n in numbers]

    def _add(self, term: Term) -> int:
        if isinstance(term, Literal):
            number = 2 * len(self._literals) + 1
            self._literals.append(term)
        else:
            number = 2 * len(self._names)
            self._names.append(term)
        self._numbers[term] = number
        return number

    def marked(self, mark: Callable[[Term], str]) -> dict[int, str]:
        """Return the marks of the terms that are no literals and get one, by their numbers.

        Each term is looked at once, so ``mark`` must be the same each time.
        """
        for index in range(self._looked_at, len(self._names)):
            found = mark(self._names[index])
            if found:
                self._marks[2 * index] = found
        self._looked_at = len(self._names)
        return self._marks

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
