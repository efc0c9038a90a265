"""One term as Turtle writes it: IRIs as CURIEs, literals bare where their form allows it.

A literal's lexical form is never changed: ``12.50`` stays ``12.50``, and a form that is not valid
shorthand (``"12"^^xsd:decimal``) is written in full.
"""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from eurohpc_kg.errors import InputError
from eurohpc_kg.names import Prefixes
from eurohpc_kg.namespaces import XSD

_STRING = XSD + "string"
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

Term = NamedNode | BlankNode | Literal | Triple


class Renderer:
    """Write terms with one table of prefixes, and remember which prefixes that took."""

    def __init__(self, prefixes: Prefixes, base: str | None = None) -> None:
        self.used: set[str] = set()
        self._prefixes = prefixes
        self._iris: dict[str, str] = {} if base is None else {base: "<>"}

    def iri(self, iri: str) -> str:
        """Return the CURIE of an IRI, ``<>`` for the base, or the IRI in angle brackets."""
        text = self._iris.get(iri)
        if text is None:
            text = self._prefixes.compact(iri)
            if text.startswith("<"):
                text = f"<{_NOT_IN_IRI.sub(_code, iri)}>"
            else:
                self.used.add(text[: text.index(":")])
            self._iris[iri] = text
        return text

    def literal(self, literal: Literal) -> str:
        """Return a literal in its shortest form that keeps what was written."""
        value = literal.value
        if literal.language:
            direction = f"--{literal.direction}" if literal.direction else ""
            return f"{quoted(value)}@{literal.language}{direction}"
        datatype = literal.datatype.value
        if datatype == _STRING:
            return quoted(value)
        shorthand = _SHORTHAND.get(datatype)
        if shorthand is not None and shorthand.fullmatch(value):
            return value
        return f"{quoted(value)}^^{self.iri(datatype)}"

    def term(self, term: Term) -> str:
        """Return any term; a blank node as its label. Raises `InputError` for a triple term."""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if isinstance(term, Literal):
            return self.literal(term)
        if isinstance(term, BlankNode):
            return f"_:{term.value}"
        raise InputError(
            "a triple stands as a term (RDF 1.2), which the house form has no place for",
            remedy="Write the statement as a record of its own, such as an ehpc:Figure.",
        )


def quoted(text: str) -> str:
    """Return a string in quotation marks; a text with line breaks in long ones.

    >>> quoted('say "yes"')
    '"say \\\\"yes\\\\""'
    """
    if "\n" in text:
        return f'"""{_LONG.sub(_escape, text)}"""'
    return f'"{_SHORT.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    return _NAMED.get(match[0]) or _code(match)


def _code(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04X}"
