"""Reasoning: what follows from the graph, by OWL 2 RL and by the views, and what contradicts it.

`close` gives the triples of ``graph/inferred``; `inconsistencies` says where the graph
contradicts itself; `reason` gives both for the price of one; `outside_profile` says where an
ontology leaves OWL 2 RL. What is computed, what is left out
and why stands in ``docs/decisions`` on reasoning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Quad, Triple

from eurohpc_kg.errors import RuleError
from eurohpc_kg.reason.closure import Closure
from eurohpc_kg.reason.consistency import Inconsistency, contradictions
from eurohpc_kg.reason.following import Followed, UnsureError, follow
from eurohpc_kg.reason.profile import outside_profile
from eurohpc_kg.reason.trail import Trail, trail_of
from eurohpc_kg.reason.views import View, evaluate_views, is_read, read_by, read_views
from eurohpc_kg.records import dataclass
from eurohpc_kg.repository import Repository, find_repository
from eurohpc_kg.sources import CATALOG_GRAPH, INFERRED_GRAPH, QUESTIONS_GRAPH, SHAPES_GRAPH

__all__ = [
    "Followed",
    "Inconsistency",
    "Reasoning",
    "Trail",
    "UnsureError",
    "close",
    "follow",
    "inconsistencies",
    "outside_profile",
    "reason",
]

NOT_REASONED = frozenset({CATALOG_GRAPH, INFERRED_GRAPH, QUESTIONS_GRAPH, SHAPES_GRAPH})
"""The graphs that say nothing about the world: the catalogue, results, questions, demands."""


@dataclass(frozen=True)
class Reasoning:
    """Hold what reasoning found: ``inferred`` quads, and ``inconsistencies`` in a fixed order.

    ``trail`` is what the next reasoning may go on from (see `trail.Trail`), if it can: it can't
    where a view reads what follows from a view.
    """

    inferred: tuple[Quad, ...]
    inconsistencies: tuple[Inconsistency, ...]
    trail: Trail | None


def close(quads: Iterable[Quad], repository: Repository | None = None) -> list[Quad]:
    """Return what follows from ``quads`` and stands in none of their graphs, sorted.

    The views are those of ``repository``, by default the one that `find_repository` finds.
    Raises `RuleError` for an axiom that no rule of OWL 2 RL covers.
    """
    return sorted(_infer(*_parted(quads), repository)[0], key=str)


def inconsistencies(quads: Iterable[Quad]) -> list[Inconsistency]:
    """Return where ``quads`` and what follows from them by OWL 2 RL contradict each other."""
    reasoned, _ = _parted(quads)
    return contradictions(Closure(reasoned))


def reason(quads: Iterable[Quad], repository: Repository | None = None) -> Reasoning:
    """Return what `close` and `inconsistencies` return, from one closure."""
    inferred, left_out, made, closure = _infer(*_parted(quads), repository)
    clashes = contradictions(closure)
    trail = None if made.again else trail_of(closure, made.by_view, made.new, left_out)
    return Reasoning(tuple(inferred), tuple(clashes), trail)


def _parted(quads: Iterable[Quad]) -> tuple[list[Quad], list[Quad]]:
    """Part the quads that are reasoned over from the others."""
    parts: tuple[list[Quad], list[Quad]] = ([], [])
    for quad in quads:
        parts[quad.graph_name in NOT_REASONED].append(quad)
    return parts


def _infer(
    reasoned: list[Quad], others: list[Quad], repository: Repository | None
) -> tuple[list[Quad], list[Quad], _Made, Closure]:
    """Return the inferred quads, those left out because they are stated, what the views made, and
    the closure.
    """
    views = read_views(repository or find_repository())
    closure = Closure(reasoned)
    made = _by_views(closure, views)
    stated = {_inferred_quad(quad) for quad in others if quad.graph_name != INFERRED_GRAPH}
    found: tuple[list[Quad], list[Quad]] = ([], [])
    for quad in (*map(_inferred_quad, made.new), *closure.quads(INFERRED_GRAPH)):
        found[quad in stated].append(quad)
    return *found, made, closure


@dataclass(frozen=True)
class _Made:
    """Hold what each view made, and what of it is ``new``: neither stated, nor follows without.

    ``again`` tells whether there was more for a view to read because of what one had made.
    """

    by_view: dict[str, set[Triple]]
    new: list[Triple]
    again: bool


def _by_views(closure: Closure, views: Sequence[View]) -> _Made:
    """Let views and closure take turns until nothing new is there for a view to read.

    A view may pick the best of several, so more to read could make it take back what it said.
    That would make the order matter, and is refused with `RuleError`.
    """
    names = read_by(views)
    asserted = [quad for quad in closure.given(names) if isinstance(quad, Quad)]
    found: list[Triple] = []
    by_view: dict[str, set[Triple]] = {}
    said: set[Triple] = set()
    again = False
    while views:
        seen = (_inferred_quad(t) for t in (*closure.inferred_with(names), *found))
        by_view = evaluate_views(views, (*asserted, *seen))
        made = set().union(*by_view.values())
        if not said <= made:
            raise RuleError(
                f"a view takes back {min(map(str, said - made))}",
                place="queries/views",
                remedy="Let no view read what follows from another view's triples.",
            )
        new = closure.add(made - said)
        found += [triple for triple in new if triple in made]
        said = made
        if not any(is_read(triple, names) for triple in new):
            break
        again = True
    return _Made(by_view, found, again)


def _inferred_quad(triple: Triple | Quad) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, INFERRED_GRAPH)
