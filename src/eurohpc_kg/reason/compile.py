"""An ontology compiled to rules: each rule of OWL 2 RL with the axioms put in their places.

``cax-sco`` over ``ehpc:Supercomputer rdfs:subClassOf ehpc:ComputingSystem`` becomes *what is an
ehpc:Supercomputer is an ehpc:ComputingSystem*: a rule about the data alone, which an engine runs
as one lookup or one join.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from eurohpc_kg.reason import lists
from eurohpc_kg.reason.axioms import Axioms
from eurohpc_kg.reason.rulebook import (
    CONTRADICTION,
    DATA,
    EQUALITY,
    SCHEMA,
    Template,
    plain_rules,
    templates,
)
from eurohpc_kg.reason.rules import Rule, instance
from eurohpc_kg.reason.vocabulary import THING, TYPE


def schema_rules(axioms: Axioms) -> tuple[Rule, ...]:
    """Return the rules that close the axioms themselves (table 9)."""
    return (*plain_rules(SCHEMA), *lists.schema_rules(axioms))


def equality_rules() -> tuple[Rule, ...]:
    """Return the rules of ``owl:sameAs`` (table 4); they need no axiom."""
    return plain_rules(EQUALITY)


def data_rules(axioms: Axioms) -> tuple[Rule, ...]:
    """Compile the axioms, which must be closed already, to rules about the data.

    Left out is what says nothing: a conclusion that is one of its premises, and that something
    is an owl:Thing, unless a rule asks for owl:Thing.
    """
    rules = [*_instances(templates(DATA), axioms), *lists.data_rules(axioms)]
    asked = any(pattern[1:] == (TYPE, THING) for rule in rules for pattern in rule.body)
    return _unique(
        rule
        for rule in rules
        if rule.head not in rule.body
        and (asked or rule.head is None or rule.head[1:] != (TYPE, THING))
    )


@lru_cache(maxsize=1)  # they are looked for, and then written down
def contradiction_rules(axioms: Axioms) -> tuple[Rule, ...]:
    """Compile the axioms to rules whose premises must never all hold."""
    return _unique(
        (*_instances(templates(CONTRADICTION), axioms), *lists.contradiction_rules(axioms))
    )


def _instances(book: Iterable[Template], axioms: Axioms) -> Iterable[Rule]:
    for template in book:
        for bound, used in axioms.solutions(template.axioms):
            yield instance(template.rule, bound, tuple(used))


def _unique(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(dict.fromkeys(rules))
