"""Where a graph contradicts itself: the rules of OWL 2 RL that conclude ``false``.

Disjoint classes with a common member, a value that its property's range can't hold, two things
said to be both the same and different … Each is found with the triples that clash.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, Triple

from eurohpc_kg.reason.closure import Closure
from eurohpc_kg.reason.compile import contradiction_rules
from eurohpc_kg.reason.datatypes import DATATYPES, has_value_in, is_well_formed, same_value
from eurohpc_kg.reason.memory import MemoryEngine
from eurohpc_kg.reason.rules import Rule, Term
from eurohpc_kg.reason.vocabulary import RANGE, SAME_AS, curie
from eurohpc_kg.records import dataclass


@dataclass(frozen=True)
class Inconsistency:
    """Hold one contradiction.

    ``rule`` is the rule's name in OWL 2 Profiles; ``triples`` are the statements, given or
    inferred, that can't all be true because of ``axioms``. A literal that is malformed stands
    in ``triples`` in a statement that has it.
    """

    rule: str
    triples: tuple[Triple, ...]
    axioms: tuple[Triple, ...]

    @property
    def subject(self) -> Term:
        """Return what the contradiction is about."""
        return self.triples[0].subject

    @property
    def message(self) -> str:
        """Say in one sentence what clashes."""
        facts = " and ".join(_sentence(triple) for triple in self.triples)
        if not self.axioms:
            return f"{facts} can't be ({self.rule})"
        reasons = ", ".join(_sentence(triple) for triple in self.axioms if _is_telling(triple))
        return f"{facts} can't be, since {reasons} ({self.rule})"


def contradictions(closure: Closure) -> list[Inconsistency]:
    """Return the contradictions of a closed graph, in a fixed order."""
    found = {*_of_rules(closure), *_of_equality(closure), *_of_literals(closure)}
    return sorted(found, key=lambda i: (i.rule, [str(t) for t in (*i.triples, *i.axioms)]))


def _of_rules(closure: Closure) -> Iterator[Inconsistency]:
    rules = contradiction_rules(closure.axioms)
    for rule, triples in _solutions(closure, rules):
        if len(triples) == 2:  # disjointness and asymmetry are found from both sides
            triples = tuple(sorted(triples, key=str))
        yield Inconsistency(rule.name, triples, rule.axioms)


def _of_equality(closure: Closure) -> Iterator[Inconsistency]:
    """Find literals that a rule makes the same although their values differ (dt-diff)."""
    rules = [r for r in closure.rules if r.axioms and r.head is not None and r.head[1] == SAME_AS]
    for rule, triples in _solutions(closure, tuple(rules)):
        values = {t.object for t in triples if isinstance(t.object, Literal)}
        for left in values:
            for right in values:
                if str(left) < str(right) and not same_value(left, right):
                    pair = (t for t in triples if t.object in (left, right))
                    ordered = tuple(sorted(pair, key=str))
                    yield Inconsistency("dt-diff", ordered, rule.axioms)


def _of_literals(closure: Closure) -> Iterator[Inconsistency]:
    """Find literals outside their datatype, or outside the range of their property."""
    ranges: dict[Term, list[Triple]] = {}
    for axiom in closure.axioms.having(RANGE):
        if isinstance(axiom.object, NamedNode) and axiom.object.value in DATATYPES:
            ranges.setdefault(axiom.subject, []).append(axiom)
    for predicate, triples in closure.given_by_predicate():
        # Each value is looked at once, however often the predicate has it.
        wrong: dict[Term, list[tuple[Triple, ...]]] = {}
        for literal in {triple.object for triple in triples}:
            if not isinstance(literal, Literal):
                continue
            if not is_well_formed(literal):
                wrong[literal] = [()]
                continue
            for axiom in ranges.get(predicate, ()):
                assert isinstance(axiom.object, NamedNode)
                if not has_value_in(literal, axiom.object.value):
                    wrong.setdefault(literal, []).append((axiom,))
        for triple in triples if wrong else ():
            for axioms in wrong.get(triple.object, ()):
                yield Inconsistency("dt-not-type", (_plain(triple),), axioms)


def _solutions(
    closure: Closure, rules: tuple[Rule, ...]
) -> Iterator[tuple[Rule, tuple[Triple, ...]]]:
    dictionary, facts = closure.facts_for(rules)
    encoded = [dictionary.rule(Rule(r.name, None, r.body, r.axioms, r.distinct)) for r in rules]
    engine = MemoryEngine(encoded)
    engine.extend(facts)
    for rule, premises in zip(rules, encoded, strict=True):
        for solution in engine.solutions(premises):
            terms = [tuple(map(dictionary.decode, fact)) for fact in solution]
            yield rule, tuple(dict.fromkeys(Triple(*term) for term in terms))  # type: ignore[arg-type]


def _plain(triple: Triple | Quad) -> Triple:
    return Triple(triple.subject, triple.predicate, triple.object)


def _is_telling(triple: Triple) -> bool:
    """Tell a list's cells, which say nothing to a reader, from the rest of an axiom."""
    return curie(triple.predicate) not in ("rdf:first", "rdf:rest")


def _sentence(triple: Triple) -> str:
    return " ".join(curie(term) for term in triple)
