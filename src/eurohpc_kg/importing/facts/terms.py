"""Terms for the importer: IRIs and literals in the forms that the shapes ask for."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from eurohpc_kg.names import EHPC

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
ALT_LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
SAME_AS = NamedNode("https://schema.org/sameAs")
HOMEPAGE = NamedNode("http://xmlns.com/foaf/0.1/homepage")
LATITUDE = NamedNode("http://www.w3.org/2003/01/geo/wgs84_pos#lat")
LONGITUDE = NamedNode("http://www.w3.org/2003/01/geo/wgs84_pos#long")
TITLE = NamedNode("http://purl.org/dc/terms/title")
ISSUED = NamedNode("http://purl.org/dc/terms/issued")
PUBLISHER = NamedNode("http://purl.org/dc/terms/publisher")
SOURCE = NamedNode("http://purl.org/dc/terms/source")
QUOTED_FROM = NamedNode("http://www.w3.org/ns/prov#wasQuotedFrom")

_XSD = "http://www.w3.org/2001/XMLSchema#"
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
    return Literal(text, datatype=NamedNode(_XSD + _DATE_TYPES[len(text)]))


def number_literal(text: str) -> Literal:
    """Return a number as it is written: an integer, or a decimal."""
    kind = "decimal" if "." in text else "integer"
    return Literal(text, datatype=NamedNode(_XSD + kind))


def decimal_literal(text: str) -> Literal:
    """Return a number as a decimal; one without a point gets one, since degrees are decimal."""
    return Literal(text if "." in text else text + ".0", datatype=NamedNode(_XSD + "decimal"))


def web_address(text: str) -> NamedNode | None:
    """Return an IRI for an http(s) address, or nothing when the text is none."""
    if not re.match(r"https?://[^/]", text) or _BAD_IN_IRI.search(text):
        return None
    return NamedNode(text)
