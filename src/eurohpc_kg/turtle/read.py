"""Reading Turtle: bytes to text to quads, with one clear error where that ends.

Blank nodes get labels computed from the text, so that the same file gives the same quads. A file
is refused by its size before a byte of it is read.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat
from pyoxigraph import parse as parse_rdf

from eurohpc_kg.errors import EncodingError, InputError, TooLargeError, TurtleSyntaxError

if TYPE_CHECKING:
    from pyoxigraph import DefaultGraph

# The largest file of this project is one edition of a ranking, below one megabyte.
LARGEST_FILE = 32 * 1024 * 1024  # bytes
LARGEST_LITERAL = 256 * 1024  # characters

_POSITION = re.compile(r"^Parser error (?:at|between) line .*?: ", re.DOTALL)

# Comments and directives, a line each, from the start of a text.
_BLANK_SIGNS = ("[", "(", "_:")  # no blank node without one of them
_TOP = re.compile(
    r"(?:[ \t]*(?:#[^\n]*|@prefix[ \t]+[\w.-]*:[ \t]*<[^<>\s]*>[ \t]*\."
    r"|@base[ \t]+<[^<>\s]*>[ \t]*\.)?[ \t]*\n)*"
)

# What the parser says, and what a person does about it; the first that fits is used.
_REMEDIES = (
    (
        "prefix",
        "Declare it with @prefix at the top of the file; ontology/prefixes.ttl has the house's.",
    ),
    (
        "No scheme found",
        "Write an absolute IRI or a CURIE; a source document starts with @base <its own IRI> .",
    ),
    ("Line jumps are not allowed", 'Close the string, or put it between """ and """.'),
    ("Unexpected end", "Finish the last statement: close what is open and end with a dot."),
    ("A dot is expected", "End the statement before this one with a dot."),
    ("Invalid IRI code point", "Percent-encode the character in the IRI."),
    ("escape character", r"Write a backslash as \\ inside a string."),
)
_REMEDY = "Look here and just before for a missing dot, semicolon, comma, quote or bracket."


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises `TooLargeError` above `LARGEST_FILE`, `EncodingError` for what is not UTF-8 (or starts
    with a byte order mark), and `InputError` for what can't be opened.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise TooLargeError(
                f"the file has {size:,} bytes, more than the {LARGEST_FILE:,} allowed",
                place=str(path),
                remedy="Split it; a long text belongs at its address, not in a literal.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"the file can't be read: {error.strerror}",
            place=str(path),
            remedy="Check the name and the permissions.",
        ) from error
    return decode(data, str(path))


def decode(data: bytes, place: str) -> str:
    """Return ``data`` as text; raise `EncodingError` naming the first byte that is not UTF-8."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise EncodingError(
            "the file starts with a byte order mark",
            place=f"{place}:1",
            remedy="Save it as UTF-8 without a byte order mark.",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8",
            place=f"{place}:{line}",
            remedy="Save the file as UTF-8.",
        ) from error


def read(path: Path, graph: NamedNode | DefaultGraph, base: str | None = None) -> list[Quad]:
    """Return the quads of a Turtle file, in ``graph``; see `parse`."""
    return parse(read_text(path), graph, base, str(path))


def parse(
    text: str, graph: NamedNode | DefaultGraph, base: str | None = None, place: str = "-"
) -> list[Quad]:
    """Return the quads of a Turtle text, in ``graph`` and in the order of the text.

    ``base`` is for relative IRIs where the text has no ``@base``; ``place`` is named in errors.
    Raises `TurtleSyntaxError` with line and column, and `TooLargeError` for a literal above
    `LARGEST_LITERAL`.

    >>> from pyoxigraph import DefaultGraph
    >>> [str(q.object) for q in parse("<x:s> <x:p> 12.50 .", DefaultGraph())]
    ['"12.50"^^<http://www.w3.org/2001/XMLSchema#decimal>']
    """
    return parse_with_base(text, graph, base, place)[0]


def parse_with_base(
    text: str, graph: NamedNode | DefaultGraph, base: str | None, place: str
) -> tuple[list[Quad], str | None]:
    """Return the quads as `parse` does, and the base that holds at the end of the text."""
    quick = _parse_as_trig(text, graph, base)
    try:
        if quick is not None:
            quads, found = quick
        else:
            parser = parse_rdf(text, RdfFormat.TURTLE, base_iri=base)
            quads = [Quad(t.subject, t.predicate, t.object, graph) for t in parser]
            found = parser.base_iri
    except SyntaxError as error:
        raise _syntax_error(error, place) from error
    except ValueError as error:
        raise TurtleSyntaxError(
            str(error), place=place, remedy="Give an absolute IRI as the base."
        ) from error
    if len(text) > LARGEST_LITERAL:
        _refuse_long_literals(quads, text, place)
    if any(sign in text for sign in _BLANK_SIGNS) and any(
        isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode) for q in quads
    ):
        quads = _with_steady_labels(quads, text)
    return quads, found


def _parse_as_trig(
    text: str, graph: NamedNode | DefaultGraph, base: str | None
) -> tuple[list[Quad], str | None] | None:
    """Let the parser itself put the quads in their graph: twice as quick as doing it after.

    Turtle with its directives at the top is TriG with ``<graph> {`` below them, unless it has a
    brace, which could end the graph. What TriG allows and Turtle does not is a statement without
    a dot before the end: one more statement there makes that an error, too. Returns nothing for
    what can't be read so; the slow way then says what is wrong, and where.
    """
    if not isinstance(graph, NamedNode) or "}" in text:
        return None
    top = _TOP.match(text)
    start = top.end() if top else 0
    wrapped = f"{text[:start]}<{graph.value}> {{{text[start:]}\n<urn:x> <urn:x> <urn:x> .}}"
    try:
        parser = parse_rdf(wrapped, RdfFormat.TRIG, base_iri=base)
        quads = list(parser)
    except (SyntaxError, ValueError):
        return None
    quads.pop()
    return quads, parser.base_iri


def _syntax_error(error: SyntaxError, place: str) -> TurtleSyntaxError:
    problem = _POSITION.sub("", error.msg).replace("\n", "\\n")
    remedy = next((cure for sign, cure in _REMEDIES if sign in problem), _REMEDY)
    line, column = error.lineno or 1, error.offset or 1
    return TurtleSyntaxError(problem, place=f"{place}:{line}:{column}", remedy=remedy)


def _refuse_long_literals(quads: list[Quad], text: str, place: str) -> None:
    for quad in quads:
        if isinstance(quad.object, Literal) and len(quad.object.value) > LARGEST_LITERAL:
            position = text.find(quad.object.value[:200].split("\n")[0])
            line = text.count("\n", 0, position) + 1 if position >= 0 else 0
            raise TooLargeError(
                f"a literal has {len(quad.object.value):,} characters, "
                f"more than the {LARGEST_LITERAL:,} allowed",
                place=f"{place}:{line}" if line else place,
                remedy="Name the address where the text stands instead.",
            )


def _with_steady_labels(quads: list[Quad], text: str) -> list[Quad]:
    """Relabel blank nodes by the text and the order of their first appearance."""
    import hashlib

    stem = hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
    labels: dict[BlankNode, BlankNode] = {}

    def steady(node: BlankNode) -> BlankNode:
        return labels.setdefault(node, BlankNode(f"b{stem}n{len(labels)}"))

    return [
        Quad(
            steady(q.subject) if isinstance(q.subject, BlankNode) else q.subject,
            q.predicate,
            steady(q.object) if isinstance(q.object, BlankNode) else q.object,
            q.graph_name,
        )
        for q in quads
    ]
