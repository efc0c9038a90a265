"""Statements that came, went or changed: a value in the place of another is one change.

Of the statements of one graph with one subject and one property, a literal that went and one that
came are one change where there is one of each (texts by language); two IRIs only where the property
had one value before and has one after, since one partner less and another more is no change of
either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from eurohpc_kg.history.difference import Difference

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
ADDED, GONE, CHANGED = "added", "gone", "changed"


class Change(NamedTuple):
    """Hold one statement of a graph; what was not there before, or is not after, is None.

    ``again`` tells of one that came or went that another graph says before and after: it is said
    by one source more or fewer.
    """

    graph: str
    subject: ox.NamedNode | ox.BlankNode | ox.Triple
    predicate: ox.NamedNode
    before: Term | None
    after: Term | None
    again: bool = False

    @property
    def kind(self) -> str:
        if self.before is None:
            return ADDED
        return GONE if self.after is None else CHANGED


def changes(difference: Difference, before: ox.Store, after: ox.Store) -> list[Change]:
    """Return what changed, statement by statement, sorted by graph, subject and property."""
    groups: dict[tuple[str, str, str], tuple[list[ox.Quad], list[ox.Quad]]] = {}
    for place, quads in enumerate((difference.removed, difference.added)):
        for quad in quads:
            key = (str(quad.graph_name), str(quad.subject), quad.predicate.value)
            groups.setdefault(key, ([], []))[place].append(quad)
    found: list[Change] = []
    for key in sorted(groups):
        found += _of_one(*groups[key], before, after)
    return found


def _of_one(
    removed: list[ox.Quad], added: list[ox.Quad], before: ox.Store, after: ox.Store
) -> Iterator[Change]:
    gone, come = _by_kind(removed), _by_kind(added)
    for kind in sorted(gone.keys() | come.keys()):
        old, new = gone.get(kind, []), come.get(kind, [])
        if len(old) == len(new) == 1 and (
            kind != "node" or (_is_only(old[0], before) and _is_only(new[0], after))
        ):
            quad = old[0]
            graph = _name(quad)
            yield Change(graph, quad.subject, quad.predicate, quad.object, new[0].object)
            continue
        for quad in old:
            said = _is_said(quad, after)
            yield Change(_name(quad), quad.subject, quad.predicate, quad.object, None, said)
        for quad in new:
            said = _is_said(quad, before)
            yield Change(_name(quad), quad.subject, quad.predicate, None, quad.object, said)


def _by_kind(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    found: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        term = quad.object
        kind = f"literal {term.language or ''}" if isinstance(term, ox.Literal) else "node"
        found.setdefault(kind, []).append(quad)
    return found


def _is_only(quad: ox.Quad, store: ox.Store) -> bool:
    values = store.quads_for_pattern(quad.subject, quad.predicate, None, quad.graph_name)
    return sum(1 for _ in values) == 1


def _is_said(quad: ox.Quad, store: ox.Store) -> bool:
    """Tell whether any graph of a store has the statement."""
    found = store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
    return next(iter(found), None) is not None


def _name(quad: ox.Quad) -> str:
    return "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
