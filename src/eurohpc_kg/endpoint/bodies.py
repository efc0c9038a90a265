"""What is sent and what comes back, whole or piece by piece."""

from __future__ import annotations

import http.client
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, cast

import pyoxigraph as ox

from eurohpc_kg.errors import EndpointError
from eurohpc_kg.records import dataclass

_AT_ONCE = 1 << 18  # bytes
_CHECKED = 1_000_000  # a larger answer is not read twice; whoever reads it minds a broken one
_EDGES = re.compile(rb"(?<=>)(?:\s[^<]*|[^<]*\s)(?=</literal>)")
_SPACE = re.compile(rb"\s")
_END = b" .\n"

Lines = Mapping[bytes, list[bytes]]
"""Some triples, each a line of N-Triples without its full stop, by the name of their graph."""


@dataclass(frozen=True)
class Answer:
    """Hold what a server answered; the names of ``headers`` are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Return the type of the body, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Pieces:
    """Hold a body of a request piece by piece; each sending starts from the first again."""

    def __init__(self, pieces: Callable[[], Iterable[bytes]]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces())


class Body:
    """Give the body of an answer piece by piece; raise where it ends before its end."""

    def __init__(self, found: http.client.HTTPResponse) -> None:
        self._found = found
        self._kept = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """Return the next ``size`` bytes at most, or all there are."""
        if size < 0:
            return bytes(self._kept) + self._found.read()
        if not self._kept:
            self._kept = memoryview(self._found.read(_AT_ONCE))
            if not self._kept and self._found.length:
                raise http.client.IncompleteRead(b"", self._found.length)
        piece, self._kept = self._kept[:size], self._kept[size:]
        return bytes(piece)

    def lines(self) -> Iterator[bytes]:
        """Yield the body in pieces, each of whole lines."""
        rest = b""
        while piece := self.read(_AT_ONCE):
            start, mark, end = piece.rpartition(b"\n")
            if mark:
                yield rest + start + mark
                rest = end
            else:
                rest += piece
        if rest:
            yield rest

    @property
    def as_file(self) -> IO[bytes]:
        """Return this object under the type that parsers ask for; they only read."""
        return cast("IO[bytes]", self)


def lines_of(chunk: bytes) -> list[bytes]:
    """Return each line of N-Triples without its full stop; a chunk is of whole lines.

    >>> lines_of(b"<x:a> <x:p> <x:b> .\\n<x:a> <x:p> <x:c> .\\n")
    [b'<x:a> <x:p> <x:b>', b'<x:a> <x:p> <x:c>']
    """
    return chunk.removesuffix(_END).split(_END) if chunk else []


def lines_by_graph(chunk: bytes) -> Lines:
    """Return the triples of each graph in whole lines of N-Quads.

    >>> dict(lines_by_graph(b"<x:a> <x:p> <x:b> <x:g> .\\n"))
    {b'<x:g>': [b'<x:a> <x:p> <x:b>']}
    """
    found: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for line in lines_of(chunk):
        triple, _, name = line.rpartition(b" ")
        found[name].append(triple)
    return found


def whole(found: http.client.HTTPResponse) -> Answer:
    """Return an answer with all of its body."""
    headers = {name.lower(): value for name, value in found.headers.items()}
    return Answer(found.status, headers, found.read())


def plain(body: bytes) -> bytes:
    """Return an answer of Virtuoso, JSON or XML, as parsers take it.

    Names of blank nodes are made such as they may have, and white space at the ends of a text is
    written so that no parser of XML takes it off.
    """
    body = body.replace(b'"nodeID://', b'"').replace(b"<bnode>nodeID://", b"<bnode>")
    return _EDGES.sub(lambda found: _SPACE.sub(_reference, found[0]), body)


def results_of(answer: Answer, place: str) -> ox.QuerySolutions | ox.QueryBoolean:
    """Return the table or the truth in an answer; raise `EndpointError` where there is none."""
    body = plain(answer.body)
    try:
        found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QuerySolutions) and len(body) < _CHECKED:
            list(found)
            found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise garbled(place, answer) from error
    return found


def triples_of(answer: Answer, place: str) -> list[ox.Triple]:
    """Return the triples in an answer; raise `EndpointError` where it is no RDF."""
    form = ox.RdfFormat.from_media_type(answer.media_type or "text/turtle")
    try:
        quads = ox.parse(answer.body, format=form or ox.RdfFormat.TURTLE, lenient=True)
        return [quad.triple for quad in quads]
    except (SyntaxError, ValueError) as error:
        raise garbled(place, answer) from error


def garbled(place: str, answer: Answer | None = None) -> EndpointError:
    """Return the error for an answer from an address that can't be read."""
    kind = (answer.media_type if answer else "") or "something"
    return EndpointError(
        f"the server sent {kind} that is no answer to a query",
        place=place,
        remedy="Correct the address: it must be one that answers SPARQL queries.",
    )


def _reference(found: re.Match[bytes]) -> bytes:
    return b"&#%d;" % found[0][0]
