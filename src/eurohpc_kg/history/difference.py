"""The difference of two versions: exactly the statements to remove and to add.

Statements with blank nodes can't be named one by one: where those of a graph differ, all of them
are removed and all of the other version added. Stores that keep numbers as values take ``12.50``
and ``12.5`` for one statement, so what would go with a removed one is added once more
(`Difference.restored`).
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from eurohpc_kg.history.graphs import Graphs, parsed
from eurohpc_kg.namespaces import RDF, XSD
from eurohpc_kg.records import dataclass

# The end of a literal has a quotation mark, whatever its text is.
_BLANK_OBJECT = re.compile(rb" _:[^\s\"]+\Z")
_PLAIN = {
    XSD + "string",
    RDF + "langString",
}


@dataclass(frozen=True)
class Difference:
    """Hold what leads from one version to another; first remove, then add.

    ``unnamed`` are the graphs whose statements with blank nodes differ: ``removed`` and ``added``
    hold all of them.
    """

    removed: tuple[ox.Quad, ...] = ()
    added: tuple[ox.Quad, ...] = ()
    restored: tuple[ox.Quad, ...] = ()
    unnamed: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)


def difference(before: Graphs, after: Graphs) -> Difference:
    """Return what leads from one set of graphs to another, sorted by graph and as text."""
    removed: list[ox.Quad] = []
    added: list[ox.Quad] = []
    restored: list[ox.Quad] = []
    unnamed: set[str] = set()
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is not None and new is not None and old.hash == new.hash:
            continue
        first = old.lines() if old is not None else set()
        second = new.lines() if new is not None else set()
        gone, come = first - second, second - first
        if any(graph is not None and graph.has_blank_nodes for graph in (old, new)):
            blank_gone, blank_come = _with_blank_nodes(first), _with_blank_nodes(second)
            gone, come = gone - blank_gone, come - blank_come
            if blank_gone != blank_come:
                unnamed.add(name)
                gone, come = gone | blank_gone, come | blank_come
        quads = parsed(gone, name)
        removed += quads
        added += parsed(come, name)
        restored += parsed(_going_along(quads, second & first), name)
    return Difference(tuple(removed), tuple(added), tuple(restored), frozenset(unnamed))


def _with_blank_nodes(lines: set[bytes]) -> set[bytes]:
    return {line for line in lines if line.startswith(b"_:") or _BLANK_OBJECT.search(line)}


def _going_along(removed: list[ox.Quad], kept: set[bytes]) -> set[bytes]:
    """Return the kept lines that a store which keeps values would lose with what is removed."""
    lost: dict[bytes, set[ox.Literal]] = {}
    for quad in removed:
        if _has_a_value(quad.object):
            start = f"{quad.subject} {quad.predicate} ".encode()
            lost.setdefault(start, set()).add(_stored(quad.object))
    if not lost:
        return set()
    found = set()
    for line in kept:
        start = line[: line.index(b" ", line.index(b" ") + 1) + 1]
        if start in lost:
            (quad,) = parsed([line], "")
            if _has_a_value(quad.object) and _stored(quad.object) in lost[start]:
                found.add(line)
    return found


def _has_a_value(term: object) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value not in _PLAIN


def _stored(literal: object) -> ox.Literal:
    """Return a literal as a store gives it back."""
    assert isinstance(literal, ox.Literal)
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), literal))
    (quad,) = store
    assert isinstance(quad.object, ox.Literal)
    return quad.object
