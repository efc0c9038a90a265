"""What a reasoning leaves behind, so that the next one need only follow what has changed.

A `Trail` holds the compiled rules, and what can't be read off the finished graphs: which inferred
statements are there because of the views, and which were derived and are not written down. It is
text throughout, and kept beside a store as JSON. Terms and statements are N-Triples.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from pyoxigraph import NamedNode, Quad, Triple

from eurohpc_kg.reason.closure import Closure
from eurohpc_kg.reason.compile import contradiction_rules
from eurohpc_kg.reason.datatypes import DATATYPES
from eurohpc_kg.reason.noise import noise_among, without_noise
from eurohpc_kg.reason.rules import Pattern, Rule
from eurohpc_kg.reason.vocabulary import RANGE, SAME_AS

TextPlace = int | str
"""One place of a pattern: a variable (its number, from 0) or a term as N-Triples."""

TextPattern = tuple[TextPlace, TextPlace, TextPlace]


@dataclass(frozen=True)
class TextRule:
    """Hold a rule with its terms as text; ``head`` is ``None`` where its premises clash."""

    head: TextPattern | None
    body: tuple[TextPattern, ...]
    distinct: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Trail:
    """Hold what one reasoning leaves for the next; see the module.

    ``ranges`` are pairs of a property and the IRI of the datatype of its values; ``by_views`` are
    the statements of ``graph/inferred`` that the views made or that follow from such; ``hidden``
    are those that follow without any view and are not in ``graph/inferred``.
    """

    rules: tuple[TextRule, ...]
    ranges: tuple[tuple[str, str], ...]
    by_views: frozenset[str]
    hidden: frozenset[str]

    def to_json(self) -> str:
        """Write it down, in a fixed order."""
        found = asdict(self) | {"by_views": sorted(self.by_views), "hidden": sorted(self.hidden)}
        found["rules"] = [[rule.head, rule.body, rule.distinct] for rule in self.rules]
        return json.dumps(found, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Trail:
        """Read what `to_json` wrote."""
        found = json.loads(text)
        return Trail(
            tuple(_rule_read(*parts) for parts in found["rules"]),
            tuple((prop, datatype) for prop, datatype in found["ranges"]),
            frozenset(found["by_views"]),
            frozenset(found["hidden"]),
        )


def trail_of(closure: Closure, made: Iterable[Triple], left_out: Iterable[Quad]) -> Trail | None:
    """Return the trail of a finished closure to which the views added; see `reason._infer`.

    ``made`` is what the views added, ``left_out`` what follows and some graph states. There is no
    trail, and the next reasoning starts anew, where a rule takes any predicate (as those of
    ``owl:sameAs`` do) or asks for a datatype, or where a view made an axiom.
    """
    rules = [_rule(rule) for rule in (*closure.rules, *contradiction_rules(closure.axioms))]
    # Two values of a functional property clash, or make things the same: a new start in any case.
    same = [rule for rule in closure.rules if rule.head and rule.head[1] == SAME_AS]
    rules += [TextRule(None, _rule(rule).body, rule.distinct) for rule in same]
    patterns = [p for rule in rules for p in (*rule.body, *([rule.head] if rule.head else ()))]
    if not closure.is_plain or any(not isinstance(pattern[1], str) for pattern in patterns):
        return None
    ranges = tuple(
        (str(axiom.subject), axiom.object.value)
        for axiom in closure.axioms.having(RANGE)
        if isinstance(axiom.object, NamedNode) and axiom.object.value in DATATYPES
    )
    first, later = closure.before_and_after()
    stated = set(map(statement, left_out))
    by_views = {*closure.statements(without_noise(later, closure.words)), *map(statement, made)}
    hidden = {*closure.statements(noise_among(first, closure.words)), *(stated - by_views)}
    return Trail(tuple(rules), ranges, frozenset(by_views - stated), frozenset(hidden))


def statement(triple: Triple | Quad) -> str:
    """Return a triple as N-Triples, without the dot."""
    return f"{triple.subject} {triple.predicate} {triple.object}"


def _rule(rule: Rule) -> TextRule:
    head = None if rule.head is None else _pattern(rule.head)
    return TextRule(head, tuple(_pattern(pattern) for pattern in rule.body), rule.distinct)


def _pattern(pattern: Pattern) -> TextPattern:
    s, p, o = (place if isinstance(place, int) else str(place) for place in pattern)
    return (s, p, o)


def _rule_read(
    head: list[TextPlace] | None, body: list[list[TextPlace]], distinct: list[list[int]]
) -> TextRule:
    def pattern(parts: list[TextPlace]) -> TextPattern:
        s, p, o = parts
        return (s, p, o)

    return TextRule(
        None if head is None else pattern(head),
        tuple(pattern(parts) for parts in body),
        tuple((left, right) for left, right in distinct),
    )
