"""Conflicts as an answer: a row for each claim, so that they leave in every form of answers."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from eurohpc_kg.labels import Names
from eurohpc_kg.namespaces import XSD
from eurohpc_kg.results import Cell, Results
from eurohpc_kg.trust.conflicts import Conflict
from eurohpc_kg.trust.judge import APART

_BOOLEAN = ox.NamedNode(XSD + "boolean")
# Column -> what it holds.
COLUMNS = {
    "conflict": "the address of the conflict",
    "thing": "what it is about",
    "aspect": "the quantity, event, state or relation",
    "taken": "whether the rule takes this value",
    "value": "the value as the document has it",
    "corrected": "the value that a correction puts in its place",
    "unit": "its unit",
    "bound": "whether it is a limit or about right",
    "basis": "whether it is planned, contracted, stated or measured",
    "scope": "what of the thing it covers",
    "period": "the time that it is counted over",
    "as_of": "the time for which it speaks",
    "standing": "whether the document is primary or secondary",
    "apart": "the least that may set two values of the conflict apart, empty where nothing does",
    "rule": "why the rule takes what it takes",
    "source": "the document that states it",
}


def as_results(found: Iterable[tuple[str, Conflict]], names: Names) -> Results:
    """Return a row for each claim of the conflicts, which are given with their addresses."""
    rows = tuple(row for address, one in found for row in _rows(address, one))
    title = "Where sources disagree, and which value the rule takes"
    return Results(tuple(COLUMNS), rows, names, title=title, notes=COLUMNS)


def _rows(address: str, one: Conflict) -> Iterable[tuple[Cell, ...]]:
    apart = _text("; ".join(APART[name] for name in one.apart))
    for claim in one.claims:
        yield (
            ox.NamedNode(address),
            one.thing,
            one.aspect,
            ox.Literal(str(claim == one.taken).lower(), datatype=_BOOLEAN),
            claim.value,
            claim.corrected,
            ox.NamedNode(claim.unit) if claim.unit else None,
            *map(_text, (claim.bound, claim.basis, claim.scope, claim.period, claim.date)),
            ox.Literal("primary" if claim.primary else "secondary"),
            apart,
            ox.Literal(one.rule),
            ox.NamedNode(claim.document),
        )


def _text(text: str) -> Cell:
    return ox.Literal(text) if text else None
