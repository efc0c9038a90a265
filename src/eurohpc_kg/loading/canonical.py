"""The hash of a graph: the same for the same statements, wherever they come from.

RDF Dataset Canonicalization (RDFC-1.0) names the blank nodes; the sorted N-Triples are hashed with
SHA-256. Stores keep numbers as values: ``12.50`` comes back as ``12.5``, and from Virtuoso a whole
number of more than 31 bits as a decimal. So numbers and booleans are hashed by their values, in
which XML Schema counts whole numbers among the decimals.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from eurohpc_kg.records import dataclass

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = frozenset(
    _XSD + name
    for name in (
        "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort",
        "unsignedByte",
    )
)  # fmt: skip
_DECIMAL, _BOOLEAN = _XSD + "decimal", _XSD + "boolean"
_DECIMAL_NODE = ox.NamedNode(_DECIMAL)
_BROKEN = frozenset((_XSD + "double", _XSD + "float"))


@dataclass(frozen=True)
class Digest:
    """Hold what identifies the content of a graph: how many triples, and their hash."""

    count: int
    hash: str


def digest(triples: Iterable[ox.Triple], *, as_written: bool = False) -> Digest:
    """Return count and hash of a graph; a triple given twice counts once.

    ``as_written`` leaves numbers as they are, as the hash of a built store does.

    >>> one = ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:p"), ox.Literal(1))
    >>> digest([one, one]).count
    1
    """
    plain: set[str] = set()
    linked = ox.Dataset()
    for subject, predicate, object_ in triples if as_written else _canonical(triples):
        if isinstance(subject, ox.BlankNode) or isinstance(object_, ox.BlankNode):
            linked.add(ox.Quad(subject, predicate, object_))
        else:
            plain.add(f"{subject} {predicate} {object_}")
    if len(linked):
        linked.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        plain.update(f"{quad.subject} {quad.predicate} {quad.object}" for quad in linked)
    hasher = hashlib.sha256()
    for line in sorted(plain):
        hasher.update(line.encode())
        hasher.update(b" .\n")
    return Digest(len(plain), hasher.hexdigest())


def n_quads(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as N-Quads."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def deletable(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples with decimals as XML Schema 1.0 writes them at their shortest: ``13.0``."""
    for triple in triples:
        term = triple.object
        if isinstance(term, ox.Literal) and term.datatype == _DECIMAL_NODE:
            text = _decimal(term.value)
            text = text if "." in text else f"{text}.0"
            term = ox.Literal(text, datatype=_DECIMAL_NODE)
            yield ox.Triple(triple.subject, triple.predicate, term)
        else:
            yield triple


def canonical_literal(literal: ox.Literal) -> ox.Literal:
    """Return the literal with the canonical form of its number, as a decimal, or truth value.

    >>> canonical_literal(ox.Literal("12.50", datatype=ox.NamedNode(_DECIMAL))).value
    '12.5'
    """
    datatype = literal.datatype
    kind, text = datatype.value, literal.value
    try:
        if kind in _WHOLE or kind == _DECIMAL:
            return ox.Literal(_decimal(text), datatype=_DECIMAL_NODE)
        if kind in _BROKEN:
            new = repr(float(text)).replace("inf", "INF").replace("nan", "NaN")
        elif kind == _BOOLEAN:
            new = {"1": "true", "0": "false"}.get(text, text)
        else:
            return literal
    except (ValueError, InvalidOperation):
        return literal
    return literal if new == text else ox.Literal(new, datatype=datatype)


def _decimal(text: str) -> str:
    whole, _, rest = format(Decimal(text), "f").partition(".")
    rest = rest.rstrip("0")
    return "0" if whole in ("-0", "0") and not rest else f"{whole}.{rest}" if rest else whole


def _canonical(
    triples: Iterable[ox.Triple],
) -> Iterator[tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    for subject, predicate, object_ in triples:
        if isinstance(object_, ox.Literal) and not object_.language:
            object_ = canonical_literal(object_)
        yield subject, predicate, object_
