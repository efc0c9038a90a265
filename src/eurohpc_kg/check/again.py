"""The verdict once more, over a graph of which a part has changed and the rest was found sound.

Only one question is answered: is there an error? Who wants to hear which, and where, asks
`examine`, which reads the files. What depends on the ontology, the shapes or the queries alone is
not looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from eurohpc_kg.check.content import ABOUT
from eurohpc_kg.check.queries import Check, finds_something, read_check
from eurohpc_kg.check.shapes import has_violation
from eurohpc_kg.check.sizes import COUNTED, sizes
from eurohpc_kg.findings import Severity
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import (
    INFERRED_GRAPH,
    QUESTIONS_GRAPH,
    SHAPES_GRAPH,
    content_file,
    read_content,
)

_NOT_STATED = (INFERRED_GRAPH.value, QUESTIONS_GRAPH.value)
_SHAPES = SHAPES_GRAPH.value


def approves(repository: Repository, graphs: Mapping[str, bytes], store: ox.Store) -> bool:
    """Tell whether the stated graphs, as N-Triples by their IRIs, have no error.

    Of these only the shapes and one more may have blank nodes. ``store`` has all of them but the
    shapes, which are put into it. Raises what the SHACL engines and the check queries raise.
    """
    stated = {name: text for name, text in graphs.items() if name not in _NOT_STATED}
    shapes = stated.pop(_SHAPES, b"")
    if has_violation(b"".join(stated.values()), shapes + _prefixes(repository)):
        return False
    store.load(shapes, format=ox.RdfFormat.N_TRIPLES, to_graph=SHAPES_GRAPH)
    if any(finds_something(check, store) for check in _error_checks(repository)):
        return False
    counted = (
        quad
        for predicate in COUNTED
        for quad in store.quads_for_pattern(None, predicate, None, None)
        if quad.graph_name not in ABOUT
    )
    return all(found.severity < Severity.ERROR for found in sizes(repository, counted))


def _prefixes(repository: Repository) -> bytes:
    """Return the declarations of prefixes, which the queries inside shapes use."""
    file = content_file(repository, repository.ontology / "prefixes.ttl")
    triples = (quad.triple for quad in read_content(repository, file))
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _error_checks(repository: Repository) -> Iterator[Check]:
    for path in sorted(repository.checks.glob("*.rq")):
        check = read_check(path)
        if check.severity >= Severity.ERROR:
            yield check
