"""What one row of an answer rests on."""

from __future__ import annotations

from eurohpc_kg.records import dataclass

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from eurohpc_kg.explain.proof import Statement


@dataclass(frozen=True)
class Citation:
    """Hold what one row rests on.

    ``documents`` are the IRIs of the smallest set of source documents, the preferred first; ``own``
    are the graphs of the project itself (register, ontology …) that say what none of the documents
    does, and ``addresses`` where the register has it from. ``statements`` are those that the row
    rests on, down to what someone wrote, each with the graph that is cited for it.
    ``is_smallest`` is false where the search for a smaller set was cut short; a document that the
    query names by ``GRAPH`` counts as needed. ``is_complete`` is false where something that the row
    rests on has no source that was found.
    """

    documents: tuple[str, ...]
    own: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    statements: tuple[tuple[Statement, str], ...] = ()
    is_smallest: bool = True
    is_complete: bool = True

    @property
    def cited(self) -> tuple[str, ...]:
        """Return the documents, or, where none is needed, the project's own graphs."""
        return self.documents or self.own
