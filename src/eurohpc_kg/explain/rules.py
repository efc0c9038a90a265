"""The rules by their conclusion: which rule could give a statement, and from what.

The rules are those that the closure runs (`reason.compile`), made anew from the axioms in the
store. Here they run backwards: the head is laid on the statement, and the premises are looked up.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import NamedTuple

import pyoxigraph as ox

from eurohpc_kg.explain.facts import Facts
from eurohpc_kg.explain.proof import RULE, Statement
from eurohpc_kg.reason import NOT_REASONED
from eurohpc_kg.reason.axioms import Axioms
from eurohpc_kg.reason.compile import data_rules, equality_rules, schema_rules
from eurohpc_kg.reason.datatypes import types_of
from eurohpc_kg.reason.encoding import Dictionary
from eurohpc_kg.reason.memory import MemoryEngine
from eurohpc_kg.reason.rules import Pattern, Place, Rule
from eurohpc_kg.reason.vocabulary import (
    AXIOM_CLASSES,
    AXIOM_PROPERTIES,
    FIRST,
    NOTHING,
    REST,
    SAME_AS,
    THING,
    TYPE,
)
from eurohpc_kg.sources import INFERRED_GRAPH
from eurohpc_kg.sparql import Term

# Of proofs of one length, the one whose rule says most comes first: what something is, by way of a
# domain or a range, is the weakest reason of all.
_MOST_TELLING = """
    prp-spo2 prp-trp prp-symp prp-inv1 prp-inv2 prp-spo1 prp-eqp1 prp-eqp2 cls-hv1 cax-sco cax-eqc1
    cax-eqc2 cls-hv2 cls-int1 cls-int2 cls-uni cls-oo cls-svf1 cls-svf2 cls-avf prp-rng prp-dom
"""
RANK = {name: rank for rank, name in enumerate(_MOST_TELLING.split())}
_PROBES = (8, 64, 512)

Bindings = dict[int, Term]
# How many statements a rule needs, and its rank among those that need as many.
Merit = tuple[int, int]


class Step(NamedTuple):
    """Hold one way to take the last step to a statement: from what, by which rule or view.

    A premise of a view may have to stand in one graph (``GRAPH ?source``); a rule's never do.
    """

    kind: str
    name: str
    premises: tuple[Statement, ...]
    axioms: tuple[Statement, ...] = ()
    within: tuple[ox.NamedNode | None, ...] = ()
    weighed: int = 0


class Rules:
    """Find the rules of one store that could give a statement."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        axioms = Axioms(_axioms(facts.store))
        rules = list(schema_rules(axioms))
        rules += data_rules(_closed(axioms, rules))
        if next(facts.matching(None, SAME_AS, None), None):
            rules += equality_rules()
        self._by_head: dict[tuple[Place | None, Place | None], list[Rule]] = defaultdict(list)
        for rule in rules:
            if rule.head is not None:
                key = tuple(None if isinstance(place, int) else place for place in rule.head[1:])
                self._by_head[key].append(rule)  # type: ignore[index]
        for some in self._by_head.values():
            some.sort(key=_merit)

    def candidates(self, statement: Statement) -> Iterator[tuple[Rule, Bindings]]:
        """Yield the rules whose conclusion fits, with what that says of their variables."""
        for _, some in self._fitting(statement):
            yield from some

    def _fitting(
        self, statement: Statement
    ) -> Iterator[tuple[Merit, Iterator[tuple[Rule, Bindings]]]]:
        """Yield the same by the merit of the rules, best first; none is tried before it is due."""
        _, predicate, object_ = statement
        keys = ((predicate, object_), (predicate, None), (None, object_), (None, None))
        rules = heapq.merge(*(self._by_head.get(key, ()) for key in keys), key=_merit)
        for merit, some in groupby(rules, _merit):
            yield merit, _bound(some, statement)

    def steps(self, statement: Statement) -> Iterator[Step]:
        """Yield every way in which one rule gives a statement from what is known."""
        for _, some in self.by_merit(statement):
            yield from some

    def by_merit(self, statement: Statement) -> Iterator[tuple[Merit, Iterator[Step]]]:
        """Yield the same by how many statements a rule needs and how much it says, best first."""
        if isinstance(statement.subject, ox.Literal):
            if statement.predicate == TYPE and statement.object in types_of(statement.subject):
                yield (0, len(RANK)), iter([Step(RULE, "dt-type2", ())])
            return
        for merit, some in self._fitting(statement):
            yield merit, self._steps(statement, some)

    def _steps(
        self, statement: Statement, candidates: Iterable[tuple[Rule, Bindings]]
    ) -> Iterator[Step]:
        for rule, bindings in candidates:
            for found in self.solutions(rule.body, bindings):
                if _are_distinct(rule, found):
                    premises = tuple(filled(pattern, found) for pattern in rule.body)
                    if statement not in premises:
                        axioms = tuple(Statement(*axiom) for axiom in rule.axioms)
                        yield Step(RULE, rule.name, premises, axioms)

    def solutions(self, body: tuple[Pattern, ...], bindings: Bindings) -> Iterator[Bindings]:
        """Yield each way to find all patterns among what is known, the narrowest looked up first.

        What the store left out as noise can be asked for, but not listed.
        """
        if not body:
            yield bindings
            return
        pattern = self._narrowest(body, bindings)
        at = body.index(pattern)
        rest = body[:at] + body[at + 1 :]
        subject, predicate, object_ = (_value(place, bindings) for place in pattern)
        if subject is not None and predicate is not None and object_ is not None:
            if self.facts.is_known(Statement(subject, predicate, object_)):
                yield from self.solutions(rest, bindings)
            return
        for statement in self.facts.matching(subject, predicate, object_):
            found = _bind(pattern, statement, bindings)
            if found is not None:
                yield from self.solutions(rest, found)

    def _narrowest(self, body: tuple[Pattern, ...], bindings: Bindings) -> Pattern:
        """Choose the pattern with the fewest places open; among equals, the one that fits least.

        A class of which something is said to be a member may be noise, so it is asked for last.
        """
        if len(body) == 1:
            return body[0]

        def openness(pattern: Pattern) -> tuple[int, bool]:
            is_open = [_value(place, bindings) is None for place in pattern]
            noisy = pattern[1] == TYPE and not isinstance(pattern[2], ox.NamedNode)
            return (sum(is_open), noisy)

        least = min(openness(pattern) for pattern in body)
        equals = [pattern for pattern in body if openness(pattern) == least]
        if len(equals) == 1 or least[0] == 0:
            return equals[0]
        for most in _PROBES:
            for pattern in equals:
                values = [_value(place, bindings) for place in pattern]
                fits = islice(self.facts.matching(values[0], values[1], values[2]), most)
                if sum(1 for _ in fits) < most:
                    return pattern
        return equals[0]


def _merit(rule: Rule) -> Merit:
    return len(rule.body) + len(rule.axioms), RANK.get(rule.name, len(RANK))


def _bound(rules: Iterable[Rule], statement: Statement) -> Iterator[tuple[Rule, Bindings]]:
    for rule in rules:
        assert rule.head is not None
        bindings = _bind(rule.head, statement, {})
        if bindings is not None and _are_distinct(rule, bindings):
            yield rule, bindings


def filled(pattern: Pattern, bindings: Bindings) -> Statement:
    """Return the statement that a pattern becomes; every variable must be bound."""
    subject, predicate, object_ = (
        bindings[place] if isinstance(place, int) else place for place in pattern
    )
    return Statement(subject, predicate, object_)  # type: ignore[arg-type]


def _value(place: Place, bindings: Bindings) -> Term | None:
    return bindings.get(place) if isinstance(place, int) else place  # type: ignore[return-value]


def _bind(pattern: Pattern, statement: Statement, bindings: Bindings) -> Bindings | None:
    found = dict(bindings)
    for place, term in zip(pattern, statement, strict=True):
        if isinstance(place, int):
            if found.setdefault(place, term) != term:
                return None
        elif place != term:
            return None
    return found


def _are_distinct(rule: Rule, bindings: Bindings) -> bool:
    return all(
        left not in bindings or right not in bindings or bindings[left] != bindings[right]
        for left, right in rule.distinct
    )


def _axioms(store: ox.Store) -> Iterator[ox.Triple]:
    patterns: list[tuple[ox.NamedNode, ox.NamedNode | None]] = [(p, None) for p in AXIOM_PROPERTIES]
    patterns += [(TYPE, kind) for kind in AXIOM_CLASSES]
    for predicate, object_ in patterns:
        for quad in store.quads_for_pattern(None, predicate, object_):
            if quad.graph_name == INFERRED_GRAPH or quad.graph_name not in NOT_REASONED:
                yield quad.triple


def _closed(axioms: Axioms, rules: list[Rule]) -> Axioms:
    """Add the axioms that follow and that the store left out as noise, where any could matter."""
    if not any(_may_be_noise(axiom) for axiom in axioms.triples):
        return axioms
    words = Dictionary()
    engine = MemoryEngine([words.rule(rule) for rule in rules])
    new = engine.extend(words.facts(axioms.triples))
    term = words.decode
    found = (ox.Triple(term(s), term(p), term(o)) for s, p, o in new)  # type: ignore[arg-type]
    return Axioms((*axioms.triples, *found))


def _may_be_noise(axiom: ox.Triple) -> bool:
    ends = (axiom.subject, axiom.object)
    if axiom.predicate in (FIRST, REST):
        return False
    return isinstance(ends[0], ox.BlankNode) or THING in ends or NOTHING in ends
