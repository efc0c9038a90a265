"""Reasoning: what follows from the graph, by OWL 2 RL and by the views, and what contradicts it.

`close` gives the triples of ``graph/inferred``; `inconsistencies` says where the graph
contradicts itself; `reason` gives both for the price of one; `outside_profile` says where an
ontology leaves OWL 2 RL. What is computed, what is left out
and why stands in ``docs/decisions`` on reasoning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad, Triple

from eurohpc_kg.errors import RuleError
from eurohpc_kg.reason.closure import Closure
from eurohpc_kg.reason.consistency import Inconsistency, contradictions
from eurohpc_kg.reason.profile import outside_profile
from eurohpc_kg.reason.views import View, evaluate_views, is_read, read_views
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.sources import CATALOG_GRAPH, INFERRED_GRAPH, QUESTIONS_GRAPH, SHAPES_GRAPH

__all__ = ["Inconsistency", "Reasoning", "close", "inconsistencies", "outside_profile", "reason"]

NOT_REASONED = frozenset({CATALOG_GRAPH, INFERRED_GRAPH, QUESTIONS_GRAPH, SHAPES_GRAPH})
"""The graphs that say nothing about the world: the catalogue, results, questions, demands."""


@dataclass(frozen=True)
class Reasoning:
    """Hold what reasoning found: ``inferred`` quads and ``inconsistencies``, both sorted."""

    inferred: tuple[Quad, ...]
    inconsistencies: tuple[Inconsistency, ...]


def close(quads: Iterable[Quad], repository: Repository | None = None) -> list[Quad]:
    """Return what follows from ``quads`` and stands in none of their graphs, sorted.

    The views are those of ``repository``, by default the one that `find_repository` finds.
    Raises `RuleError` for an axiom that no rule of OWL 2 RL covers.
    """
    everything = list(quads)
    closure = Closure(_reasoned(everything))
    return _inferred(everything, closure, read_views(repository or find_repository()))


def inconsistencies(quads: Iterable[Quad]) -> list[Inconsistency]:
    """Return where ``quads`` and what follows from them by OWL 2 RL contradict each other."""
    return contradictions(Closure(_reasoned(quads)))


def reason(quads: Iterable[Quad], repository: Repository | None = None) -> Reasoning:
    """Return what `close` and `inconsistencies` return, from one closure."""
    everything = list(quads)
    closure = Closure(_reasoned(everything))
    inferred = _inferred(everything, closure, read_views(repository or find_repository()))
    return Reasoning(tuple(inferred), tuple(contradictions(closure)))


def _reasoned(quads: Iterable[Quad]) -> Iterable[Quad]:
    return (quad for quad in quads if quad.graph_name not in NOT_REASONED)


def _inferred(quads: list[Quad], closure: Closure, views: Sequence[View]) -> list[Quad]:
    found = set(closure.inferred())
    found |= _by_views(list(_reasoned(quads)), found, closure, views)
    inferred = {Quad(t.subject, t.predicate, t.object, INFERRED_GRAPH) for t in found}
    names = {quad.predicate for quad in inferred}
    asserted = {
        Quad(q.subject, q.predicate, q.object, INFERRED_GRAPH)
        for q in quads
        if q.predicate in names and q.graph_name != INFERRED_GRAPH
    }
    return sorted(inferred - asserted, key=str)


def _by_views(
    asserted: list[Quad], inferred: set[Triple], closure: Closure, views: Sequence[View]
) -> set[Triple]:
    """Let views and closure take turns until nothing new is there for a view to read.

    A view may pick the best of several, so more to read could make it take back what it said.
    That would make the order matter, and is refused with `RuleError`.
    """
    names = {name for view in views for name in view.names}
    found: set[Triple] = set()
    said: set[Triple] = set()
    while views:
        known = (*inferred, *found)
        graph = (Quad(t.subject, t.predicate, t.object, INFERRED_GRAPH) for t in known)
        made = set().union(*evaluate_views(views, (*asserted, *graph)).values())
        if not said <= made:
            raise RuleError(
                f"a view takes back {min(map(str, said - made))}",
                place="queries/views",
                remedy="Let no view read what follows from another view's triples.",
            )
        new = made - said
        said = made
        follows = closure.add(new)
        found |= new
        found.update(follows)
        if not any(is_read(triple, names) for triple in (*new, *follows)):
            break
    return found
