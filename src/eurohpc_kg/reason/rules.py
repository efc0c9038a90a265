"""What a rule is: premises, a conclusion, its name in the W3C profile, and the axioms it came from.

A rule is plain data. The compiler makes rules, the engines run them, and an explanation unifies
their heads with a triple to find out why it holds.
"""

from __future__ import annotations

from collections.abc import Iterable

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


def renumbered(rule: Rule) -> Rule:
    """Return the rule with its variables numbered from 0 in the order in which they appear."""
    numbers: dict[int, int] = {}
    for place in _places(rule):
        if isinstance(place, int):
            numbers.setdefault(place, len(numbers))

    def place_of(place: Place) -> Place:
        return numbers[place] if isinstance(place, int) else place

    def pattern_of(pattern: Pattern) -> Pattern:
        return (place_of(pattern[0]), place_of(pattern[1]), place_of(pattern[2]))

    return Rule(
        rule.name,
        None if rule.head is None else pattern_of(rule.head),
        tuple(pattern_of(pattern) for pattern in rule.body),
        rule.axioms,
        tuple((numbers[left], numbers[right]) for left, right in rule.distinct),
    )


def _places(rule: Rule) -> Iterable[Place]:
    for pattern in rule.body:
        yield from pattern
    if rule.head is not None:
        yield from rule.head


def _text(pattern: Pattern) -> str:
    return " ".join(f"?{place}" if isinstance(place, int) else str(place) for place in pattern)
