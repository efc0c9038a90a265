"""The content as it lies there: every file read by itself, whatever is wrong with the others.

`graph.assemble` stops at the first file that it can't read; a check must name all of them. This
module alone turns the errors of reading into findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pyoxigraph import Quad

from eurohpc_kg.check.codes import finding
from eurohpc_kg.errors import (
    EncodingError,
    EurohpcKgError,
    PlacementError,
    QuerySyntaxError,
    TooLargeError,
    TurtleSyntaxError,
)
from eurohpc_kg.findings import Finding
from eurohpc_kg.records import dataclass, field
from eurohpc_kg.repository import Repository
from eurohpc_kg.sources import (
    ONTOLOGY_GRAPH,
    QUESTIONS_GRAPH,
    SHAPES_GRAPH,
    ContentFile,
    content_file,
    content_paths,
    parse_content,
)
from eurohpc_kg.store.runs import Run, run_of
from eurohpc_kg.turtle import read_text

_PLACE = re.compile(r"(?P<path>.*?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?", re.DOTALL)
_CODES: tuple[tuple[type[EurohpcKgError], str], ...] = (
    (EncodingError, "file-encoding"),
    (TooLargeError, "file-size"),
    (TurtleSyntaxError, "turtle-syntax"),
    (QuerySyntaxError, "query-syntax"),
    (PlacementError, "file-placement"),
)
# What is demanded and asked of the world is not a part of it.
ABOUT = frozenset((SHAPES_GRAPH, QUESTIONS_GRAPH))


@dataclass(frozen=True)
class FileRead:
    """Hold one Turtle file that could be read: what it says, and in which words."""

    file: ContentFile
    path: str
    text: str
    quads: list[Quad]

    @cached_property
    def run(self) -> Run:
        """The quads as N-Quads, written once, for all who want them so."""
        return run_of(str(self.file.graph), self.quads)


@dataclass(frozen=True)
class Content:
    """Hold all files that could be read, in the order of paths, and what kept the rest out."""

    repository: Repository
    files: list[FileRead] = field(default_factory=list)
    unreadable: list[Finding] = field(default_factory=list)

    def quads(self) -> Iterator[Quad]:
        """Yield every asserted quad, the shapes included."""
        for read in self.files:
            yield from read.quads

    def runs(self) -> list[Run]:
        """Return every asserted quad as N-Quads, a run a file."""
        return [read.run for read in self.files]

    def data(self) -> Iterator[Quad]:
        """Yield what is said of the world: ontology, register, sources, corrections."""
        for read in self._of_the_world():
            yield from read.quads

    def data_triples(self) -> bytes:
        """Return what `data` yields as N-Triples; what two graphs state is written twice."""
        return b"".join(read.run.triples for read in self._of_the_world())

    def ontology(self) -> Iterator[Quad]:
        """Yield the ontology, its vocabularies and alignments."""
        for read in self.files:
            if read.file.graph == ONTOLOGY_GRAPH:
                yield from read.quads

    def shapes(self) -> Iterator[Quad]:
        """Yield the shapes, with the ontology's prefixes that their queries use."""
        for read in self.files:
            if read.file.graph == SHAPES_GRAPH or read.path == "ontology/prefixes.ttl":
                yield from read.quads

    def _of_the_world(self) -> Iterator[FileRead]:
        return (read for read in self.files if read.file.graph not in ABOUT)


def read_all(repository: Repository) -> Content:
    """Read every content file; what can't be read becomes a finding, and the rest goes on."""
    content = Content(repository)
    for path in content_paths(repository):
        place = repository.relative(path)
        try:
            file = content_file(repository, path)
            text = read_text(path)
            quads = parse_content(text, file, place)
        except EurohpcKgError as error:
            content.unreadable.append(as_finding(error, place, "file-unreadable"))
        else:
            content.files.append(FileRead(file, place, text, quads))
    return content


def as_finding(error: EurohpcKgError, path: str, otherwise: str) -> Finding:
    """Turn what stopped the reading of a file into a finding; ``otherwise`` is the code for the
    errors that have none of their own.
    """
    code = next((code for kind, code in _CODES if isinstance(error, kind)), otherwise)
    match = _PLACE.fullmatch(error.place)
    line, column = (int(match[n] or 0) for n in ("line", "column")) if match else (0, 0)
    return finding(code, path, error.problem, line=line, column=column, remedy=error.remedy)
