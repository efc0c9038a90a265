"""The closure of a graph: its axioms closed, compiled to rules, and the rules run over the data.

A `Closure` grows: more triples may be added (those that the views make), and what follows from
them comes back. Three things could make a closure wrong that was planned once and for all, and
are watched: an axiom that only now follows (compile again), a first ``owl:sameAs`` (bring in the
rules of equality, which touch every triple), and a literal whose datatype a rule asks for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from pyoxigraph import Literal, NamedNode, Quad, Triple

from eurohpc_kg.reason.axioms import Axioms, is_axiom, refuse_uncovered
from eurohpc_kg.reason.compile import data_rules, equality_rules, schema_rules
from eurohpc_kg.reason.datatypes import demanded, types_of
from eurohpc_kg.reason.encoding import Dictionary, Fact
from eurohpc_kg.reason.engines import Engine, engine_for
from eurohpc_kg.reason.memory import MemoryEngine
from eurohpc_kg.reason.noise import without_noise
from eurohpc_kg.reason.rules import Rule, Term
from eurohpc_kg.reason.vocabulary import AXIOM_CLASSES, AXIOM_PROPERTIES, FIRST, REST, SAME_AS, TYPE


class Closure:
    """Hold triples and what follows from them by OWL 2 RL, noise included."""

    def __init__(self, triples: Iterable[Triple | Quad]) -> None:
        """Close ``triples``; raise `RuleError` for an axiom that no rule covers."""
        self._given: dict[NamedNode, list[Triple | Quad]] = defaultdict(list)
        for triple in triples:
            self._given[triple.predicate].append(triple)
        self._dictionary = Dictionary()
        self._facts_given: dict[NamedNode, list[Fact]] = defaultdict(list)
        self._stated = frozenset(_axioms_in(self._given))
        self._axioms = set(self._stated)
        self._known_axioms = Axioms(self._axioms)
        refuse_uncovered(_samples(self._given), self._known_axioms)
        self._equality = SAME_AS in self._given
        self._restarted = False
        self._found: list[Fact] = []
        self._start()
        self._settle(self._found)
        self._first: int | None = None  # how many followed before the first `add`

    def add(self, triples: Iterable[Triple]) -> list[Triple]:
        """Take triples in; return those that are new, and what now follows from them."""
        if self._first is None:
            self._first = len(self._found)
        asked = list(triples)
        given = {f for p in {triple.predicate for triple in asked} for f in self._given_as(p)}
        before = set(self._found)
        pairs = zip(asked, self._encoded(asked), strict=True)
        new = [triple for triple, fact in pairs if fact not in given and fact not in before]
        for triple in new:
            self._given[triple.predicate].append(triple)
        added = self._engine.extend(self._facts(new))
        self._found += added
        if self._settle(added):
            added = [fact for fact in self._found if fact not in before]
        return [*new, *self._triples(added)]

    def inferred(self) -> list[Triple]:
        """Return what follows and was not given, without noise."""
        return self._triples(self._found)

    def derived(self) -> list[Triple]:
        """Return what follows and was not given, noise included."""
        return list(self._decode(self._found))

    def quads(self, graph: NamedNode) -> list[Quad]:
        """Return what `inferred` does as quads of a graph."""
        return list(map(Quad, *self._parts(self._clear(self._found)), repeat(graph)))

    def inferred_with(self, predicates: Iterable[NamedNode]) -> list[Triple]:
        """Return those inferred triples that have one of these predicates."""
        wanted = {self._dictionary.encode(predicate) for predicate in predicates}
        return self._triples(fact for fact in self._found if fact[1] in wanted)

    def given(self, predicates: Iterable[NamedNode]) -> list[Triple | Quad]:
        """Return the given statements that have one of these predicates."""
        return [item for predicate in predicates for item in self._given.get(predicate, ())]

    def before_and_after(self) -> tuple[list[Fact], list[Fact]]:
        """Return what followed before the first `add`, and what only since then."""
        first = len(self._found) if self._first is None else self._first
        return self._found[:first], self._found[first:]

    def statements(self, facts: Iterable[Fact]) -> list[str]:
        """Return facts as N-Triples, without the dot."""
        term = self._dictionary.decode
        return [f"{term(s)} {term(p)} {term(o)}" for s, p, o in facts]

    @property
    def is_plain(self) -> bool:
        """Tell whether the rules are those of the axioms alone, and were so from the start."""
        return not (self._equality or self._demanded or self._restarted)

    @property
    def words(self) -> Dictionary:
        """Return the terms with their numbers."""
        return self._dictionary

    @property
    def axioms(self) -> Axioms:
        """Return the axioms, those that follow included; the same ones until there are more."""
        if len(self._known_axioms.triples) != len(self._axioms):
            self._known_axioms = Axioms(self._axioms)
        return self._known_axioms

    @property
    def predicates(self) -> frozenset[NamedNode]:
        """Return the predicates of what was given."""
        return frozenset(self._given)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules about the data that the axioms were compiled to."""
        return self._rules

    def facts_for(self, rules: Sequence[Rule]) -> tuple[Dictionary, list[Fact]]:
        """Return the facts, given and inferred, that other rules over this graph could use."""
        predicates = {pattern[1] for rule in rules for pattern in rule.body}
        numbers = {self._dictionary.encode(p) for p in predicates if isinstance(p, NamedNode)}
        facts = [f for p in predicates if isinstance(p, NamedNode) for f in self._given_as(p)]
        return self._dictionary, [*facts, *(f for f in self._found if f[1] in numbers)]

    def given_by_predicate(self) -> Iterable[tuple[NamedNode, Sequence[Triple | Quad]]]:
        """Return the given statements, by predicate."""
        return self._given.items()

    def _start(self) -> None:
        """Close the axioms, compile them, and run the rules over everything given."""
        words = self._dictionary
        axioms = self.axioms
        schema = MemoryEngine([words.rule(rule) for rule in schema_rules(axioms)])
        self._axioms.update(self._decode(schema.extend(words.facts(axioms.triples))))
        implied = words.facts(self._axioms - self._stated)
        self._rules = data_rules(self.axioms)
        if self._equality:
            self._rules += equality_rules()
        self._demanded = demanded(self._rules)
        self._typed = 0
        self._predicates = _predicates(self._rules)
        wanted = self._given if self._predicates is None else self._predicates
        facts = self._typed_with([f for p in self._given if p in wanted for f in self._given_as(p)])
        encoded = [words.rule(rule) for rule in self._rules]
        self._engine: Engine = engine_for(encoded, len(facts))
        self._found = [*implied, *self._engine.extend([*implied, *facts])]

    def _settle(self, fresh: Iterable[Fact]) -> bool:
        """Start again while what followed changes the rules; tell whether it did."""
        started = False
        while True:
            axioms = {t for t in self._decode(self._maybe_axioms(fresh)) if is_axiom(t)}
            same = self._dictionary.encode(SAME_AS)
            equality = self._equality or any(predicate == same for _, predicate, _ in fresh)
            if axioms <= self._axioms and equality == self._equality:
                return started
            self._axioms |= axioms
            self._equality = equality
            self._restarted = True
            self._start()
            started, fresh = True, self._found

    def _maybe_axioms(self, facts: Iterable[Fact]) -> Iterable[Fact]:
        """Choose the facts that may be new axioms.

        A list is what it was given as: that its members are the same as others, the rules of
        equality say already.
        """
        encode = self._dictionary.encode
        properties = {encode(word) for word in AXIOM_PROPERTIES - {FIRST, REST}}
        classes = {encode(word) for word in AXIOM_CLASSES}
        is_a = encode(TYPE)
        return (f for f in facts if f[1] in properties or (f[1] == is_a and f[2] in classes))

    def _facts(self, triples: Iterable[Triple | Quad]) -> list[Fact]:
        """Encode the triples that a rule could use, and the datatypes that one asks for."""
        wanted = self._predicates
        return self._typed_with(
            self._encoded(t for t in triples if wanted is None or t.predicate in wanted)
        )

    def _typed_with(self, facts: list[Fact]) -> list[Fact]:
        """Add the datatypes of literals not yet looked at, where a rule asks for one."""
        if self._demanded:
            literals = self._dictionary.literals()
            is_a = self._dictionary.encode(TYPE)
            for number, literal in literals[self._typed :]:
                assert isinstance(literal, Literal)
                for datatype in self._demanded.intersection(types_of(literal)):
                    facts.append((number, is_a, self._dictionary.encode(datatype)))
            self._typed = len(literals)
        return facts

    def _given_as(self, predicate: NamedNode) -> Sequence[Fact]:
        """Return the given statements of a predicate as facts, each encoded once."""
        facts, group = self._facts_given[predicate], self._given.get(predicate, [])
        if len(facts) < len(group):
            encode, fresh = self._dictionary.encode_all, group[len(facts) :]
            (number,) = encode([predicate])
            subjects = encode([t.subject for t in fresh])
            facts += zip(subjects, repeat(number), encode([t.object for t in fresh]), strict=False)
        return facts

    def _encoded(self, triples: Iterable[Triple | Quad]) -> list[Fact]:
        encode = self._dictionary.encode
        return [(encode(t.subject), encode(t.predicate), encode(t.object)) for t in triples]

    def _decode(self, facts: Iterable[Fact]) -> Iterable[Triple]:
        return map(Triple, *self._parts(facts))

    def _parts(self, facts: Iterable[Fact]) -> list[list[Term]]:
        """Return the subjects, the predicates and the objects of facts."""
        numbers = list(zip(*facts, strict=True)) or [(), (), ()]
        return [self._dictionary.decode_all(part) for part in numbers]

    def _clear(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        return without_noise(facts, self._dictionary)

    def _triples(self, facts: Iterable[Fact]) -> list[Triple]:
        return list(self._decode(self._clear(facts)))


def _axioms_in(groups: dict[NamedNode, list[Triple | Quad]]) -> Iterable[Triple]:
    for predicate, group in groups.items():
        if predicate == TYPE or predicate in AXIOM_PROPERTIES:
            for item in group:
                triple = Triple(item.subject, item.predicate, item.object)
                if is_axiom(triple):
                    yield triple


def _samples(groups: dict[NamedNode, list[Triple | Quad]]) -> Iterable[Triple | Quad]:
    """Yield every type statement, and one triple of each other predicate."""
    for predicate, group in groups.items():
        yield from group if predicate == TYPE else group[:1]


def _predicates(rules: Iterable[Rule]) -> frozenset[NamedNode] | None:
    """Return the predicates that rules name, or ``None`` where a rule takes any."""
    found: set[NamedNode] = set()
    for rule in rules:
        for pattern in (*rule.body, *([rule.head] if rule.head else ())):
            if not isinstance(pattern[1], NamedNode):
                return None
            found.add(pattern[1])
    return frozenset(found)
