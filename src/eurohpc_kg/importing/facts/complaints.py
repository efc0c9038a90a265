"""Complaints: why a row gives nothing, with the cell at fault and what to write there."""

from __future__ import annotations

from eurohpc_kg.findings import Finding
from eurohpc_kg.importing.facts.mapping import Rule, unit_for
from eurohpc_kg.importing.facts.sheets import Fact, date_problem
from eurohpc_kg.importing.facts.things import TYPES

_TYPE, _PROPERTY, _VALUE, _UNIT = 2, 3, 4, 5


def unknown_type(fact: Fact) -> Finding:
    """Say that nobody knows what kind of thing the row is about."""
    return _finding(
        fact,
        "import-unknown-type",
        f"entity_type: {fact.kind!r} is no kind of thing",
        f"Write one of {', '.join(sorted(TYPES))}.",
        _TYPE,
    )


def no_rule(fact: Fact) -> Finding:
    """Say that no rule tells what a property becomes."""
    return _finding(
        fact,
        "import-unmapped-property",
        f"no rule for {fact.property} of {fact.kind}",
        "Add a row to facts-mapping.csv.",
        _PROPERTY,
    )


def fits_nothing(fact: Fact, rule: Rule) -> Finding:
    """Say why a value that has a rule gives no statement."""
    if rule.kind in ("figure", "ranking") and fact.unit and unit_for(fact.unit) is None:
        return _finding(
            fact,
            "import-unknown-unit",
            f"unit_or_lang: {fact.unit!r} is no unit",
            "Write a unit of unit-mapping.csv, or add a row to it.",
            _UNIT,
        )
    if rule.kind == "milestone" and "calendar" in (problem := date_problem(fact.value)):
        return _finding(
            fact,
            "import-bad-date",
            f"{fact.property}: {problem}",
            "Write YYYY, YYYY-MM or YYYY-MM-DD.",
            _VALUE,
        )
    return _finding(
        fact,
        "import-unmapped-value",
        f"{fact.property}: {fact.value!r} fits no {rule.kind}",
        "Correct the cell, or add a row to value-mapping.csv or unit-mapping.csv.",
        _VALUE,
    )


def _finding(fact: Fact, code: str, message: str, remedy: str, column: int) -> Finding:
    return Finding(fact.path, fact.line, code, message, remedy, column=column, subject=fact.entity)
