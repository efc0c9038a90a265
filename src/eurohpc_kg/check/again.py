"""The verdict once more, over a graph of which a part has changed and the rest was found sound.

Only one question is answered: is there an error? Who wants to hear which, and where, asks
`examine`, which reads the files. What depends on the ontology, the shapes or the queries alone is
not looked at again.

A check with the tag ``near`` finds its fault in the statements of one thing, the classes of the
things beside it, and the ontology. So it is asked only of what surrounds the things that changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

import pyoxigraph as ox

from eurohpc_kg.check.places import terms
from eurohpc_kg.check.queries import all_checks, finds_something
from eurohpc_kg.check.shacl_engines import has_violation
from eurohpc_kg.check.sizes import sizes
from eurohpc_kg.findings import Severity
from eurohpc_kg.namespaces import RDF
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import (
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    QUESTIONS_GRAPH,
    SHAPES_GRAPH,
    content_file,
    read_content,
)

_NOT_STATED = (INFERRED_GRAPH.value, QUESTIONS_GRAPH.value)
_SHAPES = SHAPES_GRAPH.value
_TYPE = ox.NamedNode(RDF + "type")


def approves(
    repository: Repository, graphs: Mapping[str, bytes], store: ox.Store, touched: Set[str]
) -> bool:
    """Tell whether the stated graphs, as N-Triples by their IRIs, have no error.

    Of these only the shapes and one more may have blank nodes. ``store`` has all of them but the
    shapes, which are put into it. ``touched`` are the subjects and objects of the statements that
    changed. Raises what the SHACL engines and the check queries raise.
    """
    stated = {name: text for name, text in graphs.items() if name not in _NOT_STATED}
    shapes = stated.pop(_SHAPES, b"")
    if has_violation(b"".join(stated.values()), shapes + _prefixes(repository)):
        return False
    store.load(shapes, format=ox.RdfFormat.N_TRIPLES, to_graph=SHAPES_GRAPH)
    near = surroundings(store, touched)
    errors = (one for one in all_checks(repository) if one.severity >= Severity.ERROR)
    for check in errors:
        if finds_something(check, near if check.is_near else store):
            return False
    return all(found.severity < Severity.ERROR for found in sizes(repository, store))


def surroundings(store: ox.Store, touched: Set[str]) -> ox.Store:
    """Return a store with the ontology, the shapes, the statements with a ``touched`` thing, and
    the classes of all that these name.
    """
    found: list[ox.Quad] = []
    for graph in (SHAPES_GRAPH, ONTOLOGY_GRAPH):
        found += store.quads_for_pattern(None, None, None, graph)
    beside: set[ox.NamedNode | ox.BlankNode] = set()
    for term in terms(touched):
        stated = [*store.quads_for_pattern(None, None, term)]
        if isinstance(term, (ox.NamedNode, ox.BlankNode)):
            stated += store.quads_for_pattern(term, None, None)
            beside.add(term)
        for subject, _, value, _ in stated:
            beside.add(subject)
            if not isinstance(value, ox.Literal):
                beside.add(value)
        found += stated
    for thing in beside:
        found += store.quads_for_pattern(thing, _TYPE, None)
    near = ox.Store()
    near.extend(found)
    return near


def _prefixes(repository: Repository) -> bytes:
    """Return the declarations of prefixes, which the queries inside shapes use."""
    file = content_file(repository, repository.ontology / "prefixes.ttl")
    triples = (quad.triple for quad in read_content(repository, file))
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
