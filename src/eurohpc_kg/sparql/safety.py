"""What may reach an engine: a query that only reads, and a value that stays a term.

No text of a caller becomes a part of a query; `term_text` writes what is put into one.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.errors import InputError, QuerySyntaxError, TooLargeError
from eurohpc_kg.namespaces import XSD
from eurohpc_kg.patterns import Pattern
from eurohpc_kg.sparql.marks import FORMS, TOKEN, first_word, has_word

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterator

Term = ox.NamedNode | ox.Literal | ox.BlankNode

# A query is written by a person or a program for a person; 1 MB is far more than either writes.
LARGEST_QUERY = 1_000_000  # characters
LONGEST_MESSAGE = 160  # characters

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
_XSD_STRING = XSD + "string"
_CODEPOINT = Pattern(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = Pattern(r'\\[uU]|[\\"\x00-\x1f\x7f\x85\u2028\u2029\ufeff]')
_PLACED = Pattern(r"(?s)error at (\d+):(\d+): (.*)")


def term_text(term: Term) -> str:
    """Write a term so that every SPARQL engine reads the same term back, and nothing else.

    SPARQL 1.1 (19.2) lets an engine replace ``\\uXXXX`` before it parses, even inside a string.
    So a backslash that the value itself has before a ``u`` is kept apart from it.

    >>> term_text(ox.Literal('a "b" \\\\u0022'))
    '"a \\\\"b\\\\" \\\\\\\\\\\\u00750022"'
    """
    if isinstance(term, ox.NamedNode):
        # pyoxigraph has checked the IRI: it has none of <>"{}|^`\ and no space.
        return f"<{term.value}>"
    if isinstance(term, ox.BlankNode):
        raise InputError(
            "a blank node can't be the value of a parameter", remedy="Name the thing by its IRI."
        )
    body = term.value
    if not body.isprintable() or '"' in body or "\\" in body:  # most values need no escape
        body = _TO_ESCAPE.sub(_escape, body)
    body = f'"{body}"'
    if term.language:
        return f"{body}@{term.language}"
    if term.datatype.value == _XSD_STRING:
        return body
    return f"{body}^^<{term.datatype.value}>"


def require_read_only(text: str, place: str = "", services: Collection[str] = ()) -> None:
    """Raise `QuerySyntaxError` unless ``text`` is one query that only reads, and only here.

    ``services`` are the addresses that it may ask besides.

    Refused are updates (the store is shared and never written by a question) and ``SERVICE``
    (an answer must not depend on, or be sent to, another machine). Both are looked for after the
    code point escapes of SPARQL 1.1 (19.2) are undone, so that they can't hide a word.
    """
    if len(text) > LARGEST_QUERY:
        raise TooLargeError(
            f"the query has {len(text):,} characters",
            place=place,
            remedy=f"Write it in at most {LARGEST_QUERY:,}.",
        )
    escaped = "\\u" in text or "\\U" in text
    for reading in (text, _CODEPOINT.sub(_codepoint, text)) if escaped else (text,):
        if has_word(reading, "SERVICE") and not set(_services(reading)) <= {*services}:
            raise QuerySyntaxError(
                "SERVICE is not allowed here",
                place=place,
                remedy="Ask the other endpoint by itself, then join the two answers.",
            )
        first = first_word(reading, (*FORMS, *_UPDATES))
        if first in _UPDATES:
            raise QuerySyntaxError(
                f"{first} changes data, and only reading is allowed",
                place=place,
                remedy=f"Start the query with {', '.join(FORMS[:-1])} or {FORMS[-1]}.",
            )
    if not text.strip():
        raise QuerySyntaxError(
            "the query is empty", place=place, remedy="Write a SELECT, ASK, CONSTRUCT or DESCRIBE."
        )


def syntax_error(error: SyntaxError, place: str = "") -> QuerySyntaxError:
    """Turn Oxigraph's ``error at LINE:COLUMN: expected …`` into ours, with the place in front.

    What could stand there instead may be half of the grammar: the first of it is said, on one line.
    """
    message = " ".join(str(error.msg or error).split())
    match = _PLACED.match(message)
    if match:
        line, column, message = match.groups()
        place = f"{place or 'query'}:{line}:{column}"
    if len(message) > LONGEST_MESSAGE:
        message = message[:LONGEST_MESSAGE].rpartition(", ")[0] + ", …"
    return QuerySyntaxError(
        f"not SPARQL: {message}", place=place, remedy="Correct the query at this place."
    )


def _services(text: str) -> Iterator[str]:
    """Yield the address that stands behind each ``SERVICE``, empty where another thing does."""
    tokens = (match.group() for match in TOKEN.finditer(text) if match.group()[0] != "#")
    for token in tokens:
        if token.upper() == "SERVICE":
            target = next(tokens, "")
            if target.upper() == "SILENT":
                target = next(tokens, "")
            yield target[1:-1] if target[:1] == "<" else ""


def _escape(match: re.Match[str]) -> str:
    found = match.group()
    if len(found) == 2:  # a backslash before u or U
        return f"\\\\\\u{ord(found[1]):04X}"
    return _ESCAPES.get(found) or f"\\u{ord(found):04X}"


def _codepoint(match: re.Match[str]) -> str:
    number = int(match.group(1) or match.group(2), 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match.group()
