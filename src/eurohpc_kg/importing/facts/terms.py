"""Terms for the importer: IRIs and literals in the forms that the shapes ask for."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from eurohpc_kg.names import EHPC
from eurohpc_kg.namespaces import DCTERMS, FOAF, PROV, RDF, RDFS, SCHEMA, SKOS, WGS84, XSD

RDF_TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
ALT_LABEL = NamedNode(SKOS + "altLabel")
SAME_AS = NamedNode(SCHEMA + "sameAs")
HOMEPAGE = NamedNode(FOAF + "homepage")
LATITUDE = NamedNode(WGS84 + "lat")
LONGITUDE = NamedNode(WGS84 + "long")
TITLE = NamedNode(DCTERMS + "title")
ISSUED = NamedNode(DCTERMS + "issued")
PUBLISHER = NamedNode(DCTERMS + "publisher")
SOURCE = NamedNode(DCTERMS + "source")
QUOTED_FROM = NamedNode(PROV + "wasQuotedFrom")

_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
_BAD_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


def ehpc(name: str) -> NamedNode:
    """Return a term of the ontology.

    >>> ehpc("of").value
    'https://w3id.org/eurohpc-kg/ontology#of'
    """
    return NamedNode(EHPC + name)


def date_literal(text: str) -> Literal:
    """Return a date as precise as it is written: gYear, gYearMonth or date."""
    return Literal(text, datatype=NamedNode(XSD + _DATE_TYPES[len(text)]))


def number_literal(text: str) -> Literal:
    """Return a number as it is written: an integer, or a decimal."""
    kind = "decimal" if "." in text else "integer"
    return Literal(text, datatype=NamedNode(XSD + kind))


def decimal_literal(text: str) -> Literal:
    """Return a number as a decimal; one without a point gets one, since degrees are decimal."""
    return Literal(text if "." in text else text + ".0", datatype=NamedNode(XSD + "decimal"))


def web_address(text: str) -> NamedNode | None:
    """Return an IRI for an http(s) address, or nothing when the text is none."""
    if not re.match(r"https?://[^/]", text) or _BAD_IN_IRI.search(text):
        return None
    return NamedNode(text)
