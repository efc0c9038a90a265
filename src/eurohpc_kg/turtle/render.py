"""One term as Turtle writes it: IRIs as CURIEs, literals bare where their form allows it.

A literal's lexical form is never changed: ``12.50`` stays ``12.50``, and a form that is not valid
shorthand (``"12"^^xsd:decimal``) is written in full. Terms are taken as N-Triples writes them: most
texts are the same in Turtle, and a text is had at half the price of its term.
"""

from __future__ import annotations

import re

from eurohpc_kg.errors import InputError
from eurohpc_kg.names import Prefixes
from eurohpc_kg.namespaces import RDF, XSD

_SHORTHAND = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SHORT = re.compile(r'[\x00-\x1f\x7f"\\]')
# In a long string line breaks, tabs and single quotation marks stand as they are.
_LONG = re.compile(r'[\x00-\x08\x0b-\x1f\x7f\\]|"(?="|\Z)')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')

_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Renderer:
    """Write terms with one table of prefixes, and remember which prefixes that took."""

    def __init__(self, prefixes: Prefixes, base: str | None = None) -> None:
        self.used: set[str] = set()
        self._prefixes = prefixes
        self._base = base

    def iri(self, iri: str) -> str:
        """Return the CURIE of an IRI, ``<>`` for the base, or the IRI in angle brackets."""
        if iri == self._base:
            return "<>"
        text = self._prefixes.compact(iri)
        if text.startswith("<"):
            return f"<{_NOT_IN_IRI.sub(_code, iri)}>"
        self.used.add(text[: text.index(":")])
        return text

    def term(self, text: str) -> str:
        """Return a term given as N-Triples; raise `InputError` for a triple term.

        >>> Renderer(Prefixes({"xsd": XSD})).term(f'"4.50"^^<{XSD}decimal>')
        '4.50'
        """
        if text[0] == '"':
            return self._literal(text)
        if text[0] == "_":
            return text
        if text[1] == "<":
            raise InputError(
                "a triple stands as a term (RDF 1.2), which the house form has no place for",
                remedy="Write the statement as a record of its own, such as an ehpc:Figure.",
            )
        return self.iri(text[1:-1])

    def _literal(self, text: str) -> str:
        """Return a literal in its shortest form that keeps what was written."""
        end = text.rindex('"') + 1
        written, kind = text[:end], text[end:]
        if "\\" in written:
            written = quoted(unescaped(written[1:-1]))
        if not kind.startswith("^^"):
            return written + kind
        datatype = kind[3:-1]
        shorthand = _SHORTHAND.get(datatype)
        if shorthand is not None and shorthand.fullmatch(written, 1, len(written) - 1):
            return written[1:-1]
        return f"{written}^^{self.iri(datatype)}"


def quoted(text: str) -> str:
    """Return a string in quotation marks; a text with line breaks in long ones.

    >>> quoted('say "yes"')
    '"say \\\\"yes\\\\""'
    """
    if "\n" in text:
        return f'"""{_LONG.sub(_escape, text)}"""'
    return f'"{_SHORT.sub(_escape, text)}"'


def unescaped(text: str) -> str:
    """Return what stands between the quotation marks of N-Triples as it is meant.

    >>> unescaped(r"Ko\\u0161ice\\n")
    'Košice\\n'
    """
    return _ESCAPED.sub(_character, text) if "\\" in text else text


def literal_parts(term: str) -> tuple[str, str, str]:
    """Return the value of a literal that N-Triples writes so, its datatype and its language.

    >>> literal_parts('"a"@en')[::2], literal_parts('"a"')[1] == XSD + "string"
    (('a', 'en'), True)
    """
    end = term.rindex('"')
    value, kind = unescaped(term[1:end]), term[end + 1 :]
    if kind.startswith("@"):
        return value, RDF + "langString", kind[1:]
    return value, kind[3:-1] or XSD + "string", ""


def _character(match: re.Match[str]) -> str:
    short, long, plain = match.groups()
    return _PLAIN.get(plain, plain) if plain else chr(int(short or long, 16))


def _escape(match: re.Match[str]) -> str:
    return _NAMED.get(match[0]) or _code(match)


def _code(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"
