"""Every way to a statement, not only the shortest proof: so that no cited document can be dropped.

The shortest proof of a statement may need two documents where a longer one needs a single one, and
what a document states may follow without it. `Wide` looks back from a statement through every rule
and view that gives it (and from the end of a path through every way along it), and works out what
is needed for one of all these ways: a least fixed point, so circles support nothing. What the
project's own graphs say is not looked behind, since it costs no document.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from eurohpc_kg.cite.automaton import END, START
from eurohpc_kg.cite.covering import NEVER, Need, both, either, is_met
from eurohpc_kg.cite.evidence import AllOf, AnyOf, Evidence, Stated, Walked
from eurohpc_kg.cite.support import Said, Support, is_own, need_of, said_of
from eurohpc_kg.explain.proof import Statement
from eurohpc_kg.explain.rules import Step
from eurohpc_kg.sources import INFERRED_GRAPH

# Statements that are looked behind at once, those in one answer, and last steps to each; beyond
# them further ways are unknown.
MOST_STATEMENTS = 1_000
MOST_LOOKS = 20_000
MOST_WAYS = 200

Steps = Callable[[Statement], Iterable[Step]]
# A statement, a path, or a place on the way along a path.
_Node = Hashable
_Way = tuple[_Node, ...]
_Leaf = Stated | Walked


class Wide:
    """Look behind statements of one store; what was found serves the next row too."""

    def __init__(self, support: Support, steps: Steps) -> None:
        self.support = support
        self.steps = steps
        self._ways: dict[_Node, list[_Way]] = {}
        self._needs: dict[_Node, Need] = {}
        self._along: dict[_Node, list[_Way]] = {}
        self._cut: set[_Node] = set()
        self._looks = 0

    def need(self, leaf: _Leaf) -> Need:
        """Return which graphs a leaf needs, by whichever way."""
        if leaf not in self._needs:
            new = self._look(leaf)
            self._settle(new)
        return self._needs[leaf]

    def is_whole(self, leaf: _Leaf) -> bool:
        """Tell whether every way to a leaf was looked at."""
        return leaf not in self._cut

    def said(self, leaf: _Leaf, chosen: set[str]) -> list[Said] | None:
        """Return the statements that someone wrote and that make a leaf hold by these graphs."""
        self.need(leaf)
        behind = self._behind(leaf)
        holding: dict[_Node, _Way | None] = {
            node: None for node in behind if is_met(self._written(node), chosen)
        }
        is_growing = True
        while is_growing and leaf not in holding:
            is_growing = False
            for node in behind:
                if node not in holding:
                    ways = (w for w in self._ways[node] if all(part in holding for part in w))
                    way = next(ways, None)
                    if way is not None:
                        holding[node] = way
                        is_growing = True
        if leaf not in holding:
            return None
        return list(dict.fromkeys(self._said(leaf, holding, chosen)))

    def _said(
        self, node: _Node, holding: dict[_Node, _Way | None], chosen: set[str]
    ) -> Iterator[Said]:
        way = holding[node]
        if way is None and isinstance(node, Stated):
            graphs = sorted(graph for clause in self._written(node) for graph in clause)
            yield node.statement, next(graph for graph in graphs if graph in chosen)
        for part in way or ():
            yield from self._said(part, holding, chosen)

    def _behind(self, leaf: _Node) -> list[_Node]:
        """Return all that a leaf may rest on, itself included."""
        found = {leaf: None}
        todo = [leaf]
        while todo:
            for way in self._ways[todo.pop()]:
                todo += (part for part in way if part not in found)
                found.update(dict.fromkeys(way))
        return list(found)

    def _look(self, leaf: _Leaf) -> list[_Node]:
        """Collect the statements behind a leaf that are not known yet, with the ways to each."""
        new: dict[_Node, None] = {}
        is_cut = False
        todo: list[_Node] = [leaf]
        while todo:
            node = todo.pop()
            if node in self._ways:
                is_cut |= node in self._cut
                continue
            new[node] = None
            ways = list(self._ways_to(node)) if len(new) <= MOST_STATEMENTS else []
            is_cut |= len(new) > MOST_STATEMENTS or len(ways) > MOST_WAYS or node in self._cut
            self._ways[node] = ways[:MOST_WAYS]
            todo += (part for way in self._ways[node] for part in way)
        if is_cut:
            self._cut.update(new)
        return list(new)

    def _settle(self, new: list[_Node]) -> None:
        """Work out what each new statement needs, from below, until nothing changes.

        What is behind statements that were settled before is settled too.
        """
        needs = self._needs
        needs.update((node, self._written(node)) for node in new)
        users: dict[_Node, set[_Node]] = {}
        for node in new:
            for part in {part for way in self._ways[node] for part in way}:
                users.setdefault(part, set()).add(node)
        todo = dict.fromkeys(reversed(new))
        while todo:
            node = next(iter(todo))
            del todo[node]
            by_ways = (both(needs[part] for part in way) for way in self._ways[node])
            need = either([self._written(node), *by_ways])
            if need != needs[node]:
                needs[node] = need
                todo.update(dict.fromkeys(users.get(node, ())))

    def _written(self, node: _Node) -> Need:
        """Return what is needed for a statement to be there as someone wrote it."""
        if not isinstance(node, Stated):
            return NEVER
        if node.graph is not None and node.graph != INFERRED_GRAPH:
            return frozenset((frozenset((node.graph.value,)),))
        graphs = self.support.graphs(node.statement)
        return frozenset((frozenset(graphs),)) if graphs else NEVER

    def _ways_to(self, node: _Node) -> Iterator[_Way]:
        if isinstance(node, Walked):
            yield from self._ways_along(node)
        elif not isinstance(node, Stated):
            yield from self._along.get(node, ())
        elif not self._is_settled(node):
            self._looks += 1
            if self._looks > MOST_LOOKS:
                self._cut.add(node)
                return
            for step in self.steps(node.statement):
                within = step.within or (None,) * len(step.premises)
                premises = map(Stated, step.premises, within)
                yield (*premises, *(Stated(axiom) for axiom in step.axioms))

    def _is_settled(self, node: Stated) -> bool:
        """Tell whether nothing behind a statement could make it need less."""
        if node.graph is not None and node.graph != INFERRED_GRAPH:
            return True
        return any(map(is_own, self.support.graphs(node.statement)))

    def _ways_along(self, walked: Walked) -> Iterator[_Way]:
        """Yield the end of a path, with the steps to it and to all places before it kept."""
        found = self.support.steps_along(walked, MOST_STATEMENTS)
        if found is None:
            self._cut.add(walked)
            way = self.support.way(walked)
            if way is not None:
                yield tuple(way)
            return
        for there, here, triple in found:
            stated = () if triple is None else (Stated(Statement(*triple), walked.graph),)
            self._along.setdefault((walked, there), []).append(((walked, here), *stated))
        self._along.setdefault((walked, (walked.start, START)), []).append(())
        yield ((walked, (walked.end, END)),)


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
        return said_of(evidence, lambda leaf: self.wide.said(leaf, chosen))

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

    def _need_of_leaf(self, leaf: _Leaf) -> Need:
        need = self.wide.need(leaf)
        self.is_whole &= self.wide.is_whole(leaf)
        return need


def forced(evidence: Evidence) -> frozenset[str]:
    """Return the graphs that are needed in any case, because the query names them (GRAPH)."""
    if isinstance(evidence, AllOf):
        return frozenset(graph for part in evidence.parts for graph in forced(part))
    if isinstance(evidence, AnyOf):
        parts = list(map(forced, evidence.parts))
        return frozenset.intersection(*parts) if parts else frozenset()
    graph = evidence.graph
    return frozenset() if graph is None or graph == INFERRED_GRAPH else frozenset((graph.value,))


def _is_named(evidence: Evidence) -> bool:
    return isinstance(evidence, (Stated, Walked)) and bool(forced(evidence))


def _is_free(need: Need) -> bool:
    """Tell whether the project's own graphs are enough."""
    return all(any(map(is_own, clause)) for clause in need)
