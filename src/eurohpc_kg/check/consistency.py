"""Consistency: what contradicts the ontology, and whether the ontology keeps to OWL 2 RL."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, Triple

from eurohpc_kg.check.codes import finding
from eurohpc_kg.check.content import Content
from eurohpc_kg.check.places import Places
from eurohpc_kg.errors import RuleError
from eurohpc_kg.findings import Finding
from eurohpc_kg.reason import inconsistencies


def consistency(content: Content, places: Places) -> Iterator[Finding]:
    """Yield a finding for each contradiction; one for an axiom that no rule covers."""
    try:
        found = inconsistencies(content.data())
    except RuleError as error:
        yield finding("outside-profile", "ontology", error.problem, remedy=error.remedy)
        return
    for one in found:
        path, line = _place(one.triples, places)
        yield finding("inconsistent", path, one.message, line=line, subject=_name(one, places))


def _place(triples: tuple[Triple, ...], places: Places) -> tuple[str, int]:
    """Return where the first of these triples stands that is stated and not inferred."""
    for triple in sorted(triples, key=lambda triple: not places.states(triple)):
        if isinstance(triple.subject, (NamedNode, BlankNode)):
            thing = None if isinstance(triple.object, Triple) else triple.object
            path, line = places.of(triple.subject, triple.predicate, thing)
            if path:
                return path, line
    return "", 0


def _name(one: object, places: Places) -> str:
    subject = getattr(one, "subject", None)
    return places.name(subject) if subject is not None else ""
