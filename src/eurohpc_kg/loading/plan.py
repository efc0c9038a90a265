"""What a load would do: which graphs are sent, left as they are, adopted, or removed.

A graph is left as it is when the ledger has its hash and the store has as many triples of it as the
ledger says. One that the ledger does not know, but that has the right number of triples (a bulk
loader put it there, say), is read back and adopted if it is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from eurohpc_kg.amounts import amount
from eurohpc_kg.endpoint import Endpoint
from eurohpc_kg.endpoint.bodies import lines_of
from eurohpc_kg.export.bulk import shortened
from eurohpc_kg.loading.canonical import Digest, count_of_chunks, digest_of_chunks
from eurohpc_kg.loading.disguise import WORD, covered_line
from eurohpc_kg.loading.ledger import AND_MORE, LEDGER, read_rows
from eurohpc_kg.loading.reading import count_graphs, read_digests
from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.records import dataclass, field
from eurohpc_kg.store.canonical import CanonicalGraph, read_graphs
from eurohpc_kg.store.choosing import is_named, named_graphs
from eurohpc_kg.store.saying import Say

_END = b" .\n"


@dataclass(frozen=True)
class Graphs:
    """Hold the graphs of a built store, in the canonical form that stands beside it."""

    files: Mapping[str, CanonicalGraph] = field(repr=False)
    values: dict[str, Digest] = field(default_factory=dict, repr=False, compare=False)

    @property
    def digests(self) -> Mapping[str, Digest]:
        """Return count and hash of each graph as its sources write it."""
        return {name: Digest(file.count, file.hash) for name, file in self.files.items()}

    def triples(self, name: str) -> Iterator[ox.Triple]:
        """Yield the triples of one graph, as the sources write them."""
        for chunk in self.files[name].chunks():
            for quad in ox.parse(chunk, format=ox.RdfFormat.N_TRIPLES):
                yield quad.triple

    def text(
        self, name: str, target: str, *, quads: bool = True, decimals: bool = True
    ) -> Iterator[bytes]:
        """Yield a graph piece by piece, as N-Quads of the graph ``target`` or as N-Triples.

        What is meant for a staged graph is disguised. Without ``decimals`` they are written at
        their shortest, as TDB2 needs them.
        """
        end = f" <{target}> .\n".encode() if quads else _END
        for chunk in self.files[name].chunks():
            piece = chunk if decimals else shortened(chunk)
            if is_staged(target):
                yield b"".join(covered_line(line) + end for line in lines_of(piece))
            else:
                yield piece.replace(_END, end)

    def value(self, name: str) -> Digest:
        """Return count and hash of what a graph says, however a number is written."""
        if name not in self.values:
            self.values[name] = digest_of_chunks(self._lines(name))
        return self.values[name]

    def count(self, name: str) -> int:
        """Return the count of `value`, which takes less time."""
        known = self.values.get(name)
        return known.count if known else count_of_chunks(self._lines(name))

    def _lines(self, name: str) -> Iterator[list[bytes]]:
        return map(lines_of, self.files[name].chunks())


@dataclass(frozen=True)
class Wishes:
    """Hold how to compare: ``patterns`` choose graphs, all of them for none.

    ``full`` sends also what has not changed; ``merge`` removes nothing that is there; ``verify``
    reads every graph back instead of believing the ledger.
    """

    patterns: tuple[str, ...] = ()
    full: bool = False
    merge: bool = False
    verify: bool = False


@dataclass(frozen=True)
class Plan:
    """Hold what a load does. The first four are names of graphs, sorted.

    ``counts`` has how many triples the store holds in each graph, staged ones included, ``rows``
    what its ledger says.
    """

    send: tuple[str, ...]
    same: tuple[str, ...]
    adopt: tuple[str, ...]
    remove: tuple[str, ...]
    counts: Mapping[str, int]
    rows: Mapping[str, Digest] = field(default_factory=dict, repr=False)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to do."""
        return not (self.send or self.adopt or self.remove)


def graphs_of(folder: Path, patterns: Sequence[str] = ()) -> Graphs:
    """Return the named graphs of a built store, or those that the patterns name.

    A pattern is as `is_named` takes it. Raises `UnknownNameError` for a pattern that names none.
    """
    return Graphs(
        {file.name: file for file in named_graphs(read_graphs(folder), patterns, "--graphs")}
    )


def make_plan(graphs: Graphs, endpoint: Endpoint, wishes: Wishes, say: Say) -> Plan:
    """Compare the graphs here with those in the store."""
    counts = count_graphs(endpoint)
    rows = read_rows(endpoint)
    local = graphs.digests
    send, same, unsure = _compared(local, counts, rows, wishes)
    adopt: list[str] = []
    if unsure:
        say(f"reading {amount(len(unsure), 'graph')} back")
        expected = {name: graphs.value(name) for name in unsure}
        found = read_digests(endpoint, expected, counts)
        for name in unsure:
            if found[name] != expected[name]:
                send.append(name)
            elif name in rows:
                same.append(name)
            else:
                adopt.append(name)
    ours = {name for name in counts if name.startswith(NAMESPACE) and name != LEDGER} | rows.keys()
    gone = () if wishes.merge else (name for name in ours if name not in local)
    chosen = wishes.patterns
    remove = sorted(name for name in gone if not chosen or is_named(name, chosen))
    return Plan(tuple(sorted(send)), tuple(sorted(same)), tuple(adopt), tuple(remove), counts, rows)


def _compared(
    local: Mapping[str, Digest],
    counts: Mapping[str, int],
    rows: Mapping[str, Digest],
    wishes: Wishes,
) -> tuple[list[str], list[str], list[str]]:
    """Return the graphs that must be sent, those that are the same, and those to be read back."""
    send: list[str] = []
    same: list[str] = []
    unsure: list[str] = []
    for name, wanted in sorted(local.items()):
        known, count = rows.get(name), counts.get(name, 0)
        hashes = {wanted.hash, wanted.hash + AND_MORE} if wishes.merge else {wanted.hash}
        if wishes.full or (known is not None and known.hash not in hashes):
            send.append(name)
        elif known is not None and count == known.count and not wishes.verify:
            same.append(name)
        elif count in (wanted.count, known.count if known else -1):
            unsure.append(name)
        else:
            send.append(name)
    return send, same, unsure


def is_staged(name: str) -> bool:
    """Tell whether a graph is one that a load staged."""
    return name.startswith(WORD)
