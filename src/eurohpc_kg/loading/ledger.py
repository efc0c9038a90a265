"""The ledger: what a store holds of ours, kept in a graph of the store itself.

``…/graph/load`` has a line for each graph: its name, count and hash. Names of graphs are texts
here, so that no question about a graph meets them. The `lock` stands there too, and every line is
written on the condition that its writer holds that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.loading.canonical import Digest
from eurohpc_kg.names import GRAPH, NAMESPACE
from eurohpc_kg.sparql import term_text

LEDGER = GRAPH + "load"
WORDS = NAMESPACE + "load#"
AND_MORE = "+"
"""Stands after the hash of a graph that was merged with what was there, and holds more."""
LOCK, OWNER = f"<{WORDS}lock>", f"<{WORDS}owner>"
_NAME, _HASH, _COUNT = (f"<{WORDS}{word}>" for word in ("name", "hash", "count"))


def read_rows(endpoint: Endpoint) -> dict[str, Digest]:
    """Return what the ledger says of each graph."""
    rows = endpoint.select(
        f"SELECT ?name ?count ?hash {{ GRAPH <{LEDGER}> "
        f"{{ ?row {_NAME} ?name ; {_COUNT} ?count ; {_HASH} ?hash }} }}"
    )
    return {
        name.value: Digest(int(count.value), found.value)
        for name, count, found in rows
        if isinstance(name, ox.Literal)
        and isinstance(count, ox.Literal)
        and isinstance(found, ox.Literal)
    }


def row_quads(rows: Mapping[str, Digest]) -> list[ox.Quad]:
    """Return the lines of the ledger for these graphs."""
    graph = ox.NamedNode(LEDGER)
    quads: list[ox.Quad] = []
    for name, found in sorted(rows.items()):
        row = ox.NamedNode(f"{WORDS}graph-{hashlib.sha256(name.encode()).hexdigest()[:32]}")
        for word, value in (("name", name), ("count", found.count), ("hash", found.hash)):
            quads.append(ox.Quad(row, ox.NamedNode(WORDS + word), ox.Literal(value), graph))
    return quads


def write_rows(owner: str, written: Mapping[str, Digest], old: Iterable[str]) -> list[str]:
    """Return the updates that take out the lines of ``old`` graphs, and then write those of others.

    Only what may be there should be in ``old``: to look for it costs Virtuoso 4 ms for each.
    """
    updates = []
    if gone := " ".join(term_text(ox.Literal(name)) for name in old):
        updates.append(
            f"DELETE {{ GRAPH <{LEDGER}> {{ ?row ?p ?o }} }} WHERE {{ {held_by(owner)} "
            f"VALUES ?name {{ {gone} }} GRAPH <{LEDGER}> {{ ?row {_NAME} ?name . ?row ?p ?o }} }}"
        )
    if written:
        rows = " . ".join(str(quad.triple) for quad in row_quads(written))
        updates.append(f"INSERT {{ GRAPH <{LEDGER}> {{ {rows} }} }} WHERE {{ {held_by(owner)} }}")
    return updates


def held_by(owner: str) -> str:
    """Return the pattern that holds only while ``owner`` has the lock."""
    return f"GRAPH <{LEDGER}> {{ {LOCK} {OWNER} {term_text(ox.Literal(owner))} }}"
