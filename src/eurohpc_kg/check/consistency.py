"""Consistency: what contradicts the ontology, and whether the ontology keeps to OWL 2 RL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Triple

from eurohpc_kg.check.codes import finding
from eurohpc_kg.check.content import Content
from eurohpc_kg.check.places import Places, as_node
from eurohpc_kg.findings import Finding
from eurohpc_kg.reason import Inconsistency, outside_profile


def profile(content: Content, places: Places) -> list[Finding]:
    """Return a finding for each axiom outside OWL 2 RL, with its place."""
    return [
        found._replace(path=path, line=line)
        for found in outside_profile(content.ontology())
        for path, line in [places.of(as_node(found.subject))]
    ]


def contradictions(found: Iterable[Inconsistency], places: Places) -> Iterator[Finding]:
    """Yield a finding for each contradiction, at the statement that can be corrected."""
    for one in found:
        path, line = _place(one.triples, places)
        yield finding("inconsistent", path, one.message, line=line, subject=str(one.subject))


def _place(triples: tuple[Triple, ...], places: Places) -> tuple[str, int]:
    """Return where the first of these triples stands that is stated and not inferred."""
    for triple in sorted(triples, key=lambda triple: not places.states(triple)):
        if isinstance(triple.subject, (NamedNode, BlankNode)):
            path, line = places.of(triple.subject, triple.predicate, triple.object)
            if path:
                return path, line
    return "", 0
