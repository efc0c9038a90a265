"""Sending graphs in the way that a product takes best: many in one request, each by itself, or as
updates. Nothing is kept but the piece that is on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint, Pieces
from eurohpc_kg.endpoint.together import together
from eurohpc_kg.loading.disguise import cover
from eurohpc_kg.loading.plan import Graphs, is_staged
from eurohpc_kg.sparql import term_text


def send(endpoint: Endpoint, graphs: Graphs, names: Mapping[str, str]) -> None:
    """Send graphs, each under the name that it gets there; staged ones in disguise."""
    product = endpoint.product
    many: dict[str, str] = {}
    single: dict[str, str] = {}
    small: dict[str, str] = {}
    for name, target in names.items():
        if endpoint.sends == "updates":
            insert(endpoint, _quads(graphs.triples(name), target))
        elif graphs.files[name].has_blank_nodes:
            single[name] = target
        elif endpoint.sends == "quads":
            many[name] = target
        elif graphs.files[name].count < product.small:
            small[name] = target
        else:
            single[name] = target

    def put(name: str, target: str) -> Callable[[], None]:
        text = _text(endpoint, graphs, {name: target}, quads=False)
        return lambda: endpoint.put_graph(target, text)

    def insert_small() -> None:
        quads = (_quads(graphs.triples(name), target) for name, target in small.items())
        insert(endpoint, chain.from_iterable(quads))

    jobs = [put(name, target) for name, target in single.items()]
    if small:
        jobs.insert(0, insert_small)
    quads = endpoint.posting(_text(endpoint, graphs, many), repeatable=True) if many else ()
    together(chain(jobs, quads), product.at_once)


def _text(
    endpoint: Endpoint, graphs: Graphs, names: Mapping[str, str], *, quads: bool = True
) -> Pieces:
    decimals = endpoint.product.decimals

    def pieces() -> Iterator[bytes]:
        for name, target in names.items():
            yield from graphs.text(name, target, quads=quads, decimals=decimals)

    return Pieces(pieces)


def insert(endpoint: Endpoint, quads: Iterable[ox.Quad]) -> None:
    """Add quads by ``INSERT DATA``; those with blank nodes go together, the rest in pieces."""
    linked: list[ox.Quad] = []
    plain: list[ox.Quad] = []
    for quad in quads:
        if _has_blank(quad):
            linked.append(quad)
            continue
        plain.append(quad)
        if len(plain) == endpoint.product.statements:
            endpoint.update(_insert_data(plain), repeatable=True)
            plain = []
    if linked:  # a second time they would be other nodes: never sent again by itself
        endpoint.update(_insert_data(linked))
    if plain:
        endpoint.update(_insert_data(plain), repeatable=True)


def _quads(triples: Iterable[ox.Triple], target: str) -> Iterator[ox.Quad]:
    if is_staged(target):
        return cover(triples, target)
    graph = ox.NamedNode(target)
    return (ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)


def _insert_data(quads: Sequence[ox.Quad]) -> str:
    groups: dict[str, list[str]] = {}
    for quad in quads:
        line = f"{_term(quad.subject)} {quad.predicate} {_term(quad.object)} ."
        groups.setdefault(str(quad.graph_name), []).append(line)
    inner = "\n".join(f"GRAPH {name} {{\n" + "\n".join(g) + "\n}" for name, g in groups.items())
    return f"INSERT DATA {{\n{inner}\n}}"


def _term(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return f"_:b{term.value}"
    return term_text(term)  # type: ignore[arg-type]


def _has_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
