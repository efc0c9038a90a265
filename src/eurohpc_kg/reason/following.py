"""Reasoning that goes on from the last one: what follows now that some graphs have changed.

`follow` gives what `reason` would give over the whole, or raises `UnsureError` where only a
reasoning from the start can say: where an axiom changes, where something becomes the same as
another, and where there is a contradiction, which must be told with its place.

Statements are N-Triples without the dot, as the canonical graphs have them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, RdfFormat, Store, Triple, parse

from eurohpc_kg.namespaces import OWL
from eurohpc_kg.reason.datatypes import has_value_in, is_well_formed
from eurohpc_kg.reason.facts import ClashError, Facts, TextFact
from eurohpc_kg.reason.noise import noise
from eurohpc_kg.reason.trail import Trail, statement
from eurohpc_kg.reason.views import View, ask_views
from eurohpc_kg.reason.vocabulary import AXIOM_CLASSES, AXIOM_PROPERTIES, SAME_AS, TYPE
from eurohpc_kg.records import dataclass
from eurohpc_kg.sources import INFERRED_GRAPH

Statements = Mapping[str, Sequence[str]]
"""The statements of each graph, by the IRI of the graph."""

_TYPE = str(TYPE)
_AXIOM_PROPERTIES = frozenset(map(str, AXIOM_PROPERTIES | {SAME_AS}))
_AXIOM_CLASSES = frozenset(map(str, AXIOM_CLASSES))
_INFERRED = INFERRED_GRAPH.value


class UnsureError(Exception):
    """Only a reasoning from the start can tell; the text says why."""


@dataclass(frozen=True)
class Followed:
    """Hold what stands in graph/inferred now, and the trail for the next time."""

    inferred: set[str]
    trail: Trail


def follow(
    trail: Trail,
    views: Sequence[View],
    before: Statements,
    after: Statements,
    not_reasoned: Iterable[str],
    store: Store,
) -> Followed:
    """Return what follows from the graphs ``after``, given what did ``before``.

    ``before`` has graph/inferred. A graph that did not change should be the same object in both.
    ``not_reasoned`` are the graphs that say nothing about the world. Of the others only one may
    have blank nodes, and none of these may have changed. ``store`` has the other graphs ``after``,
    graph/inferred not among them, and is left as it was.
    """
    others = {_INFERRED, *not_reasoned}
    lost, got = _differences(before, after, others)
    _require_plain(map(_split, (*lost, *got)), stated=True)
    _require_sound(got, trail)
    stated = _all_of(after, set(after) - others)
    old = _derived_before(trail, before)
    facts = _closed(trail, before, others)

    changed = {*lost, *got}
    gone = facts.remove([_split(line) for line in lost if line not in stated], stated)
    came = _added(facts, map(_split, got))
    _require_plain(gone | came)
    changed.update(map(_joined, gone | came))
    follows = {line for line in changed if line not in stated and _split(line) in facts}
    quiet = _noise_among((*trail.hidden, *follows))
    derived = (old - changed) | (follows - quiet)
    unwritten = (trail.hidden & quiet) - changed | (follows & quiet)

    by_view = _made(views, trail.made, changed, derived, store)
    made = frozenset().union(*by_view.values())
    later = _because_of(facts, made)
    if any(_is_read(line, view.names) for view in views for line in later):
        raise UnsureError("a view reads what follows from a view")
    later -= _noise_among(later - made - trail.by_views)
    elsewhere = _all_of(after, others - {_INFERRED})
    return Followed(
        inferred=(derived | later) - elsewhere,
        trail=Trail(
            trail.rules,
            trail.ranges,
            made=by_view,
            by_views=frozenset(later - elsewhere),
            hidden=frozenset(unwritten | (derived & elsewhere) - later),
        ),
    )


def _differences(before: Statements, after: Statements, others: set[str]) -> tuple[set[str], ...]:
    """Return the statements that some graph lost, and those that some graph got."""
    lost: set[str] = set()
    got: set[str] = set()
    for name in (before.keys() | after.keys()) - others:
        was, now = before.get(name, ()), after.get(name, ())
        if was is not now:
            old, new = set(was), set(now)
            lost |= old - new
            got |= new - old
    return lost, got


def _derived_before(trail: Trail, before: Statements) -> set[str]:
    """Return what followed before without any view, noise left out."""
    hidden = trail.hidden - _noise_among(trail.hidden)
    return (set(before.get(_INFERRED, ())) - trail.by_views) | hidden


def _closed(trail: Trail, before: Statements, others: set[str]) -> Facts:
    """Return all that held before without any view."""
    known = _all_of(before, before.keys() - others)
    known.update(before.get(_INFERRED, ()), trail.hidden)
    return Facts(trail.rules, known - trail.by_views)


def _made(
    views: Sequence[View],
    before: Mapping[str, frozenset[str]],
    changed: Iterable[str],
    derived: Iterable[str],
    store: Store,
) -> dict[str, frozenset[str]]:
    """Return what each view makes; only those that can see a change are asked again."""
    asked = [view for view in views if any(_is_read(line, view.names) for line in changed)]
    if not asked:
        return dict(before)
    names = frozenset().union(*(view.names for view in asked))
    read = (f"{line} <{_INFERRED}> .\n" for line in derived if _is_read(line, names))
    store.load("".join(read).encode(), format=RdfFormat.N_QUADS)
    found = ask_views(asked, store)
    store.remove_graph(INFERRED_GRAPH)
    return {**before, **{name: frozenset(map(statement, made)) for name, made in found.items()}}


def _because_of(facts: Facts, made: Iterable[str]) -> set[str]:
    new = _added(facts, map(_split, made))
    _require_plain(new)
    return set(map(_joined, new))


def _added(facts: Facts, new: Iterable[TextFact]) -> set[TextFact]:
    try:
        return facts.add(new)
    except ClashError:
        raise UnsureError("something contradicts the ontology") from None


def _require_plain(facts: Iterable[TextFact], stated: bool = False) -> None:
    """Raise `UnsureError` for a change of axioms or of what is the same, or a word of OWL."""
    for _, predicate, object_ in facts:
        if (
            predicate in _AXIOM_PROPERTIES
            or (predicate == _TYPE and object_ in _AXIOM_CLASSES)
            or (stated and (object_ if predicate == _TYPE else predicate).startswith(f"<{OWL}"))
        ):
            raise UnsureError("an axiom has changed")


def _require_sound(lines: Iterable[str], trail: Trail) -> None:
    """Raise `UnsureError` for a literal that its datatype or its property's range excludes."""
    ranges: dict[str, list[str]] = defaultdict(list)
    for prop, datatype in trail.ranges:
        ranges[prop].append(datatype)
    for triple in _triples(lines):
        value = triple.object
        if isinstance(value, Literal) and not (
            is_well_formed(value)
            and all(has_value_in(value, one) for one in ranges[str(triple.predicate)])
        ):
            raise UnsureError("a literal is not of its datatype")


def _noise_among(lines: Iterable[str]) -> set[str]:
    return {statement(triple) for triple in _triples(lines) if noise(*triple)}


def _triples(lines: Iterable[str]) -> list[Triple]:
    text = "".join(f"{line} .\n" for line in lines)
    return [quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES)]


def _is_read(line: str, names: frozenset[str]) -> bool:
    """Tell whether a query that reads ``names`` can see a statement; see `views.is_read`."""
    _, predicate, object_ = line.split(" ", 2)
    return predicate in names and (predicate != _TYPE or object_ in names)


def _all_of(graphs: Statements, names: Iterable[str]) -> set[str]:
    return set().union(*(graphs.get(name, ()) for name in names))


def _split(line: str) -> TextFact:
    subject, predicate, object_ = line.split(" ", 2)
    return subject, predicate, object_


def _joined(fact: TextFact) -> str:
    return " ".join(fact)
