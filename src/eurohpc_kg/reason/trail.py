"""What a reasoning leaves behind, so that the next one need only follow what has changed.

A `Trail` holds the compiled rules, and what can't be read off the finished graphs: which inferred
statements are there because of the views, and which were derived and are not written down. It is
text throughout, and kept beside a store as JSON. Terms and statements are N-Triples.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Quad, Triple

from eurohpc_kg.reason.closure import Closure
from eurohpc_kg.reason.compile import contradiction_rules
from eurohpc_kg.reason.datatypes import DATATYPES
from eurohpc_kg.reason.noise import noise_among, without_noise
from eurohpc_kg.reason.rules import Pattern, Rule
from eurohpc_kg.reason.vocabulary import RANGE, SAME_AS
from eurohpc_kg.records import dataclass

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

    ``ranges`` are pairs of a property and the IRI of the datatype of its values; ``made`` is all
    that each view makes, by its name; ``by_views`` are the statements of ``graph/inferred`` that
    are there only because of that; ``hidden`` are those that follow without any view and are not
    there.
    """

    rules: tuple[TextRule, ...]
    ranges: tuple[tuple[str, str], ...]
    made: Mapping[str, frozenset[str]]
    by_views: frozenset[str]
    hidden: frozenset[str]

    def to_json(self) -> str:
        """Write it down, in a fixed order."""
        found = {
            "rules": [[rule.head, rule.body, rule.distinct] for rule in self.rules],
            "ranges": self.ranges,
            "made": {name: sorted(made) for name, made in sorted(self.made.items())},
            "by_views": sorted(self.by_views),
            "hidden": sorted(self.hidden),
        }
        return json.dumps(found, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Trail:
        """Read what `to_json` wrote."""
        found = json.loads(text)
        return Trail(
            tuple(_rule_read(*parts) for parts in found["rules"]),
            tuple((prop, datatype) for prop, datatype in found["ranges"]),
            {name: frozenset(made) for name, made in found["made"].items()},
            frozenset(found["by_views"]),
            frozenset(found["hidden"]),
        )


def trail_of(
    closure: Closure,
    made: Mapping[str, Iterable[Triple]],
    new: Iterable[Triple],
    left_out: Iterable[Quad],
) -> Trail | None:
    """Return the trail of a finished closure to which the views added; see `reason._infer`.

    ``made`` is what each view made, ``new`` what of it was not there without them, ``left_out``
    what follows and some graph states. There is no trail, and the next reasoning starts anew,
    where a rule takes any predicate (as those of ``owl:sameAs`` do) or asks for a datatype, where
    a view made an axiom, and where a blank node is in a rule or in what follows: it has another
    name in the canonical graphs.
    """
    rules = [_rule(rule) for rule in (*closure.rules, *contradiction_rules(closure.axioms))]
    # Two values of a functional property clash, or make things the same: a new start in any case.
    same = [rule for rule in closure.rules if rule.head and rule.head[1] == SAME_AS]
    rules += [TextRule(None, _rule(rule).body, rule.distinct) for rule in same]
    if not closure.is_plain or not all(map(_is_plain, rules)):
        return None
    ranges = tuple(
        (str(axiom.subject), axiom.object.value)
        for axiom in closure.axioms.having(RANGE)
        if isinstance(axiom.object, NamedNode) and axiom.object.value in DATATYPES
    )
    first, later = closure.before_and_after()
    stated = set(map(statement, left_out))
    by_views = {*closure.statements(without_noise(later, closure.words)), *map(statement, new)}
    hidden = {*closure.statements(noise_among(first, closure.words)), *(stated - by_views)}
    if any(line.startswith("_:") or " _:" in line for line in hidden):
        return None
    return Trail(
        tuple(rules),
        ranges,
        {name: frozenset(map(statement, found)) for name, found in made.items()},
        frozenset(by_views - stated),
        frozenset(hidden),
    )


def _is_plain(rule: TextRule) -> bool:
    """Tell whether a rule names all its predicates, and no blank node."""
    patterns = (*rule.body, *([rule.head] if rule.head else ()))
    return all(
        isinstance(pattern[1], str)
        and not any(isinstance(place, str) and place.startswith("_:") for place in pattern)
        for pattern in patterns
    )


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
