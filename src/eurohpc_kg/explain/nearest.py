"""What would be needed: the rules and views that nearly give a statement that does not follow.

Nearly means: the conclusion fits, and all premises hold but one. That one is the answer. A rule
with a single premise nearly gives everything, so such rules are named only where no other is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pyoxigraph as ox

from eurohpc_kg.explain.facts import Facts
from eurohpc_kg.explain.proof import RULE, VIEW, Missing, Place, Statement, TriplePattern
from eurohpc_kg.explain.rules import RANK, Bindings, Rules, filled
from eurohpc_kg.explain.views import Views
from eurohpc_kg.reason.rules import Pattern, Rule
from eurohpc_kg.sparql import Term

# Ways to hold all other premises that are looked at for each premise of a rule.
_MOST_WAYS = 50
MOST_MISSING = 5


def nearest(facts: Facts, rules: Rules, views: Views, statement: Statement) -> list[Missing]:
    """Return what is missing for a statement, the nearest first, at most `MOST_MISSING`.

    Nearer is what misses a statement without variables, then what has more premises that hold,
    then what could be had in fewer ways.
    """
    found = [
        Missing(VIEW, name, needed, tuple(held))
        for name, held, needed in views.unmet(statement)
        if needed is None or needed.subject != statement.predicate  # it makes other properties
    ]
    for rule, bindings in rules.candidates(statement):
        found += _of_rule(facts, rules, rule, bindings, statement)
    ranked = sorted(found, key=_distance)
    unique = list({(m.needed, m.needed or m.name): m for m in reversed(ranked)}.values())[::-1]
    telling = [missing for missing in unique if missing.held]
    return (telling or unique)[:MOST_MISSING]


def said_instead(facts: Facts, statement: Statement) -> list[Statement]:
    """Return what the graph says of the same subject and predicate, unless that is very much."""
    subject, predicate, _ = statement
    found = list(islice(facts.matching(subject, predicate, None), MOST_MISSING + 1))
    return found if len(found) <= MOST_MISSING else []


def _of_rule(
    facts: Facts, rules: Rules, rule: Rule, bindings: Bindings, statement: Statement
) -> Iterator[Missing]:
    """Yield, for each premise, one way to hold all the others; the other ways are counted."""
    axioms = tuple(Statement(*axiom) for axiom in rule.axioms)
    for at, pattern in enumerate(rule.body):
        others = rule.body[:at] + rule.body[at + 1 :]
        ways: dict[TriplePattern, tuple[Statement, ...]] = {}
        for found in islice(rules.solutions(others, bindings), _MOST_WAYS):
            needed = _needed(pattern, found)
            held = tuple(filled(other, found) for other in others)
            circular = tuple(needed) == tuple(statement) or statement in held
            if not circular and not _fits(facts, needed) and all(map(facts.graphs, held)):
                ways[needed] = held
        if ways:
            first = min(ways, key=str)
            yield Missing(RULE, rule.name, first, ways[first], axioms, len(ways) - 1)


def _needed(pattern: Pattern, bindings: Bindings) -> TriplePattern:
    def value(place: int | Term) -> Place:
        if isinstance(place, int):
            return bindings.get(place, ox.Variable(f"any{place}"))
        return place

    subject, predicate, object_ = pattern
    return TriplePattern(value(subject), value(predicate), value(object_))  # type: ignore[arg-type]


def _fits(facts: Facts, pattern: TriplePattern) -> bool:
    places = [None if isinstance(place, ox.Variable) else place for place in pattern]
    return next(facts.matching(places[0], places[1], places[2]), None) is not None


def _distance(missing: Missing) -> tuple[int, int, int, int, str]:
    is_open = sum(isinstance(place, ox.Variable) for place in missing.needed or ())
    rank = -1 if missing.kind == VIEW else RANK.get(missing.name, len(RANK))
    return (is_open, -len(missing.held), missing.others, rank, str(missing.needed))
