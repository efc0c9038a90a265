"""Every way to a statement, not only the shortest proof: so that no cited document can be dropped.

The shortest proof of a statement may need two documents where a longer one needs a single one, and
what a document states may follow without it. `Wide` looks back from a statement through every rule
and view that gives it (and from the end of a path through every way along it), and works out what
is needed for one of all these ways: a least fixed point, so circles support nothing. What the
project's own graphs say is not looked behind, since it costs no document.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from eurohpc_kg.cite.covering import NEVER, Need, both, either, is_met
from eurohpc_kg.cite.evidence import AllOf, AnyOf, Evidence, Stated, Walked
from eurohpc_kg.cite.paths import END, START
from eurohpc_kg.cite.support import Said, Support, is_own, need_of, said_of
from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.explain.rules import Step
from eurohpc_kg.sources import INFERRED_GRAPH

# Statements that are looked behind, and last steps to each; beyond them further ways are unknown.
MOST_STATEMENTS = 300
MOST_WAYS = 40

Steps = Callable[[Statement], Iterable[Step]]
_Node = Hashable
_Ways = list[tuple[_Node, ...]]


class Wide:
    """Look behind statements of one store."""

    def __init__(self, support: Support, steps: Steps) -> None:
        self.support = support
        self.steps = steps
        self._found: dict[Stated | Walked, Behind] = {}

    def behind(self, leaf: Stated | Walked) -> Behind:
        """Return all that a leaf may rest on."""
        if leaf not in self._found:
            self._found[leaf] = Behind(self, leaf)
        return self._found[leaf]


class Looking:
    """Look behind all leaves of some evidence; ``is_whole`` tells whether no way was left out."""

    def __init__(self, wide: Wide) -> None:
        self.wide = wide
        self.is_whole = True

    def need(self, evidence: Evidence) -> Need:
        """Return which graphs some evidence needs, by whichever ways."""
        return need_of(evidence, self._need_of_leaf)

    def said(self, evidence: Evidence, chosen: set[str]) -> list[Said] | None:
        """Return the statements that someone wrote and that make it hold by these graphs."""
        return said_of(evidence, lambda leaf: self.wide.behind(leaf).said(chosen))

    def needs_document(self, evidence: Evidence) -> bool:
        """Tell whether a document is needed by every way there is, looking at as few as will do."""
        if isinstance(evidence, AllOf):
            parts = sorted(evidence.parts, key=lambda part: not _is_named(part))
            return any(map(self.needs_document, parts))
        if isinstance(evidence, AnyOf):
            return all(map(self.needs_document, evidence.parts))
        if _is_free(self.wide.support.need(evidence)):
            return False
        return not _is_free(self._need_of_leaf(evidence))

    def _need_of_leaf(self, leaf: Stated | Walked) -> Need:
        behind = self.wide.behind(leaf)
        self.is_whole &= behind.is_whole
        return behind.need


class Behind:
    """Hold all that one leaf may rest on.

    ``need`` is what is needed for one of the ways; ``is_whole`` is false where some were left out.
    """

    def __init__(self, wide: Wide, leaf: Stated | Walked) -> None:
        self.wide = wide
        self.leaf = leaf
        self.is_whole = True
        self._ways: dict[_Node, _Ways] = {}
        self._along: dict[_Node, _Ways] = {}
        self._needs: dict[_Node, Need] = {}
        self._look()
        self._settle()

    @property
    def need(self) -> Need:
        """Return what is needed for one of the ways."""
        return self._needs[self.leaf]

    def said(self, chosen: set[str]) -> list[Said] | None:
        """Return the statements that someone wrote and that make the leaf hold by these graphs."""
        holding: dict[_Node, tuple[_Node, ...] | None] = {}
        is_growing = True
        while is_growing and self.leaf not in holding:
            is_growing = False
            for node, ways in self._ways.items():
                if node in holding:
                    continue
                if self._written(node) != NEVER and is_met(self._written(node), chosen):
                    holding[node] = None  # someone wrote it
                    is_growing = True
                    continue
                way = next((way for way in ways if all(part in holding for part in way)), None)
                if way is not None:
                    holding[node] = way
                    is_growing = True
        if self.leaf not in holding:
            return None
        return list(dict.fromkeys(self._said(self.leaf, holding, chosen)))

    def _said(
        self, node: _Node, holding: dict[_Node, tuple[_Node, ...] | None], chosen: set[str]
    ) -> Iterator[Said]:
        way = holding[node]
        if way is None and isinstance(node, Stated):
            graphs = sorted(graph for clause in self._written(node) for graph in clause)
            yield node.statement, next(graph for graph in graphs if graph in chosen)
        for part in way or ():
            yield from self._said(part, holding, chosen)

    def _look(self) -> None:
        """Collect the statements behind the leaf, with the ways to each."""
        todo: list[_Node] = [self.leaf]
        while todo:
            node = todo.pop()
            if node in self._ways:
                continue
            if len(self._ways) >= MOST_STATEMENTS:
                self.is_whole = False
                self._ways[node] = []
                continue
            ways = list(self._ways_to(node))
            if len(ways) > MOST_WAYS:
                self.is_whole = False
                ways = ways[:MOST_WAYS]
            self._ways[node] = ways
            todo += (part for way in ways for part in way)

    def _settle(self) -> None:
        """Work out what each statement needs, from below, until nothing changes."""
        needs: dict[_Node, Need] = {node: self._written(node) for node in self._ways}
        users: dict[_Node, set[_Node]] = {}
        for node, ways in self._ways.items():
            for part in {part for way in ways for part in way}:
                users.setdefault(part, set()).add(node)
        todo = dict.fromkeys(reversed(list(self._ways)))
        while todo:
            node = next(iter(todo))
            del todo[node]
            by_ways = (both(needs[part] for part in way) for way in self._ways[node])
            need = either([self._written(node), *by_ways])
            if need != needs[node]:
                needs[node] = need
                todo.update(dict.fromkeys(users.get(node, ())))
        self._needs = needs

    def _written(self, node: _Node) -> Need:
        """Return what is needed for a statement to be there as someone wrote it."""
        if not isinstance(node, Stated):
            return NEVER
        if node.graph is not None and node.graph != INFERRED_GRAPH:
            return frozenset((frozenset((node.graph.value,)),))
        graphs = self.wide.support.graphs(node.statement)
        return frozenset((frozenset(graphs),)) if graphs else NEVER

    def _ways_to(self, node: _Node) -> Iterator[tuple[_Node, ...]]:
        if isinstance(node, Walked):
            yield from self._ways_along(node)
        elif isinstance(node, Stated) and not self._is_settled(node):
            for step in self.wide.steps(node.statement):
                within = step.within or (None,) * len(step.premises)
                premises = map(Stated, step.premises, within)
                yield (*premises, *(Stated(axiom) for axiom in step.axioms))
        else:
            yield from self._along.get(node, ())

    def _is_settled(self, node: Stated) -> bool:
        """Tell whether nothing behind a statement could make it need less."""
        if node.graph is not None and node.graph != INFERRED_GRAPH:
            return True
        return any(map(is_own, self.wide.support.graphs(node.statement)))

    def _ways_along(self, walked: Walked) -> Iterator[tuple[_Node, ...]]:
        """Yield the end of a path, with the steps to it and to all places before it kept."""
        found = self.wide.support.steps_along(walked, MOST_STATEMENTS)
        if found is None:
            self.is_whole = False
            way = self.wide.support.way(walked)
            if way is not None:
                yield tuple(way)
            return
        for there, here, triple in found:
            stated = () if triple is None else (Stated(Statement(*triple), walked.graph),)
            self._along.setdefault((walked, there), []).append(((walked, here), *stated))
        self._along.setdefault((walked, (walked.start, START)), []).append(())
        yield ((walked, (walked.end, END)),)


def forced(evidence: Evidence) -> frozenset[str]:
    """Return the graphs that are needed in any case, because the query names them (GRAPH)."""
    if isinstance(evidence, AllOf):
        return frozenset(graph for part in evidence.parts for graph in forced(part))
    if isinstance(evidence, AnyOf):
        parts = list(map(forced, evidence.parts))
        return frozenset.intersection(*parts) if parts else frozenset()
    is_named = evidence.graph is not None and evidence.graph != INFERRED_GRAPH
    return frozenset((evidence.graph.value,)) if is_named and evidence.graph else frozenset()


def _is_named(evidence: Evidence) -> bool:
    return isinstance(evidence, (Stated, Walked)) and bool(forced(evidence))


def _is_free(need: Need) -> bool:
    """Tell whether the project's own graphs are enough."""
    return all(any(map(is_own, clause)) for clause in need)
