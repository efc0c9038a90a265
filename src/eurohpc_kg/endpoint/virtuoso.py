"""What Virtuoso does in ways of its own, which are quicker by far than those of the protocols.

It reads back what it has by a query that writes its rows into the answer itself, by the functions
that the server's own writers of N-Triples call: `_writing` makes the query. The answer proper is
one row, which nobody reads. A function goes over some thousand rows before the next one does, so
that each run of rows comes column by column: a line for each, with a number, then the subjects,
then the objects. That costs the server half of what its quickest table costs, and a twentieth of
the same triples by CONSTRUCT; and no limit of rows cuts it.

N-Quads can't be sent to 7.2.5 by the protocols, but a user with all rights (`dba`) can call its own
loader by a query, with the text in a field beside: `loading` makes the request, for each of the
`parts_of` a text.
"""

from __future__ import annotations

import re
import secrets
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from eurohpc_kg.endpoint.bodies import Lines

_FIRST, _PART = 250_000, 4_000_000
"""Bytes of one field: Virtuoso takes no text of more than 10 MB."""

_LOADER = (
    'SELECT (sql:TTLP(bif:connection_get("SPARQL_quads"), "", "urn:none", 512, 1, 1) AS ?done) {}'
)
"""No base, a graph for what names none, N-Quads, with the log, in one thread."""

_SHIFT = 1 << 32
_RUN = re.compile(rb"\n\d++([<_][^\n]*)(?=\n)")
"""The last number of a run, and all of its terms."""
_TERM = re.compile(rb'<[^>]*>|"[^"\\]*(?:\\.[^"\\]*)*"(?:@[\w-]+|\^\^<[^>]*>)?|_:[^<"_]+')


def parts_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces of whole lines joined, or taken apart, so that each is what one request takes.

    The first ones are small, so that nobody who sends waits long for a part.

    >>> [len(part) for part in parts_of([b"<x:a> .\\n" * 1_500_000])]
    [250000, 500000, 1000000, 2000000, 4000000, 4000000, 250000]
    """
    kept: list[bytes] = []
    room = size = min(_FIRST, _PART)
    for piece in pieces:
        start = 0
        while len(piece) - start > room:
            end = piece.rfind(b"\n", start, start + room) + 1
            if not end and not kept:  # one line is more: the server may say so itself
                end = piece.find(b"\n", start) + 1 or len(piece)
            kept.append(piece[start : end or start])
            start = end or start
            yield b"".join(kept)
            size = min(2 * size, _PART)
            kept, room = [], size
        if start < len(piece):
            kept.append(piece[start:])
            room -= len(piece) - start
    if kept:
        yield b"".join(kept)


def loading(address: str, quads: bytes) -> urllib.request.Request:
    """Return the request that has Virtuoso load N-Quads."""
    edge = f"--{secrets.token_hex(16)}"
    head = f'{edge}\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s'
    body = (head % ("query", _LOADER) + "\r\n" + head % ("quads", "")).encode()
    request = urllib.request.Request(address, body + quads + f"\r\n{edge}--\r\n".encode())
    request.add_header("Content-Type", f"multipart/form-data; boundary={edge[2:]}")
    request.add_header("Accept", "application/sparql-results+xml")
    return request


def _writing(pattern: str, number: str, *terms: str) -> str:
    """Return the query that writes the rows of a pattern: a number, and some variables as terms.

    SAMPLE lets the functions run after all conditions, unlike FILTER, and in the thread that has
    the answer at hand, unlike any other aggregate.
    """
    calls = [f'bif:http(<LONG::bif:concat>("\\n", {number}))']
    calls += [f"<LONG::bif:http_nt_object>(?{name}, 0)" for name in terms]
    return f"SELECT (SAMPLE(bif:concat({', '.join(calls)})) AS ?done) {{ {pattern} }}"


def _number(name: str) -> str:
    """Return the expression for the number that Virtuoso itself has for the IRI in a variable."""
    return f"<LONG::bif:iri_id_num>(?{name})"


NAMES = _writing(
    "{ SELECT ?p AS ?name { GRAPH ?g { ?s ?p ?o } } GROUP BY ?p } "
    "UNION { SELECT ?g AS ?name { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g }",
    _number("name"),
    "name",
)
"""The query for all properties and graphs, with their numbers; see `names_of_rows`.

With DISTINCT in place of GROUP BY, 7.2.5 never ends where there are a thousand graphs.
"""

ALL_ROWS = _writing(
    "GRAPH ?g { ?s ?p ?o }", f"{_number('g')} * {_SHIFT} + {_number('p')}", "s", "o"
)
"""The query for all triples, with the numbers of graph and property in one; `graphs_of_rows`."""


def rows_of_graph(name: str) -> str:
    """Return the query for the triples of one graph; see `lines_of_rows`."""
    return _writing(f"GRAPH <{name}> {{ ?s ?p ?o }}", _number("p"), "s", "p", "o")


def names_of_rows(pieces: Iterable[bytes]) -> dict[int, bytes]:
    """Return the names of `NAMES` by their numbers."""
    found: dict[int, bytes] = {}
    for numbers, terms in _runs(pieces, 1):
        found.update(zip(map(int, numbers), *terms, strict=True))
    return found


def lines_of_rows(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield the rows of `rows_of_graph` as lines of N-Triples without full stops.

    >>> list(lines_of_rows([b'1\\n1<x:a><x:b><x:p><x:q>"one"_:vb1\\n']))
    [[b'<x:a> <x:p> "one"', b'<x:b> <x:q> _:vb1']]
    """
    for _, columns in _runs(pieces, 3):
        yield list(map(b" ".join, zip(*columns, strict=True)))


def graphs_of_rows(pieces: Iterable[bytes], names: Mapping[int, bytes]) -> Iterator[Lines]:
    """Yield the rows of `ALL_ROWS` in the same way, by graph."""
    both = _Both(names)
    for numbers, (subjects, objects) in _runs(pieces, 2):
        found: defaultdict[bytes, list[bytes]] = defaultdict(list)
        pairs = map(both.__getitem__, numbers)
        for (graph, property_), s, o in zip(pairs, subjects, objects, strict=True):
            found[graph].append(s + property_ + o)
        yield found


class _Both(dict[bytes, tuple[bytes, bytes]]):
    """Hold graph and property, with spaces, by the number of both; what has no name is empty."""

    def __init__(self, names: Mapping[int, bytes]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, number: bytes) -> tuple[bytes, bytes]:
        graph, property_ = (self._names.get(one, b"") for one in divmod(int(number), _SHIFT))
        found = self[number] = (graph, b" " + property_ + b" ")
        return found


def _runs(pieces: Iterable[bytes], width: int) -> Iterator[tuple[list[bytes], list[list[bytes]]]]:
    """Yield the numbers of a run of rows, and each column of terms; the pieces are whole lines."""
    rest = b""
    for piece in pieces:
        text, end = rest + piece, 0
        for run in _RUN.finditer(text):
            numbers = text[end : run.start(1)].rpartition(b".\n")[2].split()  # after the prefixes
            terms = _TERM.findall(run[1])
            rows = len(numbers)
            if len(terms) >= rows * width:
                yield numbers, [terms[rows * n : rows * (n + 1)] for n in range(width)]
            end = run.end()
        rest = text[end:]
