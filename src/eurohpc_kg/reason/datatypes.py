"""Datatypes: what each one's literals look like, which values it holds, and which it contains.

The datatype map of OWL 2 (and the three date types that this graph uses beside it: ``xsd:date``,
``xsd:gYear``, ``xsd:gYearMonth``), from XML Schema Definition Language 1.1, part 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from eurohpc_kg.namespaces import RDF, RDFS, XSD
from eurohpc_kg.reason.rules import Rule
from eurohpc_kg.reason.vocabulary import TYPE
from eurohpc_kg.records import dataclass

_YEAR = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01])"
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_REAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN"
_NAME = r"[^\s!-,/;-@\[-^`{-~0-9.\-·][^\s!-,/;-@\[-^`{-~]*"


@dataclass(frozen=True)
class Datatype:
    """Describe one datatype: its parent, its lexical form, and its bounds if it is a number."""

    parent: str = ""
    form: str = ""
    low: int | None = None
    high: int | None = None


def _integers() -> dict[str, Datatype]:
    whole = r"[+-]?[0-9]+"
    table: dict[str, Datatype] = {
        "integer": Datatype("decimal", whole),
        "nonPositiveInteger": Datatype("integer", whole, high=0),
        "negativeInteger": Datatype("nonPositiveInteger", whole, high=-1),
        "nonNegativeInteger": Datatype("integer", whole, low=0),
        "positiveInteger": Datatype("nonNegativeInteger", whole, low=1),
    }
    signed, unsigned = "integer", "nonNegativeInteger"
    for name, bits in (("long", 64), ("int", 32), ("short", 16), ("byte", 8)):
        table[name] = Datatype(signed, whole, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
        other = "unsigned" + name.capitalize()
        table[other] = Datatype(unsigned, whole, 0, 2**bits - 1)
        signed, unsigned = name, other
    return table


_XSD: dict[str, Datatype] = {
    "decimal": Datatype("", r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    **_integers(),
    "double": Datatype("", _REAL),
    "float": Datatype("", _REAL),
    "string": Datatype(),
    "normalizedString": Datatype("string", r"[^\t\n\r]*"),
    "token": Datatype("normalizedString", r"(?:\S+(?: \S+)*)?"),
    "language": Datatype("token", r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    "NMTOKEN": Datatype("token", r"[^\s!-,/;-@\[-^`{-~]+"),
    "Name": Datatype("token", _NAME),
    "NCName": Datatype("Name", _NAME.replace(";-@", ":-@")),
    "boolean": Datatype("", r"true|false|0|1"),
    "hexBinary": Datatype("", r"(?:[0-9a-fA-F]{2})*"),
    "base64Binary": Datatype("", r"(?:[A-Za-z0-9+/] ?){0,}(?:= ?){0,2}"),
    "anyURI": Datatype("", r"[^\s<>\"{}|\\^`]*"),
    "dateTime": Datatype("", f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}?"),
    "dateTimeStamp": Datatype("dateTime", f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}"),
    "date": Datatype("", f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}?"),
    "gYearMonth": Datatype("", f"{_YEAR}-{_MONTH}{_ZONE}?"),
    "gYear": Datatype("", f"{_YEAR}{_ZONE}?"),
}

DATATYPES: dict[str, Datatype] = {
    **{
        XSD + name: Datatype(
            XSD + datatype.parent if datatype.parent else RDFS + "Literal",
            datatype.form,
            datatype.low,
            datatype.high,
        )
        for name, datatype in _XSD.items()
    },
    RDF + "langString": Datatype(RDF + "PlainLiteral"),
    RDF + "PlainLiteral": Datatype(RDFS + "Literal"),
    RDF + "XMLLiteral": Datatype(RDFS + "Literal"),
    RDFS + "Literal": Datatype(),
}
"""The datatypes by IRI; ``parent`` is the next wider one."""

OUTSIDE_PROFILE = frozenset(XSD + name for name in ("date", "gYearMonth", "gYear"))
"""Known here, but not in the datatype map of OWL 2."""

_NUMERIC = frozenset(XSD + name for name in ("decimal", *_integers()))


@lru_cache(maxsize=256)
def wider(iri: str) -> tuple[str, ...]:
    """Return a datatype and those that contain it, narrowest first.

    >>> wider(XSD + "integer")[1].rpartition("#")[2]
    'decimal'
    """
    chain = []
    while iri:
        chain.append(iri)
        if iri == XSD + "string":
            chain.append(RDF + "PlainLiteral")
        iri = DATATYPES[iri].parent if iri in DATATYPES else ""
    return tuple(chain)


def demanded(rules: Iterable[Rule]) -> frozenset[NamedNode]:
    """Return the datatypes that rules ask a literal to have (dt-type2 serves these only)."""
    classes = (p[2] for rule in rules for p in rule.body if p[1] == TYPE)
    return frozenset(c for c in classes if isinstance(c, NamedNode) and c.value in DATATYPES)


def types_of(literal: Literal) -> list[NamedNode]:
    """Return the datatypes that a literal has: its own and every wider one."""
    return [NamedNode(iri) for iri in wider(literal.datatype.value)]


def is_well_formed(literal: Literal) -> bool:
    """Tell whether the text of a literal is one that its datatype allows.

    A literal of a datatype that is not known here is taken as it is.
    """
    iri = literal.datatype.value
    pattern = _pattern(iri)
    if pattern is None:
        return True
    return pattern.fullmatch(literal.value) is not None and _within(literal.value, iri)


def has_value_in(literal: Literal, datatype: str) -> bool:
    """Tell whether the value of a well-formed literal is one of ``datatype``'s.

    ``5.0`` is an integer's value although it is written as a decimal; ``5`` and ``5.0e0`` are
    not the same, because XML Schema keeps the values of decimal, float and double apart.
    """
    own = literal.datatype.value
    if datatype not in DATATYPES or own not in DATATYPES or datatype in wider(own):
        return True
    if own in _NUMERIC and datatype in _NUMERIC:
        value = Decimal(literal.value)
        if datatype != XSD + "decimal" and value != value.to_integral_value():
            return False
        return _within(str(value.to_integral_value()), datatype)
    pattern = _pattern(datatype)
    if own in wider(datatype) and pattern is not None:
        return pattern.fullmatch(literal.value) is not None
    return own in wider(datatype)


def same_value(left: Literal, right: Literal) -> bool:
    """Tell whether two well-formed literals state one value (dt-eq): ``1.0`` and ``1.00`` do."""
    if left.datatype.value in _NUMERIC and right.datatype.value in _NUMERIC:
        return Decimal(left.value) == Decimal(right.value)
    return left == right


@lru_cache(maxsize=256)
def _pattern(iri: str) -> re.Pattern[str] | None:
    """Return the form of a datatype's literals; a process meets few of all datatypes."""
    form = DATATYPES[iri].form if iri in DATATYPES else ""
    return re.compile(form) if form else None


def _within(text: str, iri: str) -> bool:
    for low, high in _bounds(iri):
        if (low is not None and int(text) < low) or (high is not None and int(text) > high):
            return False
    return True


@lru_cache(maxsize=256)
def _bounds(iri: str) -> tuple[tuple[int | None, int | None], ...]:
    """Return the lowest and the highest values of a datatype and of those that contain it."""
    known = (DATATYPES[name] for name in wider(iri) if name in DATATYPES)
    return tuple((one.low, one.high) for one in known if (one.low, one.high) != (None, None))
