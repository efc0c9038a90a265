"""An explanation made ready to be written: its words, and the documents behind it, numbered.

The writers (`as_text`, `as_json` …) ask it for words and numbers; none of them looks anything up.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg import documents as cite
from eurohpc_kg.explain.explained import Explained
from eurohpc_kg.explain.proof import Proof
from eurohpc_kg.explain.wording import Wording, is_cell


class Account:
    """Hold what one or several proofs are written with."""

    def __init__(self, explanation: Explained) -> None:
        self.wording = Wording(explanation.names, explanation.views)
        graphs: dict[str, None] = {}
        for proof in explanation.proofs:
            self.wording.learn_lists(proof)
            graphs.update((graph.value, None) for graph in proof.graphs_used())
        self.documents = cite.documents_of(graphs, explanation.names)
        self._numbers = cite.numbers(self.documents)

    def numbers(self, proof: Proof) -> list[int]:
        """Return the numbers of the documents that assert a leaf."""
        return sorted(self._numbers[graph.value] for graph in proof.graphs)

    def parts(self, proof: Proof) -> list[Proof]:
        """Return the premises and axioms worth showing: a list is shown with its axiom."""
        return [part for part in proof.parts if not is_cell(part.statement)]

    def document_of(self, graph: ox.NamedNode) -> cite.Document:
        """Return the document that a graph is."""
        return self.documents[self._numbers[graph.value] - 1]

    def footnotes(self) -> str:
        """Return the documents as footnotes, one a line."""
        return cite.footnotes(self.documents)
