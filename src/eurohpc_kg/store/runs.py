"""Quads as N-Quads, a run of one graph after another.

Quads come file by file, so that whole runs of one graph are written at once. The text of a run is
what is quickest to hand on: to the canonical form, to the SHACL engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

import pyoxigraph as ox

from eurohpc_kg.records import dataclass

END = b" .\n"
_graph_name = attrgetter("graph_name")


@dataclass(frozen=True)
class Run:
    """Hold quads of one ``graph`` (as N-Quads write its name) as the N-Quads ``text``."""

    graph: str
    text: bytes

    @property
    def triples(self) -> bytes:
        """Return the same as N-Triples."""
        return self.text.replace(self._end, END)

    def lines(self) -> list[bytes]:
        """Return the triples as N-Triples, each without its dot."""
        return self.text.split(self._end)[:-1]

    @property
    def may_have_blank(self) -> bool:
        """Tell whether a blank node is in it, or a text that looks like one."""
        return b"_:" in self.text

    @property
    def _end(self) -> bytes:
        return f" {self.graph} .\n".encode()


def may_have_blank(line: bytes) -> bool:
    """Tell whether a statement has a blank node, or a text that looks like one."""
    return line.startswith(b"_:") or b" _:" in line


def runs_of(quads: Iterable[ox.Quad]) -> Iterator[Run]:
    """Give the quads as runs, in their order."""
    for graph, run in groupby(quads, _graph_name):
        yield run_of(str(graph), run)


def run_of(graph: str, quads: Iterable[ox.Quad]) -> Run:
    """Give the quads, all of one graph, as one run."""
    return Run(graph, ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def triples_of(quads: Iterable[ox.Quad]) -> bytes:
    """Return the union of the graphs as N-Triples; what two graphs state is written twice."""
    return b"".join(run.triples for run in runs_of(quads))
