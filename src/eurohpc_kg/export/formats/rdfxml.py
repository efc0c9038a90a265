"""RDF/XML: the union of the graphs, for tools that read nothing newer.

Written here, not by Oxigraph, whose writer leaves a carriage return as it is, so that it comes back
as a line feed, and writes control characters that no XML parser takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from eurohpc_kg.errors import EurohpcKgError
from eurohpc_kg.export.dataset import Dataset
from eurohpc_kg.export.lines import LANG_STRING, STRING, iri, value
from eurohpc_kg.export.registry import Exporter
from eurohpc_kg.export.sorting import batches
from eurohpc_kg.names import Prefixes

# What XML 1.0 can't write at all.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOCAL = re.compile(r"[A-Za-z_][\w.\-]*")


def write(dataset: Dataset, file: IO[bytes]) -> None:
    """Write a description a subject; raise `EurohpcKgError` for what XML can't write."""
    for piece in batches(map(str.encode, _texts(dataset)), 1_000):
        file.write(piece)


def _texts(dataset: Dataset) -> Iterator[str]:
    declared = "".join(f'\n    xmlns:{p}="{escape(n)}"' for p, n in dataset.prefixes)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'
    tags: dict[str, tuple[str, str]] = {}
    for subject, group in groupby(dataset.all_parts(), itemgetter(0)):
        yield f"<rdf:Description {_node(subject, 'about')}>\n"
        for _, predicate, term in group:
            tag = tags.get(predicate)
            if tag is None:
                tag = tags[predicate] = _tag(predicate[1:-1], dataset.prefixes)
            yield _property(*tag, term)
        yield "</rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _property(name: str, declared: str, term: str) -> str:
    literal = value(term)
    if literal is None:
        return f"  <{name}{declared} {_node(term, 'resource')}/>\n"
    if NOT_IN_XML.search(literal.text):
        raise EurohpcKgError(
            f"XML has no way to write a character of {term[:60]}",
            place="rdfxml",
            remedy="Take the character out of the source file, or export another format.",
        )
    mark = ""
    if literal.datatype == LANG_STRING:
        mark = f' xml:lang="{literal.language}"'
    elif literal.datatype != STRING:
        mark = f" rdf:datatype={quoteattr(literal.datatype)}"
    # A bare carriage return would come back as a line feed.
    text = escape(literal.text, {"\r": "&#xD;"})
    return f"  <{name}{declared}{mark}>{text}</{name}>\n"


def _node(term: str, attribute: str) -> str:
    if term.startswith("_:"):
        return f'rdf:nodeID="{term[2:]}"'
    return f"rdf:{attribute}={quoteattr(iri(term))}"


def _tag(predicate: str, prefixes: Prefixes) -> tuple[str, str]:
    """Return the element of a predicate, and what declares its prefix where that is not done."""
    at = max(predicate.rfind("#"), predicate.rfind("/")) + 1
    namespace, local = predicate[:at], predicate[at:]
    if not _LOCAL.fullmatch(local):
        raise EurohpcKgError(
            f"the property <{predicate}> has no name that XML can write",
            place="rdfxml",
            remedy="Export another format.",
        )
    for prefix, known in prefixes:
        if known == namespace:
            return f"{prefix}:{local}", ""
    return f"ns:{local}", f" xmlns:ns={quoteattr(namespace)}"


EXPORTER = Exporter(
    "RDF/XML: without the sources",
    group="rdf",
    ending="rdf",
    media_type="application/rdf+xml",
    write=write,
    rank=4,
)
