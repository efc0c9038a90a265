"""The shortest way along a property path.

A path is run as an automaton: a state for each place in it, an edge for each property that may be
followed there, forwards or backwards. The shortest way is found breadth first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from eurohpc_kg.sparql import Term
from eurohpc_kg.sparql.paths import Choice, Inverse, Link, Path, Repeat, Sequence

# Nodes that a way is looked for through; a path that goes on further is given up.
MOST_NODES = 100_000

Triple = tuple[Term, ox.NamedNode, Term]
# A node and the state in which it was come to; and by which step from where.
Here = tuple[Term, int]
# The states in which a path begins and ends.
START, END = 0, 1
_Came = dict[Here, tuple[Here, Triple | None] | None]
# Which triples fit, of which ``None`` leaves a place open.
Matching = Callable[[Term | None, ox.NamedNode | None, Term | None], Iterator[Triple]]


class _Edge:
    """Say what may be followed from a state, and to which state; without a step where both None."""

    __slots__ = ("but", "is_forwards", "name", "to")

    def __init__(
        self,
        to: int,
        name: ox.NamedNode | None = None,
        but: frozenset[ox.NamedNode] | None = None,
        is_forwards: bool = True,
    ) -> None:
        self.to, self.name, self.but, self.is_forwards = to, name, but, is_forwards


class Automaton:
    """Follow one path over a graph."""

    def __init__(self, path: Path) -> None:
        self._edges: list[list[_Edge]] = [[], []]
        self._build(path, START, END, True)

    def shortest(self, start: Term, end: Term, matching: Matching) -> list[Triple] | None:
        """Return the triples of a shortest way from ``start`` to ``end``, or ``None``.

        Of ways that are equally short it is the one found first; `matching` sets the order.
        """
        first = (start, START)
        came: _Came = {first: None}
        cost = {first: 0}
        done: set[Here] = set()
        todo = deque([first])
        while todo:
            here = todo.popleft()
            if here in done:
                continue
            done.add(here)
            if here == (end, END):
                return _way(came, here)
            if len(came) > MOST_NODES:
                return None
            for there, triple in self._next(here, matching):
                spent = cost[here] + (triple is not None)
                if spent < cost.get(there, spent + 1):
                    cost[there] = spent
                    came[there] = (here, triple)
                    (todo.appendleft if triple is None else todo.append)(there)
        return None

    def steps(
        self, start: Term, matching: Matching, most: int
    ) -> list[tuple[Here, Here, Triple | None]] | None:
        """Return every step along the path from ``start``: to where, from where, by which triple.

        Returns ``None`` where there are more than ``most``.
        """
        found: list[tuple[Here, Here, Triple | None]] = []
        seen = {(start, START)}
        todo = [(start, START)]
        while todo:
            here = todo.pop()
            for there, triple in self._next(here, matching):
                found.append((there, here, triple))
                if len(found) > most:
                    return None
                if there not in seen:
                    seen.add(there)
                    todo.append(there)
        return found

    def _next(self, here: Here, matching: Matching) -> Iterator[tuple[Here, Triple | None]]:
        node, state = here
        for edge in self._edges[state]:
            if edge.name is None and edge.but is None:
                yield (node, edge.to), None
                continue
            for triple in _follow(edge, node, matching):
                yield (triple[2] if edge.is_forwards else triple[0], edge.to), triple

    def _state(self) -> int:
        self._edges.append([])
        return len(self._edges) - 1

    def _build(self, path: Path, start: int, end: int, is_forwards: bool) -> None:
        if isinstance(path, Link):
            self._edges[start].append(_Edge(end, path.name, None, is_forwards))
        elif isinstance(path, Inverse):
            self._build(path.path, start, end, not is_forwards)
        elif isinstance(path, Sequence):
            paths = path.paths if is_forwards else path.paths[::-1]
            for part in paths[:-1]:
                middle = self._state()
                self._build(part, start, middle, is_forwards)
                start = middle
            self._build(paths[-1], start, end, is_forwards)
        elif isinstance(path, Choice):
            for part in path.paths:
                self._build(part, start, end, is_forwards)
        elif isinstance(path, Repeat):
            self._repeat(path, start, end, is_forwards)
        else:
            if path.forwards is not None:
                self._edges[start].append(_Edge(end, None, path.forwards, is_forwards))
            if path.backwards is not None:
                self._edges[start].append(_Edge(end, None, path.backwards, not is_forwards))

    def _repeat(self, path: Repeat, start: int, end: int, is_forwards: bool) -> None:
        before, after = self._state(), self._state()
        self._edges[start].append(_Edge(before))
        self._edges[after].append(_Edge(end))
        self._build(path.path, before, after, is_forwards)
        if path.mark in "*?":
            self._edges[start].append(_Edge(end))
        if path.mark in "*+":
            self._edges[after].append(_Edge(before))


def _follow(edge: _Edge, node: Term, matching: Matching) -> Iterator[Triple]:
    ends = (node, None) if edge.is_forwards else (None, node)
    for triple in matching(ends[0], edge.name, ends[1]):
        if edge.but is None or triple[1] not in edge.but:
            yield triple


def _way(came: _Came, here: Here) -> list[Triple]:
    triples: list[Triple] = []
    step = came[here]
    while step is not None:
        here, triple = step
        if triple is not None:
            triples.append(triple)
        step = came[here]
    return triples[::-1]
