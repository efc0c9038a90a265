"""What is sent of a thing or a document as data, and the writing of it in each form.

A thing is described by what is said of it and of its records (figures, milestones, states, ranks),
in every graph but that of the shapes; a document is the graph that it is. The forms differ in how
they write that, not in what; only N-Quads, TriG and CSV keep apart which graph says it.

Statements are held as N-Quads writes them, a line each: most forms are made of these texts by
cutting them, at a fraction of what a term of each would cost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from eurohpc_kg.names import EHPC, GRAPH, NAMESPACE, ONTOLOGY, SOURCE, Prefixes
from eurohpc_kg.namespaces import SKOS
from eurohpc_kg.results import wire
from eurohpc_kg.sources import INFERRED_GRAPH, ONTOLOGY_GRAPH, QUESTIONS_GRAPH, SHAPES_GRAPH
from eurohpc_kg.turtle import literal_parts, unescaped, write_texts
from eurohpc_kg.web.addresses import SHAPE
from eurohpc_kg.web.build import Build

_OF = ox.NamedNode(EHPC + "of")
_IN_SCHEME = ox.NamedNode(SKOS + "inScheme")
_COLUMNS = ("subject", "predicate", "object", "datatype", "language", "graph")
_OTHERS = {"trig": ox.RdfFormat.TRIG, "rdf": ox.RdfFormat.RDF_XML}
# How lines of these graphs end.
_SHAPES, _INFERRED, _ONTOLOGY = (
    f" {graph}" for graph in (SHAPES_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH)
)


def quads_of(build: Build, iri: str) -> list[str]:
    """Return what is sent for an IRI of ours; nothing where it names nothing."""
    node = ox.NamedNode(iri)
    graph = _graph(iri)
    if graph is not None:
        return list(map(str, build.store.quads_for_pattern(None, None, None, graph)))
    if iri.startswith(NAMESPACE + "vocabulary/"):
        return _vocabulary(build, node)
    return _description(build, node)


def _graph(iri: str) -> ox.NamedNode | None:
    """Return the graph that a document is."""
    if iri == ONTOLOGY:
        return ONTOLOGY_GRAPH
    if iri == SHAPE:
        return SHAPES_GRAPH
    if iri == NAMESPACE + "question":
        return QUESTIONS_GRAPH
    return ox.NamedNode(iri) if iri.startswith((SOURCE, GRAPH)) else None


def _description(build: Build, node: ox.NamedNode) -> list[str]:
    records = {quad.subject for quad in build.store.quads_for_pattern(None, _OF, node)}
    lines = [line for line in _lines(build, node) if not line.endswith(_SHAPES)]
    for record in records - {node}:
        lines += [one for one in _lines(build, record) if not one.endswith((_SHAPES, _INFERRED))]
    return lines


def _vocabulary(build: Build, node: ox.NamedNode) -> list[str]:
    """Return a concept, or a scheme with its concepts, as the ontology has them."""
    members = {quad.subject for quad in build.store.quads_for_pattern(None, _IN_SCHEME, node)}
    return [
        line
        for about in {node, *members}
        for line in _lines(build, about)
        if line.endswith((_ONTOLOGY, _INFERRED))
    ]


def _lines(build: Build, node: ox.NamedNode | ox.BlankNode | ox.Triple) -> Iterable[str]:
    return map(str, build.store.quads_for_pattern(node, None, None))


def write_quads(quads: Iterable[str], suffix: str, build: Build) -> bytes:
    """Write quads in the form of this suffix, the same bytes for the same quads."""
    if suffix == "csv":
        return _csv(sorted(quads)).encode()
    if suffix in ("nq", "trig"):
        text = _dotted(sorted(quads))
        return text.encode() if suffix == "nq" else _serialized(text, suffix, build.prefixes)
    return write_triples([quad[: quad.rindex(" ")] for quad in quads], suffix, build.prefixes)


def write_triples(triples: Sequence[str], suffix: str, prefixes: Prefixes) -> bytes:
    """Write triples, given as N-Triples writes them, in the form of this suffix."""
    if suffix == "ttl":  # which sorts by itself
        return write_texts([triple.split(" ", 2) for triple in triples], prefixes).encode()
    lines = sorted(dict.fromkeys(triples))
    if suffix == "jsonld":
        return _jsonld(lines).encode()
    text = _dotted(lines)
    return text.encode() if suffix in ("nt", "nq") else _serialized(text, suffix, prefixes)


def rows_of(quads: Iterable[str]) -> list[dict[str, str]]:
    """Return a dictionary a quad, by the columns of the CSV, without what is empty."""
    return [
        {name: cell for name, cell in zip(_COLUMNS, _cells(quad), strict=True) if cell}
        for quad in sorted(quads)
    ]


def _dotted(lines: Iterable[str]) -> str:
    return "".join([f"{line} .\n" for line in lines])


def _serialized(text: str, suffix: str, prefixes: Prefixes) -> bytes:
    used = {name: iri for name, iri in prefixes if f"<{iri}" in text}
    quads = ox.parse(text, ox.RdfFormat.N_QUADS, lenient=True)
    body = ox.serialize(quads, format=_OTHERS[suffix], prefixes=used)
    assert body is not None
    return body


def _jsonld(triples: Iterable[str]) -> str:
    """Write sorted triples as expanded JSON-LD: an object a subject, a list a predicate."""
    known: dict[str, str] = {}  # the same few values stand in most statements
    nodes: dict[str, dict[str, list[str]]] = {}
    for triple in triples:
        subject, predicate, item = triple.split(" ", 2)
        if item not in known:
            known[item] = _jsonld_value(item)
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(known[item])
    return f"[{','.join([_jsonld_node(*one) for one in nodes.items()])}]"


def _jsonld_node(subject: str, said: Mapping[str, Iterable[str]]) -> str:
    parts = [f'"{predicate[1:-1]}":[{",".join(values)}]' for predicate, values in said.items()]
    return f'{{"@id":"{_cell(subject)[0]}",{",".join(parts)}}}'


def _jsonld_value(term: str) -> str:
    """Write a value; N-Triples escapes as JSON does, up to sixteen bits.

    >>> _jsonld_value('"say \\\\"a\\\\""@en')
    '{"@language":"en","@value":"say \\\\"a\\\\""}'
    """
    if not term.startswith('"'):
        return f'{{"@id":"{_cell(term)[0]}"}}'
    end = term.rindex('"') + 1
    text, kind = term[:end], term[end:]
    if "\\U" in text:
        text = json.dumps(unescaped(text[1:-1]))
    if kind.startswith("@"):
        return f'{{"@language":"{kind[1:]}","@value":{text}}}'
    return f'{{"@type":"{kind[3:-1]}","@value":{text}}}' if kind else f'{{"@value":{text}}}'


def _csv(quads: Iterable[str]) -> str:
    """Write SPARQL 1.1 CSV; the same few terms stand in most rows, so each is written once."""
    known: dict[str, str] = {}
    rows = [",".join(_COLUMNS)]
    for quad in quads:
        rest, _, graph = quad.rpartition(" ")
        subject, predicate, item = rest.split(" ", 2)
        for term in (subject, predicate, graph):
            if term not in known:
                known[term] = wire.quoted(_cell(term)[0])
        value = known.get(f"{item} ")
        if value is None:
            value = known[f"{item} "] = ",".join(map(wire.quoted, _cell(item)))
        rows.append(f"{known[subject]},{known[predicate]},{value},{known[graph]}")
    return "\n".join([*rows, ""])


def _cells(quad: str) -> tuple[str, ...]:
    triple, _, graph = quad.rpartition(" ")
    subject, predicate, item = triple.split(" ", 2)  # only a literal has blanks in it
    return _cell(subject)[0], _cell(predicate)[0], *_cell(item), _cell(graph)[0]


def _cell(term: str) -> tuple[str, str, str]:
    """Return the value of a term, the datatype and the language.

    >>> _cell("<urn:a>"), _cell("_:a"), _cell('"a"@en')[::2]
    (('urn:a', '', ''), ('_:a', '', ''), ('a', 'en'))
    """
    if not term.startswith('"'):
        return term[1:-1] if term.startswith("<") else term, "", ""
    return literal_parts(term)
