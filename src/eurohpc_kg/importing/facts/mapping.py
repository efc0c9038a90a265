"""Mapping: what the property of a sheet's row means in the terms of the ontology.

Two reviewed tables say it. ``facts-mapping.csv`` has one row a property, or one a property and
entity type (``*`` for all others): its kind, the terms, and what the figure or milestone adds.
``value-mapping.csv`` says which concept a value of a closed list is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from eurohpc_kg.importing.csv_files import table
from eurohpc_kg.names import Prefixes
from eurohpc_kg.namespaces import FOAF

# Kinds that the register takes, kinds that source files take, and kinds that nothing takes.
NAME_KINDS = frozenset({"name", "alt-name", "short-name", "official-name", "former-name"})
REGISTER_KINDS = NAME_KINDS | {"identifier", "same-as", "link", "coordinates", "location", "place"}
HOMEPAGE = FOAF + "homepage"
CLAIM_KINDS = frozenset(
    {
        "concept",
        "figure",
        "inverse-relation",
        "link",
        "location",
        "milestone",
        "place",
        "ranking",
        "relation",
        "status",
        "text",
    }
)
LEFT_OUT_KINDS = {
    "covered": "another row or table says it",
    "person-dropped": "the graph names no natural persons",
    "review": "a doubtful pair, in docs/review",
    "type": "it decides the class of the thing in the register",
}


@dataclass(frozen=True)
class Rule:
    """Hold one row of the table; IRIs are expanded, ``terms`` are alternatives of sets.

    Of ``terms`` the first alternative whose range fits the object is taken, and all of its terms
    are written. ``concept`` is a concept's IRI, or the name of the scheme of the value.
    """

    property: str
    kind: str
    terms: tuple[tuple[str, ...], ...]
    concept: str
    object: str
    unit: str
    basis: str
    bound: str
    scope: str
    template: str
    fallback: str


def is_for_register(rule: Rule) -> bool:
    """Say whether the register takes a rule's rows; of the links only the homepage of a thing."""
    homepage = any(HOMEPAGE in alternative for alternative in rule.terms)
    return rule.kind in REGISTER_KINDS and (rule.kind != "link" or homepage)


Rules = Mapping[tuple[str, str], Rule]


def rule_for(rules: Rules, property: str, entity_type: str) -> Rule | None:
    """Return the rule for a property of an entity type, or nothing where the table has none."""
    return rules.get((property, entity_type)) or rules.get((property, "*"))


@dataclass(frozen=True)
class Meaning:
    """Hold what a value means: concepts, things or a text; nothing to leave it out."""

    results: tuple[str, ...]
    basis: str = ""


def meaning_of(scheme: str, property: str, value: str, note: str) -> Meaning | None:
    """Return what the value table gives, or nothing where it does not know the value.

    The first row whose property, value and words of the note fit is taken. Its results are
    CURIEs, but of the scheme ``text`` one text; what states nothing has none.
    """
    for any_or_this in (value, "*"):
        for row in _values().get(("nothing", any_or_this), ()):
            if _fits(row, property, note):
                return Meaning(())
    for row in _values().get((scheme, value), ()):
        if not _fits(row, property, note):
            continue
        found = row["concept"]
        return Meaning((found,) if scheme == "text" else tuple(found.split()), row["basis"])
    return None


def _fits(row: Mapping[str, str], property: str, note: str) -> bool:
    """Say whether a row of the value table is for a property and what its note says."""
    if row["property"] not in ("", property):
        return False
    return not row["when_note"] or bool(re.search(row["when_note"], note, re.IGNORECASE))


_BY_NOTE = {"figure": "quantity", "milestone": "milestone-type", "relation": "term"}


def by_note(rule: Rule, value: str, note: str, prefixes: Prefixes) -> Rule:
    """Return a rule as the value table has it for the words of a note.

    A figure may be of another quantity, a milestone of another type, a relation another one.
    """
    scheme = _BY_NOTE.get(rule.kind)
    if scheme is None:
        return rule
    named = meaning_of(scheme, rule.property, value, note) or meaning_of(
        scheme, rule.property, "", note
    )
    if named is None or not named.results:
        return rule
    found = tuple(prefixes.expand(name) for name in named.results)
    return replace(rule, terms=(found,)) if scheme == "term" else replace(rule, concept=found[0])


def unit_for(raw: str) -> tuple[str, str] | None:
    """Return the CURIE of a unit as sheets write it, and the factor to it."""
    return _units().get(raw)


def read_rules(prefixes: Prefixes) -> Rules:
    """Read ``facts-mapping.csv``, with the CURIEs expanded."""
    rules: dict[tuple[str, str], Rule] = {}
    for row in table(__file__, "facts-mapping.csv"):
        concept = row["concept"]
        rules[row["property"], row["entity_type"]] = Rule(
            row["property"],
            row["kind"],
            tuple(
                tuple(prefixes.expand(term) for term in alternative.split())
                for alternative in row["term"].split("|")
                if alternative
            ),
            prefixes.expand(concept) if ":" in concept else concept,
            prefixes.expand(row["object"]) if row["object"] else "",
            prefixes.expand(row["unit"]) if row["unit"] else "",
            prefixes.expand(row["basis"]) if row["basis"] else "",
            prefixes.expand(row["bound"]) if row["bound"] else "",
            row["scope"],
            row["template"],
            prefixes.expand(row["fallback"]) if row["fallback"] else "",
        )
    return rules


@lru_cache(maxsize=1)
def _values() -> Mapping[tuple[str, str], Sequence[Mapping[str, str]]]:
    values: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in table(__file__, "value-mapping.csv"):
        values.setdefault((row["scheme"], row["value"]), []).append(row)
    return values


@lru_cache(maxsize=1)
def _units() -> Mapping[str, tuple[str, str]]:
    return {row["raw"]: (row["unit"], row["factor"]) for row in table(__file__, "unit-mapping.csv")}
