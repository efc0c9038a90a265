"""The verdict once more, over a graph of which a part has changed and the rest was found sound.

Only one question is answered: is there an error? Who wants to hear which, and where, asks
`examine`, which reads the files. What depends on the ontology, the shapes or the queries alone is
not looked at again.

A check with the tag ``near`` finds its fault in the statements of one thing, the classes of the
things beside it, and the ontology. So it is asked only of what surrounds the things that changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

import pyoxigraph as ox

from eurohpc_kg.check.queries import Check, finds_something, read_check
from eurohpc_kg.check.shapes import has_violation
from eurohpc_kg.check.sizes import sizes
from eurohpc_kg.findings import Severity
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import (
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    QUESTIONS_GRAPH,
    SHAPES_GRAPH,
    content_file,
    read_content,
)
from eurohpc_kg.store.canonical import lines_of, text_of

_NOT_STATED = (INFERRED_GRAPH.value, QUESTIONS_GRAPH.value)
_SHAPES, _ONTOLOGY = SHAPES_GRAPH.value, ONTOLOGY_GRAPH.value
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def approves(
    repository: Repository, graphs: Mapping[str, bytes], store: ox.Store, touched: Set[str]
) -> bool:
    """Tell whether the stated graphs, as N-Triples by their IRIs, have no error.

    Of these only the shapes and one more may have blank nodes. ``store`` has all of them but the
    shapes, which are put into it. ``touched`` are the subjects and objects of the statements that
    changed. Raises what the SHACL engines and the check queries raise.
    """
    stated = {name: text for name, text in graphs.items() if name not in _NOT_STATED}
    near = surroundings(stated, touched)
    shapes = stated.pop(_SHAPES, b"")
    if has_violation(b"".join(stated.values()), shapes + _prefixes(repository)):
        return False
    store.load(shapes, format=ox.RdfFormat.N_TRIPLES, to_graph=SHAPES_GRAPH)
    for check in _error_checks(repository):
        if finds_something(check, near if check.is_near else store):
            return False
    return all(found.severity < Severity.ERROR for found in sizes(repository, store))


def surroundings(graphs: Mapping[str, bytes], touched: Set[str]) -> ox.Store:
    """Return a store with the ontology, the shapes, the statements with a ``touched`` thing, and
    the classes of all that these name.
    """
    store = ox.Store()
    kept: dict[str, list[str]] = {}
    classes: list[tuple[str, str, str]] = []
    beside = set(touched)
    for name, text in graphs.items():
        if name in (_SHAPES, _ONTOLOGY):
            store.load(text, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
            continue
        for line in lines_of(text):
            subject, predicate, value = line.split(" ", 2)
            if subject in touched or value in touched:
                kept.setdefault(name, []).append(line)
                beside |= {subject, value}
            elif predicate == _TYPE:
                classes.append((name, subject, line))
    for name, subject, line in classes:
        if subject in beside:
            kept.setdefault(name, []).append(line)
    for name, lines in kept.items():
        store.load(text_of(lines), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    return store


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
