"""Complaints: why a row gives nothing, with the cell at fault and what to write there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from eurohpc_kg.findings import Finding, Severity
from eurohpc_kg.importing.facts.dates import date_problem
from eurohpc_kg.importing.facts.mapping import Rule, Rules, rule_for, unit_for
from eurohpc_kg.importing.facts.sheets import Fact
from eurohpc_kg.importing.facts.things import TYPES
from eurohpc_kg.names import readable_slug

TABLES = "src/eurohpc_kg/importing/facts/tables/"
_ENTITY, _TYPE, _PROPERTY, _VALUE, _UNIT = 1, 2, 3, 4, 5
_TO_A_THING = ("relation", "inverse-relation", "location", "place")


def unknown_type(fact: Fact) -> Finding:
    """Say that nobody knows what kind of thing the row is about."""
    return _finding(
        fact,
        "import-unknown-type",
        f"entity_type: {fact.kind!r} is no kind of thing",
        f"Write one of {', '.join(sorted(TYPES))}.",
        _TYPE,
    )


def unnamed_thing(fact: Fact) -> Finding:
    """Say that a thing is new and no row has its name: often its slug is misspelt."""
    return _finding(
        fact,
        "import-unnamed-thing",
        f"entity: {fact.entity!r} is new, and no row has its name",
        "Add a row with the property name, or write the slug that the register has.",
        _ENTITY,
        Severity.WARNING,
    )


def no_rule(fact: Fact, rules: Rules) -> Finding:
    """Say that no rule tells what a property becomes, and which properties are near."""
    near = _near(fact.property, {name for name, _ in rules if rule_for(rules, name, fact.kind)})
    meant = f"Write {' or '.join(near)} if that is meant, or add" if near else "Add"
    return _finding(
        fact,
        "import-unmapped-property",
        f"no rule for {fact.property} of {fact.kind}",
        f"{meant} a row to {TABLES}facts-mapping.csv.",
        _PROPERTY,
    )


def bad_language(fact: Fact) -> Finding:
    """Say that the language of a name is no tag of one."""
    return _finding(
        fact,
        "import-bad-language",
        f"unit_or_lang: {fact.unit!r} is not the tag of a language",
        "Write its code of two or three letters: en, cs, sr-Latn.",
        _UNIT,
    )


def fits_nothing(fact: Fact, rule: Rule, units: Iterable[str]) -> Finding:
    """Say why a value that has a rule gives no statement; ``units`` are those of its quantity."""
    if rule.kind in ("figure", "ranking") and fact.unit:
        unit = unit_for(fact.unit)
        if unit is None:
            remedy = f"Write a unit of {TABLES}unit-mapping.csv, or add a row to it."
            return _bad_unit(fact, "is no unit", remedy)
        if units and readable_slug(unit[0].replace(":", "/")) not in units:
            remedy = f"Write it in {' or '.join(sorted(units))}, as the source does."
            return _bad_unit(fact, f"is no unit of {readable_slug(rule.concept)}", remedy)
    if rule.kind == "milestone" and "calendar" in (problem := date_problem(fact.value)):
        return _finding(
            fact,
            "import-bad-date",
            f"{fact.property}: {problem}",
            "Write YYYY, YYYY-MM or YYYY-MM-DD.",
            _VALUE,
        )
    problem = f"{fact.property}: {fact.value!r} fits no {rule.kind}"
    remedy = f"Correct the cell, or add a row to {TABLES}value-mapping.csv."
    if rule.kind in _TO_A_THING:
        problem = f"{fact.property}: no thing has the slug {fact.value!r}"
        remedy = "Write the slug that the register has, or add a row with the name of the thing."
    elif rule.kind in ("figure", "ranking"):
        problem = f"{fact.property}: {fact.value!r} is no number"
        remedy = "Write digits alone, with a point before decimals: 7.9."
    return _finding(fact, "import-unmapped-value", problem, remedy, _VALUE)


def _bad_unit(fact: Fact, problem: str, remedy: str) -> Finding:
    message = f"unit_or_lang: {fact.unit!r} {problem}"
    return _finding(fact, "import-unknown-unit", message, remedy, _UNIT)


def _near(name: str, names: set[str]) -> list[str]:
    """Return up to three names that are spelt much like one, else that share a word with it."""
    words = set(name.split("_"))
    shared = {other: len(words & set(other.split("_"))) for other in names}
    sharing = sorted((o for o in names if shared[o]), key=lambda o: (-shared[o], o))
    return difflib.get_close_matches(name, sorted(names), 3, 0.85) or sharing[:3]


def _finding(
    fact: Fact,
    code: str,
    message: str,
    remedy: str,
    column: int,
    severity: Severity = Severity.ERROR,
) -> Finding:
    place = fact.path, fact.line
    return Finding(*place, code, message, remedy, severity, column=column, subject=fact.entity)
