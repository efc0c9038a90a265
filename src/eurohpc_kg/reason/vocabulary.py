"""The words of RDF, RDFS, OWL and XSD that the reasoner reads, and which of them it covers."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from eurohpc_kg.namespaces import OWL, RDF, RDFS, XSD

NAMESPACES = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD}

TYPE = NamedNode(RDF + "type")
FIRST = NamedNode(RDF + "first")
REST = NamedNode(RDF + "rest")
NIL = NamedNode(RDF + "nil")
THING = NamedNode(OWL + "Thing")
NOTHING = NamedNode(OWL + "Nothing")
SAME_AS = NamedNode(OWL + "sameAs")
RANGE = NamedNode(RDFS + "range")
SUB_CLASS_OF = NamedNode(RDFS + "subClassOf")
SUB_PROPERTY_OF = NamedNode(RDFS + "subPropertyOf")
EQUIVALENT_CLASS = NamedNode(OWL + "equivalentClass")
EQUIVALENT_PROPERTY = NamedNode(OWL + "equivalentProperty")
NON_NEGATIVE_INTEGER = NamedNode(XSD + "nonNegativeInteger")


def expand(word: str) -> NamedNode | Literal:
    """Return the term of ``owl:Thing``, or of a whole number as OWL writes cardinalities."""
    if word.isdigit():
        return Literal(word, datatype=NON_NEGATIVE_INTEGER)
    prefix, _, local = word.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)


def curie(term: object) -> str:
    """Return ``owl:Thing`` for a word of these vocabularies, and any other term as it is."""
    for prefix, namespace in NAMESPACES.items():
        if isinstance(term, NamedNode) and term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return str(term)


def _nodes(words: str) -> frozenset[NamedNode]:
    return frozenset(NamedNode(NAMESPACES[p] + n) for p, n in (w.split(":") for w in words.split()))


CLASS_EXPRESSION = _nodes(
    "owl:intersectionOf owl:unionOf owl:oneOf owl:complementOf owl:onProperty owl:someValuesFrom"
    " owl:allValuesFrom owl:hasValue owl:maxCardinality owl:maxQualifiedCardinality owl:onClass"
)
"""Properties that take a class expression apart."""

AXIOM_PROPERTIES = CLASS_EXPRESSION | _nodes(
    "rdfs:subClassOf rdfs:subPropertyOf rdfs:domain rdfs:range"
    " owl:equivalentClass owl:equivalentProperty owl:inverseOf owl:disjointWith"
    " owl:propertyDisjointWith owl:propertyChainAxiom owl:hasKey owl:members owl:distinctMembers"
    " owl:sourceIndividual owl:assertionProperty owl:targetIndividual owl:targetValue"
    " rdf:first rdf:rest"
)
"""Predicates whose triples are axioms, or parts of one."""

AXIOM_CLASSES = _nodes(
    "owl:Class owl:ObjectProperty owl:DatatypeProperty owl:FunctionalProperty"
    " owl:InverseFunctionalProperty owl:SymmetricProperty owl:AsymmetricProperty"
    " owl:TransitiveProperty owl:IrreflexiveProperty owl:AllDifferent owl:AllDisjointClasses"
    " owl:AllDisjointProperties owl:NegativePropertyAssertion"
)
"""Classes whose members are axioms, or are named by one."""

WITHOUT_RULES = _nodes(
    "owl:AnnotationProperty owl:Axiom owl:Annotation owl:DeprecatedClass owl:DeprecatedProperty"
    " owl:NamedIndividual owl:Ontology owl:OntologyProperty owl:Restriction owl:Thing owl:Nothing"
    " owl:annotatedProperty owl:annotatedSource owl:annotatedTarget owl:backwardCompatibleWith"
    " owl:deprecated owl:differentFrom owl:imports owl:incompatibleWith owl:priorVersion"
    " owl:sameAs owl:topObjectProperty owl:topDataProperty owl:versionIRI owl:versionInfo"
    " owl:rational owl:real"
)
"""Words of OWL from which nothing follows by an axiom's rule (declarations, annotations), or whose
rules need no compiling (``owl:sameAs``)."""
