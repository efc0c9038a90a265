"""The axioms in a graph: found, indexed, their lists read, and none of them overlooked.

`Axioms` looks at triples as an ontology. `refuse_uncovered` is the promise that the reasoner
keeps: an axiom that no rule covers stops it, and is never passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from eurohpc_kg.errors import RuleError
from eurohpc_kg.namespaces import OWL
from eurohpc_kg.reason.rules import Pattern, Place, Term
from eurohpc_kg.reason.vocabulary import (
    AXIOM_CLASSES,
    AXIOM_PROPERTIES,
    FIRST,
    NIL,
    REST,
    TYPE,
    WITHOUT_RULES,
    curie,
)

_CARDINALITIES = (NamedNode(OWL + "maxCardinality"), NamedNode(OWL + "maxQualifiedCardinality"))
_RESTRICTIONS = tuple(
    NamedNode(OWL + local) for local in ("someValuesFrom", "allValuesFrom", "hasValue")
)


def is_axiom(triple: Triple) -> bool:
    """Tell whether a triple is an axiom or a part of one (by its predicate, or its class)."""
    predicate = triple.predicate
    if predicate == TYPE:
        return triple.object in AXIOM_CLASSES
    return predicate in AXIOM_PROPERTIES


class Axioms:
    """Index the axioms of a graph by predicate, by subject and by object."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples: tuple[Triple, ...] = tuple(sorted(set(triples), key=str))
        self._by_predicate: dict[Term, list[Triple]] = defaultdict(list)
        self._by_subject: dict[tuple[Term, Term], list[Triple]] = defaultdict(list)
        self._by_object: dict[tuple[Term, Term], list[Triple]] = defaultdict(list)
        for triple in self.triples:
            subject, predicate, object_ = triple
            self._by_predicate[predicate].append(triple)
            self._by_subject[subject, predicate].append(triple)
            self._by_object[object_, predicate].append(triple)

    def having(self, predicate: NamedNode) -> list[Triple]:
        """Return the triples with this predicate."""
        return self._by_predicate.get(predicate, [])

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return what ``subject`` has for ``predicate``."""
        return [triple.object for triple in self._by_subject.get((subject, predicate), [])]

    def members(self, head: Term) -> tuple[tuple[Term, ...], tuple[Triple, ...]]:
        """Read an RDF list: its members, and the triples that hold it together.

        Raises `RuleError` for a list that is broken, branches or runs in a circle.
        """
        members: list[Term] = []
        cells: list[Triple] = []
        seen: set[Term] = set()
        while head != NIL:
            firsts = self._by_subject.get((head, FIRST), [])
            rests = self._by_subject.get((head, REST), [])
            if head in seen or len(firsts) != 1 or len(rests) != 1:
                raise RuleError(
                    f"the list at {head} is not a well-formed RDF list",
                    remedy="Write it as ( … ): one rdf:first and one rdf:rest a cell, no circle.",
                )
            seen.add(head)
            members.append(firsts[0].object)
            cells += [firsts[0], rests[0]]
            head = rests[0].object
        return tuple(members), tuple(cells)

    def solutions(
        self, patterns: tuple[Pattern, ...]
    ) -> Iterator[tuple[dict[int, Term], list[Triple]]]:
        """Yield each way to find all patterns among the axioms: the variables, the triples."""
        yield from self._solve(patterns, {}, [])

    def _solve(
        self, patterns: tuple[Pattern, ...], bound: dict[int, Term], used: list[Triple]
    ) -> Iterator[tuple[dict[int, Term], list[Triple]]]:
        if not patterns:
            yield bound, used
            return
        for triple in self._candidates(patterns[0], bound):
            extended = _unify(patterns[0], triple, bound)
            if extended is not None:
                yield from self._solve(patterns[1:], extended, [*used, triple])

    def _candidates(self, pattern: Pattern, bound: dict[int, Term]) -> list[Triple]:
        subject, predicate, object_ = (_value(place, bound) for place in pattern)
        assert predicate is not None, "axiom patterns name their predicate"
        if subject is not None:
            return self._by_subject.get((subject, predicate), [])
        if object_ is not None and not isinstance(object_, Literal):
            return self._by_object.get((object_, predicate), [])
        return self._by_predicate.get(predicate, [])


def refuse_uncovered(triples: Iterable[Triple | Quad], axioms: Axioms) -> None:
    """Raise `RuleError` at the first axiom that no rule of OWL 2 RL covers; see `uncovered`."""
    for subject, problem in uncovered(triples, axioms):
        raise RuleError(
            f"{subject} {problem}",
            place=str(subject),
            remedy="Say it within OWL 2 RL, or as a shape or a view; an axiom is never ignored.",
        )


def uncovered(triples: Iterable[Triple | Quad], axioms: Axioms) -> Iterator[tuple[Term, str]]:
    """Yield each thing with an axiom that no rule of OWL 2 RL covers, and what is wrong with it.

    ``triples`` is the whole graph: a word of OWL that the reasoner does not know is looked for
    everywhere, not only where the ontology is expected.
    """
    for triple in triples:
        word = triple.object if triple.predicate == TYPE else triple.predicate
        if _is_owl(word) and not (
            word in AXIOM_PROPERTIES or word in AXIOM_CLASSES or word in WITHOUT_RULES
        ):
            yield triple.subject, f"uses {curie(word)}, which no rule of OWL 2 RL covers"
    for predicate in _CARDINALITIES:
        for triple in axioms.having(predicate):
            if number(triple.object) not in {0, 1}:
                yield (
                    triple.subject,
                    f"has {curie(predicate)} {triple.object}; only 0 and 1 have rules",
                )
    for predicate in (*_CARDINALITIES, *_RESTRICTIONS):
        for triple in axioms.having(predicate):
            if len(axioms.objects(triple.subject, NamedNode(OWL + "onProperty"))) != 1:
                yield triple.subject, f"has {curie(predicate)} but not one owl:onProperty"
    for triple in axioms.having(NamedNode(OWL + "maxQualifiedCardinality")):
        if not axioms.objects(triple.subject, NamedNode(OWL + "onClass")):
            yield triple.subject, "has owl:maxQualifiedCardinality but no owl:onClass"
    for triple in axioms.having(NamedNode(OWL + "inverseOf")):
        if isinstance(triple.subject, BlankNode):
            yield triple.object, "has an inverse without a name"


def number(term: Term) -> int | None:
    """Return the whole number that a literal states, or ``None``."""
    if isinstance(term, Literal) and term.value.strip().lstrip("+").isdigit():
        return int(term.value)
    return None


def _unify(pattern: Pattern, triple: Triple, bound: dict[int, Term]) -> dict[int, Term] | None:
    extended = dict(bound)
    for place, term in zip(pattern, triple, strict=True):
        if isinstance(place, int):
            if extended.setdefault(place, term) != term:
                return None
        elif isinstance(place, Literal):
            if number(place) is None or number(place) != number(term):
                return None
        elif place != term:
            return None
    return extended


def _value(place: Place, bound: dict[int, Term]) -> Term | None:
    return bound.get(place) if isinstance(place, int) else place


def _is_owl(term: Term) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(OWL)
