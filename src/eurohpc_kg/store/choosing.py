"""The names by which a person chooses graphs, the same for ``export`` and ``load``."""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Sequence

from eurohpc_kg.errors import UnknownNameError
from eurohpc_kg.names import GRAPH, NAMESPACE, SOURCE
from eurohpc_kg.store.canonical import CanonicalGraph


def named_graphs(
    graphs: Sequence[CanonicalGraph], names: Sequence[str], place: str
) -> list[CanonicalGraph]:
    """Return the graphs that some names choose, all of them for none.

    Raises `UnknownNameError`, at ``place``, for a name that chooses none.
    """
    for name in names:
        if not any(is_named(graph.name, [name]) for graph in graphs):
            raise _unknown(name, graphs, place)
    return [graph for graph in graphs if not names or is_named(graph.name, names)]


def is_named(iri: str, names: Collection[str]) -> bool:
    """Tell whether one of some names is that of a graph.

    A name is an IRI, or its end after the namespace, ``graph/`` or ``source/``; ``*`` stands for
    any text.

    >>> [is_named("https://w3id.org/eurohpc-kg/graph/register", [name])
    ...  for name in ("graph/register", "register", "graph/*", "source/*")]
    [True, True, True, False]
    """
    return any(
        fnmatch.fnmatchcase(iri, start + name)
        for name in names
        for start in ("", NAMESPACE, GRAPH, SOURCE)
    )


def _unknown(name: str, graphs: Sequence[CanonicalGraph], place: str) -> UnknownNameError:
    import difflib

    if name.removeprefix(NAMESPACE).removeprefix("graph/") == "catalog":
        return UnknownNameError(
            "the catalogue is no graph of the store: it is computed",
            place=place,
            remedy="Write it with: eurohpc-kg export void -o DIR.",
        )
    names = [graph.name.removeprefix(NAMESPACE).removeprefix("graph/") for graph in graphs]
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.4)
    return UnknownNameError(
        f"there is no graph {name!r}",
        place=place,
        candidates=near,
        remedy="" if near else "Write such as register, graph/inferred or source/top500/*.",
    )
