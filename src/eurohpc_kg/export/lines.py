"""A triple as one line of N-Triples, taken apart and named without a parser.

The lines are canonical (one blank between terms, control characters escaped), so that splitting at
the first two blanks is exact.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from eurohpc_kg.namespaces import RDF, XSD
from eurohpc_kg.turtle import literal_parts

STRING = XSD + "string"
LANG_STRING = RDF + "langString"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

# subject, predicate, object, as N-Triples writes them
Parts = tuple[str, str, str]


class Value(NamedTuple):
    """Hold a literal: its text, and its datatype or its language."""

    text: str
    datatype: str = STRING
    language: str = ""


def split(line: bytes) -> Parts:
    r"""Return the three terms of a line.

    >>> split(b'<urn:a> <urn:p> "a b"@en .\n')
    ('<urn:a>', '<urn:p>', '"a b"@en')
    """
    subject, predicate, rest = line.decode().split(" ", 2)
    return subject, predicate, rest.rstrip("\n")[:-2]


def iri(term: str) -> str:
    """Return the IRI of a term that is one; a blank node as it is, nothing for a literal.

    >>> iri("<urn:a>"), iri("_:c14n0"), iri('"a"')
    ('urn:a', '_:c14n0', '')
    """
    if term.startswith("<"):
        return term[1:-1]
    return term if term.startswith("_:") else ""


def value(term: str) -> Value | None:
    r"""Return the literal of a term that is one.

    >>> value('"5"^^<http://www.w3.org/2001/XMLSchema#integer>').text
    '5'
    >>> value('"a\\n\\u0007"@en').language
    'en'
    """
    return Value(*literal_parts(term)) if term.startswith('"') else None


def literal(text: str, language: str = "", datatype: str = "") -> str:
    """Return the canonical N-Triples of a literal.

    >>> literal("a", "en")
    '"a"@en'
    """
    escaped = json.dumps(text, ensure_ascii=False)[1:-1].replace("\x7f", r"\u007F")
    # JSON writes control characters as N-Triples does, but for the case of their digits.
    escaped = re.sub(r"(?<!\\)((?:\\\\)*)\\u00([01][0-9a-f])", _upper, escaped)
    mark = f"@{language}" if language else f"^^<{datatype}>" if datatype else ""
    return f'"{escaped}"{mark}'


def _upper(match: re.Match[str]) -> str:
    return f"{match[1]}\\u00{match[2].upper()}"


def subjects(lines: Iterable[bytes]) -> Iterator[tuple[str, list[Parts]]]:
    """Give each subject with its triples, from sorted lines."""
    for subject, parts in groupby(map(split, lines), itemgetter(0)):
        yield subject, list(parts)
