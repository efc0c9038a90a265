"""Diagrams of the ontology: the kinds of things as a tree, and how those of a theme are related.

A theme is a kind at the top of the tree with all that are kinds of it. Relations between the same
two kinds stand on one arrow; of a relation and its inverse one is drawn, and none that may hold
between almost any two kinds (part of, for one).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eurohpc_kg.names import EHPC
from eurohpc_kg.records import dataclass
from eurohpc_kg.terms import Term
from eurohpc_kg.web.pages.diagrams import Arrow, Box, Diagram, diagram, tree_diagram

Branch = tuple[Term, list[Any]]
_NAMED = 2  # relations that are named on one arrow
_GENERAL = 8  # pairs of kinds between which a relation may hold, before it says little
_MOST = 16  # boxes around those of a theme


@dataclass(frozen=True)
class Theme:
    """Hold the diagram of a theme; ``anchor`` is the local name of its top kind."""

    anchor: str
    label: str
    drawing: Diagram


def hierarchy(branches: Sequence[Branch]) -> Diagram | None:
    """Return the tree of all kinds of things."""

    def boxed(branch: Branch) -> tuple[Box, list[Any]]:
        term, below = branch
        return Box(term.iri, term.label, "", term.iri), [boxed(one) for one in below]

    return tree_diagram("Kinds of things", [boxed(one) for one in branches], "is a kind of")


def themes(terms: Mapping[str, Term], branches: Sequence[Branch]) -> list[Theme]:
    """Return a diagram for each theme in which anything is related."""
    found = []
    for top, below in branches:
        if not below:
            continue
        members = {top.iri, *_below(below)}
        drawing = class_diagram(terms, members, f"{top.label.capitalize()}: its kinds, related")
        if drawing is not None:
            found.append(Theme(top.iri.removeprefix(EHPC), top.label, drawing))
    return found


def _below(branches: Sequence[Branch]) -> set[str]:
    return {iri for term, below in branches for iri in (term.iri, *_below(below))}


def class_diagram(terms: Mapping[str, Term], members: set[str], title: str) -> Diagram | None:
    """Return how these classes are related: in the middle they, on the right what they lead to.

    On the left stands what leads to them by a relation that has no inverse.
    """
    relations: dict[tuple[str, str], list[str]] = {}
    for term in sorted(terms.values(), key=lambda one: one.iri):
        if term.kind != "object property" or len(term.domains) * len(term.ranges) > _GENERAL:
            continue
        for domain in term.domains:
            is_drawn = domain in members or not term.inverses
            for range_ in term.ranges if is_drawn else ():
                if members & {domain, range_} and domain in terms and range_ in terms:
                    relations.setdefault((domain, range_), []).append(term.label)
    others = _nearest(relations, members)
    boxes: dict[str, Box] = {}
    arrows = []
    for (domain, range_), names in relations.items():
        if not {domain, range_} <= members | others:
            continue
        start, end = ("", "to ") if domain in members else ("from ", "")
        for key, iri in ((start + domain, domain), (end + range_, range_)):
            style = "own" if iri in members else "other"
            boxes[key] = Box(key, terms[iri].label, "", iri, style)
        arrows.append(Arrow(start + domain, end + range_, _named(names), full=", ".join(names)))
    return diagram(title, boxes.values(), arrows)


def _nearest(relations: Mapping[tuple[str, str], list[str]], members: set[str]) -> set[str]:
    """Return the other classes with most relations, no more than a diagram has room for."""
    counted: dict[str, int] = {}
    for pair, names in relations.items():
        for iri in {*pair} - members:
            counted[iri] = counted.get(iri, 0) + len(names)
    return set(sorted(counted, key=lambda iri: (-counted[iri], iri))[:_MOST])


def _named(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown
