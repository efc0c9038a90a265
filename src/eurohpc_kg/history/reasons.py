"""Why a statement changed, as far as the two versions tell.

What stands in the graph of a source changed because there is a new source, because the source was
read again, or because we had read too little of it or read it wrongly; in the corrections, because
we correct a source; in the ontology, shapes and questions, because a rule changed. What follows
from other statements changed for their reasons, or by a rule.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from eurohpc_kg.history.difference import Difference
from eurohpc_kg.history.graphs import Graphs
from eurohpc_kg.names import EHPC, GRAPH, SOURCE, short_source
from eurohpc_kg.namespaces import DCTERMS
from eurohpc_kg.records import dataclass

NEW_SOURCE = "new source"
LOST_SOURCE = "source no longer there"
SOURCE_CORRECTED = "source corrected"
READING_CORRECTED = "our reading corrected"
MORE_READ = "more read from the source"
CORRECTION = "our correction"
REGISTER = "our register"
RULE = "rule changed"
FOLLOWS = "follows"
UNKNOWN = ""

_GRAPHS = {
    GRAPH + "corrections": CORRECTION,
    GRAPH + "register": REGISTER,
    GRAPH + "ontology": RULE,
    GRAPH + "shapes": RULE,
    GRAPH + "questions": RULE,
    GRAPH + "inferred": FOLLOWS,
}
# What a document says about itself that tells of another look at it.
_LOOKS = {
    EHPC + "retrieved",
    DCTERMS + "issued",
    DCTERMS + "modified",
}
_MOST = 2


@dataclass(frozen=True)
class Reason:
    """Hold a kind of reason, and the source document that it is about."""

    kind: str
    source: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {short_source(self.source)}" if self.source else self.kind


def reasons_of_graphs(before: Graphs, after: Graphs, change: Difference) -> dict[str, Reason]:
    """Return the reason for what changed in each graph that changed."""
    looked_at = {
        quad.subject.value
        for quad in (*change.removed, *change.added)
        if quad.predicate.value in _LOOKS and isinstance(quad.subject, ox.NamedNode)
    }
    less = {quad.graph_name for quad in change.removed}
    found: dict[str, Reason] = {}
    for quad in (*change.removed, *change.added):
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
        if name in found:
            continue
        if not name.startswith(SOURCE):
            found[name] = Reason(_GRAPHS.get(name, UNKNOWN))
        elif name not in before:
            found[name] = Reason(NEW_SOURCE, name)
        elif name not in after:
            found[name] = Reason(LOST_SOURCE, name)
        else:
            ours = READING_CORRECTED if quad.graph_name in less else MORE_READ
            found[name] = Reason(SOURCE_CORRECTED if name in looked_at else ours, name)
    return found


def joined(reasons: Iterable[Reason]) -> str:
    """Return reasons in one line: kinds once, with their sources, at most two of each.

    >>> joined([Reason("new source", SOURCE + "vtv/2025-10-12-more"), Reason("our correction")])
    'new source: vtv 2025-10-12; our correction'
    """
    kinds: dict[str, dict[str, None]] = {}
    for reason in reasons:
        if reason.kind:
            sources = kinds.setdefault(reason.kind, {})
            if reason.source:
                sources[short_source(reason.source)] = None
    parts = []
    for kind, sources in kinds.items():
        shown = ", ".join(list(sources)[:_MOST])
        more = f" +{len(sources) - _MOST}" if len(sources) > _MOST else ""
        parts.append(f"{kind}: {shown}{more}" if sources else kind)
    return "; ".join(parts)
