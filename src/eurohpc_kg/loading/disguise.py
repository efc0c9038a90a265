"""Graphs that no reader sees: what is staged has every IRI behind ``staged:``.

A store whose default graph is the union of all graphs would show a staged graph to everyone. So
all that is staged, graph names included, is written with this word before each IRI: no question
that names a thing, a property or a class of the graph meets it. Taking the word off is one
expression of SPARQL, done inside the store when the new graphs take the place of the old.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import pyoxigraph as ox

WORD = "staged:"
OLD = f"{WORD}old:"
_START = f"<{WORD}".encode()

_Term = TypeVar("_Term", bound=object)

UNCOVERED = " ".join(
    f'BIND(IF(ISIRI(?{d}) && STRSTARTS(STR(?{d}), "{WORD}"), '
    f"IRI(SUBSTR(STR(?{d}), {len(WORD) + 1})), ?{d}) AS ?{c})"
    for d, c in (("ds", "s"), ("dp", "p"), ("do", "o"))
)
"""Binds ?s ?p ?o to what ?ds ?dp ?do stand for. To Virtuoso a blank node is an IRI as well."""

COVERED = " ".join(
    f'BIND(IF(ISIRI(?{c}) && !ISBLANK(?{c}), IRI(CONCAT("{WORD}", STR(?{c}))), ?{c}) AS ?{d})'
    for d, c in (("ds", "s"), ("dp", "p"), ("do", "o"))
)
"""Binds ?ds ?dp ?do to the disguise of ?s ?p ?o."""


def staged_name(graph: str, digest: str) -> str:
    """Return the name under which a graph of this hash is staged.

    >>> staged_name("https://w3id.org/eurohpc-kg/graph/register", "9f")
    'staged:9f:https://w3id.org/eurohpc-kg/graph/register'
    """
    return f"{WORD}{digest}:{graph}"


def old_name(graph: str) -> str:
    """Return the name under which what a graph held before is kept during a swap."""
    return OLD + graph


def covered(term: _Term) -> _Term:
    """Return the disguise of a term; only IRIs have one.

    >>> covered(ox.NamedNode("https://w3id.org/eurohpc-kg/id/lumi")).value
    'staged:https://w3id.org/eurohpc-kg/id/lumi'
    """
    return ox.NamedNode(WORD + term.value) if isinstance(term, ox.NamedNode) else term  # type: ignore[return-value]


def covered_line(line: bytes) -> bytes:
    """Return the disguise of a triple that is written as N-Triples.

    >>> covered_line(b'<x:a> <x:p> "<"')
    b'<staged:x:a> <staged:x:p> "<"'
    """
    return b" ".join(
        b"<staged:" + term[1:] if term.startswith(b"<") else term for term in line.split(b" ", 2)
    )


def uncovered_line(line: bytes) -> bytes:
    """Return what a disguised triple stands for, written as N-Triples.

    >>> uncovered_line(b'<staged:x:a> <staged:x:p> "<staged:x"')
    b'<x:a> <x:p> "<staged:x"'
    """
    return b" ".join(
        b"<" + term[len(_START) :] if term.startswith(_START) else term
        for term in line.split(b" ", 2)
    )


def uncovered(term: _Term) -> _Term:
    """Return what a disguised term stands for."""
    if isinstance(term, ox.NamedNode) and term.value.startswith(WORD):
        return ox.NamedNode(term.value[len(WORD) :])  # type: ignore[return-value]
    return term


def cover(triples: Iterable[ox.Triple], graph: str) -> Iterator[ox.Quad]:
    """Yield the disguised triples as quads of a (staged) graph."""
    name = ox.NamedNode(graph)
    for subject, predicate, object_ in triples:
        yield ox.Quad(covered(subject), covered(predicate), covered(object_), name)
