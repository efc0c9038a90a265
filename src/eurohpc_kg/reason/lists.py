"""The rules of OWL 2 RL over lists: chains, keys, intersections, unions, disjointness …

The W3C writes them with ``T(?x, owl:intersectionOf, ?l), LIST[?l, ?c1, …, ?cn]``. Here each list
of an ontology gives its own rules, of the length it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from pyoxigraph import NamedNode, Triple

from eurohpc_kg.errors import RuleError
from eurohpc_kg.namespaces import OWL
from eurohpc_kg.reason.axioms import Axioms
from eurohpc_kg.reason.rules import Pattern, Rule, Term
from eurohpc_kg.reason.vocabulary import SAME_AS, SUB_CLASS_OF, TYPE

Members = tuple[Term, ...]
Cells = tuple[Triple, ...]


def data_rules(axioms: Axioms) -> Iterator[Rule]:
    """Yield prp-spo2, prp-key, cls-int1, cls-int2, cls-uni and cls-oo for each list axiom."""
    makers: dict[str, Callable[[Term, Members, Cells], Iterator[Rule]]] = {
        "propertyChainAxiom": _chain,
        "hasKey": _key,
        "intersectionOf": _intersection,
        "unionOf": _union,
        "oneOf": _enumeration,
    }
    for local, make in makers.items():
        for axiom, members, cells in _lists(axioms, local):
            yield from make(axiom.subject, members, cells)


def schema_rules(axioms: Axioms) -> Iterator[Rule]:
    """Yield scm-int and scm-uni: a whole is narrower or wider than each of its parts."""
    for axiom, members, cells in _lists(axioms, "intersectionOf"):
        for member in members:
            yield Rule("scm-int", (axiom.subject, SUB_CLASS_OF, member), (), cells)
    for axiom, members, cells in _lists(axioms, "unionOf"):
        for member in members:
            yield Rule("scm-uni", (member, SUB_CLASS_OF, axiom.subject), (), cells)


def contradiction_rules(axioms: Axioms) -> Iterator[Rule]:
    """Yield cax-adc, prp-adp, eq-diff2 and eq-diff3: one rule for each pair of a list."""
    for local in ("members", "distinctMembers"):
        for axiom, members, cells in _lists(axioms, local):
            for kind in axioms.objects(axiom.subject, TYPE):
                reason = (Triple(axiom.subject, TYPE, kind), *cells)
                for left, right in combinations(members, 2):
                    yield from _pair(kind, left, right, reason, local)


def _pair(kind: Term, left: Term, right: Term, reason: Cells, local: str) -> Iterator[Rule]:
    if kind == NamedNode(OWL + "AllDisjointClasses"):
        yield Rule("cax-adc", None, ((0, TYPE, left), (0, TYPE, right)), reason)
    elif kind == NamedNode(OWL + "AllDisjointProperties"):
        yield Rule("prp-adp", None, ((0, left, 1), (0, right, 1)), reason)
    elif kind == NamedNode(OWL + "AllDifferent"):
        name = "eq-diff2" if local == "members" else "eq-diff3"
        yield Rule(name, None, ((left, SAME_AS, right),), reason)


def _chain(subject: Term, members: Members, cells: Cells) -> Iterator[Rule]:
    body: tuple[Pattern, ...] = tuple((i, p, i + 1) for i, p in enumerate(members))
    yield Rule("prp-spo2", (0, subject, len(members)), body, cells)


def _key(subject: Term, members: Members, cells: Cells) -> Iterator[Rule]:
    body: list[Pattern] = [(0, TYPE, subject), (1, TYPE, subject)]
    for number, member in enumerate(members, start=2):
        body += [(0, member, number), (1, member, number)]
    yield Rule("prp-key", (0, SAME_AS, 1), tuple(body), cells, ((0, 1),))


def _intersection(subject: Term, members: Members, cells: Cells) -> Iterator[Rule]:
    body: tuple[Pattern, ...] = tuple((0, TYPE, member) for member in members)
    yield Rule("cls-int1", (0, TYPE, subject), body, cells)
    for member in members:
        yield Rule("cls-int2", (0, TYPE, member), ((0, TYPE, subject),), cells)


def _union(subject: Term, members: Members, cells: Cells) -> Iterator[Rule]:
    for member in members:
        yield Rule("cls-uni", (0, TYPE, subject), ((0, TYPE, member),), cells)


def _enumeration(subject: Term, members: Members, cells: Cells) -> Iterator[Rule]:
    for member in members:
        yield Rule("cls-oo", (member, TYPE, subject), (), cells)


def _lists(axioms: Axioms, local: str) -> Iterator[tuple[Triple, Members, Cells]]:
    """Yield each axiom ``x owl:<local> (…)`` with its members and all its triples.

    Raises `RuleError` for a list that is empty where the rule needs a member.
    """
    for axiom in axioms.having(NamedNode(OWL + local)):
        members, cells = axioms.members(axiom.object)
        if not members and local in ("propertyChainAxiom", "hasKey", "intersectionOf"):
            raise RuleError(
                f"{axiom.subject} owl:{local} has an empty list",
                place=str(axiom.subject),
                remedy="Name at least one member, or take the axiom out.",
            )
        yield axiom, members, (axiom, *cells)
