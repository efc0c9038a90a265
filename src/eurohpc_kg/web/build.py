"""One build of the graph as it is published: the store, its name, and what every page needs.

A build never changes; when the content does, there is another one. So whatever was made from it
may be kept for as long as it is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import pyoxigraph as ox

from eurohpc_kg.api import Graph
from eurohpc_kg.documents import Document, documents_of
from eurohpc_kg.keeping import Keeping
from eurohpc_kg.names import EHPC, fold
from eurohpc_kg.namespaces import RDF, RDFS, SKOS
from eurohpc_kg.questions import Question
from eurohpc_kg.repository import Repository
from eurohpc_kg.results import Results, answer
from eurohpc_kg.sources import ONTOLOGY_GRAPH
from eurohpc_kg.store import open_folder
from eurohpc_kg.terms import Term, read_terms
from eurohpc_kg.web.negotiate import RDF_FORMS

_A = ox.NamedNode(RDF + "type")
_NAMES = (
    ox.NamedNode(SKOS + "prefLabel"),
    ox.NamedNode(RDFS + "label"),
)
_SUB_CLASS = ox.NamedNode(RDFS + "subClassOf")

_PROFILES = 8
_FEW = 6  # things whose conflicts are looked for one by one

if TYPE_CHECKING:  # what many pages need, but no answer
    from eurohpc_kg.explain import Explainer
    from eurohpc_kg.show import Profile
    from eurohpc_kg.trust import Conflict

Ask = Callable[[str], Results]


class Build(Keeping):
    """Hold one store, opened, with what was read from it."""

    def __init__(
        self,
        repository: Repository,
        folder: Path,
        ask: Ask | None = None,
        store: ox.Store | None = None,
    ) -> None:
        """Open the store in ``folder``, or take the same one from memory.

        ``ask`` answers queries of readers, by default here.
        """
        self.folder = folder
        self.name = folder.name
        self.graph = Graph(repository, store or open_folder(folder), folder)
        self.store = self.graph.store
        self.names = self.graph.names
        self.prefixes = self.graph.names.prefixes
        self.explaining = Lock()  # one proof is looked for at a time
        self.is_site = False  # written to files, with no server behind
        self.forms: tuple[str, ...] = (*RDF_FORMS, "csv", "json")  # in which pages offer data
        self._looked = 0
        self._known: dict[str, bool] = {}
        self._profiles: dict[ox.NamedNode, Profile] = {}
        self._documents: dict[str, Document] = {}
        # By the depth of a page, and an IRI.
        self.links: dict[int, dict[str, str]] = {}
        self.footnotes: dict[int, dict[str, str]] = {}
        self.ask: Ask = ask or (lambda text: answer(self.store, text, self.names))

    def label(self, iri: str, language: str = "en") -> str:
        return self.names.label(ox.NamedNode(iri), language)

    @cached_property
    def languages(self) -> frozenset[str]:
        """Return the languages, English apart, in which anything has its name."""
        quads = (quad for way in _NAMES for quad in self.store.quads_for_pattern(None, way, None))
        named = {quad.object.language for quad in quads if isinstance(quad.object, ox.Literal)}
        return frozenset(tag for tag in named if tag and tag != "en")

    def own_label(self, iri: str, language: str) -> str:
        """Return the name of a thing in a language, empty where the graph has none."""
        node = ox.NamedNode(iri)
        for way in _NAMES:
            for quad in self.store.quads_for_pattern(node, way, None):
                if isinstance(quad.object, ox.Literal) and quad.object.language == language:
                    return quad.object.value
        return ""

    def says_of(self, node: ox.NamedNode) -> bool:
        """Tell whether anything is said of a node."""
        return next(self.store.quads_for_pattern(node, None, None), None) is not None

    def is_known(self, iri: str) -> bool:
        """Tell whether there is anything to read about an IRI of ours."""
        known = self._known.get(iri)
        if known is None:
            node = ox.NamedNode(iri)
            known = self._known[iri] = self.says_of(node) or self.has_graph(node)
        return known

    def has_graph(self, node: ox.NamedNode) -> bool:
        """Tell whether there is a graph of this name."""
        return next(self.store.quads_for_pattern(None, None, None, node), None) is not None

    def profile(self, node: ox.NamedNode) -> Profile:
        """Return everything known about a thing; the last few are kept, for its other forms."""
        found = self._profiles.get(node)
        if found is None:
            from eurohpc_kg.show import profile

            if len(self._profiles) > _PROFILES:
                self._profiles.clear()
            found = self._profiles[node] = profile(self.names, node)
        return found

    def documents(self, iris: Iterable[str]) -> list[Document]:
        """Return these documents, numbered from 1 in the order given."""
        found = []
        for number, iri in enumerate(iris, 1):
            known = self._documents.get(iri)
            if known is None:
                known = self._documents[iri] = documents_of([iri], self.names)[0]
            found.append(known.as_number(number))
        return found

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Return the terms of the ontology and the vocabularies."""
        return read_terms(self.store.quads_for_pattern(None, None, None, ONTOLOGY_GRAPH))

    def concepts(self, scheme: str) -> list[ox.NamedNode]:
        """Return the concepts of a vocabulary, by label."""
        found = [term for term in self.terms.values() if term.scheme == scheme]
        return [ox.NamedNode(term.iri) for term in sorted(found, key=lambda one: fold(one.label))]

    def types(self, node: ox.NamedNode) -> set[ox.NamedNode]:
        """Return all classes of the ontology that a thing belongs to."""
        return {
            quad.object
            for quad in self.store.quads_for_pattern(node, _A, None)
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(EHPC)
        }

    def kinds(self, node: ox.NamedNode) -> list[tuple[str, str]]:
        """Return IRI and label of the kinds of a thing, the most special ones."""
        types = self.types(node)
        wider = {wide for one in types for wide in self.wider.get(one, ()) if wide != one}
        return sorted((one.value, self.names.label(one)) for one in types - wider)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Return the saved questions by name, in the order of their groups."""
        return {question.slug: question for question in self.graph.questions()}

    def conflicts_of(self, node: ox.NamedNode) -> list[Conflict]:
        """Return where sources disagree about a thing.

        The first few things are looked at one by one, so that the first page is soon there.
        """
        if "conflicts" not in self.__dict__ and not self.is_site:
            self._looked += 1
            if self._looked <= _FEW:
                from eurohpc_kg.trust import conflicts

                return conflicts(self.names, node)
        return self.conflicts.get(node, [])

    @cached_property
    def conflicts(self) -> dict[ox.NamedNode, list[Conflict]]:
        """Return where sources disagree, by the thing that it is about."""
        from eurohpc_kg.trust import conflicts

        found: dict[ox.NamedNode, list[Conflict]] = defaultdict(list)
        for one in conflicts(self.names):
            found[one.thing].append(one)
        return dict(found)

    @cached_property
    def wider(self) -> dict[ox.NamedNode, set[ox.NamedNode]]:
        """Return the classes that each class is a kind of, near and far."""
        found: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(None, _SUB_CLASS, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                found[quad.subject].add(quad.object)
        return dict(found)

    @cached_property
    def explainer(self) -> Explainer:
        from eurohpc_kg.explain import Explainer

        return Explainer(self.store, self.graph.repository, self.names)
