"""What things, properties and values are called in two versions, and which of them have them.

A name is that of the later version, where it has one.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.history.pairs import Change, Term
from eurohpc_kg.history.sides import Side
from eurohpc_kg.labels import NAMING
from eurohpc_kg.names import EHPC, local_name_in_words
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.results import plain
from eurohpc_kg.sources import INFERRED_GRAPH

_RDF_TYPE = ox.NamedNode(RDF + "type")
# The properties that lead from a record or correction to what it is about.
_OWNING = tuple(ox.NamedNode(EHPC + name) for name in ("of", "corrects", "correctsThing"))

Subject = ox.NamedNode | ox.BlankNode | ox.Triple


class Words:
    """Look things up in both versions; what was looked up once is kept."""

    def __init__(self, before: Side, after: Side) -> None:
        self.before = before
        self.after = after
        self.sides = (before, after)
        self._owners: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def value(self, subject: Subject) -> str:
        """Return the IRI of a subject; nothing for one that has none."""
        return subject.value if isinstance(subject, ox.NamedNode) else ""

    def owner(self, subject: Subject) -> str:
        """Return the thing under which a subject is shown: that which a record is of, or itself."""
        iri = self.value(subject)
        if iri not in self._owners:
            self._owners[iri] = iri
            step = self._step(subject) if iri else None
            if step is not None:
                self._owners[iri] = self.owner(step) or iri
        return self._owners[iri]

    def is_record(self, change: Change) -> bool:
        """Tell whether the subject of a change is shown under something else."""
        return self.owner(change.subject) != self.value(change.subject)

    def is_there(self, iri: str) -> tuple[bool, bool]:
        """Tell whether each version says something of a thing, other than what follows."""
        node = ox.NamedNode(iri)
        before, after = (
            any(
                quad.graph_name != INFERRED_GRAPH
                for quad in side.store.quads_for_pattern(node, None, None)
            )
            for side in self.sides
        )
        return before, after

    def name(self, iri: str) -> str:
        """Return what to call a thing: a label of either version, or its CURIE."""
        if iri not in self._names:
            node = ox.NamedNode(iri)
            unnamed = self.after.names.prefixes.compact(iri)
            found = (side.names.label(node) for side in reversed(self.sides))
            self._names[iri] = next((name for name in found if name != unnamed), unnamed)
        return self._names[iri]

    def aspect(self, predicate: ox.NamedNode) -> str:
        """Return what to call a property; without a label, its local name in words."""
        if predicate in NAMING:
            return NAMING[predicate]
        name = self.name(predicate.value)
        if name != self.after.names.prefixes.compact(predicate.value):
            return name
        return local_name_in_words(predicate.value)

    def term(self, term: Term | None) -> str:
        """Return a value in words; nothing for None."""
        if term is None:
            return ""
        if isinstance(term, ox.NamedNode):
            name = self.name(term.value)
            return term.value if name.startswith("<") else name
        if isinstance(term, ox.BlankNode):
            return "(no name)"
        return str(term) if isinstance(term, ox.Triple) else plain(term)

    def kinds(self, iri: str) -> tuple[str, ...]:
        """Return the labels of the classes that a thing is said to be of."""
        for side in reversed(self.sides):
            classes = {
                quad.object.value
                for quad in side.store.quads_for_pattern(ox.NamedNode(iri), _RDF_TYPE, None)
                if quad.graph_name != INFERRED_GRAPH and isinstance(quad.object, ox.NamedNode)
            }
            if classes:
                return tuple(sorted(map(self.name, classes)))
        return ()

    def _step(self, subject: Subject) -> ox.NamedNode | None:
        for side in reversed(self.sides):
            for predicate in _OWNING:
                quad = next(iter(side.store.quads_for_pattern(subject, predicate, None)), None)
                if quad is not None and isinstance(quad.object, ox.NamedNode):
                    return quad.object
        return None
