"""The documents behind an answer: title, publisher, date, standing, address.

This module alone knows how a source is written down for a reader.
"""

from __future__ import annotations

import pyoxigraph as ox

from eurohpc_kg.labels import Names
from eurohpc_kg.names import EHPC, GRAPH, SOURCE
from eurohpc_kg.namespaces import DCTERMS, PROV
from eurohpc_kg.records import dataclass
from eurohpc_kg.results import Results

TYPE_CHECKING = False  # so that nothing is imported for its type on the way to an answer
if TYPE_CHECKING:
    from collections.abc import Iterable

_QUOTED = PROV + "wasQuotedFrom"
_FIELDS = (
    "number", "iri", "title", "publisher", "issued", "standing", "address", "quoted", "retrieved",
)  # fmt: skip
# Addresses that a footnote shows before it says how many more there are.
_SHOWN = 5
_OWN = {
    "register": "Register of things: names, identifiers, places",
    "corrections": "Corrections to the sources",
    "ontology": "Ontology and vocabularies",
    "inferred": "Statements that follow from others",
    "catalog": "Catalogue of the graph",
}


@dataclass(frozen=True)
class Document:
    """Hold one source as a footnote needs it; what is not known is empty.

    ``standing`` is ``primary`` or ``secondary``; ``iri`` is also the name of its graph.
    """

    number: int
    iri: str
    title: str
    publisher: str
    issued: str
    standing: str
    address: str
    quoted: str = ""
    retrieved: str = ""

    @property
    def line(self) -> str:
        """Return the document in one line, as in a list of references."""
        head = f"{self.publisher}: {self.title}" if self.publisher else self.title
        parts = [head, self.issued, self.standing, self.address]
        if self.quoted:
            parts.append(f"quotes {self.quoted}")
        return ". ".join(part.rstrip(".") for part in parts if part)

    def quoting(self, addresses: Iterable[str]) -> Document:
        """Return the same document, as one that takes what is cited from these addresses."""
        known = list(addresses)
        more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
        values = {name: getattr(self, name) for name in _FIELDS}
        if known:
            values["quoted"] = ", ".join(known[:_SHOWN]) + more
        return Document(**values)

    def as_number(self, number: int) -> Document:
        """Return the same document under another number."""
        return Document(number, *(getattr(self, name) for name in _FIELDS[1:]))

    def as_dict(self) -> dict[str, str | int]:
        """Return what is known, by the names of the fields."""
        return {name: value for name in _FIELDS if (value := getattr(self, name))}


def documents(results: Results) -> list[Document]:
    """Return the documents that the source columns of an answer name, numbered from 1."""
    return documents_of(results.sources(), results.names)


def documents_of(iris: Iterable[str], names: Names) -> list[Document]:
    """Return these documents, numbered from 1 in the order given."""
    return [_document(number, iri, names) for number, iri in enumerate(iris, 1)]


def numbers(cited: Iterable[Document]) -> dict[str, int]:
    """Return the footnote number of each document, by IRI."""
    return {document.iri: document.number for document in cited}


def footnotes(cited: Iterable[Document]) -> str:
    """Write ``[1] publisher: title. date. standing. address``, one a line."""
    return "".join(f"[{document.number}] {document.line}\n" for document in cited)


def markdown_footnotes(cited: Iterable[Document]) -> str:
    """Write the footnotes in GitHub's Markdown."""
    return "".join(f"[^{document.number}]: {document.line}\n" for document in cited)


def _document(number: int, iri: str, names: Names) -> Document:
    if not iri.startswith(SOURCE):
        title = _OWN.get(iri.removeprefix(GRAPH), iri)
        return Document(number, iri, title, "eurohpc-kg", "", "", iri)
    node = ox.NamedNode(iri)
    values: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    for quad in names.store.quads_for_pattern(node, None, None, node):
        if isinstance(quad.object, (ox.NamedNode, ox.Literal)):
            values.setdefault(quad.predicate.value, []).append(quad.object)

    def first(predicate: str) -> str:
        found = sorted(values.get(predicate, []), key=lambda term: (not _english(term), term.value))
        if not found:
            return ""
        return names.label(found[0]) if isinstance(found[0], ox.NamedNode) else found[0].value

    address = values.get(DCTERMS + "source") or values.get(_QUOTED) or [node]
    quoted = values.get(_QUOTED, [])
    return Document(
        number=number,
        iri=iri,
        title=first(DCTERMS + "title") or iri,
        publisher=first(DCTERMS + "publisher"),
        issued=first(DCTERMS + "issued") or "undated",
        standing=_standing(values.get(EHPC + "standing", [])),
        address=address[0].value,
        quoted=", ".join(sorted(term.value for term in quoted)),
        retrieved=first(EHPC + "retrieved"),
    )


def _english(term: ox.NamedNode | ox.Literal) -> bool:
    return isinstance(term, ox.Literal) and term.language == "en"


def _standing(values: list[ox.NamedNode | ox.Literal]) -> str:
    """Return ``primary`` for ``ehpc:PrimarySource``, and so on."""
    name = values[0].value.rsplit("#", 1)[-1] if values else ""
    return name.removesuffix("Source").lower()
