"""Triples by CURIE: the small language in which the catalogue is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from eurohpc_kg.names import Prefixes
from eurohpc_kg.namespaces import DCTERMS, FOAF, RDF, RDFS, SCHEMA, SH, XSD

Value = str | int | ox.NamedNode | ox.Literal | None
Pairs = Mapping[str, Value | list[Value]]

# Prefixes of the vocabularies that only descriptions use.
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": SH,
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}


class Describer:
    """Make triples from names and Python values."""

    def __init__(self, prefixes: Prefixes) -> None:
        self.prefixes = Prefixes({**prefixes.namespaces, **PREFIXES})

    def node(self, name: str) -> ox.NamedNode:
        """Return a node by its CURIE or IRI."""
        return ox.NamedNode(self.prefixes.expand(name))

    def about(self, subject: str, kind: str | list[str], pairs: Pairs) -> Iterator[ox.Triple]:
        """Give the triples about a subject.

        Text is a name (a CURIE or an IRI); literals are made with `text` and its like; a number is
        an integer; nothing is left out.
        """
        node = self.node(subject)
        kinds = [kind] if isinstance(kind, str) else kind
        for name, values in {"rdf:type": kinds, **pairs}.items():
            for value in values if isinstance(values, list) else [values]:
                if value is None:
                    continue
                yield ox.Triple(node, self.node(name), self._term(value))

    def _term(self, value: str | int | ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
        if isinstance(value, int):
            return ox.Literal(str(value), datatype=self.node("xsd:integer"))
        return self.node(value) if isinstance(value, str) else value

    def typed(self, text: str, datatype: str) -> ox.Literal:
        """Return a literal of a datatype given by its CURIE."""
        return ox.Literal(text, datatype=self.node(datatype))


def text(words: str, language: str = "en") -> ox.Literal:
    """Return a text in a language; an empty language for a plain one."""
    return ox.Literal(words, language=language or None)
