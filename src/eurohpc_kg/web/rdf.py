"""What is sent of a thing or a document as data, and the writing of it in each form.

A thing is described by what is said of it and of its records (figures, milestones, states, ranks),
in every graph but that of the shapes; a document is the graph that it is. The forms differ in how
they write that, not in what; only N-Quads, TriG and CSV keep apart which graph says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from eurohpc_kg.names import EHPC, GRAPH, NAMESPACE, ONTOLOGY, SOURCE, Prefixes
from eurohpc_kg.namespaces import SKOS
from eurohpc_kg.results import plain, wire
from eurohpc_kg.sources import INFERRED_GRAPH, ONTOLOGY_GRAPH, QUESTIONS_GRAPH, SHAPES_GRAPH
from eurohpc_kg.turtle import write
from eurohpc_kg.web.addresses import SHAPE
from eurohpc_kg.web.build import Build

_OF = ox.NamedNode(EHPC + "of")
_IN_SCHEME = ox.NamedNode(SKOS + "inScheme")
_COLUMNS = ("subject", "predicate", "object", "datatype", "language", "graph")
_OTHERS = {
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def quads_of(build: Build, iri: str) -> list[ox.Quad]:
    """Return what is sent for an IRI of ours, sorted; nothing where it names nothing."""
    node = ox.NamedNode(iri)
    graph = _graph(iri)
    if graph is not None:
        return _sorted(build.store.quads_for_pattern(None, None, None, graph))
    if iri.startswith(NAMESPACE + "vocabulary/"):
        return _vocabulary(build, node)
    return _sorted(_description(build, node))


def _graph(iri: str) -> ox.NamedNode | None:
    """Return the graph that a document is."""
    if iri == ONTOLOGY:
        return ONTOLOGY_GRAPH
    if iri == SHAPE:
        return SHAPES_GRAPH
    if iri == NAMESPACE + "question":
        return QUESTIONS_GRAPH
    return ox.NamedNode(iri) if iri.startswith((SOURCE, GRAPH)) else None


def _description(build: Build, node: ox.NamedNode) -> Iterable[ox.Quad]:
    records = {quad.subject for quad in build.store.quads_for_pattern(None, _OF, node)}
    for about in (node, *records):
        for quad in build.store.quads_for_pattern(about, None, None):
            own = about == node or quad.graph_name != INFERRED_GRAPH
            if quad.graph_name != SHAPES_GRAPH and own:
                yield quad


def _vocabulary(build: Build, node: ox.NamedNode) -> list[ox.Quad]:
    """Return a concept, or a scheme with its concepts, as the ontology has them."""
    members = {quad.subject for quad in build.store.quads_for_pattern(None, _IN_SCHEME, node)}
    return _sorted(
        quad
        for about in (node, *members)
        for quad in build.store.quads_for_pattern(about, None, None)
        if quad.graph_name in (ONTOLOGY_GRAPH, INFERRED_GRAPH)
    )


def _sorted(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    return sorted(quads, key=str)


def write_quads(
    quads: Sequence[ox.Quad], suffix: str, build: Build, more: Mapping[str, str] | None = None
) -> bytes:
    """Write quads in the form of this suffix, the same bytes for the same quads.

    ``more`` are prefixes that they use beside those of the project.
    """
    prefixes = Prefixes({**dict(build.prefixes), **(more or {})})
    if suffix == "csv":
        return _csv(quads).encode()
    if suffix == "nq":
        return "".join(f"{quad} .\n" for quad in quads).encode()
    if suffix == "ttl":
        return write(quads, prefixes).encode()
    triples = list(dict.fromkeys(quad.triple for quad in quads))
    if suffix == "nt":
        return "".join(f"{triple} .\n" for triple in triples).encode()
    body = ox.serialize(
        quads if suffix == "trig" else triples,
        format=_OTHERS[suffix],
        prefixes=_used(quads, prefixes) if suffix != "jsonld" else {},
    )
    assert body is not None
    return body


def rows_of(quads: Iterable[ox.Quad]) -> list[dict[str, str]]:
    """Return a dictionary a quad, by the columns of the CSV, without what is empty."""
    return [
        {name: cell for name, cell in zip(_COLUMNS, _cells(quad), strict=True) if cell}
        for quad in quads
    ]


def _csv(quads: Iterable[ox.Quad]) -> str:
    """Write SPARQL 1.1 CSV; the same few names stand in most cells, so each is quoted once."""
    known: dict[str, str] = {}
    lines = [",".join(_COLUMNS)]
    for quad in quads:
        cells = _cells(quad)
        for cell in cells:
            if cell not in known:
                known[cell] = wire.quoted(cell)
        lines.append(",".join([known[cell] for cell in cells]))
    return "\n".join([*lines, ""])


def _used(quads: Iterable[ox.Quad], prefixes: Prefixes) -> dict[str, str]:
    """Return the prefixes that the quads use."""
    text = "\n".join(map(str, quads))
    return {prefix: iri for prefix, iri in prefixes if f"<{iri}" in text}


def _cells(quad: ox.Quad) -> tuple[str, ...]:
    subject, predicate, value, graph = quad
    is_literal = isinstance(value, ox.Literal)
    return (
        plain(subject),
        predicate.value,
        plain(value),
        value.datatype.value if is_literal else "",
        (value.language or "") if is_literal else "",
        graph.value if isinstance(graph, ox.NamedNode) else "",
    )
