"""One build of the graph as it is published: the store, its name, and what every page needs.

A build never changes; when the content does, there is another one. So whatever was made from it
may be kept for as long as it is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.api import Graph
from eurohpc_kg.explain import Explainer
from eurohpc_kg.questions import Question
from eurohpc_kg.repository import Repository
from eurohpc_kg.results import Results, answer
from eurohpc_kg.store import open_folder
from eurohpc_kg.trust import Conflict, conflicts

Ask = Callable[[str], Results]


class Build:
    """Hold one store, opened, with what was read from it."""

    def __init__(self, repository: Repository, folder: Path, ask: Ask | None = None) -> None:
        """Open the store in ``folder``; ``ask`` answers queries of readers, by default here."""
        self.folder = folder
        self.name = folder.name
        self.graph = Graph(repository, open_folder(folder))
        self.store = self.graph.store
        self.names = self.graph.names
        self.prefixes = self.graph.names.prefixes
        self.ask: Ask = ask or (lambda text: answer(self.store, text, self.names))

    def label(self, iri: str, language: str = "en") -> str:
        return self.names.label(ox.NamedNode(iri), language)

    def says_of(self, node: ox.NamedNode) -> bool:
        """Tell whether anything is said of a node."""
        return next(self.store.quads_for_pattern(node, None, None), None) is not None

    def has_graph(self, node: ox.NamedNode) -> bool:
        """Tell whether there is a graph of this name."""
        return next(self.store.quads_for_pattern(None, None, None, node), None) is not None

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Return the saved questions by name, in the order of their groups."""
        return {question.slug: question for question in self.graph.questions()}

    @cached_property
    def conflicts(self) -> dict[ox.NamedNode, list[Conflict]]:
        """Return where sources disagree, by the thing that it is about."""
        found: dict[ox.NamedNode, list[Conflict]] = defaultdict(list)
        for one in conflicts(self.names):
            found[one.thing].append(one)
        return dict(found)

    @cached_property
    def explainer(self) -> Explainer:
        return Explainer(self.store, self.graph.repository, self.names)
