"""A column of a table: its name, what its cells hold, and what each format calls that."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from eurohpc_kg.namespaces import XSD
from eurohpc_kg.records import dataclass

_NUMBERS = {XSD + name for name in ("decimal", "double", "float", "integer")}


class Kind(NamedTuple):
    """Say how a kind of cell is called in CSVW, DuckDB, SQLite, Table Schema and Croissant."""

    csvw: str
    duckdb: str
    sqlite: str
    frictionless: str
    croissant: str
    make: Callable[[str], str | int | float]


KINDS = {
    "text": Kind("string", "VARCHAR", "TEXT", "string", "sc:Text", str),
    "iri": Kind("anyURI", "VARCHAR", "TEXT", "string", "sc:Text", str),
    "integer": Kind("integer", "BIGINT", "INTEGER", "integer", "sc:Integer", int),
    "number": Kind("decimal", "DOUBLE", "REAL", "number", "sc:Float", float),
    "date": Kind("date", "DATE", "TEXT", "date", "sc:Date", str),
    "boolean": Kind("boolean", "BOOLEAN", "TEXT", "boolean", "sc:Boolean", str),
}


@dataclass(frozen=True)
class Column:
    """Hold a column; ``names`` means that the cells have names of things, not their IRIs."""

    name: str
    title: str
    kind: str
    predicate: str = ""
    many: bool = False
    description: str = ""
    names: bool = False


def kind_of(kinds: Collection[str], several: bool) -> str:
    """Return the kind of a column by the datatypes in it; several values a cell are text.

    >>> kind_of({XSD + "integer", XSD + "decimal"}, False)
    'number'
    """
    found = set(kinds)
    if found == {"iri"}:
        return "iri"
    if several:
        return "text"
    if found == {XSD + "integer"}:
        return "integer"
    if found and found <= _NUMBERS:
        return "number"
    if found == {XSD + "date"}:
        return "date"
    return "boolean" if found == {XSD + "boolean"} else "text"


def snake(name: str) -> str:
    """Return a name as columns and tables have it.

    >>> snake("AIFactory"), snake("isoAlpha2Code"), snake("cores")
    ('ai_factory', 'iso_alpha2_code', 'cores')
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[^a-z0-9]+", "_", parted.lower()).strip("_") or "value"
