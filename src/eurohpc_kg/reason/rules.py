"""What a rule is: premises, a conclusion, its name in the W3C profile, and the axioms it came from.

A rule is plain data. The compiler makes rules, the engines run them, and an explanation unifies
their heads with a triple to find out why it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eurohpc_kg.records import dataclass

Term = NamedNode | BlankNode | Literal | Triple
"""What stands in a triple; a triple term of RDF 1.2 is a name like any other to the rules."""

Place = int | NamedNode | BlankNode | Literal | Triple
"""One place of a pattern: a variable (its number, from 0) or a term."""

Pattern = tuple[Place, Place, Place]


@dataclass(frozen=True)
class Rule:
    """State that ``head`` holds wherever all of ``body`` do.

    ``name`` is the rule's name in OWL 2 Profiles, tables 4 to 9. ``head`` is ``None`` when the
    premises contradict each other (the W3C tables write ``false``). ``axioms`` are the triples
    of the ontology that made the rule; a rule without axioms is one of the profile's own.
    ``distinct`` holds pairs of variables that must not be equal: it keeps conclusions such as
    ``x owl:sameAs x`` away, and takes nothing else.
    """

    name: str
    head: Pattern | None
    body: tuple[Pattern, ...]
    axioms: tuple[Triple, ...] = ()
    distinct: tuple[tuple[int, int], ...] = ()

    @property
    def variables(self) -> int:
        """Count the variables; they are numbered from 0 without a gap."""
        return 1 + max((place for place in _places(self) if isinstance(place, int)), default=-1)

    def __str__(self) -> str:
        premises = " . ".join(_text(pattern) for pattern in self.body)
        guards = "".join(f" . ?{left} != ?{right}" for left, right in self.distinct)
        conclusion = "false" if self.head is None else _text(self.head)
        return f"{self.name}: {premises}{guards} -> {conclusion}"


def instance(rule: Rule, bound: Mapping[int, Term], axioms: tuple[Triple, ...]) -> Rule:
    """Return a rule with terms in the places of some variables, made by ``axioms``.

    The other variables are numbered from 0 in the order in which they appear.
    """
    places: dict[int, Place] = dict(bound)
    numbers = count()

    def place_of(place: Place) -> Place:
        if not isinstance(place, int):
            return place
        found = places.get(place)
        if found is None:
            found = places[place] = next(numbers)
        return found

    def pattern_of(pattern: Pattern) -> Pattern:
        subject, predicate, object_ = pattern
        return (place_of(subject), place_of(predicate), place_of(object_))

    body = tuple(map(pattern_of, rule.body))
    head = None if rule.head is None else pattern_of(rule.head)
    distinct = tuple((places[left], places[right]) for left, right in rule.distinct)
    return Rule(rule.name, head, body, axioms, distinct)  # type: ignore[arg-type]


def renumbered(rule: Rule) -> Rule:
    """Return the rule with its variables numbered from 0 in the order in which they appear."""
    return instance(rule, {}, rule.axioms)


def _places(rule: Rule) -> Iterable[Place]:
    for pattern in rule.body:
        yield from pattern
    if rule.head is not None:
        yield from rule.head


def _text(pattern: Pattern) -> str:
    return " ".join(f"?{place}" if isinstance(place, int) else str(place) for place in pattern)
