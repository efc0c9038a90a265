"""What Virtuoso does in ways of its own, which are quicker by far than those of the protocols.

A table that is asked for as Turtle comes whole, as a stream, and costs the server a fifth of what
it costs as XML and a twentieth of the same triples by CONSTRUCT; any other form is cut at
``ResultSetMaxRows``. `table_of` asks for it, `lines_of_table` and `graphs_of_table` make lines of
N-Triples of it.

N-Quads can't be sent to 7.2.5 by the protocols, but a user with all rights (`dba`) can call its own
loader by a query, with the text in a field beside: `loading` makes the request, for each of the
`parts_of` a text.
"""

from __future__ import annotations

import re
import secrets
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from eurohpc_kg.endpoint.bodies import Lines
from eurohpc_kg.namespaces import XSD

_PART = 4_000_000
"""Bytes of one field: Virtuoso takes no text of more than 10 MB."""

_LOADER = (
    'SELECT (sql:TTLP(bif:connection_get("SPARQL_quads"), "", "urn:none", 512, 1, 1) AS ?done) {}'
)
"""No base, a graph for what names none, N-Quads, with the log, in one thread."""

_BEFORE = b'\n      res:binding [ res:variable "'
_START = len(b's" ; res:value ')
"""Where a value begins after that, as each column is named by one letter."""
_NEXT = b" ] ;"
_LAST = b" ] ] ."
_END = _LAST + b"\n"
_KEPT = 200_000  # terms, of which most come again
_PREFIX = re.compile(rb"^@prefix (\w*):\s+<([^>]*)> \.$", re.MULTILINE)
_WHOLE = re.compile(rb"-?\d+")
_DECIMAL = re.compile(rb"-?\d*\.\d+")


def parts_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces of whole lines joined, or taken apart, so that each is what one request takes.

    >>> [len(part) for part in parts_of([b"<x:a> .\\n" * 1_500_000])]
    [4000000, 4000000, 4000000]
    """
    kept: list[bytes] = []
    room = _PART
    for piece in pieces:
        start = 0
        while len(piece) - start > room:
            end = piece.rfind(b"\n", start, start + room) + 1
            if not end and not kept:  # one line is more: the server may say so itself
                end = piece.find(b"\n", start) + 1 or len(piece)
            kept.append(piece[start : end or start])
            start = end or start
            yield b"".join(kept)
            kept, room = [], _PART
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


def table_of(columns: Sequence[str], pattern: str) -> str:
    """Return the query for some columns; "LONG" leaves it to the writer to look terms up, once."""
    names = " ".join(f"?{name}" for name in columns)
    return f'DEFINE output:valmode "LONG" SELECT {names} WHERE {{ {pattern} }}'


def lines_of_table(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield a table of triples as lines of N-Triples without full stops, some at a time.

    The pieces are of whole lines, as Virtuoso writes a table of the columns s, p and o in Turtle.

    >>> row = b'''_:_ res:solution [
    ...       res:binding [ res:variable "s" ; res:value a:b ] ;
    ...       res:binding [ res:variable "p" ; res:value a:c ] ;
    ...       res:binding [ res:variable "o" ; res:value 12 ] ] .
    ... '''
    >>> list(lines_of_table([b"@prefix a:\\t<x:> .\\n" + row]))
    [[b'<x:b> <x:c> "12"^^<http://www.w3.org/2001/XMLSchema#integer>']]
    """
    for columns in _columns(pieces, 3):
        yield [b" ".join(row) for row in zip(*columns, strict=False)]


def graphs_of_table(pieces: Iterable[bytes]) -> Iterator[Lines]:
    """Yield a table of triples with their graphs, in the columns s, p, o and g."""
    for *columns, graphs in _columns(pieces, 4):
        found: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for name, row in zip(graphs, zip(*columns, strict=False), strict=False):
            found[name].append(b" ".join(row))
        yield found


def _columns(pieces: Iterable[bytes], number: int) -> Iterator[list[list[bytes]]]:
    """Yield the terms of each column, of some rows at a time."""
    terms = _Terms()
    rest = b""
    for piece in pieces:
        text, end, rest = (rest + piece).rpartition(_END)
        terms.declare(text)
        values = (text + end).split(_BEFORE)[1:]
        inner = [values[column::number] for column in range(number)]
        ends = [value.rfind(_LAST) for value in inner[-1]]
        yield [
            *([terms[value[_START : -len(_NEXT)]] for value in column] for column in inner[:-1]),
            [terms[value[_START:end]] for value, end in zip(inner[-1], ends, strict=True)],
        ]


class _Terms(dict[bytes, bytes]):
    """Hold the terms of N-Triples that values of the table stand for."""

    def __init__(self) -> None:
        super().__init__()
        self._prefixes = {b"xsd": XSD.encode()}

    def declare(self, text: bytes) -> None:
        """Take up the prefixes that are declared between rows, each once and for all."""
        if b"@prefix" in text:
            self._prefixes.update(_PREFIX.findall(text))

    def __missing__(self, value: bytes) -> bytes:
        if len(self) == _KEPT:
            self.clear()
        made = self[value] = self._made(value)
        return made

    def _made(self, value: bytes) -> bytes:
        if value.startswith((b"<", b"_:")):
            return value
        if value.startswith(b'"'):
            text, mark, kind = value.rpartition(b'"^^')
            return text + mark + self._made(kind) if mark and b'"' not in kind else value
        if _WHOLE.fullmatch(value):
            return b'"%b"^^<%binteger>' % (value, XSD.encode())
        if _DECIMAL.fullmatch(value):
            return b'"%b"^^<%bdecimal>' % (value, XSD.encode())
        prefix, mark, name = value.partition(b":")
        if not mark or prefix not in self._prefixes:
            return b'"%b"^^<%bdouble>' % (value, XSD.encode())
        return b"<" + self._prefixes[prefix] + name + b">"
