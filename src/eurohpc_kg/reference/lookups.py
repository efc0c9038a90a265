"""Look-ups in some Turtle files, for the pages that describe what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.names import Prefixes, read_prefixes
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.repository import Repository

TYPE = ox.NamedNode(RDF + "type")


class Folder:
    """Hold the triples of some Turtle files, for look-ups by subject and predicate (CURIEs)."""

    def __init__(self, repository: Repository, paths: Iterable[Path]) -> None:
        self.prefixes: Prefixes = read_prefixes(repository)
        self._store = ox.Store()
        for path in paths:
            self._store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri="urn:base")

    def subjects(self, type_: str | None = None) -> list[str]:
        """Return the IRIs that are subjects, sorted; only those of one class when it is given."""
        kind = ox.NamedNode(self.prefixes.expand(type_)) if type_ else None
        quads = self._store.quads_for_pattern(None, TYPE, kind)
        return sorted({q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)})

    def subjects_of_links(self) -> list[str]:
        """Return every IRI that is a subject, typed or not, sorted."""
        quads = self._store.quads_for_pattern(None, None, None)
        return sorted({q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)})

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the objects, IRIs as CURIEs, literals as text (English or plain), sorted."""
        quads = self._store.quads_for_pattern(
            ox.NamedNode(subject), ox.NamedNode(self.prefixes.expand(predicate)), None
        )
        found = []
        for quad in quads:
            term = quad.object
            if isinstance(term, ox.Literal):
                if term.language in (None, "en"):
                    found.append(term.value)
            elif isinstance(term, ox.NamedNode):
                found.append(self.prefixes.compact(term.value))
            elif isinstance(term, ox.BlankNode):
                found.append(" ∘ ".join(self._list(term)))
        return sorted(found)

    def literals(self, subject: str, predicate: str) -> list[ox.Literal]:
        """Return the literal objects in every language, sorted by language and text."""
        quads = self._store.quads_for_pattern(
            ox.NamedNode(subject), ox.NamedNode(self.prefixes.expand(predicate)), None
        )
        found = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
        return sorted(found, key=lambda literal: (literal.language or "", literal.value))

    def value(self, subject: str, predicate: str) -> str:
        """Return the first of `values`, or an empty string."""
        return next(iter(self.values(subject, predicate)), "")

    def _list(self, node: ox.NamedNode | ox.BlankNode) -> list[str]:
        members: list[str] = []
        while isinstance(node, ox.BlankNode):
            first = next(
                self._store.quads_for_pattern(node, ox.NamedNode(RDF + "first"), None), None
            )
            rest = next(self._store.quads_for_pattern(node, ox.NamedNode(RDF + "rest"), None), None)
            if first is None or rest is None:
                break
            members.append(self.prefixes.compact(str(first.object.value)))  # type: ignore[union-attr]
            node = rest.object  # type: ignore[assignment]
        return members


def title_of(path: Path) -> str:
    """Return the first comment line of a Turtle file, without the mark: what the file is about."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    return first.removeprefix("#").strip()
