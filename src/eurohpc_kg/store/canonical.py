"""Every graph of a store in its canonical form, one after another in one file, with an index.

The canonical form is that of RDFC-1.0: sorted N-Triples, blank nodes named ``c14n0`` and on. It
keeps literals as the sources write them (the store turns ``12.50`` into ``12.5``), it is read three
times as fast as the store gives its quads, and its hash is the hash of the graph.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.errors import StoreError
from eurohpc_kg.records import dataclass
from eurohpc_kg.store.runs import END as _LINE_END
from eurohpc_kg.store.runs import Run, may_have_blank, runs_of

TRIPLES, INDEX = "graphs.nt", "graphs.json"
CHUNK = 1 << 20  # bytes
_END = _LINE_END.decode()


@dataclass(frozen=True)
class CanonicalGraph:
    """Say where a graph stands: ``size`` bytes of the file from ``offset`` on.

    ``hash`` is the SHA-256 of these bytes; ``has_blank_nodes`` tells whether any is in them.
    """

    name: str
    path: Path
    offset: int
    size: int
    count: int
    hash: str
    has_blank_nodes: bool

    def chunks(self, size: int = CHUNK) -> Iterator[bytes]:
        """Give the triples in pieces of about ``size`` bytes, each of whole lines."""
        left = self.size
        with self.path.open("rb") as file:
            file.seek(self.offset)
            while left > 0:
                piece = file.read(min(size, left))
                if not piece:
                    raise _damaged(self.path)
                if not piece.endswith(b"\n"):
                    piece += file.readline()
                left -= len(piece)
                yield piece


def write_graphs(folder: Path, quads: Iterable[ox.Quad]) -> None:
    """Write the quads, each of a named graph, and the index, into a folder that is there."""
    write_runs(folder, runs_of(quads))


def write_runs(folder: Path, runs: Iterable[Run]) -> None:
    """Do what `write_graphs` does with quads that are N-Quads already."""
    with (folder / TRIPLES).open("wb") as file:
        write_index(folder, _sections(file.write, _by_graph(runs), folder / TRIPLES))


def rewrite_graphs(
    folder: Path, texts: Mapping[str, bytes], known: Mapping[str, CanonicalGraph]
) -> None:
    """Write graphs given in canonical form, most of them as they are ``known`` from elsewhere.

    What is not known, or stands there otherwise, must be without blank nodes.
    """
    graphs: list[CanonicalGraph] = []
    path, offset = folder / TRIPLES, 0
    with path.open("wb") as file:
        for name in sorted(texts, key=lambda name: f"{name}>"):  # as `_by_graph` does
            text, old = texts[name], known.get(name)
            file.write(text)
            digest = hashlib.sha256(text).hexdigest()
            blank = old is not None and old.hash == digest and old.has_blank_nodes
            count = text.count(_LINE_END)
            graphs.append(CanonicalGraph(name, path, offset, len(text), count, digest, blank))
            offset += len(text)
    write_index(folder, graphs)


def write_index(folder: Path, graphs: Iterable[CanonicalGraph]) -> None:
    """Write the index of a file of graphs beside it."""
    rows = [[g.name, g.offset, g.size, g.count, g.hash, g.has_blank_nodes] for g in graphs]
    (folder / INDEX).write_text(json.dumps(rows), encoding="utf-8")


def read_graphs(folder: Path) -> tuple[CanonicalGraph, ...]:
    """Return the graphs of a store, by name; raise `StoreError` where it lacks them."""
    path = folder / TRIPLES
    try:
        rows = json.loads((folder / INDEX).read_bytes())
        if path.stat().st_size != sum(row[2] for row in rows):
            raise _damaged(path)
    except (OSError, ValueError) as error:
        raise _damaged(path) from error
    return tuple(
        CanonicalGraph(name, path, offset, size, count, digest, blank)
        for name, offset, size, count, digest, blank in rows
    )


def load_in_memory(folder: Path) -> ox.Store:
    """Return a store in memory with the same quads: ten times as quick to look things up in.

    Blank nodes are called by their graph and their canonical label.
    """
    store = ox.Store()
    for graph in read_graphs(folder):
        name = ox.NamedNode(graph.name)
        data = b"".join(graph.chunks())
        if graph.has_blank_nodes:
            prefix = graph.name.rpartition("/")[2]
            store.extend(_called(quad, name, prefix) for quad in _parsed(data))
        else:
            store.load(data, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
    return store


def _parsed(data: bytes) -> Iterator[ox.Quad]:
    return ox.parse(data, format=ox.RdfFormat.N_TRIPLES)


def _called(quad: ox.Quad, graph: ox.NamedNode, prefix: str) -> ox.Quad:
    subject, predicate, value, _ = quad
    if isinstance(subject, ox.BlankNode):
        subject = ox.BlankNode(f"{prefix}-{subject.value}")
    if isinstance(value, ox.BlankNode):
        value = ox.BlankNode(f"{prefix}-{value.value}")
    return ox.Quad(subject, predicate, value, graph)


def lines_of(text: bytes) -> list[str]:
    """Return the statements of a graph that is written as here, without the dots."""
    return text.decode().split(_END)[:-1]


def text_of(lines: Iterable[str]) -> bytes:
    """Write such statements."""
    return "".join(f"{line}{_END}" for line in lines).encode()


def as_quads(graphs: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield the N-Quads of graphs that are given as N-Triples in the form of this module."""
    for name, triples in graphs.items():
        yield triples.replace(_LINE_END, f" <{name}>{_END}".encode())


def _by_graph(runs: Iterable[Run]) -> Iterator[tuple[str, list[bytes], bool]]:
    """Give the name of each graph, its triples as sorted lines, and whether it has blank nodes."""
    groups: dict[str, list[bytes]] = {}
    blank: set[str] = set()
    for run in runs:
        groups.setdefault(run.graph, []).extend(run.lines())
        if run.may_have_blank:
            blank.add(run.graph)
    for name in sorted(groups):
        triples = groups.pop(name)
        named = name not in blank or not any(map(may_have_blank, triples))
        yield name[1:-1], _unique(triples) if named else _relabelled(triples), not named


def _unique(triples: list[bytes]) -> list[bytes]:
    """Sort by code points, as RDFC-1.0 does, and leave out what stands there twice."""
    triples.sort()
    return list(dict.fromkeys(triples))


def _relabelled(triples: list[bytes]) -> list[bytes]:
    """Name the blank nodes as RDFC-1.0 does; a triple without one has no part in that."""
    parts: tuple[list[bytes], list[bytes]] = ([], [])
    for text in triples:
        parts[may_have_blank(text)].append(text)
    named, blank = parts
    dataset = ox.Dataset(ox.parse(_LINE_END.join([*blank, b""]), format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return _unique([*named, *(str(quad.triple).encode() for quad in dataset)])


def _sections(
    put: Callable[[bytes], object], graphs: Iterable[tuple[str, list[bytes], bool]], path: Path
) -> Iterator[CanonicalGraph]:
    offset = 0
    for name, triples, blank in graphs:
        data = _LINE_END.join([*triples, b""])
        put(data)
        digest = hashlib.sha256(data).hexdigest()
        yield CanonicalGraph(name, path, offset, len(data), len(triples), digest, blank)
        offset += len(data)


def _damaged(path: Path) -> StoreError:
    return StoreError(
        "the canonical graphs of the store are missing or damaged",
        place=str(path),
        remedy="Run eurohpc-kg build --force, which makes the store anew.",
    )
