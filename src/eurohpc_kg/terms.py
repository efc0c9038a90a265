"""The terms of the ontology and the concepts of its vocabularies, as plain records.

For those who list, document or look up terms and don't want to walk triples. Only terms of this
namespace count: what an alignment says about outside terms is not ours to define.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from eurohpc_kg.names import NAMESPACE
from eurohpc_kg.namespaces import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS
from eurohpc_kg.records import dataclass, field

# The kind of a term by its types; the first that fits.
KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "object property",
    OWL + "DatatypeProperty": "datatype property",
    OWL + "AnnotationProperty": "annotation property",
    SKOS + "ConceptScheme": "scheme",
    OWL + "NamedIndividual": "individual",
}
CONCEPT = "concept"
_PARENTS = (RDFS + "subClassOf", RDFS + "subPropertyOf", SKOS + "broader")
_LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")


@dataclass(frozen=True)
class Term:
    """Hold one term: what kind it is, how it is named and defined, what stands next to it.

    ``label`` and the texts are the English ones; ``labels`` has every language. The other names
    are IRIs, sorted. ``domains`` and ``ranges`` hold what OWL infers from and what schema.org's
    ``domainIncludes`` only suggests.
    """

    iri: str
    kind: str
    label: str
    definition: str = ""
    scope_note: str = ""
    examples: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    alternative_labels: tuple[tuple[str, str], ...] = ()
    types: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    inverses: tuple[str, ...] = ()
    scheme: str = ""
    deprecated: bool = False
    replaced_by: tuple[str, ...] = ()


def read_terms(quads: Iterable[Quad]) -> dict[str, Term]:
    """Return every term that ``quads`` define, by IRI and in the order of IRIs.

    ``quads`` are those of the ontology's files; see `graph.assemble`.
    """
    about: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or not subject.value.startswith(NAMESPACE):
            continue
        if isinstance(value, NamedNode | Literal):
            about[subject.value][quad.predicate.value].append(value)
    kinds = {iri: _kind(facts) for iri, facts in about.items()}
    inverses = _both_ways(about, OWL + "inverseOf")
    return {
        iri: _term(iri, kinds[iri], about[iri], inverses.get(iri, ()))
        for iri in sorted(about)
        if kinds[iri]
    }


def _kind(facts: Mapping[str, list[NamedNode | Literal]]) -> str:
    types = {value.value for value in facts.get(RDF + "type", ())}
    if SKOS + "inScheme" in facts:
        return CONCEPT
    return next((kind for type_, kind in KINDS.items() if type_ in types), "")


def _term(
    iri: str,
    kind: str,
    facts: Mapping[str, list[NamedNode | Literal]],
    inverses: Iterable[str],
) -> Term:
    labels = {
        language: text for name in reversed(_LABELS) for language, text in _texts(facts, name)
    }
    deprecated = any(value.value in ("true", "1") for value in facts.get(OWL + "deprecated", ()))
    return Term(
        iri=iri,
        kind=kind,
        label=labels.get("en") or labels.get("") or "",
        definition=_english(facts, SKOS + "definition") or _english(facts, DCTERMS + "description"),
        scope_note=_english(facts, SKOS + "scopeNote"),
        examples=tuple(text for _, text in _texts(facts, SKOS + "example")),
        labels=dict(sorted(labels.items())),
        alternative_labels=tuple(_texts(facts, SKOS + "altLabel")),
        types=_iris(facts, RDF + "type"),
        parents=_iris(facts, *_PARENTS),
        domains=_iris(facts, RDFS + "domain", SCHEMA + "domainIncludes"),
        ranges=_iris(facts, RDFS + "range", SCHEMA + "rangeIncludes"),
        inverses=tuple(sorted(inverses)),
        scheme=next(iter(_iris(facts, SKOS + "inScheme")), ""),
        deprecated=deprecated,
        replaced_by=_iris(facts, DCTERMS + "isReplacedBy"),
    )


def _iris(facts: Mapping[str, list[NamedNode | Literal]], *names: str) -> tuple[str, ...]:
    values = {v.value for name in names for v in facts.get(name, ()) if isinstance(v, NamedNode)}
    return tuple(sorted(values))


def _texts(facts: Mapping[str, list[NamedNode | Literal]], name: str) -> list[tuple[str, str]]:
    """Return (language, text) of each literal, sorted; the language is empty where none is."""
    return sorted(
        (value.language or "", value.value)
        for value in facts.get(name, ())
        if isinstance(value, Literal)
    )


def _english(facts: Mapping[str, list[NamedNode | Literal]], name: str) -> str:
    texts = dict(reversed(_texts(facts, name)))
    return texts.get("en") or texts.get("") or ""


def _both_ways(
    about: Mapping[str, Mapping[str, list[NamedNode | Literal]]], name: str
) -> dict[str, set[str]]:
    pairs: dict[str, set[str]] = defaultdict(set)
    for iri, facts in about.items():
        for value in facts.get(name, ()):
            pairs[iri].add(value.value)
            pairs[value.value].add(iri)
    return pairs
