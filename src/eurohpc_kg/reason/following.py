"""Reasoning that goes on from the last one: what follows now that some graphs have changed.

`follow` gives what `reason` would give over the whole, or raises `UnsureError` where only a
reasoning from the start can say: where an axiom changes, where something becomes the same as
another, and where there is a contradiction, which must be told with its place.

Statements are N-Triples without the dot, as the canonical graphs have them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, RdfFormat, Store, Triple, parse

from eurohpc_kg.reason.datatypes import has_value_in, is_well_formed
from eurohpc_kg.reason.facts import ClashError, Facts, TextFact
from eurohpc_kg.reason.noise import noise
from eurohpc_kg.reason.trail import Trail, statement
from eurohpc_kg.reason.views import View, ask_views, read_by
from eurohpc_kg.reason.vocabulary import AXIOM_CLASSES, AXIOM_PROPERTIES, OWL, SAME_AS, TYPE
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
) -> Followed:
    """Return what follows from the graphs ``after``, given what did ``before``.

    ``before`` has graph/inferred. A graph that did not change should be the same object in both.
    ``not_reasoned`` are the graphs that say nothing about the world. Of the others only one may
    have blank nodes, and none of these may have changed.
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

    names = frozenset(map(str, read_by(views)))
    if any(_is_read(line, names) for line in changed):
        stated_now = {name: lines for name, lines in after.items() if name not in others}
        made, later = _by_views(facts, views, {**stated_now, _INFERRED: derived}, names)
    else:
        made, later = set(trail.made), _as_before(facts, trail, names)
    later -= _noise_among(later - made - trail.by_views)
    elsewhere = _all_of(after, others - {_INFERRED})
    return Followed(
        inferred=(derived | later) - elsewhere,
        trail=Trail(
            trail.rules,
            trail.ranges,
            made=frozenset(made),
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


def _by_views(
    facts: Facts,
    views: Sequence[View],
    graphs: Mapping[str, Iterable[str]],
    names: frozenset[str],
) -> tuple[set[str], set[str]]:
    """Let views and rules take turns, as `reason._by_views` does.

    Returns what the views made, and all that holds because of it alone.
    """
    store = Store()
    _load(store, graphs, names)
    later: set[str] = set()
    made: set[str] = set()
    while views:
        said = made
        found = ask_views(views, store).values()
        made = {statement(triple) for triples in found for triple in triples}
        if not said <= made:
            raise UnsureError("a view takes back what it said")
        follows = _because_of(facts, made - said)
        later |= follows
        if not _load(store, {_INFERRED: follows}, names):
            break
    return made, later


def _as_before(facts: Facts, trail: Trail, names: frozenset[str]) -> set[str]:
    """Return what holds because of the views alone, where none of them can see a change."""
    later = _because_of(facts, trail.made)
    if any(_is_read(line, names) for line in later):
        raise UnsureError("a view reads what follows from a view")
    return later


def _because_of(facts: Facts, made: Iterable[str]) -> set[str]:
    new = _added(facts, map(_split, made))
    _require_plain(new)
    return set(map(_joined, new))


def _load(store: Store, graphs: Mapping[str, Iterable[str]], names: frozenset[str]) -> bool:
    """Put what a query that reads ``names`` can see into a store; tell whether there is any."""
    text = "".join(
        f"{line} <{graph}> .\n"
        for graph, lines in graphs.items()
        for line in lines
        if _is_read(line, names)
    )
    store.load(text.encode(), format=RdfFormat.N_QUADS)
    return bool(text)


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
