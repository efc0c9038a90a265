"""What is exported: some graphs, as sorted text, read as often as there are formats.

Everything streams: a graph is read in pieces, and the union of graphs is sorted once, outside
memory, into a file that the formats without named graphs share.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from eurohpc_kg import __version__
from eurohpc_kg.errors import UsageError
from eurohpc_kg.export.lines import Parts, value
from eurohpc_kg.export.sorting import batches, sort_lines
from eurohpc_kg.names import EHPC, Prefixes, read_prefixes
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import INFERRED_GRAPH, ONTOLOGY_GRAPH
from eurohpc_kg.store.canonical import CHUNK, CanonicalGraph
from eurohpc_kg.terms import Term, read_terms

INFERRED = INFERRED_GRAPH.value
EPOCH = "SOURCE_DATE_EPOCH"

Tick = Callable[[int], object]

# Days, months or years in which documents were seen and files changed.
_SEEN = (
    re.compile(rb'ontology#retrieved> "(\d{4}(?:-\d\d){0,2})"'),
    re.compile(rb'<http://purl.org/dc/terms/modified> "(\d{4}(?:-\d\d){0,2})"'),
)
_LABEL = re.compile(
    rb"^<([^>]+)> <http://www\.w3\.org/(?:2000/01/rdf-schema#label|2004/02/skos/core#prefLabel)> "
    rb'("(?:[^"\\]|\\.)*"@en) \.$',
    re.MULTILINE,
)
_SHORTCUT = re.compile(rb"^<([^>]+)> <" + EHPC.encode() + rb"shortcutFor> ", re.MULTILINE)
_BLANK_SUBJECT = re.compile(rb"^_:", re.MULTILINE)
_BLANK_OBJECT = re.compile(rb"(>) _:(c14n\d+ \.)$", re.MULTILINE)

_TAB = 9


def _nobody(count: int) -> None:
    """Hear nothing."""


class Dataset:
    """Graphs of one repository, by name; ``work`` is a folder for what is kept meanwhile.

    ``tick`` hears how many triples were read since it heard last; ``known`` are the graphs that
    names are looked up in, where that is more than what is exported; ``site`` is the address that
    the files will have, where it is not the namespace.
    """

    def __init__(
        self,
        graphs: Iterable[CanonicalGraph],
        repository: Repository,
        work: Path,
        tick: Tick = _nobody,
        known: Iterable[CanonicalGraph] | None = None,
        site: str = "",
    ) -> None:
        self.graphs: Sequence[CanonicalGraph] = sorted(graphs, key=lambda graph: graph.name)
        self.repository = repository
        self.prefixes: Prefixes = read_prefixes(repository)
        self.work = work
        self.tick = tick
        self.version = __version__
        self.site = site.rstrip("/") + "/" if site else ""
        self.known: Sequence[CanonicalGraph] = self.graphs if known is None else list(known)
        # What formats make of the dataset and share, by what it is.
        self.kept: dict[str, Any] = {}
        self._clashing = sum(graph.has_blank_nodes for graph in self.graphs) > 1

    @property
    def count(self) -> int:
        """How many quads there are."""
        return sum(graph.count for graph in self.graphs)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The terms of the ontology and its vocabularies, by IRI."""
        texts = (b"".join(g.chunks()) for g in self.known if g.name == ONTOLOGY_GRAPH.value)
        quads = (ox.parse(text, format=ox.RdfFormat.N_TRIPLES) for text in texts)
        return read_terms(chain.from_iterable(quads))

    @cached_property
    def labels(self) -> dict[str, str]:
        """The English name of everything that has one, of several the first, by IRI."""
        found: dict[str, str] = {}
        for graph in self.known:
            for chunk in graph.chunks():
                for name, text in _LABEL.findall(chunk):
                    literal = value(text.decode())
                    if literal is not None:
                        found.setdefault(name.decode(), literal.text)
        return found

    @cached_property
    def shortcuts(self) -> set[str]:
        """The properties that are derived so that a thing has them plainly, by IRI."""
        ontology = (graph for graph in self.known if graph.name == ONTOLOGY_GRAPH.value)
        chunks = (chunk for graph in ontology for chunk in graph.chunks())
        derived = {name.decode() for c in chunks for name in _SHORTCUT.findall(c)}
        return derived | {EHPC + "currentStatus", EHPC + "inCountry"}

    @cached_property
    def date(self) -> str:
        """The day of the data: of ``SOURCE_DATE_EPOCH``, or when it was last seen or changed.

        A part of the graph has the day of the whole; of a month, or a year, the first day counts.
        """
        if os.environ.get(EPOCH):
            return _day(os.environ[EPOCH])
        found = {b"1970"}
        for graph in self.known:
            for chunk in graph.chunks():
                for pattern in _SEEN:
                    found.update(pattern.findall(chunk))
        return max(day + b"-01-01"[len(day) - 4 :] for day in found).decode()

    def chunks(self, graph: CanonicalGraph) -> Iterator[bytes]:
        """Give the triples of a graph as N-Triples, in pieces of whole lines.

        Blank nodes of two graphs are two nodes: they get the number of their graph where the two
        would meet.
        """
        if not (self._clashing and graph.has_blank_nodes):
            yield from graph.chunks()
            return
        label = b"_:g%d" % self.graphs.index(graph)
        for chunk in graph.chunks():
            named = _BLANK_OBJECT.sub(rb"\1 " + label + rb"\2", chunk)
            yield _BLANK_SUBJECT.sub(label, named)

    def parts(self, graph: CanonicalGraph) -> Iterator[Parts]:
        """Give the triples of a graph, in order, as the text of their three terms."""
        for chunk in self.chunks(graph):
            # No line break stands within a term, and no blank within the first two.
            triples = chunk.decode().split(" .\n")
            triples.pop()
            for triple in triples:
                subject, predicate, term = triple.split(" ", 2)
                yield subject, predicate, term
            self.tick(len(triples))

    def triples(self) -> Iterator[bytes]:
        """Give the triples of all graphs, each once, as sorted lines of N-Triples."""
        for line in self._sourced_lines():
            yield line.partition(b"\t")[0] + b"\n"

    def all_parts(self) -> Iterator[Parts]:
        """Give the triples of all graphs, each once, in order, as the text of their terms."""
        for line in self._sourced_lines():
            subject, predicate, rest = line.decode().split(" ", 2)
            yield subject, predicate, rest[: rest.rindex(" .\t")]

    def sourced(self) -> Iterator[tuple[Parts, list[str]]]:
        """Give each triple of any graph with the names of the graphs that have it."""
        names = [graph.name for graph in self.graphs]
        known: dict[str, list[str]] = {}  # some thousand: the same few graphs say the same
        for line in self._sourced_lines():
            subject, predicate, rest = line.decode().split(" ", 2)
            term, _, numbers = rest.partition(" .\t")
            graphs = known.get(numbers)
            if graphs is None:
                graphs = known[numbers] = [names[int(number)] for number in numbers.split("\t")]
            yield (subject, predicate, term), graphs

    def _sourced_lines(self) -> Iterator[bytes]:
        with self._sourced.open("rb") as file:
            while lines := file.readlines(CHUNK):
                yield from lines
                self.tick(len(lines))

    @cached_property
    def _sourced(self) -> Path:
        """The file with a line a triple: the triple, then a tab and the number of each graph.

        No tab stands in a canonical triple.
        """
        path = self.work / "sourced"
        with path.open("wb") as file:
            for piece in batches(_grouped(sort_lines(self._numbered(), self.work))):
                file.write(piece)
        return path

    def _numbered(self) -> Iterator[bytes]:
        for number, graph in enumerate(self.graphs):
            mark = b" .\t%06d\n" % number
            for chunk in self.chunks(graph):
                yield chunk.replace(b" .\n", mark)


def _grouped(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join the lines of one triple: its text, then a tab and a number of six digits for each."""
    held = b""
    for line in lines:
        if held and line[:-8] == held[: len(line) - 8] and held[len(line) - 8] == _TAB:
            held = held[:-1] + line[-8:]
        else:
            yield held
            held = line
    yield held


def _day(seconds: str) -> str:
    try:
        moment = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"{seconds!r} is not a number of seconds since 1970",
            place=EPOCH,
            remedy="Give a whole number, or unset the variable.",
        ) from error
    return moment.date().isoformat()
