"""The JSON-LD context: every term of the ontology under a name that reads well.

A property gets its own name, unless a prefix has it; what it takes (things, or values of one type)
is said here, so that a document needs to say it only where it differs.
"""

from __future__ import annotations

from typing import Any

from eurohpc_kg.export.short import Shortener
from eurohpc_kg.names import EHPC, NAMESPACE, Prefixes
from eurohpc_kg.namespaces import XSD
from eurohpc_kg.terms import Term

CONTEXT = NAMESPACE + "context.jsonld"
RECORDS, STATED_IN = "records", "statedIn"

# Properties of other vocabularies that take things.
_LINKS = (
    "dcterms:creator", "dcterms:isReplacedBy", "dcterms:license", "dcterms:publisher",
    "dcterms:source", "foaf:homepage", "owl:disjointWith", "owl:inverseOf", "prov:wasQuotedFrom",
    "rdfs:domain", "rdfs:isDefinedBy", "rdfs:range", "rdfs:seeAlso", "rdfs:subClassOf",
    "rdfs:subPropertyOf", "schema:sameAs", "schema:url", "skos:broader", "skos:closeMatch",
    "skos:exactMatch", "skos:inScheme", "skos:narrower", "skos:topConceptOf",
)  # fmt: skip
_TYPED = frozenset(
    XSD + name for name in ("date", "dateTime", "decimal", "gYear", "gYearMonth", "integer")
)


class Context:
    """Know the name of each term, and what each property takes."""

    def __init__(self, terms: dict[str, Term], prefixes: Prefixes) -> None:
        self._short = Shortener(prefixes)
        taken = set(prefixes.namespaces) | {RECORDS, STATED_IN}
        self.names: dict[str, str] = {}
        self.takes: dict[str, str] = {}
        entries: dict[str, object] = {}
        for iri, term in terms.items():
            name = iri.removeprefix(EHPC)
            if not iri.startswith(EHPC) or not (term.kind == "class" or "property" in term.kind):
                continue
            key = f"ehpc:{name}" if name in taken else name
            self.names[iri] = key
            takes = _takes(term)
            if takes:
                self.takes[iri] = takes
                entries[key] = {
                    "@id": f"ehpc:{name}",
                    "@type": takes if takes == "@id" else self._short.curie(takes),
                }
            else:
                entries[key] = f"ehpc:{name}"
        for link in _LINKS:
            self.takes[prefixes.expand(link)] = "@id"
            entries[link] = {"@id": link, "@type": "@id"}
        entries[RECORDS] = {"@reverse": "ehpc:of"}
        entries[STATED_IN] = None
        self.document: dict[str, Any] = {
            "@context": {
                "@version": 1.1,
                **dict(prefixes),
                **dict(sorted(entries.items(), key=lambda item: item[0].casefold())),
            }
        }

    def name(self, iri: str) -> str:
        """Return the name of a property or class."""
        known = self.names.get(iri)
        if known is None:
            known = self.names[iri] = self.iri(iri)
        return known

    def iri(self, iri: str) -> str:
        """Return the CURIE of a thing, or its IRI."""
        return self._short.curie(iri) or iri


def _takes(term: Term) -> str:
    if term.kind == "object property":
        return "@id"
    if term.kind != "class" and len(term.ranges) == 1 and term.ranges[0] in _TYPED:
        return term.ranges[0]
    return ""
